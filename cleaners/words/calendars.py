"""Years and months of other calendars than the Gregorian, as days of the Gregorian one.

Persian pages date by the Jalali calendar (`17 دی 1404`), Thai pages count years from the Buddha (2569), Taiwan from the
Republic (115), Japan by the emperor's era (令和8). All take a number and give None where no such day exists.
"""

from __future__ import annotations

import datetime as dt

BUDDHIST = 543
"""Years by which the Buddhist calendar is ahead."""

ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    **dict.fromkeys(("中華民國", "中华民国", "民國", "民国"), 1911),
}
"""The Gregorian year before the first one of an era."""

JALALI_MONTHS = {
    name: number
    for number, names in enumerate(
        ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
        start=1,
    )
    for name in names.split()
}
"""The number of a Persian month by its name."""

_BREAKS = (1210, 1635, 2060)
"""Jalali years from which leap years follow a pattern of 33 years; enough for printed dates."""


def jalali_day(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day of a Jalali one.

    >>> jalali_day(1404, 10, 17), jalali_day(1404, 12, 30), jalali_day(1403, 12, 30)
    (datetime.date(2026, 1, 7), None, datetime.date(2025, 3, 20))
    """
    if not (_BREAKS[0] <= year < _BREAKS[1] and 1 <= month <= 12 and 1 <= day <= _month_days(year, month)):
        return None
    days = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _new_year(year) + dt.timedelta(days=days + day - 1)


def _new_year(year: int) -> dt.date:
    """The first of Farvardin: 21 March 2021 in 1400, later by the days of the years between."""
    return dt.date(2021, 3, 21) + dt.timedelta(days=365 * (year - 1400) + _leaps_before(year) - _leaps_before(1400))


def _leaps_before(year: int) -> int:
    """Leap years before a year, in the cycle of 33 years in which 1, 5, 9, 13, 17, 22, 26 and 30 have a leap day."""
    cycles, rest = divmod(year - 1, 33)
    return 8 * cycles + sum(leap <= rest for leap in _LEAPS)


_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)


def _month_days(year: int, month: int) -> int:
    if month < 12:
        return 31 if month <= 6 else 30
    return 30 if year % 33 in _LEAPS else 29


def gregorian_year(year: int, *, thai: bool) -> int | None:
    """A year as the Gregorian calendar counts it, None where it is none of a news page.

    >>> gregorian_year(2026, thai=False), gregorian_year(2569, thai=True), gregorian_year(2569, thai=False)
    (2026, 2026, None)
    """
    if year < 100:
        return year + (2500 - BUDDHIST if thai and year > 50 else 2000)
    if thai and year > 2400:
        year -= BUDDHIST
    return year if 1900 <= year < 2100 else None
