"""Lines with structure as Markdown: CommonMark with pipe tables. With its marks taken away it is the text again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cleaners.data import Container, Line, Span
from cleaners.words.markdown import escaped_inside, heading, line_start_escaped, link_target
from cleaners.words.patterns import lazy_pattern

_BACKTICKS = lazy_pattern(r"`+")
_ASCII_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MARKS = {"strong": "**", "emphasis": "*"}


def lines_markdown(lines: Iterable[Line]) -> str:
    """The lines as Markdown, without a line end behind the last.

    >>> item = Container("item", 1, False, 1)
    >>> print(lines_markdown([Line("Two towns."), Line("Fire * engine", "item", containers=(item,))]))
    Two towns.
    <BLANKLINE>
    - Fire \\* engine
    """
    writer = _Writer()
    for _, group in groupby(enumerate(lines), key=_chunk_key):
        chunk = [line for _, line in group]
        writer.add(chunk[0].containers, list(_chunk(chunk)))
    markdown = "\n".join(writer.written)
    return f"&#xFEFF;{markdown[1:]}" if markdown.startswith("\ufeff") else markdown  # parsers drop a byte order mark


def _chunk_key(numbered: tuple[int, Line]) -> tuple[str, int]:
    """What lines share that make one table or one preformatted text; each other line stands by itself."""
    number, line = numbered
    return (line.kind, line.group) if line.kind in ("row", "preformatted") else ("", number)


def _chunk(lines: Sequence[Line]) -> Iterator[str]:
    first = lines[0]
    if first.kind == "row":
        yield from _table(lines)
    elif first.kind == "preformatted":
        yield from _fenced(lines)
    elif first.kind == "heading":
        yield heading(first.level, inline(first.text, first.spans))
    else:
        yield line_start_escaped(inline(first.text, first.spans))


def _table(lines: Sequence[Line]) -> Iterator[str]:
    rows = [list(table_row(list(row))) for _, row in groupby(lines, key=lambda line: line.row)]
    columns = max(map(len, rows))
    for number, row in enumerate(rows):
        cells = (" ".join(inline(*cell) for cell in pieces) for pieces in row)
        yield f"| {' | '.join([*cells, *[''] * (columns - len(row))])} |"
        if number == 0:
            yield f"|{' --- |' * columns}"


Piece = tuple[str, tuple[Span, ...], int, int]
"""A text, its spans, and where in it a cell begins and ends."""


def table_row(lines: Iterable[Line]) -> Iterator[list[Piece]]:
    """The cells of a row, each as the pieces of lines that it is made of."""
    cells: list[list[Piece]] = []
    for line in lines:
        pieces = [(line.text, line.spans, start, stop) for start, stop in line.cells]
        if line.continues and cells:
            cells[-1] = [piece for piece in cells[-1] if piece[2] < piece[3]] + pieces
        else:
            cells += [[piece] for piece in pieces]
    yield from cells


def _fenced(lines: Sequence[Line]) -> Iterator[str]:
    text = "\n".join(line.raw for line in lines).strip("\r\n")
    runs = map(len, _BACKTICKS.findall(text))
    fence = "`" * max(3, 1 + max(runs, default=0))
    yield fence
    yield from text.splitlines()
    yield fence


class _Writer:
    """Sets pieces of Markdown into the lists and quotes around them."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._around: tuple[Container, ...] = ()
        self._markers: dict[int, str] = {}  # of items, by number
        self._counts: dict[int, int] = {}  # items of a list so far
        self._signs: dict[int, str] = {}  # what marks the items of a list

    def add(self, containers: tuple[Container, ...], lines: Sequence[str]) -> None:
        """A paragraph, table or the like."""
        shared = _shared(self._around, containers)
        for depth, container in enumerate(containers[shared:], start=shared):
            if container.kind == "item" and container.number not in self._markers:
                self._mark(container, depth)
        if self.written and not self._is_tight(containers, shared):
            self.written.append("".join(self._prefix(container) for container in containers[:shared]).rstrip())
        first = "".join(
            self._prefix(container) if depth < shared else self._opening(container)
            for depth, container in enumerate(containers)
        )
        later = "".join(map(self._prefix, containers))
        self.written += [f"{later if number else first}{line}".rstrip() for number, line in enumerate(lines)]
        self._around = containers

    def _mark(self, item: Container, depth: int) -> None:
        """Choose the marker of a new item. Where a list follows another one at once, other signs keep them apart."""
        if item.list not in self._signs:
            before = self._around[depth] if depth < len(self._around) else None
            taken = self._signs.get(before.list) if before and before.kind == "item" else None
            signs = (".", ")") if item.ordered else ("-", "*")
            self._signs[item.list] = signs[1] if taken == signs[0] else signs[0]
        self._counts[item.list] = count = self._counts.get(item.list, 0) + 1
        sign = self._signs[item.list]
        self._markers[item.number] = f"{count}{sign} " if item.ordered else f"{sign} "

    def _is_tight(self, containers: tuple[Container, ...], shared: int) -> bool:
        """Whether the next piece stands right below the last one: an item below an item, or a list in an item."""
        new = containers[shared] if shared < len(containers) else None
        if not new or new.kind != "item":
            return False
        old = self._around[shared] if shared < len(self._around) else None
        if old:
            return old.kind == "item" and old.list == new.list
        return bool(shared) and containers[shared - 1].kind == "item" and self._markers[new.number][:2] in ("- ", "* ")

    def _opening(self, container: Container) -> str:
        return self._markers[container.number] if container.kind == "item" else "> "

    def _prefix(self, container: Container) -> str:
        return " " * len(self._markers[container.number]) if container.kind == "item" else "> "


