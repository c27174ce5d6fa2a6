"""The dates that a page shows: by the headline, in `time` elements, near the headline, anywhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cleaners.metadata.address_dates import address_date
from cleaners.metadata.date_habits import DateHabit
from cleaners.metadata.time_elements import Time
from cleaners.metadata.visible import VisiblePage
from cleaners.words.dates import FoundDate, find_dates
from cleaners.words.patterns import lazy_pattern
from cleaners.words.publishing_dates import (
    PublicationDates,
    is_about_something_else,
    is_publishing_line,
    speaks_of_changing,
    speaks_of_publishing,
)

NEAR = 40
"""Lines behind the headline among which a date line stands."""

CLOSE = 8
"""Lines behind the headline among which the date of the page itself stands."""

BELOW = 3
"""Lines below a date of publishing in which that of the last change stands."""

ABOVE = 2
"""Lines in front of the headline among which it stands where it does not stand behind it."""

FAR_ABOVE = 10
"""Lines in front of the headline among which a date line stands."""

MAX_LEAD = 30
"""Characters of a line that may announce the date on the next one."""

MAX_DATE_LINE = 120
"""Characters of a date line."""

MAX_BESIDE = 40
"""Characters of a date line that belong to no date; a line with more is about something else."""

MAX_BESIDE_ALONE = 10
"""The same for a line that stands far from the headline."""

MAX_PLACE = 40
"""Characters of a place in front of the date that begins a paragraph."""

_DIGIT = lazy_pattern(r"\d")
_CHANGED = lazy_pattern("modif|updat", re.IGNORECASE)
_MONTH_NAME = lazy_pattern(r"[^\W\d_]{3}|[年월]")
_WIDE = lazy_pattern(r"[\u3041-\u30fa\u3400-\u9fff]")
_YEAR_FIRST = lazy_pattern(r"(?:19|20)\d\d")
_PLACE = lazy_pattern(r"(?:[^\W\d_][^\d,()]{1,30},\s?)?\(?\s?")
_BEHIND_DATE = lazy_pattern(r"\s?(?:Uhr)?\s?[)\]:/|–—-]")


class Opener(NamedTuple):
    """The first date line by the headline: what it says, how far away it stands (0 next to it, below or above), whether
    it is sure which day it names, and whether it is a date and hardly anything else."""

    dates: PublicationDates
    distance: int
    is_above: bool
    is_sure: bool
    is_alone: bool


def opener(page: VisiblePage, title: str | None, habit: DateHabit, *, only_h1: bool = False) -> Opener | None:
    """The first line below the headline, else right above it, that is a date of the page itself.

    With `only_h1` a headline that is no `h1` is not searched for, which would take a walk over the page.
    """
    behind = page.behind(title)
    start = 0 if behind or only_h1 else page.title_index(title)
    if start:
        behind, above = page.lines[start + 1 : start + 1 + CLOSE], page.lines[max(0, start - ABOVE - 1) : start]
    else:
        above = page.in_front(title)[::-1]
    own = partial(page.is_own, title)
    for index in range(len(behind)):
        is_near = _is_date_line(behind, index, habit) and own(index) and sum(map(own, range(index))) < CLOSE
        if is_near and (found := _opener(behind, index, habit)):
            if not found.is_alone and (named := _named_below(behind, index, habit)):
                index, found = named
            return found._replace(distance=index, is_above=False)
    for distance, index in enumerate(range(len(above) - 1, max(-1, len(above) - 1 - ABOVE), -1)):
        if _is_date_line(above, index, habit) and (found := _opener(above, index, habit)):
            return found._replace(distance=distance)
    return None


def _named_below(lines: Sequence[str], index: int, habit: DateHabit) -> tuple[int, Opener] | None:
    """The line of another day close below a date line, and what it says, if it alone names its day as that of
    publishing."""
    if is_publishing_line(lines[index]):
        return None
    for below in range(index + 1, min(index + 1 + BELOW, len(lines))):
        if is_publishing_line(lines[below]) and (found := _opener(lines, below, habit)):
            return below, found
    return None


def _is_date_line(lines: Sequence[str], index: int, habit: DateHabit) -> bool:
    """Whether a line holds little besides a date, and neither it nor the one in front is about something else."""
    return beside_dates(lines[index], habit) <= MAX_BESIDE and not (
        is_about_something_else(lines[index]) or is_about_something_else(_short_lead(lines, index, habit))
    )


def _short_lead(lines: Sequence[str], index: int, habit: DateHabit) -> str:
    """The short line in front of a line, which may say what its date is; one with a date of its own does not."""
    lead = lines[index - 1] if index else ""
    return lead if len(lead) < MAX_LEAD and not _dates(lead, habit) else ""


def _opener(lines: Sequence[str], index: int, habit: DateHabit) -> Opener | None:
    line = lines[index]
    dates = _announced(lines, index, habit)
    if dates == PublicationDates():
        return None
    if dates.published and not dates.modified:
        dates = PublicationDates(dates.published, _change_below(lines, index, habit))
    named = next((date for date in habit.find(line)), None)
    words = line[named.start : named.end] if named else ""
    sure = bool(_MONTH_NAME.search(words) or _YEAR_FIRST.match(words))
    return Opener(dates, 0, True, sure, beside_dates(line, habit) <= MAX_BESIDE_ALONE)


def _announced(lines: Sequence[str], index: int, habit: DateHabit) -> PublicationDates:
    """What a line says together with the short one in front, which may say which date it is."""
    return habit.publication(f"{_short_lead(lines, index, habit)} {lines[index]}".lstrip())


def _change_below(lines: Sequence[str], index: int, habit: DateHabit) -> str | None:
    """The time of the last change, which many pages print in a line of its own below that of publishing."""
    below = range(index + 1, min(index + 1 + BELOW, len(lines)))
    changed = (_announced(lines, line, habit) for line in below)
    return next((dates.modified for dates in changed if dates.modified and not dates.published), None)


def shows(page: VisiblePage, day: str, habit: DateHabit) -> bool:
    """Whether any date line of the page has the day, and not as that of a change."""
    lines = page.lines
    dated = (index for index, line in enumerate(lines) if beside_dates(line, habit) <= MAX_BESIDE)
    shown = (habit.publication(f"{_lead(lines, index, habit)} {lines[index]}".lstrip()).published for index in dated)
    return any(date is not None and date[:10] == day for date in shown)


def shown_dates(page: VisiblePage, title: str | None, habit: DateHabit) -> PublicationDates:
    """What the page shows, for one that states nothing: `dated` elements, lines by the headline, `time` elements, its
    address, then lines farther away."""
    modified = None
    for found in _places(page, title, habit):
        modified = modified or found.modified
        if found.published:
            return PublicationDates(found.published, modified)
    far = _from_lines(filter(is_publishing_line, page.lines) if modified else _far_lines(page, habit), habit, modified)
    return _of_address(_from_sentences(page, habit) if far == PublicationDates() else far, habit.url)


def _of_address(found: PublicationDates, url: str | None) -> PublicationDates:
    """What lines away from the headline say, with the day of the address where that is quite another: so many lines
    hold a date that any may be an event's."""
    day = address_date(url)
    if day is None or (found.published and abs(days_between(day, found.published)) <= 1):
        return found
    return PublicationDates(day, found.modified)


