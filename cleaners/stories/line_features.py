"""What the lines at a join of a dump look like: a dump has no markup, but a story does not begin in the middle of a
sentence, where dumps break lines around links, and a site writes its headlines in one way."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from cleaners.stories.layout import TITLE_WORDS, Layout
from cleaners.words.shapes import count_words

_INSIDE = frozenset(",;:.!?)]%’”»、，。；：）】")
"""Marks that no sentence begins with."""

LONG_WORD = 4
"""Letters of a word that headlines in title case capitalise."""


def line_features(page: Layout, gap: range, titles: Sequence[int]) -> dict[str, float]:
    """What the line above the text below a join, the text and the headline look like; `titles` are the indices of the
    headline's printings."""
    shapes, blocks = page.passage.shapes, page.passage.blocks
    last = gap.start - 1
    found = {
        "continues": float(_continues(blocks[gap.stop].text)),
        "open_above": float(not shapes[last].ends_sentence),
        "line_above": float(shapes[last].words in TITLE_WORDS),
    }
    return found | (_title_features(page, titles[0]) if titles else _NO_TITLE)


def _title_features(page: Layout, title: int) -> dict[str, float]:
    shapes, text = page.passage.shapes, page.passage.blocks[title].text
    capitals = _capitals(text)
    longer = log(shapes[title].words / max(1, count_words(page.title)))
    return {
        "title_continues": float(_continues(text)),
        "title_open_above": float(not shapes[title - 1].ends_sentence),
        "title_capitals": capitals,
        "title_written_alike": 1 - abs(capitals - _capitals(page.title)) if page.title else 0.0,
        "title_to_headline": longer if page.title else 0.0,
    }


_NO_TITLE = dict.fromkeys(
    ("title_continues", "title_open_above", "title_capitals", "title_written_alike", "title_to_headline"), 0.0
)


def _continues(text: str) -> bool:
    """Whether a line begins in the middle of a sentence."""
    return text[0].islower() or text[0] in _INSIDE


def _capitals(text: str) -> float:
    """The share of the longer words of a line that are capitalised; a half if it has none, or no letters with cases."""
    first = [word[0] for word in text.split() if len(word) >= LONG_WORD]
    upper, lower = sum(map(str.isupper, first)), sum(map(str.islower, first))
    return upper / (upper + lower) if upper + lower else 0.5
