"""Charts as SVG, drawn by matplotlib: nothing in them runs or loads, and they take their colours from the page."""

from __future__ import annotations

import io
import math
import re
import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cleaners.words.display import printable

INK, SOFT, ACCENT = "#010203", "#040506", "#070809"
SERIES = ("#0a0b01", "#0a0b02", "#0a0b03", "#0a0b04", "#0a0b05", "#0a0b06", "#0a0b07")
"""Placeholder colours, which no chart uses otherwise. In the SVG they are replaced by the CSS variables of the page."""

_VARIABLES = {INK: "ink", SOFT: "soft", ACCENT: "accent"} | {color: f"series-{n}" for n, color in enumerate(SERIES)}
_WIDTH = 6.4  # inches, of 72 units
_ROW = 0.24  # inches: a line of text at the font size below, and some space
_SERIES_A_LINE = 4  # in the legend
_MARGIN = 0.4  # inches, room for the labels of the lower axis
_FONT_SIZE = 9.5
_LABEL = 20.0
"""Ems of a row's label, which are two fifths of the chart; longer ones are shortened."""
_TILTED = 12.0
"""Ems of a label above a column."""
_TILT = 60  # degrees: the labels above twelve columns do not touch
_GAP = 0.1  # inches between a label and its row

_STYLE: Any = {
    "svg.fonttype": "none",  # text stays text: small, searchable, in any script
    "svg.hashsalt": "copydesk",
    "text.parse_math": False,
    "font.size": _FONT_SIZE,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}

_SIZE = re.compile(r'\A.*?<svg[^>]*?viewBox="([^"]*)"[^>]*>', re.DOTALL)
_NOT_NEEDED = re.compile(
    r"""<metadata>.*?</metadata> | <style[^>]*>[^<]*</style>   # of the file, not of the page
    | (?<=px;)\ font-family:[^;"]*;                             # the page has a font
    | \ id="(?![mp][0-9a-f]{6})[^"]*"                           # what nothing refers to""",
    re.DOTALL | re.VERBOSE,
)
_FONT = re.compile(r"font: (?:[a-z0-9]+ )*([0-9.]+)px [^;\"]*")


def bars(counts: Sequence[tuple[str, int]], name: str) -> str:
    """A horizontal bar for each count, in the given order, with its number at the end."""
    names = [label for label, _ in counts]
    with _figure(len(counts), below=0.05, left=_label_inches(names)) as (figure, axes):
        rows = range(len(counts))
        drawn = axes.barh(rows, [count for _, count in counts], color=ACCENT, height=0.7)
        axes.bar_label(drawn, [f"{count:,}" for _, count in counts], padding=3)
        _name_rows(axes, names)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.margins(x=0.12)
        return _svg(figure, name)