def days_between(earlier: str, later: str) -> int:
    """How many days lie between two dates in ISO 8601; negative where the second one is earlier."""
    return (dt.date.fromisoformat(later[:10]) - dt.date.fromisoformat(earlier[:10])).days


def _from_sentences(page: VisiblePage, habit: DateHabit) -> PublicationDates:
    """What sentences with a word for publishing or changing say, as blogs and wikis print them below a text: `This page
    was last modified on 7 January 2026`."""
    for line in page.lines:
        if (
            _DIGIT.search(line)
            and speaks_of_publishing(line[:MAX_DATE_LINE])
            and beside_dates(line, habit) < MAX_DATE_LINE
        ):
            dates = habit.publication(line)
            if dates.published and speaks_of_changing(line):
                return PublicationDates(None, dates.published)
            if dates != PublicationDates() and not is_about_something_else(line):
                return dates
    return PublicationDates()


def _places(page: VisiblePage, title: str | None, habit: DateHabit) -> Iterator[PublicationDates]:
    """What the places near the headline say, the most trusted one first."""
    yield from_times(page.dated, habit)
    times = from_times(page.times, habit)
    found = opener(page, title, habit)
    if found and (found.dates.published or "")[:10] != (times.published or "")[:10]:
        yield found.dates
    yield times
    for lines in (_near_lines(page, title, habit), _paragraphs(page, title, habit)):
        near = _from_lines(lines, habit)
        yield _of_address(near, habit.url) if near.published else near


