"""Aligned plain-text tables that are valid Markdown."""

from __future__ import annotations

from collections.abc import Sequence

Cell = str | float | int | None


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """The rows as text: floats with three decimals, None as an empty cell, columns without any value left out.

    >>> print(table(["", "pages", "F1"], [["ours", 3, 0.5]]))
    |      | pages |    F1 |
    | ---- | ----: | ----: |
    | ours |     3 | 0.500 |
    """
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
