"""Tables, lists, code and quotes stand or fall with the story around them.

The scorer looks at one line after the other, and a row of numbers or a line of code looks like chrome. So the whole of
such a box is judged by what stands above and below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cleaners.blocks.elements import CELLS, HEADINGS
from cleaners.blocks.html import PATH_DEPTH
from cleaners.data import DROPPED, KEPT, Block, Box, Label
from cleaners.label.passage import HARDLY_DECIDED, LINKED, Passage
from cleaners.words.patterns import lazy_pattern

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

SURELY_NOT, SURELY_NOT_BESIDE = 0.6, 0.85
"""Mean confidence in dropping its lines at or above which a table inside of the story is dropped; the same of one
without links between the story's own paragraphs."""

FEW_LINES = 2
"""Lines of a list that the scorer drops between others that it keeps."""

SHORT_CODE = 300
"""Characters of a piece of code at most. Whole programs are left to the scorer."""

_ROWS = frozenset({"table", "dl"})
_CODE = "pre"
_QUOTE = "blockquote"
_LISTS = frozenset({"ul", "ol"})
_INSETS = frozenset({_CODE, _QUOTE}) | _LISTS | _ROWS
_INSET_IN_PATH = lazy_pattern(f"/(?:{'|'.join(sorted(_INSETS))})")

EMBED = lazy_pattern(
    r"(?:^|[\s_-])(?:twitter|instagram|tiktok|facebook|fb|bluesky|mastodon|embed(?:ded)?|pull-?quote\w*)", re.IGNORECASE
)
"""Class names of quotes that are posts of a network, or print a sentence of the story."""


def insets(passage: Passage) -> list[Box]:
    """The innermost table, list, quote or piece of code around each line, in reading order."""
    inside = (block for block in passage.blocks if _may_be_inset(block.path))
    around = map(_inset_around, inside)
    found = {box.number: box for box in around if box is not None}
    return [box for box in found.values() if box.stop <= len(passage)]


def _inset_around(block: Block) -> Box | None:
    """The innermost of these boxes around a line. A loop over `block.boxes` takes twice as long, and most lines of a
    menu stand in lists."""
    box = block.surroundings.box if block.surroundings else None
    for _ in range(DEPTH):
        if box is None or box.tag in _INSETS:
            return box
        box = box.parent
    return None


@lru_cache(maxsize=5_000)
def _may_be_inset(path: str) -> bool:
    """Whether a path names such a box. A page has few paths, and most lines of a story stand in none."""
    return _INSET_IN_PATH.search(path) is not None or path.count("/") >= PATH_DEPTH


def _lines(box: Box) -> range:
    """The indices of the blocks in a box."""
    return range(box.start, box.stop)


