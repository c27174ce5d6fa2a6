"""Dates as pages print them, read into ISO 8601 strings that are exactly as precise as the page.

A day is `2026-01-07`, a time `2026-01-07T22:52` or with seconds. An offset follows only where the page names the zone:
`2026-01-06T23:37+05:30`. Nothing is guessed from the country of a site. A numeric date with two readings
(`03/04/2026`) is left out unless the caller knows the order that the page uses.

Month names and the words around dates are in `dates.toml`. All languages are read at once: the language of a page is
not always known, and languages hardly ever disagree about a name.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from cleaners.words.zones import offset

_DATA = tomllib.loads((files(__package__) / "dates.toml").read_text(encoding="utf-8"))

MONTHS: dict[str, int] = {
    spelling.casefold(): number
    for months in _DATA["months"].values()
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


@dataclass(frozen=True, slots=True)
class PublicationDates:
    """When a text was published and last changed, as ISO 8601 strings; None where it does not say."""

    published: str | None = None
    modified: str | None = None


def find_dates(text: str, *, day_first: bool | None = None) -> list[FoundDate]:
    """The dates in the text, with their times where they have one, in reading order.

    `day_first` decides how to read a date like `03/04/2026`; with None such a date is left out. Dates with full stops
    or dashes (`05.01.26`) always begin with the day.

    >>> [date.iso for date in find_dates("Opened 7 January 2026, 22:52 CET, closed 05.02.26")]
    ['2026-01-07T22:52+01:00', '2026-02-05']
    >>> find_dates("03/04/2026")
    []
    """
    if not _DIGIT.search(text):
        return []
    found: list[FoundDate] = []
    end = 0
    for match, day in sorted(_days(text, day_first), key=lambda pair: (pair[0].start(), -pair[0].end())):
        if match.start() >= end:
            found.append(_with_time(text, match, day, since=end))
            end = found[-1].end
    return found


def read_date(value: object, *, day_first: bool | None = None) -> str | None:
    """The first date in an attribute or a JSON value, None where it holds none.

    >>> read_date("2024-08-27T10:32:24.467Z")
    '2024-08-27T10:32:24+00:00'
    """
    if not isinstance(value, str):
        return None
    text = " ".join(value[:100].split())
    if compact := _COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    dates = find_dates(text, day_first=day_first)
    return dates[0].iso if dates else None


def find_publication_dates(text: str, *, day_first: bool | None = None) -> PublicationDates:
    """When a date line says that its story was published and changed.

    A date behind a word for changing (`Updated`) is the time of the change; the first other date is the time of
    publishing. A clock time alone behind such a word belongs to the day in front of it.

    >>> find_publication_dates("2026-01-07 22:52 Last Updated At:23:00")
    PublicationDates(published='2026-01-07T22:52', modified='2026-01-07T23:00')
    """
    published = modified = None
    end = 0
    for found in find_dates(text, day_first=day_first):
        if _MODIFIED.search(text[max(end, found.start - 60) : found.start]):
            modified = modified or found.iso
        else:
            published = published or found.iso
        end = found.end
    if published and not modified:
        modified = _later_clock(text[end : end + 60], published[:10])
    return PublicationDates(published, modified)


def is_publishing_line(text: str) -> bool:
    """Whether the text begins with a word for publishing and holds a date.

    >>> is_publishing_line("Published on 7 January 2026")
    True
    """
    return bool(len(text) < 100 and _PUBLISHED.match(text) and find_dates(text, day_first=True))


_DIGIT = re.compile(r"\d")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T\d*Z?)?", re.ASCII)

# A word in any script. Devanagari writes vowels as marks, which `\w` leaves out.
_LETTER = r"[^\W\d_]"
_NAME = rf"(?<!{_LETTER})(?P<name>{_LETTER}(?:{_LETTER}|[\u0900-\u0903\u093a-\u094f]){{2,12}})"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SHORT_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d|[/-]\d|[.:]\d)"
_DAY = r"(?<![\d.,:/-])(?P<day>\d{1,2})"
_SHAPES = (
    # 2026-01-07, 2026/1/7, 2026.01.07, 2026年1月7日, 2026년 1월 7일
    re.compile(
        r"(?<![\d.,:/-])(?P<year>(?:19|20)\d\d)(?:"
        r"(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
        r"|[年년]\s?(?P<month_cjk>\d{1,2})[月월]\s?(?P<day_cjk>\d{1,2})[日일]?)"
    ),
    # 7. Januar 2026, 7 janvier 2026, 7 de enero de 2026, 07-Jan-2026, 1er mars 2026, 7th of January, 2026
    re.compile(
        rf"{_DAY}(?:\.|st|nd|rd|th|er|º|ª|°)?(?:\s{{1,2}}|-|/)(?:de\s|of\s|d['’])?{_NAME}"
        rf"[.,]{{0,2}}(?:\s{{1,2}}|-|/)(?:del?\s)?{_YEAR}"
    ),
    # January 7, 2026, Jan. 7th 2026, Ocak 7 2026
    re.compile(rf"{_NAME}\.?\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{1,2}}{_YEAR}"),
    # 2026. január 7., 2026 m. sausio 7 d.
    re.compile(rf"(?<![\d.,:/-])(?P<year>(?:19|20)\d\d)\.?\s(?:m\.\s)?{_NAME}\s(?P<day>\d{{1,2}})(?!\d)"),
    # 05.01.26, 5.1.2026, 5. 1. 2026, 05-01-2026
    re.compile(rf"{_DAY}(?P<mark>\.\s?|-)(?P<month>\d{{1,2}})(?P=mark){_SHORT_YEAR}"),
    # 05/01/2026: the day first or the month
    re.compile(rf"(?<![\d.,:/-])(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_SHORT_YEAR}"),
)

_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])"
    r"(?:(?P<mark>[:h.時点시])\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?)?(?![\d%])"
    r"(?:\s?(?P<half>[apAP])\.?[mM](?![^\W_])\.?)?"
    r"(?P<word>\s?(?:Uhr|hrs|Hrs|h)(?![^\W_]))?"
    r"(?:\s?\(?(?P<zone>(?:GMT|UTC)?\s?[+\-−](?:0?\d|1[0-4])(?::?[0-5]\d)?(?!\d)|[A-ZА-Я]{1,4}(?![A-Za-zА-Яа-я])))?"
)
_JOINS = "|".join(re.escape(word) for word in sorted(_DATA["joins"]["words"], key=len, reverse=True))
_CLOCK_AFTER = re.compile(rf"\.?,?\s?(?:[,|•·\-–—/@(]\s?)?(?:(?P<join>{_JOINS})\s?|[Tt])?{_CLOCK}")
_CLOCK_BEFORE = re.compile(rf"(?<![\d.:]){_CLOCK}\)?\s?(?:[,|•·\-–—/]\s?)?(?:(?:on|am|den|le|el|di|dnia)\s)?")
_LABELS = "|".join(re.escape(label) for label in sorted(_DATA["labels"]["modified"], key=len, reverse=True))
_MODIFIED = re.compile(rf"(?<![^\W_])(?:{_LABELS})(?![^\W\d_])", re.IGNORECASE)
_PUBLISHED = re.compile(rf"(?:{'|'.join(map(re.escape, _DATA['labels']['published']))})(?![^\W\d_])", re.IGNORECASE)
_CLOCK_LABELLED = re.compile(rf"(?i:{_LABELS})\s?:?\s?{_CLOCK}")


def _days(text: str, day_first: bool | None) -> Iterable[tuple[re.Match[str], dt.date]]:
    """Every match of every shape that is a day of the calendar."""
    for shape in _SHAPES:
        for match in shape.finditer(text):
            if day := _calendar_day(match.groupdict(), day_first):
                yield match, day


def _calendar_day(parts: dict[str, str | None], day_first: bool | None) -> dt.date | None:
    """The day that the parts of a match name, None where no such day exists or two days are possible."""
    year = int(parts["year"] or 0)
    if "first" in parts:
        day, month = _ordered(int(parts["first"] or 0), int(parts["second"] or 0), day_first)
    elif "name" in parts:
        day, month = int(parts["day"] or 0), MONTHS.get((parts["name"] or "").casefold(), 0)
    else:
        day = int(parts["day"] or parts.get("day_cjk") or 0)
        month = int(parts["month"] or parts.get("month_cjk") or 0)
    try:
        return dt.date(year if year > 99 else year + 2000, month, day)
    except ValueError:
        return None


def _ordered(first: int, second: int, day_first: bool | None) -> tuple[int, int]:
    """Day and month of a date like 05/01/2026; (0, 0) where both orders make a day and `day_first` is None."""
    if second > 12 or (day_first is False and first <= 12):
        return second, first
    if first > 12 or day_first or first == second:
        return first, second
    return 0, 0


def _with_time(text: str, match: re.Match[str], day: dt.date, *, since: int) -> FoundDate:
    """The date with the clock time behind it, or else the one in front of it, but not before the offset `since`."""
    after = _CLOCK_AFTER.match(text, match.end())
    if after and (clock := _clock(after, day)):
        return FoundDate(f"{day}T{clock}", match.start(), after.end())
    start = max(since, match.start() - 40)
    for before in _CLOCK_BEFORE.finditer(text, start, match.start()):
        if before.end() == match.start() and (clock := _clock(before, day)):
            return FoundDate(f"{day}T{clock}", before.start(), match.end())
    return FoundDate(day.isoformat(), match.start(), match.end())


def _clock(match: re.Match[str], day: dt.date) -> str | None:
    """The clock time of a match as `22:52`, `22:52:07` or with an offset, None where it is only a number."""
    parts = match.groupdict()
    zone = offset(parts["zone"].strip(), day) if parts["zone"] else None
    marked = bool(parts["half"] or parts["word"] or parts.get("join") or zone)
    if not ((parts["minute"] and (marked or parts["mark"] != ".")) or parts["half"] or parts["word"]):
        return None
    hour = int(parts["hour"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["half"] in "pP" else 0)
    second = f":{int(parts['second']):02}" if parts["second"] else ""
    return f"{hour:02}:{int(parts['minute'] or 0):02}{second}{zone or ''}"


def _later_clock(text: str, day: str) -> str | None:
    """The clock time behind a word for changing, on the given day."""
    match = _CLOCK_LABELLED.search(text)
    clock = _clock(match, dt.date.fromisoformat(day)) if match else None
    return f"{day}T{clock}" if clock else None
