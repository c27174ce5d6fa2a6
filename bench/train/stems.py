"""Makes the list of stems that articles about anything contain: `stems.txt`.

The topic of a passage leaves out a stem if a share of the articles of one language contains it, on several sites, or if
it is the stem of a function word in `cleaners/label/stop_words.txt`, which covers more languages than the corpora. The
texts are the annotated ones of the corpora, and Copydesk's own text of pages without one. The same corpora give the
same list. `train-vectors` and `train-joins` use it, so run them afterwards.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from bench.pages.corpora import ARTICLES, MULTILINGUAL, NEWS, read_jsonl
from bench.paths import ROOT
from bench.train.options import add_output_argument, written
from bench.train.weights import write_stems
from cleaners import clean
from cleaners.metadata.language import detect_language
from cleaners.stories.topic import all_stems

COMMON_STEMS = "stems.txt"
STOP_WORDS = ROOT / "cleaners" / "label" / "stop_words.txt"
SHARE = 0.2
"""Share of the articles of a language that must contain a common stem. The share in a sample is replaced by the lower
bound of Wilson's interval at one standard deviation, which is stricter for languages with few articles (E. B. Wilson,
"Probable Inference, the Law of Succession, and Statistical Inference", 1927)."""

SITES = 2
"""Least number of sites of these articles: a stem that one outlet prints below every article is not common."""


class Text(NamedTuple):
    """The text of one article, its language and its site."""

    site: str
    language: str
    text: str


def common_stems(texts: Iterable[Text]) -> set[str]:
    """The stems that SHARE of the articles of some language contain, on at least SITES sites."""
    articles: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    sites: dict[tuple[str, str], set[str]] = defaultdict(set)
    for site, language, text in texts:
        articles[language] += 1
        for stem in all_stems(text):
            counts[language, stem] += 1
            sites[language, stem].add(site)
    return {
        stem
        for (language, stem), count in counts.items()
        if lowest_share(count, articles[language]) >= SHARE and len(sites[language, stem]) >= SITES
    }


def lowest_share(count: int, articles: int) -> float:
    """The lower bound of a share, after `count` of `articles` were seen: Wilson's interval at one standard deviation.

    >>> round(lowest_share(2, 10), 3), round(lowest_share(200, 1000), 3)
    (0.104, 0.188)
    """
    share = count / articles
    spread = sqrt(share * (1 - share) / articles + 1 / (4 * articles**2))
    return (share + 1 / (2 * articles) - spread) / (1 + 1 / articles)


def function_words() -> frozenset[str]:
    """The stems of the function words of all languages in the list of stop words."""
    lines = STOP_WORDS.read_text("utf-8").splitlines()
    return all_stems("\n".join(line for line in lines if not line.startswith("#")))


def corpus_texts(paths: Sequence[Path] = (NEWS, ARTICLES, MULTILINGUAL)) -> Iterator[Text]:
    """The texts of some corpora, by default of all with articles. Texts of unknown language are left out.

    Raises MissingCorpusError.
    """
    for path in paths:
        for sample in read_jsonl(path):
            text = sample.text or "\n".join(article.text for article in clean(sample.html, kind="html")[:1])
            if language := detect_language(text.splitlines()):
                yield Text(sample.site, language, text)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_output_argument(parser)


def run(options: argparse.Namespace) -> Iterator[str]:
    """Write the list."""
    found = common_stems(corpus_texts()) | function_words()
    path = options.out / COMMON_STEMS
    write_stems(path, found)
    yield written(path, f"{len(found):,} stems")
