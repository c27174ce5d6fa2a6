"""The language of a story. The only module that imports langdetect."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

SAMPLE = 500
"""Characters that langdetect reads: more of them cost time and hardly change its answer."""

SHORTEST = 40
"""Letters of a text at least; in a shorter one no language is detected."""

SEED = 0
"""langdetect samples at random. With a seed the same text always gives the same answer."""


ENGLISH = frozenset("the of and to in a is that for it was on with as by at from".split())
"""The most frequent words of English."""

ENGLISH_SHARE = 0.15
"""Smallest share of these words in English text. In other languages they are a few in a hundred."""


def story_languages(stories: Sequence[Sequence[str]], stated: str | None) -> list[str | None]:
    """The languages of a page's stories, its own first, given their paragraphs and the language that the page states.

    Where the page's own story is English, langdetect is not asked about an appended one with enough English words: it
    takes as long as all of the splitting.

    >>> story_languages([["It was the first day of spring in the town, and the harbour was open for trade."]], "en")
    ['en']
    """
    languages: list[str | None] = []
    for paragraphs in stories:
        known = languages[:1] == ["en"] and _reads_english(_sample(paragraphs))
        languages.append("en" if known else story_language(paragraphs, stated))
    return languages


def story_language(paragraphs: Sequence[str], stated: str | None) -> str | None:
    """The language of a story of which the page states one.

    A page that states a language is believed. On 319 pages of the corpora that state one, langdetect differs on six:
    three in languages that it does not know or names differently (Icelandic, Bokmål), where the page is right, and
    three in Zulu and Xhosa, where the page states English. Untranslated templates state English, so English must also
    show in the text.

    >>> story_language(["La réouverture du port a eu lieu lundi matin, ont annoncé les autorités locales."], "en")
    'fr'
    """
    if stated and (stated != "en" or _reads_english(_sample(paragraphs))):
        return stated
    return detect_language(paragraphs) or stated


def _reads_english(sample: str) -> bool:
    words = sample.lower().split()
    return sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * len(words) > 0


def detect_language(paragraphs: Sequence[str]) -> str | None:
    """The two-letter code of the language that most of a story is in, or None where the text is too short.

    >>> detect_language(["Der Hafen ist am Montag wieder geöffnet worden, teilten die Behörden mit."])
    'de'
    """
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
    """The start of the longest paragraphs, in reading order; quotations and names make up less of them."""
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
    # The garbage collector would scan these 88,000 lists of numbers; it does not track tuples of numbers.
    factory.word_lang_prob_map = {word: tuple(figures) for word, figures in factory.word_lang_prob_map.items()}
    return factory
