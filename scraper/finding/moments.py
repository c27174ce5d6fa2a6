"""Moments and spans of time as feeds, sitemaps and arguments write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from cleaners.words.dates import read_date

MOST_CHARACTERS = 60
"""Longer texts are no dates: the longest in use, with names of day, month and zone, have about 45 characters."""

_SPAN = re.compile(r"(\d{1,6})\s?(s|m|h|d|w)")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_UNIX_TIME = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d{1,9})?")  # seconds from 1973 to 2286, or milliseconds
_PERIOD = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SLASHES = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=[T ])")
_UTC_NAME = re.compile(r"\s?(?:UTC|GMT|Z)$", re.IGNORECASE)
_SPACE_BEFORE_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")


def read_moment(text: str) -> datetime | None:
    """The moment that a date states, in UTC, or None if it is no date. Of a day, a month or a year the first moment.

    W3C dates (`2026`, `2026-03`, `2026-03-07`, `2026-03-07T10:00Z`), also with slashes, a space or a name for UTC;
    those of e-mail (RFC 822); seconds or milliseconds since 1970; dates with the name of a month. One without an offset
    is taken to be in UTC. Of `03/04/2026` nobody knows the month: it is no date here.

    >>> read_moment("Sat, 07 Mar 2026 11:00:00 +0100").isoformat()
    '2026-03-07T10:00:00+00:00'
    >>> read_moment("2026/03/07 10:00 UTC").isoformat()
    '2026-03-07T10:00:00+00:00'
    """
    stated = _read(text)
    return _first_moment(stated[0]) if isinstance(stated, tuple) else stated


def latest_change(texts: Iterable[str]) -> datetime | None:
    """When something was last changed, by all the dates that are stated of it, in UTC; None where none can be read.

    A day says that the change happened at any time of it, so its last second counts: what was fetched on that day may
    have changed since. A time on the same day or later is more exact, and counts instead.

    >>> latest_change(["2026-03-07", "2026-03-01T10:00Z"]).isoformat()
    '2026-03-07T23:59:59+00:00'
    >>> latest_change(["2026-03-07", "2026-03-07T10:00Z"]).isoformat()
    '2026-03-07T10:00:00+00:00'
    """
    stated = [_read(text) for text in texts]
    latest = max((each for each in stated if isinstance(each, datetime)), default=None)
    last_day = max((each[1] for each in stated if isinstance(each, tuple)), default=None)
    if last_day and (latest is None or latest.date() < last_day):
        return _first_moment(last_day) + timedelta(hours=23, minutes=59, seconds=59)
    return latest


def read_span(text: str) -> int | None:
    """The seconds in a span such as `90s`, `30m`, `12h`, `7d` or `2w`, or None if it is none.

    >>> read_span("12h")
    43200
    """
    if span := _SPAN.fullmatch(text.strip().lower()):
        return int(span[1]) * _UNITS[span[2]]
    return None


def is_older(moment: datetime | None, since: datetime | None) -> bool:
    """Whether a moment is known to lie before `since`."""
    return moment is not None and since is not None and moment < since


_Days = tuple[date, date]
"""The first and the last day of a day, a month or a year."""


def _read(text: str) -> datetime | _Days | None:
    """A moment in UTC, or the days of a date without a time."""
    text = " ".join(text[:200].split())
    if len(text) > MOST_CHARACTERS:
        return None
    if period := _PERIOD.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return _days(*(int(part) if part else None for part in period.groups()))
    if seconds := _UNIX_TIME.fullmatch(text):
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    for read in (_w3c_date, parsedate_to_datetime):
        try:
            return _in_utc(read(text))
        except (ValueError, TypeError, OverflowError, IndexError):  # what they raise for no date, by their versions
            continue
    return _written_date(text)


def _days(year: int | None, month: int | None, day: int | None) -> _Days | None:
    try:
        first = date(year or 0, month or 1, day or 1)
        return first, first.replace(month=month or 12, day=day or monthrange(first.year, month or 12)[1])
    except ValueError:
        return None


def _w3c_date(text: str) -> datetime:
    text = _SLASHES.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text)
    return datetime.fromisoformat(_SPACE_BEFORE_OFFSET.sub("", _UTC_NAME.sub("+00:00", text)))


def _written_date(text: str) -> datetime | _Days | None:
    """A date with the name of a month, in one of the languages that the cleaners know."""
    if not (found := read_date(text)) or not _YEAR.search(text):
        return None
    moment = datetime.fromisoformat(found)
    return _in_utc(moment) if "T" in found else (moment.date(), moment.date())


def _first_moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _in_utc(moment: datetime) -> datetime | None:
    """The same moment in UTC; None at the ends of what a datetime can say, where there may be no such moment."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
