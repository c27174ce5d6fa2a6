"""The day, or the month, in the path of a page's address."""

from __future__ import annotations

import re

from cleaners.words.dates import read_date
from cleaners.words.patterns import lazy_pattern

_URL_DATE = lazy_pattern(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")
_URL_COMPACT = lazy_pattern(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_-])")
_URL_DAY_FIRST = lazy_pattern(r"(?<!\d)(?<!\d[.-])(0[1-9]|[12]\d|3[01])([.-])(0[1-9]|1[0-2])\2((?:19|20)\d\d)(?![\d])")
_URL_MONTH = lazy_pattern(r"/((?:19|20)\d\d)/([a-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?=/)", re.IGNORECASE)
_YEAR_AND_MONTH = lazy_pattern(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3,9})[/-]", re.IGNORECASE)


def address_date(url: str | None) -> str | None:
    """The day in the path of an address: `/2026/01/07/`, `/2026/jan/07/`, `/20260107/`, `/07-01-2026`.

    >>> paths = ("2026/01/07", "2026/jan/7", "20260107", "a-07.01.2026", "2026/01")
    >>> [address_date(f"/{path}/bridge") for path in paths]
    ['2026-01-07', '2026-01-07', '2026-01-07', '2026-01-07', None]
    """
    if match := _URL_DATE.search(url or "") or _URL_COMPACT.search(url or ""):
        return read_date("-".join(match.groups()))
    if match := _URL_DAY_FIRST.search(url or ""):
        return read_date(f"{match[4]}-{match[3]}-{match[1]}")
    if match := _URL_MONTH.search(url or ""):
        return read_date(f"{match[3]} {match[2]} {match[1]}")
    return None


def address_month(url: str | None) -> tuple[str, int | None] | None:
    """The year and the month in the path of an address, by its number or its name; None where it has no such pair.

    >>> [address_month(f"/{path}/bridge") for path in ("2026/01", "2026/jan", "2026")]
    [('2026', 1), ('2026', 1), None]
    """
    match = _YEAR_AND_MONTH.search(url or "")
    return (match[1], _month(match[2])) if match else None


def _month(text: str) -> int | None:
    """The number of a month, given by its number or its name."""
    date = read_date(f"2026-{int(text):02}-01" if text.isdigit() else f"1 {text} 2026")
    return int(date[5:7]) if date else None
