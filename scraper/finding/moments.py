"""Moments and spans of time as feeds, sitemaps and arguments write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_SPAN = re.compile(r"(\d{1,6})\s?(s|m|h|d|w)")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def read_moment(text: str) -> datetime | None:
    """A W3C date (`2026`, `2026-03`, `2026-03-07`, `2026-03-07T10:00Z`) in UTC, or None if it is none.

    One without an offset is taken to be in UTC; a year or a month is its first moment.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}(?:-\d{2})?", text):
        text = f"{text}-01" if len(text) > 4 else f"{text}-01-01"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _in_utc(moment)


def read_span(text: str) -> int | None:
    """The seconds in a span such as `90s`, `30m`, `12h`, `7d` or `2w`, or None if it is none."""
    if span := _SPAN.fullmatch(text.strip().lower()):
        return int(span[1]) * _UNITS[span[2]]
    return None


def is_older(moment: datetime | None, since: datetime | None) -> bool:
    """Whether a moment is known to lie before `since`."""
    return moment is not None and since is not None and moment < since


def _in_utc(moment: datetime) -> datetime | None:
    """The same moment in UTC; None at the ends of what a datetime can say, where there may be no such moment."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
