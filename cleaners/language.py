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
    for place in sorted(range(len(paragraphs)), key=lambda place: -len(paragraphs[place])):
        if room <= 0:
            break
        chosen.append(place)
        room -= len(paragraphs[place])
    return " ".join(paragraphs[place][:SAMPLE] for place in sorted(chosen))[:SAMPLE]


def _detector() -> Detector:
    detector = _factory().create()
    detector.seed = SEED
    return detector


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
