"""Rebuilds the list of stems that stand in articles about anything: `python -m bench.train.stems`.

A stem is left out of the topic of a passage when a share of the articles of one language holds it, on several sites, or
when it is that of a function word in `cleaners/label/stop_words.txt`, which holds more languages than the corpora do.
The articles are those of the corpora: their annotated text, or what the cleaners make of a page that has none. The same
corpora give the same list; the weights of `bench.train.joins` are fitted with it.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from bench.pages.corpora import ARTICLES, MULTILINGUAL, NEWS, MissingCorpusError, read_jsonl
from bench.paths import ROOT, WEIGHTS
from bench.train.weights import write_stems
from cleaners import clean
from cleaners.metadata.language import detect_language
from cleaners.stories.topic import all_stems

COMMON_STEMS = WEIGHTS / "stems.txt"
STOP_WORDS = ROOT / "cleaners" / "label" / "stop_words.txt"
SHARE = 0.2
"""Share of the articles of a language from which on a stem that they hold is common. Of a language with few articles it
is the share that would give as many by chance: the lower bound of Wilson's interval (E. B. Wilson, "Probable Inference,
the Law of Succession, and Statistical Inference", 1927) at one standard deviation."""

SITES = 2
"""Sites that such articles are from, at least: a stem that one outlet prints below every article is not common."""


class Text(NamedTuple):
    """The text of one article, its language and its site."""

    site: str
    language: str
    text: str


def common_stems(texts: Iterable[Text]) -> set[str]:
    """The stems that stand in SHARE of the articles of some language, on SITES sites or more."""
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
    """The lower bound of the share of all articles of a language of which `count` out of `articles` were seen."""
    share = count / articles
    spread = sqrt(share * (1 - share) / articles + 1 / (4 * articles**2))
    return (share + 1 / (2 * articles) - spread) / (1 + 1 / articles)


def function_words() -> frozenset[str]:
    """The stems of the function words that are known of each language."""
    lines = STOP_WORDS.read_text("utf-8").splitlines()
    return all_stems("\n".join(line for line in lines if not line.startswith("#")))


def corpus_texts(paths: Sequence[Path] = (NEWS, ARTICLES, MULTILINGUAL)) -> Iterator[Text]:
    """The texts of some corpora, all those of articles if none is named; those whose language cannot be told are left
    out."""
    for path in paths:
        for sample in read_jsonl(path):
            text = sample.text or "\n".join(article.text for article in clean(sample.html, kind="html")[:1])
            if language := detect_language(text.splitlines()):
                yield Text(sample.site, language, text)


def main() -> int:
    """Writes the list. Corpora that are not there are said in one line."""
    try:
        found = common_stems(corpus_texts()) | function_words()
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    write_stems(COMMON_STEMS, found)
    print(f"{COMMON_STEMS.name}: {len(found)} stems")
    return 0


if __name__ == "__main__":
    sys.exit(main())