def inset(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """All lines of a table are text, or none is; code, quotes and the lines of a list are text between text."""
    for box in insets(passage):
        if box.tag in _ROWS:
            yield from _table(passage, box)
        elif box.tag in _LISTS:
            yield from _list(passage, box)
        elif _is_short_code(passage, box) if box.tag == _CODE else not EMBED.search(box.names):
            yield from _between_text(passage, box)


def _table(passage: Passage, table: Box) -> Iterator[tuple[int, Label, float]]:
    lines = [index for index in _lines(table) if passage.label(index) is not Label.CAPTION]
    sizes = [len(passage.blocks[index].text) for index in lines]
    kept = [passage.label(index) in KEPT for index in lines]
    if not _is_data(passage, table, lines, sizes):
        return
    if _is_headed_by_chrome(passage, table, lines):
        yield from ((index, Label.NAVIGATION, 0.7) for index, keep in zip(lines, kept, strict=True) if keep)
        return
    if all(kept):
        return
    share = sum(size for size, keep in zip(sizes, kept, strict=True) if keep) / sum(sizes)
    keeps = share >= MOSTLY or (_is_doubtful(passage, table, lines, sizes) and _in_story(passage, table))
    for index, keep in zip(lines, kept, strict=True):
        if keep is not keeps:
            yield index, Label.BODY if keeps else Label.NAVIGATION, 0.7


def _is_headed_by_chrome(passage: Passage, table: Box, lines: Sequence[int]) -> bool:
    """Whether a table and a heading that is surely none of the story fill a box of their own, and the scorer is not
    sure of the table: the weather, prices of shares, or a league beside the story."""
    above, box = table.start - 1, table.parent
    if box is None or (box.start, box.stop) != (above, table.stop) or passage.label(above) not in DROPPED:
        return False
    verdict = passage.verdicts[above]
    by_rule = verdict.first is not None and verdict.first.label is Label.HEADING
    if passage.blocks[above].tag not in HEADINGS or not (by_rule or verdict.confidence >= SURE_HEADING):
        return False
    return sum(passage.verdicts[index].confidence for index in lines) < SURE_TABLE * len(lines)


SURE_HEADING, SURE_TABLE = 0.8, 0.9
"""Confidence in dropping the heading of a table from which on the table goes as well, and mean confidence in keeping
its lines below which it does."""


def _is_data(passage: Passage, table: Box, lines: Sequence[int], sizes: Sequence[int]) -> bool:
    """Whether a table holds rows of data, and is no frame for a page or for other tables."""
    if not lines or max(sizes) > LONGEST_CELL or sum(sizes) > AVERAGE_CELL * len(sizes):
        return False
    if len(lines) < FEW_LINES and not _has_cells(passage.blocks[lines[0]]):
        return False
    if _hold_story(passage, lines):
        return False
    return all(_is_cell(passage.blocks[index], table) for index in lines)


def _hold_story(passage: Passage, lines: Sequence[int]) -> bool:
    """Whether one cell of a table holds several paragraphs, which is how old pages are laid out."""
    paragraphs = [index for index in lines if passage.shapes[index].paragraph]
    if len(paragraphs) < PARAGRAPHS_OF_STORY:
        return False
    cells = Counter(id(_cell(passage.blocks[index])) for index in paragraphs)
    return max(cells.values()) >= PARAGRAPHS_OF_STORY


def _has_cells(block: Block) -> bool:
    """Whether a line is a row of several cells."""
    around = block.surroundings
    return around is not None and around.inside is not None and len(around.inside.cells) > 1


def _cell(block: Block) -> Box | None:
    return next((box for box in block.boxes(CELL_DEPTH + 1) if box.tag in CELLS), None)


PARAGRAPHS_OF_STORY = 2
"""Paragraphs in one cell that make a story."""


def _is_cell(block: Block, table: Box) -> bool:
    innermost = next((box for box in block.boxes(CELL_DEPTH + 1) if box.tag in _ROWS), None)
    return innermost is table and block.tag not in HEADINGS


def _is_doubtful(passage: Passage, table: Box, lines: Sequence[int], sizes: Sequence[int]) -> bool:
    linked = sum(passage.blocks[index].link_density * size for index, size in zip(lines, sizes, strict=True))
    if linked > LINKED_TABLE * sum(sizes) or len(lines) > MOST_LINES:
        return False
    dropped = [passage.verdicts[index] for index in lines if passage.label(index) not in KEPT]
    first = [(verdict.first or verdict).confidence for verdict in dropped]
    limit = SURELY_NOT if linked or not _beside_paragraphs(passage, table) else SURELY_NOT_BESIDE
    return len(dropped) < len(lines) or sum(first) < limit * len(first)


def _beside_paragraphs(passage: Passage, table: Box) -> bool:
    """Whether two paragraphs of the text stand in the box that holds a table, right above it or its heading, or right
    below it."""
    last = table.start - 1 - (passage.label(table.start - 1) is Label.HEADING)
    above, below = (last, last - 1), (table.stop, table.stop + 1)
    return any(all(_is_paragraph_in(passage, index, table.parent) for index in pair) for pair in (above, below))


def _is_paragraph_in(passage: Passage, index: int, holder: Box | None) -> bool:
    if passage.label(index) is not Label.BODY or holder is None:
        return False
    around = passage.blocks[index].surroundings
    return around is not None and (around.box is holder or around.box.parent is holder)


def _in_story(passage: Passage, box: Box) -> bool:
    """Whether text stands right above a box and right below it, captions aside; or below it, in the same box."""
    if _next_label(passage, box.start - 1, -1) not in KEPT:
        return all(_is_paragraph_in(passage, index, box.parent) for index in (box.stop, box.stop + 1))
    return _next_label(passage, box.stop, 1) in KEPT or _beside_text(passage, box)


def _beside_text(passage: Passage, box: Box) -> bool:
    """Whether a box ends the story: it stands in the box of the paragraphs, and nothing of the page below it does."""
    above = passage.blocks[box.start - 1].surroundings
    holder = box.parent
    return above is not None and holder is not None and above.box.parent is holder and box.stop == holder.stop


def _next_label(passage: Passage, index: int, step: int) -> Label | None:
    while passage.label(index) is Label.CAPTION:
        index += step
    return passage.label(index)


def _list(passage: Passage, box: Box) -> Iterator[tuple[int, Label, float]]:
    """A line or two of a list between others that are kept, or its one line on which the scorer can hardly decide."""
    lines = _lines(box)
    dropped = [index for index in lines if passage.verdicts[index].label not in KEPT]
    if len(dropped) == len(lines):  # as of most menus
        return
    if dropped and (_goes_with_story(passage, box, lines) or _is_hardly_decided(passage, dropped, lines)):
        yield from ((index, Label.BODY, 0.6) for index in dropped)
        return
    for index in dropped:
        above, below = index - 1, index + 1
        if above in dropped:
            above -= 1
        elif below in dropped:
            below += 1
        if above not in lines or below not in lines or above in dropped or below in dropped:
            continue
        block, verdict = passage.blocks[index], passage.verdicts[index]
        if block.tag == "li" and block.link_density < LINKED and verdict.first is None:
            yield index, Label.BODY, 0.6


def _is_hardly_decided(passage: Passage, dropped: Sequence[int], lines: range) -> bool:
    """Whether a single line of a list is dropped, and hardly."""
    verdict = passage.verdicts[dropped[0]]
    few = len(dropped) == 1 and len(lines) > FEW_LINES
    return few and verdict.first is None and verdict.confidence < HARDLY_DECIDED


def _goes_with_story(passage: Passage, box: Box, lines: range) -> bool:
    """Whether a short list without links stands right below two paragraphs of the story in their box, and the scorer
    keeps its first line and is unsure of the others."""
    above = all(_is_paragraph_in(passage, index, box.parent) for index in (box.start - 1, box.start - 2))
    if not above or len(lines) > SHORT_LIST or passage.label(lines[0]) not in KEPT:
        return False
    doubted = (passage.verdicts[index] for index in lines if passage.label(index) in DROPPED)
    return all(verdict.first is None and verdict.confidence < SURELY_NOT_BESIDE for verdict in doubted) and not any(
        passage.blocks[index].link_density for index in lines
    )


SHORT_LIST = 8
"""Lines of a list that ends a story, at most."""


def _is_short_code(passage: Passage, code: Box) -> bool:
    return sum(len(passage.blocks[index].text) for index in _lines(code)) <= SHORT_CODE


def _between_text(passage: Passage, box: Box) -> Iterator[tuple[int, Label, float]]:
    """Code or a quote between two paragraphs; code also below the last one."""
    above, below = passage.label(box.start - 1), passage.label(box.stop)
    if above not in KEPT or (below not in KEPT and box.tag != _CODE):
        return
    wanted = frozenset(Label) - KEPT if box.tag == _CODE else DROPPED
    for index in _lines(box):
        if passage.label(index) in wanted and passage.blocks[index].link_density < LINKED:
            yield index, Label.BODY, 0.6