def _shared(first: Sequence[Container], second: Sequence[Container]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def inline(text: str, spans: Sequence[Span] = (), start: int = 0, stop: int | None = None) -> str:
    """A piece of a line, from `start` to `stop`, with its links and its emphasis."""
    stop = len(text) if stop is None else stop
    written: list[str] = []
    still_open: list[Span] = []
    at = start
    for span in [*_shown(text, spans, start, stop), Span(stop, stop, "emphasis")]:
        while still_open and still_open[-1].stop <= span.start:
            done = still_open.pop()
            written += [escaped_inside(text[at : done.stop]), _closing(done)]
            at = done.stop
        written.append(escaped_inside(text[at : span.start]))
        at = span.start
        if span.kind == "link" and written[-1].endswith("!"):
            written[-1] = f"{written[-1][:-1]}\\!"  # or it would be a picture
        if span.start < span.stop:
            written.append(_MARKS.get(span.kind, "["))
            still_open.append(span)
    return "".join(written)


def _closing(span: Span) -> str:
    return _MARKS[span.kind] if span.kind != "link" else f"]({link_target(span.address or '')})"


def _shown(text: str, spans: Iterable[Span], start: int, stop: int) -> Iterator[Span]:
    """The spans inside a piece that Markdown can show: no link in a link, no emphasis in or right beside another."""
    link = emphasis = None
    inside = sorted(_clipped(text, spans, start, stop), key=lambda span: (span.start, -span.stop))
    links = [span for span in inside if span.kind == "link"]
    for span in inside:
        if span.kind == "link":
            if link is None or span.start >= link.stop:
                link = span
                yield span
        elif (emphasis is None or span.start > emphasis.stop) and _can_be_emphasis(text, span, start, stop, links):
            emphasis = span
            yield span


def _clipped(text: str, spans: Iterable[Span], start: int, stop: int) -> Iterator[Span]:
    """The parts of spans inside a piece, without white space at their ends."""
    for span in spans:
        inside = text[max(start, span.start) : min(stop, span.stop)]
        if words := inside.strip():
            begin = max(start, span.start) + len(inside) - len(inside.lstrip())
            yield span._replace(start=begin, stop=begin + len(words))


def _can_be_emphasis(text: str, span: Span, start: int, stop: int, links: Iterable[Span]) -> bool:
    """Whether stars around a span are read as emphasis: a star opens beside a word, or between two signs."""
    opens = closes = True
    for link in links:
        if link.start < span.start < link.stop < span.stop or span.start < link.start < span.stop < link.stop:
            return False
        opens = opens and link.start != span.start
        closes = closes and link.stop != span.stop
    before = span.start == start or _is_gap(text[span.start - 1])
    behind = span.stop == stop or _is_gap(text[span.stop])
    return (before or (opens and text[span.start].isalnum())) and (behind or (closes and text[span.stop - 1].isalnum()))


def _is_gap(character: str) -> bool:
    """Whether a character is white space, or surely a sign of punctuation for every parser."""
    return character.isspace() or character in _ASCII_SIGNS
