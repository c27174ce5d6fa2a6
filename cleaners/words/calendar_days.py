"""Which day of the calendar a date in a text is: the match of a shape, in the order and the years of a language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from cleaners.words.calendars import ERAS, JALALI_MONTHS, NEPALI_MONTHS, gregorian_year, jalali_day, nepali_day
from cleaners.words.date_shapes import shapes_in
from cleaners.words.months import month_number

_YEAR_FIRST = frozenset(("ko", "zh", "ja", "eu", "ne", "hu", "mn", "lt"))
"""Languages that write a short date with the year first: 26.01.07."""

_LOCAL_YEARS = {"short": 2000, "republic": ERAS["民國"], "reiwa": ERAS["令和"]}

NEPALI = 2050
"""Years behind which a date in figures on a Nepali page is one of Bikram Sambat."""


def calendar_days(text: str, day_first: bool | None, language: str | None) -> Iterable[tuple[re.Match[str], dt.date]]:
    """Every match of a shape in a text with plain digits, with its day. `day_first` decides how 03/04/2026 is read,
    which is no day with None; `language` is a code such as `en-US`."""
    code = (language or "").lower().replace("_", "-")
    for shape in shapes_in(text):
        for match in shape.finditer(text):
            if day := _calendar_day(match.groupdict(), day_first, code):
                yield match, day


def _calendar_day(parts: dict[str, str | None], day_first: bool | None, code: str) -> dt.date | None:
    """The day that the parts of a match name, None where no such day exists or two days are possible."""
    language = code[:2]
    year = 1 if parts.get("year") == "元" else int(parts.get("year") or 0)
    day = int(parts.get("day") or parts.get("day_cjk") or 0)
    month = int(parts.get("month") or parts.get("month_cjk") or 0)
    name = parts.get("name") or ""
    if era := parts.get("era"):
        return _day(ERAS[era] + year, month, day)
    for kind, before in _LOCAL_YEARS.items():
        if local := parts.get(kind):
            return _day(before + int(local), month, day) if _writes(code, kind) else None
    if "first" in parts:
        day, month = _ordered(int(parts["first"] or 0), int(parts["second"] or 0), day_first)
    elif name in JALALI_MONTHS:
        return jalali_day(year if year > 99 else year + 1400, JALALI_MONTHS[name], day)
    elif language == "ne" and (name in NEPALI_MONTHS or (not name and year > NEPALI)):
        return nepali_day(year, NEPALI_MONTHS[name] if name else month, day)
    elif name:
        month = month_number(name, language)
    elif language == "fa" and 1300 < year < 1500:
        return jalali_day(year, month, day)
    elif parts.get("mark") == "-" and (month > 12 or (day_first is False and code == "en-us")):
        day, month = month, day
    return _day(gregorian_year(year, thai=language == "th" or "\u0e00" < name[:1] < "\u0e80"), month, day)


def _writes(code: str, kind: str) -> bool:
    """Whether pages in a language write dates by its own short years."""
    if kind == "republic":
        return code.startswith(("zh-tw", "zh-hant"))
    return code[:2] == "ja" if kind == "reiwa" else code[:2] in _YEAR_FIRST


def _day(year: int | None, month: int, day: int) -> dt.date | None:
    """The day, None where there is none."""
    try:
        return dt.date(year, month, day) if year else None
    except ValueError:
        return None


def _ordered(first: int, second: int, day_first: bool | None) -> tuple[int, int]:
    """Day and month of a date like 05/01/2026; (0, 0) where both orders make a day and `day_first` is None."""
    if second > 12 or (day_first is False and first <= 12):
        return second, first
    if first > 12 or day_first or first == second:
        return first, second
    return 0, 0