def stacked(rows: Mapping[str, Mapping[str, int]], series: Sequence[str], name: str) -> str:
    """A bar for each row, divided into the shares of the series."""
    above = 0.2 * -(-len(series) // _SERIES_A_LINE) + 0.1
    left = _label_inches(rows)
    with _figure(len(rows), above=above, left=left, right=0.25) as (figure, axes):
        for row, counts in enumerate(rows.values()):
            total = sum(counts.get(label, 0) for label in series) or 1
            shares = [counts.get(label, 0) / total for label in series]
            starts = [0.0, *accumulate(shares)]
            for index, share in enumerate(shares):
                color = SERIES[index % len(SERIES)]
                label = _fitting(series[index], _TILTED) if row == 0 else None
                axes.barh(row, share, left=starts[index], color=color, height=0.7, label=label)
        _name_rows(axes, list(rows))
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter("{x:.0%}")
        edge = -left / (_WIDTH - left - 0.25)  # the chart's left edge, in widths of the bars
        axes.legend(loc="lower left", bbox_to_anchor=(edge, 1), ncols=_SERIES_A_LINE, frameon=False, handlelength=0.8)
        return _svg(figure, name)


def columns(counts: Sequence[tuple[str, int]], name: str) -> str:
    """A vertical bar for each count, in the given order."""
    with _figure(8, left=0.64, right=0.3) as (figure, axes):
        axes.bar(range(len(counts)), [count for _, count in counts], color=ACCENT, width=0.85)
        axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.grid(axis="y", alpha=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        step = max(1, -(-len(counts) // 8))
        shown = range(0, len(counts), step)
        axes.set_xticks(shown, [_fitting(counts[column][0]) for column in shown])
        axes.set_xlim(-0.6, max(len(counts) - 0.4, 3))
        return _svg(figure, name)


def heat(
    rows: Sequence[str],
    titles: Sequence[str],
    cells: Mapping[tuple[int, int], int],
    name: str,
    *,
    square: bool = False,
) -> str:
    """A heat map: a field for each cell, darker for higher counts. `titles` name the columns; empty ones are left out.

    A `square` map has the same names on both sides, and shows the counts as numbers.
    """
    tilted = _inches(max((_ems(_fitting(title, _TILTED)) for title in titles), default=0)) if square else 0.0
    above = 0.3 + tilted * math.sin(math.radians(_TILT))
    right = 0.4 + tilted * math.cos(math.radians(_TILT))
    with _figure(len(rows), above=above, below=0.05, left=_label_inches(rows), right=right) as (figure, axes):
        most = max(cells.values(), default=1)
        for (row, column), count in cells.items():
            shade = 0.12 + 0.58 * count / most
            axes.add_patch(Rectangle((column - 0.47, row - 0.44), 0.94, 0.88, color=ACCENT, alpha=shade, lw=0))
            if square:
                axes.text(column, row, f"{count:,}", ha="center", va="center", fontsize=8)
        _name_rows(axes, rows)
        axes.xaxis.tick_top()
        named = [column for column, title in enumerate(titles) if title]
        texts = [_fitting(titles[column], _TILTED) for column in named]
        axes.set_xticks(named, texts, rotation=_TILT if square else 0, ha="left" if square else "center")
        axes.tick_params(length=0)
        axes.set_xlim(-0.5, max(len(titles), 8) - 0.5)
        axes.spines["bottom"].set_visible(False)
        return _svg(figure, name)


def spans(first: date, last: date) -> tuple[str, list[tuple[date, str]]]:
    """The days, weeks, months or years from the first to the last day, whichever are few enough for a chart.

    Returns the unit, and for each span its first day and its label.

    >>> spans(date(2026, 1, 6), date(2026, 1, 7))
    ('day', [(datetime.date(2026, 1, 6), '06 Jan'), (datetime.date(2026, 1, 7), '07 Jan')])
    """
    days = (last - first).days
    if days <= 92:
        return "day", [(day, f"{day:%d %b}") for day in (first + timedelta(number) for number in range(days + 1))]
    if days <= 600:
        monday = first - timedelta(min(first.weekday(), (first - date.min).days))
        weeks = (monday + timedelta(7 * number) for number in range((last - monday).days // 7 + 1))
        return "week", [(day, f"{day:%d %b %y}") for day in weeks]
    if days <= 3600:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        starts = (date(month // 12, month % 12 + 1, 1) for month in months)
        return "month", [(day, f"{day:%b %Y}") for day in starts]
    step = -(-(last.year - first.year + 1) // 100)
    return "year", [(date(year, 1, 1), str(year)) for year in range(first.year, last.year + 1, step)]


def span_index(day: date, starts: Sequence[date]) -> int:
    """The index of the last span that starts on or before a day; -1 if all start later.

    >>> span_index(date(2026, 1, 9), [date(2026, 1, 1), date(2026, 1, 8)])
    1
    """
    return bisect_right(starts, day) - 1


def end_of(starts: Sequence[date]) -> date:
    """The day after the last span, which is taken to be as long as the one before it.

    >>> end_of([date(2026, 1, 1), date(2026, 1, 8)])
    datetime.date(2026, 1, 15)
    """
    length = starts[-1] - starts[-2] if len(starts) > 1 else timedelta(1)
    return starts[-1] + length if starts[-1] < date.max - length else date.max


@contextmanager
def _figure(
    rows: int, *, left: float, above: float = 0.1, below: float = _MARGIN, right: float = 0.13
) -> Iterator[tuple[Figure, Axes]]:
    """A figure with room for the rows, and inches around them."""
    height = rows * _ROW + above + below
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a glyph is missing in matplotlib's font, but the browser draws the text
        figure = Figure(figsize=(_WIDTH, height))
        FigureCanvasSVG(figure)
        width = (_WIDTH - left - right) / _WIDTH
        yield figure, figure.add_axes((left / _WIDTH, below / height, width, rows * _ROW / height))


def _name_rows(axes: Axes, labels: Iterable[str]) -> None:
    """Label the rows; the first row is at the top."""
    texts = [_fitting(label) for label in labels]
    axes.set_yticks(range(len(texts)), texts)
    axes.set_ylim(len(texts) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)


def _label_inches(labels: Iterable[str]) -> float:
    """The room that the labels of rows need."""
    return _inches(max((_ems(_fitting(label)) for label in labels), default=0)) + _GAP


def _inches(ems: float) -> float:
    return ems * _FONT_SIZE / 72


def _fitting(text: str, most: float = _LABEL) -> str:
    """The text, or as much of its start as fits into so many ems, with an ellipsis."""
    text = printable(text)
    if _ems(text) <= most:
        return text
    return text[: bisect_right(list(accumulate(map(_ems, text))), most - _ems("…"))].rstrip() + "…"


def _ems(text: str) -> float:
    """How wide a text is at most in the usual fonts; the one with which the page is drawn is not known here."""
    return sum(_char_ems(char) for char in text)


def _char_ems(char: str) -> float:
    if char in "mwMW@%—…" or unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return 0.65 if char < "\u0530" and not char.isupper() else 0.8


def _svg(figure: Figure, name: str) -> str:
    """The figure as an element of a page: as wide as its container, in the colours and font of the page."""
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = _SIZE.sub(
        lambda found: f'<svg viewBox="{found[1]}" role="img" aria-label="{name}">', file.getvalue(), count=1
    )
    svg = _NOT_NEEDED.sub("", _FONT.sub(r"font-size: \1px", svg))
    for color, variable in _VARIABLES.items():
        svg = svg.replace(color, f"var(--{variable})")
    return svg
