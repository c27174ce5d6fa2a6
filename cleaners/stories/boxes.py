"""Boxes side by side, each with enough text for a story: a container that is repeated may hold the next story."""

from __future__ import annotations

from collections.abc import Callable
from math import log1p

from cleaners.data import Block, Box

WordsBetween = Callable[[int, int], int]
"""The words of text from one block of a page to another."""

MOST_BOXES = 40
"""Nested boxes that are examined around a paragraph."""

TWIN_WORDS = 60
"""Words of text at or above which a box may hold a story."""

ARTICLE_WORDS = 40
"""The same for an `<article>`, which says that it is one."""

FAR = 1000
"""Words at which distances are capped."""


def twin_boxes(last: Block, first: Block, words: WordsBetween) -> tuple[Box, Box] | None:
    """The boxes side by side, next below the box that holds both paragraphs, if each holds enough text for a story."""
    if _are_lines_of_one_box(last, first):
        return None
    ours, theirs = list(last.boxes(MOST_BOXES)), list(first.boxes(MOST_BOXES))
    shared = {box.number for box in ours}
    under = next((index for index, box in enumerate(theirs) if box.number in shared), None)
    if not under:
        return None
    above = theirs[under].number
    index = next(index for index, box in enumerate(ours) if box.number == above)
    if not index:
        return None
    one, other = ours[index - 1], theirs[under - 1]
    needed = ARTICLE_WORDS if one.tag == other.tag == "article" else TWIN_WORDS
    enough = min(words(one.start, one.stop), words(other.start, other.stop)) >= needed
    return (one, other) if enough and one.tag not in _LINES and other.tag not in _LINES else None


def _are_lines_of_one_box(last: Block, first: Block) -> bool:
    """Whether two paragraphs stand one below the other in a box, as most do."""
    above, below = last.surroundings, first.surroundings
    if above is None or below is None or above.box is below.box:
        return True
    return above.box.parent is below.box.parent and (above.box.tag in _LINES or below.box.tag in _LINES)


_LINES = frozenset({"p", "li", "td", "tr", "blockquote"})


def box_features(twins: tuple[Box, Box] | None, words: WordsBetween) -> dict[str, float]:
    """The features of two boxes side by side: how alike they are, and how much text the smaller one holds."""
    if twins is None:
        return {"box": 0.0, "box_alike": 0.0, "box_article": 0.0, "box_words": 0.0}
    one, other = twins
    alike = one.tag == other.tag and (
        one.names == other.names or bool(set(one.names.split()) & set(other.names.split()))
    )
    size = min(words(one.start, one.stop), words(other.start, other.stop))
    return {
        "box": 1.0,
        "box_alike": float(alike),
        "box_article": float(one.tag == other.tag == "article"),
        "box_words": log1p(min(FAR, size)),
    }
