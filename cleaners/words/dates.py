"""Dates as pages print them, read into ISO 8601 strings that are exactly as precise as the page.

A day is `2026-01-07`, a time `2026-01-07T22:52` or with seconds. An offset follows only where the page names the zone:
`2026-01-06T23:37+05:30`. Nothing is guessed from the country of a site. A numeric date with two readings
(`03/04/2026`) is left out unless the caller knows the order that the page uses.

The words around dates are in `dates.toml`, month names there and in `month_names.txt`. All languages are read at once;
the language of a page, where it is known, decides between the few names and orders about which languages disagree.

A date is found in three steps: its shape (`date_shapes`), the day that it names (`calendar_days`), and the clock time
beside it (`times_of_day`). What a line says about its dates is told by `publishing_dates`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from cleaners.words.calendar_days import calendar_days
from cleaners.words.figures import FIGURES, has_hidden_figures, plain_digits, plain_figures
from cleaners.words.months import words_for_dates
from cleaners.words.patterns import lazy_pattern
from cleaners.words.times_of_day import clock_beside

MONTHS: dict[str, int] = {
    spelling.casefold(): number
    for months in words_for_dates()["months"].values()
    for number, spellings in enumerate(months, start=1)
    for spelling in spellings.split()
}
"""The number of a month by its name, casefolded."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: the ISO 8601 string, and the offsets in characters at which it starts and ends."""

    iso: str
    start: int
    end: int


def find_dates(text: str, *, day_first: bool | None = None, language: str | None = None) -> list[FoundDate]:
    """The dates in the text, with their times where they have one, in reading order.

    `day_first` decides how to read a date like `03/04/2026`; with None such a date is left out. Dates with full stops
    or dashes (`05.01.26`) begin with the day, in Korean, Chinese and Japanese with the year.

    >>> [date.iso for date in find_dates("Opened 7 January 2026, 22:52 CET, closed 05.02.26")]
    ['2026-01-07T22:52+01:00', '2026-02-05']
    >>> find_dates("03/04/2026")
    []
    """
    if not _FIGURE.search(text):
        return []  # as of most lines
    if has_hidden_figures(text):
        return _in_plain(text, day_first, language)
    if not _DIGIT.search(text):
        return []
    dates = _dates_of_line if len(text) <= LINE else _dates
    return list(dates(plain_digits(text), day_first, language))


LINE = 200
"""Characters up to which the dates of a text are remembered for a while: the lines by a headline are read again and
again, for what they say and for what they are."""


def _dates(text: str, day_first: bool | None, language: str | None) -> tuple[FoundDate, ...]:
    """The dates in a text with plain digits."""
    found: list[FoundDate] = []
    end = 0
    days = calendar_days(text, day_first, language)
    for match, day in sorted(days, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if match.start() >= end:
            found.append(_with_time(text, match, day, since=end))
            end = found[-1].end
    return tuple(found)


_dates_of_line = lru_cache(maxsize=256)(_dates)


def read_date(value: object, *, day_first: bool | None = None, language: str | None = None) -> str | None:
    """The first date in an attribute or a JSON value, None where it holds none.

    >>> read_date("2024-08-27T10:32:24.467Z")
    '2024-08-27T10:32:24+00:00'
    """
    if isinstance(value, int) and not isinstance(value, bool) and _FEWEST_SECONDS < value < _MOST_SECONDS:
        value = str(value)
    if not isinstance(value, str):
        return None
    text = " ".join(value[:100].split())
    if epoch := _EPOCH.fullmatch(text) or _WRAPPED.fullmatch(text):
        return dt.datetime.fromtimestamp(int(epoch["seconds"]), dt.UTC).isoformat()
    if compact := _COMPACT.fullmatch(text):
        year, month, day, *clock, zone = compact.groups()
        time = ":".join(filter(None, clock))
        text = f"{year}-{month}-{day}" + (f"T{time}{zone or ''}" if time else "")
    dates = find_dates(text, day_first=day_first, language=language)
    return dates[0].iso if dates else None


_DIGIT = lazy_pattern(r"\d")
_FIGURE = lazy_pattern(f"[{FIGURES}]")
_EPOCH = lazy_pattern(r"(?P<seconds>[89]\d{8}|1\d{9}|2[0-3]\d{8})(?:\d{3})?(?:\.\d{1,6})?", re.ASCII)
"""Seconds or milliseconds since 1970, from 1995 to 2042."""

_FEWEST_SECONDS, _MOST_SECONDS = 8 * 10**8, 10**13
_COMPACT = lazy_pattern(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?|T\d*Z?)?", re.ASCII)
_WRAPPED = lazy_pattern(r"/Date\((?P<seconds>\d{9,10})\d{3}(?:[+-]\d{4})?\)/")
"""Milliseconds as older Microsoft systems write them in JSON."""


def _in_plain(text: str, day_first: bool | None, language: str | None) -> list[FoundDate]:
    """The dates in a text whose figures are not plain, each where it stands in it."""
    plain, places = plain_figures(text)
    found = find_dates(plain, day_first=day_first, language=language)
    return [FoundDate(date.iso, places[date.start], places[date.end - 1] + 1) for date in found]


def _with_time(text: str, match: re.Match[str], day: dt.date, *, since: int) -> FoundDate:
    """The date with the clock time in it or beside it, but not in front of the offset `since`."""
    if inner := match.groupdict().get("clock"):
        return FoundDate(f"{day}T{inner}", match.start(), match.end())
    clock, start, end = clock_beside(text, match, day, since=since)
    return FoundDate(f"{day}T{clock}" if clock else day.isoformat(), start, end)
