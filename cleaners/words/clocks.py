"""Clock times with the day beside them, in short lines such as those above the entries of a live column."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaners.words.dates import find_dates, read_date
from cleaners.words.patterns import lazy_pattern
from cleaners.words.times_of_day import BEFORE_CLOCK, BEHIND_CLOCK, HOUR_MARKS

HEAD = 80
"""Characters at the beginning of a text in which its clock time stands."""

_ANY_DAY = "2000-01-01"
_CLOCK = lazy_pattern(
    rf"(?:(?<![\d.,:/-])|(?<=19\d\d)|(?<=20\d\d))(?:{BEFORE_CLOCK}\s?)?\d{{1,2}}"
    rf"(?:\s?(?P<mark>[:.hH{HOUR_MARKS}])\s?(?P<minute>[0-5٠-٥۰-۵०-५]\d)(?!\d|[.,/-]\d|\s?[%€$£])|(?=\s?[apAP]\.?[mM](?![^\W_])))"
)
_MAYBE = lazy_pattern(rf"\d\s?[:.hH{HOUR_MARKS}apAP]")
"""What a clock time has in it; it is found in a tenth of the time."""

_LEAD = lazy_pattern(rf"\W{{0,3}}{_CLOCK.pattern}")
_SPELT = lazy_pattern(r"^(\d{1,2})\s?[.hH]\s?([0-5]\d)")
_BEHIND = lazy_pattern(
    r"^(?:[分분]|:\d\d)?(?:\s?[apAP](?:\.\s?)?[mM]\.?(?![^\W_]))?"
    rf"(?:\s?{BEHIND_CLOCK}(?![^\W\d_]))?(?:\s?(?:Uhr|hrs|h|[A-Z]{{2,4}})(?![^\W_]))?"
)
"""What belongs to a clock time behind hours and minutes."""


class Moment(NamedTuple):
    """A clock time (`16:48`, with seconds if they are known), its day and its offset, as far as they are stated."""

    day: str | None = None
    clock: str | None = None
    offset: str = ""

    @property
    def iso(self) -> str | None:
        """The moment in ISO 8601, with the day; None without one.

        >>> Moment("2026-01-07", "16:48", "+01:00").iso, Moment(None, "16:48").iso
        ('2026-01-07T16:48+01:00', None)
        """
        return self.day and (f"{self.day}T{self.clock}{self.offset}" if self.clock else self.day)

    @property
    def minutes(self) -> int:
        """Minutes since midnight; 0 without a clock time."""
        return 60 * int(self.clock[:2]) + int(self.clock[3:5]) if self.clock else 0


def may_hold_clock(text: str) -> bool:
    """Whether the head of a text holds what a clock time has in it, which most texts do not."""
    return _MAYBE.search(text, 0, HEAD) is not None


def clock_place(text: str, *, leads: bool = False) -> tuple[int, int] | None:
    """Where the first clock time in the head of a text stands, hours and minutes only; `leads` asks for one that the
    text begins with.

    >>> clock_place("Updated at 16:48"), clock_place("Updated at 16:48", leads=True), clock_place("16.48 A fire")
    ((11, 16), None, (0, 5))
    """
    if not may_hold_clock(text):
        return None
    found = _LEAD.match(text) if leads else _CLOCK.search(text, 0, HEAD)
    return found and found.span()


def iso_moment(value: str) -> Moment:
    """The moment that an attribute or a JSON value states.

    >>> iso_moment("2026-01-07T16:48:10Z")
    Moment(day='2026-01-07', clock='16:48:10', offset='+00:00')
    """
    day, _, time = (read_date(value) or "").partition("T")
    found = re.fullmatch(r"(\d\d:\d\d(?::\d\d)?)(.*)", time)
    return Moment(day or None, found[1] if found else None, found[2] if found else "")


def shown_moment(text: str, day: str | None = None) -> Moment:
    """The moment that the head of a text shows; a clock time alone is one of the given day.

    >>> shown_moment("4.48 pm"), shown_moment("7 January 2026, 16:48 CET").iso
    (Moment(day=None, clock='16:48', offset=''), '2026-01-07T16:48+01:00')
    """
    head = text[:HEAD]
    dates = find_dates(head)
    if dates and "T" in dates[0].iso:
        return iso_moment(dates[0].iso)
    day = dates[0].iso if dates else day
    place = clock_place(head)
    if place is None:
        return Moment(day)
    time = _SPELT.sub(r"\1:\2", head[place[0] :].lstrip())
    found = find_dates(f"{day or _ANY_DAY} {time}")
    moment = iso_moment(found[0].iso) if found else Moment()
    return moment._replace(day=day) if day else Moment(None, moment.clock)


def without_clock(text: str) -> str:
    """The text without the clock time that it begins with, and what stands behind it.

    >>> without_clock("16:48 Uhr: Fire is out"), without_clock("16.48 – Fire is out"), without_clock("Fire is out")
    ('Fire is out', 'Fire is out', 'Fire is out')
    """
    place = clock_place(text, leads=True)
    if place is None:
        return text
    rest = _BEHIND.sub("", text[place[1] :])
    return rest.lstrip(" \t:;,.|/•·–—-−)]›»→")
