"""The structure of a story's text: what each of its lines is, by the boxes around the block that it is from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cleaners.blocks.elements import CELLS, HEADINGS
from cleaners.data import KEPT, Block, Box, Container, Judged, Label, Line
from cleaners.stories.lines import story_lines
from cleaners.stories.spans import block_cells, block_spans

MOST_CONTAINERS = 8
"""Lists and quotes inside each other that are told apart; what is nested deeper belongs to the eighth."""

MOST_COLUMNS = 40
MOST_CELLS = 20_000
"""What is wider or, padded to its columns, larger is no table that a person reads: its rows are paragraphs."""

CELL_LENGTH = 800
"""Characters of a cell from which on it holds a part of a story. A table most of whose words stand in such cells is a
layout."""

SUBHEADING = 2
"""The level of a heading of which the page does not say more; the story's headline is of the first."""


@dataclass(frozen=True)
class _Place:
    """Where a box stands: in which lists and quotes, and in which table, row, cell or preformatted text, by number."""

    containers: tuple[Container, ...] = ()
    table: int = 0
    row: int = 0
    cell: int = 0
    preformatted: int = 0
    ordered: bool = False
    list: int = 0


def structured(blocks: Sequence[Judged], base: str | None, kept: frozenset[Label] = KEPT) -> tuple[Line, ...]:
    """The lines of a story's text with their structure. `base` is the address by which links are made absolute."""
    on_page = [judged for judged in blocks if judged.label in kept]
    if not on_page or on_page[0].block.surroundings is None:
        return tuple(_plain(label, text) for label, text in story_lines(blocks, kept))
    places: dict[int, _Place] = {}
    standing = [(judged, _place(judged.block, places)) for judged in on_page]
    layouts = _layouts(standing)
    lines: list[Line] = []
    for table, group in groupby(standing, key=lambda found: found[1].table):
        inside = list(group)
        rows = None if table in layouts else _rows(inside, base)
        lines += rows or (_line(judged, place, base) for judged, place in inside)
    return tuple(lines)


def _plain(label: Label, text: str) -> Line:
    return Line(text, "heading", SUBHEADING) if label is Label.HEADING else Line(text)


def _place(block: Block, places: dict[int, _Place]) -> _Place:
    """The place of a block's box; each box of a page is looked at once."""
    chain: list[Box] = []
    box = block.surroundings.box if block.surroundings else None
    while box is not None and box.number not in places:
        chain.append(box)
        box = box.parent
    place = places[box.number] if box is not None else _Place()
    for box in reversed(chain):
        place = places[box.number] = _inside(place, box)
    return place


def _inside(place: _Place, box: Box) -> _Place:
    """The place inside a box that stands in a place."""
    tag, number = box.tag, box.number
    fields = dict(vars(place))
    if tag == "li":
        container = Container("item", number, place.ordered, place.list)
        fields |= {"containers": (*place.containers, container)[:MOST_CONTAINERS]}
    elif tag == "blockquote":
        fields |= {"containers": (*place.containers, Container("quote", number))[:MOST_CONTAINERS]}
    elif tag in ("ul", "ol"):
        fields |= {"ordered": tag == "ol", "list": number}
    elif tag == "pre":
        fields |= {"preformatted": number}
    elif tag == "table":
        fields |= {"table": number, "row": 0, "cell": 0}
    elif tag == "tr":
        fields |= {"row": number, "cell": 0}
    elif tag in CELLS:
        fields |= {"cell": number}
    else:
        return place
    return _Place(**fields)


def _line(judged: Judged, place: _Place, base: str | None) -> Line:
    block = judged.block
    spans = block_spans(block, base)
    if place.preformatted:
        inside = block.surroundings.inside if block.surroundings else None
        raw = "".join(inside.parts) if inside else block.text
        return Line(block.text, "preformatted", 0, place.containers, (), (), place.preformatted, raw=raw)
    if block.tag in HEADINGS or (judged.label is Label.HEADING and not place.containers):
        level = max(SUBHEADING, int(block.tag[1])) if block.tag in HEADINGS else SUBHEADING
        return Line(block.text, "heading", level, place.containers, spans)
    return Line(block.text, place.containers[-1].kind if place.containers else "paragraph", 0, place.containers, spans)


def _rows(inside: Sequence[tuple[Judged, _Place]], base: str | None) -> list[Line] | None:
    """The lines of a table as rows of cells; None if they have one column, or more than a person reads."""
    lines: list[Line] = []
    widths: dict[int, int] = defaultdict(int)
    last_cell = 0
    containers = _around(inside)
    for judged, place in inside:
        block = judged.block
        joined = _holds_cells(block)  # those before a cell with a box in it stand in its block
        cells = block_cells(block) if joined or not place.cell else ((0, len(block.text)),)
        row = place.row or -len(lines)
        continues = bool(place.cell) and place.cell == last_cell and not joined
        widths[row] += 0 if continues else len(cells)
        last_cell = place.cell
        spans = block_spans(block, base)
        lines.append(Line(block.text, "row", 0, containers, spans, cells, place.table, row, continues))
    columns = max(widths.values())
    is_data = 1 < columns <= MOST_COLUMNS and columns * len(widths) <= MOST_CELLS
    return lines if is_data else None


def _holds_cells(block: Block) -> bool:
    """Whether a block holds several cells of a row, side by side."""
    inside = block.surroundings.inside if block.surroundings else None
    return inside is not None and len(inside.cells) > 1


def _layouts(standing: Iterable[tuple[Judged, _Place]]) -> set[int]:
    """The tables that are layouts and not data, and 0 for what stands in no table."""
    tables: dict[int, list[tuple[Judged, _Place]]] = defaultdict(list)
    for found in standing:
        if found[1].table:
            tables[found[1].table].append(found)
    return {0} | {table for table, inside in tables.items() if _holds_more(inside)}


def _holds_more(inside: Sequence[tuple[Judged, _Place]]) -> bool:
    """Whether most words of a table stand in long cells, or in lists, quotes or preformatted texts inside its cells.

    No pipe table has them, so that such a table is better read as a layout: a story beside the menu, code beside its
    line numbers, or two lists side by side.
    """
    around = len(_around(inside))
    cells: Counter[int] = Counter()
    for judged, place in inside:
        cells[place.cell] += len(judged.text) if place.cell else 0
    held = sum(
        len(judged.text)
        for judged, place in inside
        if place.preformatted or len(place.containers) > around or cells[place.cell] > CELL_LENGTH
    )
    return held > sum(len(judged.text) for judged, _ in inside) / 2


def _around(inside: Iterable[tuple[Judged, _Place]]) -> tuple[Container, ...]:
    """The lists and quotes around a whole table: those that all its lines have in common."""
    common: tuple[Container, ...] | None = None
    for _, place in inside:
        if common is None:
            common = place.containers
        while common != place.containers[: len(common)]:
            common = common[:-1]
    return common or ()
