"""The offsets of the time zones that news pages name."""

from __future__ import annotations

import datetime as dt

from cleaners.words.patterns import lazy_pattern

_OFFSETS = {
    "Z": 0, "GMT": 0, "UTC": 0, "WET": 0,
    "BST": 60, "CET": 60, "MEZ": 60, "WAT": 60,
    "CEST": 120, "MESZ": 120, "EET": 120, "CAT": 120, "SAST": 120,
    "EEST": 180, "MSK": 180, "МСК": 180, "EAT": 180, "TRT": 180,
    "PKT": 300, "IST": 330, "NPT": 345, "WIB": 420,
    "HKT": 480, "SGT": 480, "AWST": 480, "WITA": 480, "JST": 540, "KST": 540,
    "ACST": 570, "AEST": 600, "ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "BRT": -180, "EDT": -240, "EST": -300, "CDT": -300, "MDT": -360, "PDT": -420, "PST": -480, "AKST": -540,
}  # fmt: skip
"""Minutes east of Greenwich, for the abbreviations that mean one offset on news pages.

`IST` is India's (Irish and Israeli pages hardly print it) and `BST` Britain's (Bangladesh's pages print none).
`CST` (America or China), `MST` (America or Malaysia), `AST` (Atlantic or Arabia) and the like are ambiguous and left
out.
"""

_AMERICAN = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
"""Minutes east of Greenwich in winter, for the American names that stand for summer and winter time alike."""

_NUMERIC = lazy_pattern(r"(?:GMT|UTC)?\s?([+\-−])(\d{1,2}):?(\d\d)?")


def offset(zone: str, day: dt.date) -> str | None:
    """The offset that a zone's name has on a day (`IST` is `+05:30`), None where it names none or more than one.

    >>> offset("IST", dt.date(2026, 1, 7)), offset("ET", dt.date(2026, 7, 1)), offset("CST", dt.date(2026, 1, 7))
    ('+05:30', '-04:00', None)
    """
    if numeric := _NUMERIC.fullmatch(zone):
        sign, hours, minutes = numeric.groups()
        return _text((-1 if sign != "+" else 1) * (int(hours) * 60 + int(minutes or 0)))
    if zone in _AMERICAN:
        return _text(_AMERICAN[zone] + 60 * _american_summer(day))
    return _text(_OFFSETS[zone]) if zone in _OFFSETS else None


def _text(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _american_summer(day: dt.date) -> bool:
    """Whether American clocks are ahead on the day: second Sunday of March to first of November, since 2007."""
    return _sunday(day.year, 3, 2) <= day < _sunday(day.year, 11, 1)


def _sunday(year: int, month: int, number: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