def from_times(times: Iterable[Time], habit: DateHabit) -> PublicationDates:
    """What `time` elements and the like state; one that its property or class calls a change is a change."""
    modified = None
    for value, hint in times:
        date = habit.read(value)
        if habit.is_to_come(date):
            continue
        if date and not (_CHANGED.search(hint) or habit.publication(value).modified):
            return PublicationDates(date, modified)
        modified = modified or date
    return PublicationDates(None, modified)


def _from_lines(lines: Iterable[str], habit: DateHabit, modified: str | None = None) -> PublicationDates:
    for line in lines:
        stated = habit.publication(line)
        modified = modified or stated.modified
        if stated.published:
            return PublicationDates(stated.published, modified)
    return PublicationDates(None, modified)


def _near_lines(page: VisiblePage, title: str | None, habit: DateHabit) -> Iterator[str]:
    """The lines near the headline that hold little besides a date, those behind it first.

    A short line in front (`Updated`, `Published on`) is put before them, because it says which date it is.
    """
    start = page.title_index(title)
    lines = page.lines
    for index in [*range(start + 1, min(start + NEAR, len(lines))), *range(start - 1, max(-1, start - FAR_ABOVE), -1)]:
        if _is_date_line(lines, index, habit):
            yield f"{_lead(lines, index, habit)} {lines[index]}".lstrip()


def _lead(lines: Sequence[str], index: int, habit: DateHabit) -> str:
    """The short line in front of a line, unless it has a date or is about something else."""
    lead = lines[index - 1] if index else ""
    other = _DIGIT.search(lead) and (_dates(lead, habit) or is_about_something_else(lead))
    return lead if len(lead) < MAX_LEAD and not other else ""


def _paragraphs(page: VisiblePage, title: str | None, habit: DateHabit) -> Iterator[str]:
    """The dates that begin paragraphs near the headline, as agencies and offices put them: `Berlin, 28.10.2021 –`."""
    start = page.title_index(title)
    for line in page.lines[start + 1 : start + NEAR]:
        head = line[: MAX_PLACE + MAX_BESIDE]
        dates = _dates(head, habit)
        if dates and _PLACE.fullmatch(head[: dates[0].start]) and _BEHIND_DATE.match(head, dates[0].end):
            yield head[dates[0].start : dates[0].end]


def _far_lines(page: VisiblePage, habit: DateHabit) -> Iterator[str]:
    """The lines with a word for publishing, then those that are a date alone."""
    yield from (line for line in page.lines if is_publishing_line(line))
    for line in page.lines:
        if beside_dates(line, habit) <= MAX_BESIDE_ALONE and not is_about_something_else(line):
            yield line


def beside_dates(line: str, habit: DateHabit) -> float:
    """How many characters of a line belong to no date; infinity where it holds none.

    Of scripts that write words without spaces a character counts for two: it says more.
    """
    dates = _dates(line, habit) if len(line) <= MAX_DATE_LINE else []
    if not dates:
        return float("inf")
    rest = len(line) - sum(date.end - date.start for date in dates)
    return rest if line.isascii() else rest + len(_WIDE.findall(_without(line, dates)))


def _dates(text: str, habit: DateHabit) -> list[FoundDate]:
    """The dates in a text, whichever day they may be, as pages in the language write them."""
    return find_dates(text, day_first=True, language=habit.language)


def _without(line: str, dates: Sequence[FoundDate]) -> str:
    parts = []
    start = 0
    for date in dates:
        parts.append(line[start : date.start])
        start = date.end
    return "".join((*parts, line[start:]))
