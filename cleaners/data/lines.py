"""The lines of an article, as its body gives them: what each is, and the links and emphasis in it."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

SpanKind = Literal["link", "strong", "emphasis"]


class Span(NamedTuple):
    """A part of a line, from the character `start` to before `stop`; `address` is where a link leads, on the web."""

    start: int
    stop: int
    kind: SpanKind
    address: str | None = None


class Container(NamedTuple):
    """An item of a list or a quote around a line. `number` tells containers apart, `list` the lists of items."""

    kind: Literal["item", "quote"]
    number: int
    ordered: bool = False
    list: int = 0


class Line(NamedTuple):
    """A line of a story's text with its structure.

    `level` is that of a heading, 1 to 6. `containers` are the lists and quotes around it, from the outside in. The
    lines of a table, and those of one preformatted text, share a `group`. `cells` are the parts of the text that stand
    in cells of the table's row `row`; where the line `continues`, the first of them belongs to the last cell before.
    `raw` is a preformatted text with its white space.
    """

    text: str
    kind: Literal["paragraph", "heading", "item", "quote", "row", "preformatted"] = "paragraph"
    level: int = 0
    containers: tuple[Container, ...] = ()
    spans: tuple[Span, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    group: int = 0
    row: int = 0
    continues: bool = False
    raw: str = ""


class Body(Protocol):
    """The text of a story with its structure."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text, each with what it is."""

    @property
    def markdown(self) -> str:
        """The text as Markdown."""
