"""The language of a story: the one place that knows langdetect."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

SAMPLE = 500
"""Characters that are shown to langdetect: its cost grows with them, its answer hardly does."""

SHORTEST = 40
"""Letters below which a text is too short to tell."""

SEED = 0
"""langdetect draws at random; seeded, a text always gets the same answer."""


ENGLISH = frozenset("the of and to in a is that for it was on with as by at from".split())

ENGLISH_SHARE = 0.15
"""Share of these words among the words of an English text, from below; in other languages it is a few in a hundred."""


def story_languages(stories: Sequence[Sequence[str]], stated: str | None) -> list[str | None]:
    """The languages of a page's stories, its own first, given their paragraphs and the language that the page states.

    Where the page's own story is English, an appended one that reads English is taken for it: langdetect takes as long
    as all of the splitting.
    """
    languages: list[str | None] = []
    for paragraphs in stories:
        known = languages[:1] == ["en"] and _reads_english(_sample(paragraphs))
        languages.append("en" if known else story_language(paragraphs, stated))
    return languages


def story_language(paragraphs: Sequence[str], stated: str | None) -> str | None:
    """The language of a story of which the page states one.

    A page that states a language is believed. On 319 pages of the corpora that state one, langdetect differs on six:
    three in languages it does not know or names otherwise (Icelandic, Bokmål), where the page is right, and three in
    Zulu and Xhosa, where the page says English. English is what a template says that nobody has translated, so it has
    to show in the text.
    """
    if stated and (stated != "en" or _reads_english(_sample(paragraphs))):
        return stated
    return detect_language(paragraphs) or stated


def _reads_english(sample: str) -> bool:
    words = sample.lower().split()
    return sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * len(words) > 0


def detect_language(paragraphs: Sequence[str]) -> str | None:
    """The two-letter code of the language that most of a story is in, or None where there is too little to tell."""
    sample = _sample(paragraphs)
    if sum(map(str.isalpha, sample)) < SHORTEST:
        return None
    detector = _detector()
    detector.append(sample)
    try:
        language: str = detector.detect()
    except LangDetectException:  # no letter of any language that it knows
        return None
    return None if language == Detector.UNKNOWN_LANG else language.split("-")[0]


def _sample(paragraphs: Sequence[str]) -> str:
    """The start of the longest paragraphs, in reading order: quotations and names weigh less in them."""
    room = SAMPLE
    chosen = []
    for index in sorted(range(len(paragraphs)), key=lambda index: -len(paragraphs[index])):
        if room <= 0:
            break
        chosen.append(index)
        room -= len(paragraphs[index])
    return " ".join(paragraphs[index][:SAMPLE] for index in sorted(chosen))[:SAMPLE]


def _detector() -> Detector:
    detector = _factory().create()
    detector.seed = SEED
    return detector


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    # Lists of figures, 88,000 of them, are what the garbage collector would look through most; tuples it passes over.
    factory.word_lang_prob_map = {word: tuple(figures) for word, figures in factory.word_lang_prob_map.items()}
    return factory
