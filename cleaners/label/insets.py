"""Tables, lists, code and quotes stand or fall with the story around them.

The scorer looks at one line after the other, and a row of numbers or a line of code looks like chrome. So the whole of
such a box is judged by what stands above and below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaners.blocks.elements import HEADINGS
from cleaners.data import DROPPED, KEPT, Block, Box, Label
from cleaners.label.passage import Passage

DEPTH = 6
"""Boxes around a line that are searched for one that holds an inset."""

LONGEST_CELL = 400
"""Characters of a row, or of a line in a cell, at most; a table that lays out a page holds whole paragraphs."""

AVERAGE_CELL = 160
"""The same on average."""

CELL_DEPTH = 5
"""Boxes between a table and a line of it, at most."""

MOST_LINES = 60
"""Lines of a table at most that is kept as a whole although the scorer drops most of it."""

LINKED_TABLE = 0.9
"""Share of a table in links from which on it is a list of links."""

MOSTLY = 0.5
"""Share of a table that the scorer keeps from which on the whole is kept, wherever it stands."""

SURELY_NOT = 0.6
"""Mean confidence in dropping its lines at or above which a table inside of the story is dropped."""

FEW_LINES = 2
"""Lines of a list that the scorer drops between others that it keeps."""

SHORT_CODE = 300
"""Characters of a piece of code at most. Whole programs are left to the scorer."""

LINKED = 0.5
"""Share of a line in links from which on it is a link."""

_CODE = "pre"
_QUOTE = "blockquote"
_LISTS = frozenset({"ul", "ol"})
_INSETS = frozenset({"table", _CODE, _QUOTE}) | _LISTS

_EMBED = re.compile(
    r"(?:^|[\s_-])(?:twitter|instagram|tiktok|facebook|fb|bluesky|mastodon|embed(?:ded)?|pull-?quote\w*)", re.IGNORECASE
)
"""Class names of quotes that are posts of a network, or print a sentence of the story."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A box of a page as a span of its blocks, and its kind."""

    box: Box
    kind: str

    @property
    def lines(self) -> range:
        """The indices of its blocks."""
        return range(self.box.start, self.box.stop)


def insets(passage: Passage) -> list[Inset]:
    """The innermost tables and lists, and the outermost quotes and code, in reading order."""
    found: dict[int, Inset] = {}
    for block in passage.blocks:
        if block.surroundings is not None and (inset := _around(block.surroundings.box)) is not None:
            found.setdefault(inset.box.number, inset)
    return [inset for inset in found.values() if inset.box.stop <= len(passage)]


def _around(box: Box | None) -> Inset | None:
    for _ in range(DEPTH):
        if box is None:
            return None
        if box.tag in _INSETS:
            return Inset(box, box.tag)
        box = box.parent
    return None


def inset(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """All lines of a table are text, or none is; code, quotes and the lines of a list are text between text."""
    for found in insets(passage):
        if found.kind == "table":
            yield from _table(passage, found)
        elif found.kind in _LISTS:
            yield from _list(passage, found)
        elif _is_short_code(passage, found) if found.kind == _CODE else not _EMBED.search(found.box.names):
            yield from _between_text(passage, found)


def _table(passage: Passage, table: Inset) -> Iterator[tuple[int, Label, float]]:
    lines = [index for index in table.lines if passage.label(index) is not Label.CAPTION]
    sizes = [len(passage.blocks[index].text) for index in lines]
    kept = [passage.label(index) in KEPT for index in lines]
    if all(kept) or not _is_data(passage, table, lines, sizes):
        return
    share = sum(size for size, keep in zip(sizes, kept, strict=True) if keep) / sum(sizes)
    keeps = share >= MOSTLY or (_is_doubtful(passage, lines, sizes) and _in_story(passage, table))
    for index, keep in zip(lines, kept, strict=True):
        if keep is not keeps:
            yield index, Label.BODY if keeps else Label.NAVIGATION, 0.7


def _is_data(passage: Passage, table: Inset, lines: Sequence[int], sizes: Sequence[int]) -> bool:
    """Whether a table holds rows of data, and is no frame for a page or for other tables."""
    if len(lines) < FEW_LINES or max(sizes) > LONGEST_CELL or sum(sizes) > AVERAGE_CELL * len(sizes):
        return False
    return all(_is_cell(passage.blocks[index], table.box) for index in lines)


def _is_cell(block: Block, table: Box) -> bool:
    box = block.surroundings.box if block.surroundings else None
    if block.tag in HEADINGS:
        return False
    for _ in range(CELL_DEPTH):
        if box is None or box.tag == "table":
            break
        box = box.parent
    return box is table


def _is_doubtful(passage: Passage, lines: Sequence[int], sizes: Sequence[int]) -> bool:
    linked = sum(passage.blocks[index].link_density * size for index, size in zip(lines, sizes, strict=True))
    if linked > LINKED_TABLE * sum(sizes) or len(lines) > MOST_LINES:
        return False
    dropped = [passage.verdicts[index] for index in lines if passage.label(index) not in KEPT]
    first = [(verdict.first or verdict).confidence for verdict in dropped]
    return len(dropped) < len(lines) or sum(first) < SURELY_NOT * len(first)


def _in_story(passage: Passage, found: Inset) -> bool:
    """Whether text stands right above a box and right below it, captions aside."""
    if _next_label(passage, found.box.start - 1, -1) not in KEPT:
        return False
    return _next_label(passage, found.box.stop, 1) in KEPT or _beside_text(passage, found)


def _beside_text(passage: Passage, found: Inset) -> bool:
    """Whether a box ends the story: it stands in the box of the paragraphs, and nothing of the page below it does."""
    above = passage.blocks[found.box.start - 1].surroundings
    holder = found.box.parent
    return above is not None and holder is not None and above.box.parent is holder and found.box.stop == holder.stop


def _next_label(passage: Passage, index: int, step: int) -> Label | None:
    while passage.label(index) is Label.CAPTION:
        index += step
    return passage.label(index)


def _list(passage: Passage, found: Inset) -> Iterator[tuple[int, Label, float]]:
    """A line or two of a list between others that are kept."""
    dropped = [index for index in found.lines if passage.label(index) not in KEPT]
    for index in dropped:
        above, below = index - 1, index + 1
        if above in dropped:
            above -= 1
        elif below in dropped:
            below += 1
        if above not in found.lines or below not in found.lines or above in dropped or below in dropped:
            continue
        block, verdict = passage.blocks[index], passage.verdicts[index]
        if block.tag == "li" and block.link_density < LINKED and verdict.first is None:
            yield index, Label.BODY, 0.6


def _is_short_code(passage: Passage, code: Inset) -> bool:
    return sum(len(passage.blocks[index].text) for index in code.lines) <= SHORT_CODE


def _between_text(passage: Passage, found: Inset) -> Iterator[tuple[int, Label, float]]:
    """Code or a quote between two paragraphs; code also below the last one."""
    above, below = passage.label(found.box.start - 1), passage.label(found.box.stop)
    if above not in KEPT or (below not in KEPT and found.kind != _CODE):
        return
    wanted = frozenset(Label) - KEPT if found.kind == _CODE else DROPPED
    for index in found.lines:
        if passage.label(index) in wanted and passage.blocks[index].link_density < LINKED:
            yield index, Label.BODY, 0.6
