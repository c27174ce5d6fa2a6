"""Threads of readers' comments below the story of an HTML page, in boxes that are named for them.

No heading needs to announce them, as `cleaners.label.comments` asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from cleaners.data import Box, Label
from cleaners.label.passage import LINKED, Passage, Revision
from cleaners.words.patterns import lazy_pattern

FEWEST_BOXES = 2
"""Boxes of a page that are named for comments, at least."""

_THREAD = lazy_pattern(
    r"(?i)(?<![a-z])(?:(?:reader|user|art|article|post|page|mod|md)[_-]?)?"
    r"(?:comments|comment[_-]?(?:s?[_-]?(?:list|body|block|area|section|text|content|post|thread|tree|holder|wrap(?:per)?))"
    r"|komment(?:are|arer|arliste)|komentarze?|komentáře|komentare|commentaires|comentarios|comentaris|commenti|reacties"
    r"|kommentarii|kommentit|yorumlar|hozzaszolasok|disqus[_-]?thread|dsq-comments?)(?![a-z])"
)
_COMMENT = lazy_pattern(r"(?i)com+ent|kom+ent|reacti|disqus|dsq|yorum|hozzasz")
"""What any box of a thread is named for, the single comment in it, too."""

_NO_THREAD = lazy_pattern(
    r"(?i)(?:no|has|with|without|hide|allow|show)[_-]?comment|comments?[_-]?(?:open|closed|off(?![a-z])|enabled|count|number|link|page|rules|policy)"
)
"""What a whole page or a story is called because of the comments that it has or may have."""


def boxed_comments(passage: Passage) -> Iterator[Revision]:
    """What is kept in a box that is named for comments, if a paragraph of the story stands above the box. Two boxes of
    the page at least are named so: a section of a manual may have the id `comments`, too."""
    kept = passage.kept()
    named = [box for box in _boxes_around(passage, kept) if _names_comments(box.names)]
    if len(named) < FEWEST_BOXES:
        return
    paragraphs = _paragraphs_above(passage)
    threads = [box for box in named if paragraphs[box.start] and _names_thread(box.names)]
    inside = _lines_in(threads, len(passage))
    yield from ((index, Label.COMMENT, 0.8) for index in kept if inside[index])


def _lines_in(boxes: Sequence[Box], lines: int) -> list[bool]:
    """For each line whether it stands in one of the boxes, which may lie in each other thousands deep."""
    changes = [0] * (lines + 1)
    for box in boxes:
        changes[box.start] += 1
        changes[box.stop] -= 1
    return [open_boxes > 0 for open_boxes in accumulate(changes)]


def _boxes_around(passage: Passage, lines: Sequence[int]) -> Iterator[Box]:
    """The boxes around some lines, each once."""
    seen: set[int] = set()
    for index in lines:
        around = passage.blocks[index].surroundings
        box = around.box if around else None
        while box is not None and box.number not in seen:
            seen.add(box.number)
            yield box
            box = box.parent


def _paragraphs_above(passage: Passage) -> list[int]:
    """How many paragraphs of a story are kept above each block."""
    above = [0]
    for index, block in enumerate(passage.blocks):
        above.append(above[-1] + (passage.is_paragraph(index) and block.link_density < LINKED))
    return above


@lru_cache(maxsize=10_000)
def _names_comments(names: str) -> bool:
    return _COMMENT.search(names) is not None


@lru_cache(maxsize=10_000)
def _names_thread(names: str) -> bool:
    return _THREAD.search(names) is not None and _NO_THREAD.search(names) is None
