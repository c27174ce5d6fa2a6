"""The report as a page: draws the charts and fills the template, which escapes all values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from cleaners.explaining.wording import percent, side
from cleaners.records.outlets import NOT_STATED
from cleaners.reporting import charts
from cleaners.reporting.counts import LENGTHS, ArticleCounts
from cleaners.reporting.sharing import Sharing
from cleaners.reporting.unsure import UnsurePage
from cleaners.version import VERSION

MOST_ROWS = 15
"""Bars of a chart; a note says how many are left out."""

MOST_OUTLETS_SHARING = 12
"""Outlets in the chart of shared words: more do not fit beside each other."""

Named = Sequence[tuple[str, int]]


@dataclass
class Report:
    """The values of the page. Sections whose file was not given are None and left out."""

    counts: ArticleCounts
    unsure: Sequence[UnsurePage] | None = None
    rejected: Counter[str] | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    sharing: Sharing | None = None
    not_read: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its heading, a note on what it leaves out, and its numbers for those who cannot see it."""

    title: str
    svg: Markup
    numbers: Named = ()
    note: str = ""


def report_page(report: Report) -> str:
    """The whole page as HTML."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"percent": percent, "side": side}
    template = environment.from_string(files("cleaners.reporting").joinpath("report.html.jinja").read_text("utf-8"))
    return template.render(
        report=report,
        counts=report.counts,
        charts=list(_charts(report)),
        sharing_charts=_sharing_charts(report.sharing) if report.sharing else [],
        version=VERSION,
        days=_first_and_last(report.counts.days),
        outlets=len(set(report.counts.outlets) - {NOT_STATED}),
    )


def _charts(report: Report) -> list[Chart]:
    counts = report.counts
    found = [_timeline(counts), _outlet_days(counts)]
    found.append(_bars("Articles by outlet", counts.outlets))
    found.append(_bars("Articles by language", counts.languages))
    found.append(_lengths(counts))
    found.append(_dropped(counts))
    if report.rejected:
        found.append(_bars("Rejected pages by reason", report.rejected))
    return [chart for chart in found if chart]


def _bars(title: str, counts: Counter[str]) -> Chart | None:
    if not counts:
        return None
    shown = counts.most_common(MOST_ROWS)
    rest, more = counts.total() - sum(count for _, count in shown), len(counts) - len(shown)
    note = f"Not shown: {more:,} more, {rest:,} in total." if more else ""
    return Chart(title, Markup(charts.bars(shown, title)), shown, note)


def _timeline(counts: ArticleCounts) -> Chart | None:
    unit, spans = _spans(counts.days)
    if not spans:
        return None
    drawn = [(label, count) for (_, label), count in zip(spans, _by_span(counts.days, spans), strict=True)]
    left_out = counts.days.total() - sum(count for _, count in drawn)
    note = f"{counts.undated:,} articles have no date. " if counts.undated else ""
    note += f"{left_out:,} are much older or newer than the rest and not shown." if left_out else ""
    numbers = [(label, count) for label, count in drawn if count][:100]
    title = f"Articles by {unit}"
    return Chart(title, Markup(charts.columns(drawn, title)), numbers, note)


def _outlet_days(counts: ArticleCounts) -> Chart | None:
    outlets = [outlet for outlet, _ in counts.outlets.most_common(MOST_ROWS) if counts.outlet_days.get(outlet)]
    _, spans = _spans(counts.days)
    if not spans or len(outlets) < 2:
        return None
    cells = {
        (row, column): count
        for row, outlet in enumerate(outlets)
        for column, count in enumerate(_by_span(counts.outlet_days[outlet], spans))
        if count
    }
    step = max(1, -(-len(spans) // 7))
    titles = [label if number % step == 0 else "" for number, (_, label) in enumerate(spans)]
    name = "When each outlet published"
    return Chart(
        name, Markup(charts.heat(outlets, titles, cells, name)), note="The stronger the colour, the more articles."
    )


def _lengths(counts: ArticleCounts) -> Chart | None:
    if not counts.articles:
        return None
    names = [f"under {LENGTHS[0]}", *(f"{low:,} to {high - 1:,}" for low, high in pairwise(LENGTHS))]
    names.append(f"{LENGTHS[-1]:,} and more")
    numbers = [(name, counts.lengths[step]) for step, name in enumerate(names)]
    return Chart("Length in words", Markup(charts.bars(numbers, "Length in words")), numbers)


def _dropped(counts: ArticleCounts) -> Chart | None:
    if not counts.dropped:
        return None
    labels = [label for label, _ in counts.dropped.most_common(len(charts.SERIES))]
    outlets = [outlet for outlet, _ in counts.outlets.most_common(MOST_ROWS) if counts.outlet_dropped.get(outlet)]
    rows = {"all": counts.dropped, **{outlet: counts.outlet_dropped[outlet] for outlet in outlets}}
    name = "What was dropped, by label and outlet"
    note = "Shares of the dropped blocks; the numbers are those of all outlets."
    return Chart(name, Markup(charts.stacked(rows, labels, name)), counts.dropped.most_common(), note)


def _sharing_charts(sharing: Sharing) -> list[Chart]:
    found = [_shared_words(sharing), _bars("Articles with wire copy, by agency", sharing.agencies)]
    return [chart for chart in found if chart]


def _shared_words(sharing: Sharing) -> Chart | None:
    """How many articles of each pair of outlets share words, for the outlets with most of them."""
    pairs = sharing.pairs.most_common(MOST_OUTLETS_SHARING**2)
    outlets = list(dict.fromkeys(outlet for pair, _ in pairs for outlet in sorted(pair)))[:MOST_OUTLETS_SHARING]
    if not outlets:
        return None
    indices = {outlet: index for index, outlet in enumerate(outlets)}
    cells = {
        (indices[own], indices[other]): count
        for (own, other), count in sharing.pairs.items()
        if own in indices and other in indices
    }
    name = "Who shares words with whom"
    note = "How many articles of the outlet on the left share a passage with an article of the outlet above."
    return Chart(name, Markup(charts.heat(outlets, outlets, cells, name, square=True)), note=note)


def _first_and_last(days: Counter[date]) -> tuple[date, date] | None:
    """The first and the last day, without the earliest and latest hundredth of the articles: some dates are wrong."""
    if not days:
        return None
    ordered = sorted(days.elements())
    cut = len(ordered) // 100
    return ordered[cut], ordered[-1 - cut]


def _spans(days: Counter[date]) -> tuple[str, list[tuple[date, str]]]:
    bounds = _first_and_last(days)
    return charts.spans(*bounds) if bounds else ("", [])


def _by_span(days: Mapping[date, int], spans: Sequence[tuple[date, str]]) -> list[int]:
    """How many articles fall into each span."""
    starts = [start for start, _ in spans]
    ends = [*starts[1:], charts.end_of(starts)]
    found = [0] * len(spans)
    for day, count in days.items():
        index = charts.span_index(day, starts)
        if index >= 0 and day < ends[index]:
            found[index] += count
    return found
