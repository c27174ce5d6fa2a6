"""Plain aligned tables that are Markdown too."""

from __future__ import annotations

from collections.abc import Sequence

Cell = str | float | int | None


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """The rows as text: fractions with three decimals, nothing for None, columns without any value left out."""
    filled = [index for index in range(len(head)) if any(row[index] is not None for row in rows)]
    lines = [[head[index] for index in filled], *([_shown(row[index]) for index in filled] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = [("-" * width if index == 0 else "-" * (width - 1) + ":") for index, width in enumerate(widths)]
    return "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if index == 0 else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
