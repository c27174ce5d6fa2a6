"""Biographies of the author below the story of an HTML page, in boxes that are named for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from cleaners.data import Block, Label
from cleaners.label.passage import Passage, Revision
from cleaners.words.patterns import lazy_pattern

DEPTH = 4
"""Boxes around a line of which one is named so, at most."""

_AUTHOR_BOX = lazy_pattern(
    r"(?i)(?<![a-z])(?:(?:about|meet)[_-]?(?:the[_-]?)?(?:author|writer)"
    r"|(?:author|writer|contributor|reporter|autor|auteur|autore)s?[_-]?(?:box|bio(?:graphy)?|card|desc(?:ription)?|info)"
    r"|(?:post|article|entry|story)[_-]?(?:author[_-]?)?bio(?:graphy)?)(?![a-z])"
)


def author_box(passage: Passage) -> Iterator[Revision]:
    """What is kept last on the page in such a box, below a paragraph of the story.

    Of 121 such blocks on annotated pages 3 are text; the scorer knows most of them.
    """
    kept = passage.kept()
    last = list(takewhile(lambda index: _is_in_author_box(passage.blocks[index]), reversed(kept)))
    if any(map(passage.is_paragraph, kept[: len(kept) - len(last)])):
        yield from ((index, Label.BYLINE, 0.8) for index in last)


def _is_in_author_box(block: Block) -> bool:
    return any(_names_author(box.names) for box in block.boxes(DEPTH) if box.names)


@lru_cache(maxsize=10_000)
def _names_author(names: str) -> bool:
    return _AUTHOR_BOX.search(names) is not None
