"""Why a page gives no article: each reason once, in words that a person can act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaners.data import DROPPED, Judged, Label, Rejection

MOST_BLOCKS = 250_000
"""Blocks above which a page is a list or a data file; the longest live blogs have some thousand."""

FEWEST_WORDS = 12
"""Words of body text below which a page holds no story."""

EMPTY = Rejection("empty", "The page is empty: no character but white space. Was the download cut off?")
TOO_MANY_BLOCKS = Rejection(
    "too-many-blocks",
    f"The page has more than {MOST_BLOCKS:,} lines: a word list or a data file, not a page. Split it if it is several.",
)
_ONLY_CAPTIONS = Rejection(
    "only-captions", "The page holds picture captions and no story: a gallery, or a cut-off page."
)
_ONLY_CHROME = Rejection(
    "only-navigation",
    "The page holds navigation and teasers and no story: a section front, or a page whose text is loaded by a script.",
)
_TOO_SHORT = Rejection("too-short", f"The page holds fewer than {FEWEST_WORDS} words of running text.")


def no_story(judged: Sequence[Judged]) -> Rejection:
    """What a page without a story holds instead."""
    labels = Counter(block.label for block in judged)
    if labels[Label.CAPTION] > sum(labels[label] for label in DROPPED):
        return _ONLY_CAPTIONS
    return _TOO_SHORT if labels[Label.BODY] else _ONLY_CHROME
