"""Makes the list of stems that articles about anything contain: `stems.txt`.

The topic of a passage leaves out a stem if a share of the articles of one language contains it, on several sites, or if
it is the stem of a function word in `cleaners/label/stop_words.txt` or of a frequent word in jusText's lists, both of
which cover more languages than the corpora. The texts are the annotated ones of the corpora, and Copydesk's own text of
pages without one. The same corpora give the same list. `train-vectors` and `train-joins` use it, so run them
afterwards.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from justext import get_stoplist

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

LISTS = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "mr": "Marathi", "ms": "Malay", "nl": "Dutch",
    "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
}  # fmt: skip
"""The lists of frequent words that jusText ships, by the code of their language."""

FREQUENT = 1000
"""Stems of a list that are taken at most: those of the most words first. Languages with many endings have lists of
several thousand words; the whole of them makes the file twice as large, and topics hardly clearer."""

MANY_ARTICLES = 25
"""Articles of a language from which on a stem that few of them hold is one that tells what they are about."""

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


def frequent_words(texts: Iterable[Text]) -> frozenset[str]:
    """The stems of frequent words of many languages, but for those that tell what articles in another one are about.

    `texts` are articles: a stem that stands in some of those in another language is left out, unless it is frequent
    there as well.
    """
    by_language = {language: _most_formed(get_stoplist(name)) for language, name in LISTS.items()}
    articles: Counter[str] = Counter()
    holding: dict[str, Counter[str]] = defaultdict(Counter)
    for _, language, text in texts:
        articles[language] += 1
        holding[language].update(all_stems(text))
    known = {language: {stem for stem, count in holding[language].items() if count > 1} for language in articles}
    taken = {
        language: known[language] - by_language.get(language, frozenset())
        for language, count in articles.items()
        if count >= MANY_ARTICLES
    }
    return frozenset[str]().union(
        *(
            stems.difference(*(others for other, others in taken.items() if other != language))
            for language, stems in by_language.items()
        )
    )


def _most_formed(words: Iterable[str]) -> frozenset[str]:
    """The FREQUENT stems that most words of a list share, the shorter ones first."""
    counts = Counter(stem for word in words for stem in all_stems(word))
    return frozenset(sorted(counts, key=lambda stem: (-counts[stem], len(stem), stem))[:FREQUENT])


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
    texts = list(corpus_texts())
    found = common_stems(texts) | function_words() | frequent_words(texts)
    path = options.out / COMMON_STEMS
    write_stems(path, found)
    yield written(path, f"{len(found):,} stems")
