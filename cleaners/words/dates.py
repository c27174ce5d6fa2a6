"""Dates as pages print them, read into ISO 8601 strings that are exactly as precise as the page.

A day is `2026-01-07`, a time `2026-01-07T22:52` or with seconds. An offset follows only where the page names the zone:
`2026-01-06T23:37+05:30`. Nothing is guessed from the country of a site. A numeric date with two readings
(`03/04/2026`) is left out unless the caller knows the order that the page uses.

The words around dates are in `dates.toml`, month names there and in `month_names.txt`. All languages are read at once;
the language of a page, where it is known, decides between the few names and orders about which languages disagree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from cleaners.words.alternatives import any_of
from cleaners.words.calendars import ERAS, JALALI_MONTHS, NEPALI_MONTHS, gregorian_year, jalali_day, nepali_day
from cleaners.words.date_shapes import shapes_in
from cleaners.words.figures import FIGURES, has_hidden_figures, plain_digits, plain_figures
from cleaners.words.months import month_number, words_for_dates
from cleaners.words.patterns import lazy_pattern
from cleaners.words.zones import offset

_DATA = words_for_dates()

MONTHS: dict[str, int] = {
    spelling.casefold(): number
    for months in _DATA["months"].values()
    for number, spellings in enumerate(months, start=1)
    for spelling in spellings.split()
}
"""The number of a month by its name, casefolded."""

_PARTS: dict[str, dict[str, list[str]]] = _DATA["parts_of_day"]
_PART_OF_DAY = {word: part for parts in _PARTS.values() for part, words in parts.items() for word in words}
BEFORE_CLOCK, BEHIND_CLOCK = (any_of(word for words in _PARTS[side].values() for word in words) for side in _PARTS)
"""Patterns of the words for a part of the day: those in front of a clock time, and those behind it."""


PUBLISHED_WORDS: tuple[str, ...] = (*_DATA["labels"]["published"], *_DATA["labels"]["modified"])
"""The words in front of the day on which a text was published or changed."""


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
    for match, day in sorted(_days(text, day_first, language), key=lambda pair: (pair[0].start(), -pair[0].end())):
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


def find_publication_dates(
    text: str, *, day_first: bool | None = None, language: str | None = None
) -> PublicationDates:
    """When a date line says that its story was published and changed.

    A date behind a word for changing (`Updated`) is the time of the change; the first other date is the time of
    publishing. A clock time alone behind such a word belongs to the day in front of it.

    >>> find_publication_dates("2026-01-07 22:52 Last Updated At:23:00")
    PublicationDates(published='2026-01-07T22:52', modified='2026-01-07T23:00')
    """
    published = modified = None
    end = 0
    dates = find_dates(text, day_first=day_first, language=language)
    named = next((date.iso for date, since in _with_starts(dates) if _is_named(text, since, date)), None)
    for found in dates:
        if _MODIFIED.search(text[max(end, found.start - 60) : found.start]):
            modified = modified or found.iso
        elif named:
            published = named
        elif len(dates) == 1 or not _is_of_something_else(text, end, found):
            published = published or found.iso
        end = found.end
    if published and not modified:
        modified = _later_clock(text[end : end + 60], published[:10])
    return PublicationDates(published, modified)


def is_publishing_line(text: str) -> bool:
    """Whether the text begins with a word for publishing, or with a preposition and says little more, and holds a date.

    >>> is_publishing_line("Published on 7 January 2026"), is_publishing_line("On 7 January 2026 at 10:15")
    (True, True)
    >>> is_publishing_line("On 7 January 2026 the fair opened in the old harbour")
    False
    """
    if len(text) >= 100 or not _PUBLISHED.match(text) or not (dates := find_dates(text, day_first=True)):
        return False
    beside = text[: dates[0].start] + text[dates[-1].end :]
    return not _PREPOSITION.match(text) or sum(map(str.isalpha, beside)) <= BESIDE_PREPOSITION


BESIDE_PREPOSITION = 12
"""Letters beside the dates of a line that begins with `on`, at most, if it says when it was published."""


def speaks_of_publishing(text: str) -> bool:
    """Whether a word for publishing or for changing stands anywhere in the text.

    >>> speaks_of_publishing("This story was first published on"), speaks_of_publishing("The fair opens on")
    (True, False)
    """
    return _SAYS_PUBLISHED.search(text) is not None or _MODIFIED.search(text) is not None


def speaks_of_changing(text: str) -> bool:
    """Whether a word for changing stands anywhere in the text, and none for publishing.

    >>> speaks_of_changing("This page was last modified on"), speaks_of_changing("Published and updated on")
    (True, False)
    """
    return _MODIFIED.search(text) is not None and _SAYS_PUBLISHED.search(text) is None


def is_about_something_else(text: str) -> bool:
    """Whether the words in front of the first date, or all words where there is none, say that it is no date of
    publishing: a birth, a deadline, the day on which a picture was taken. Many languages say so right behind the date.

    >>> is_about_something_else("Member since 1 June 2020"), is_about_something_else("Published: 1 June 2020")
    (True, False)
    """
    dates = find_dates(text, day_first=True)
    before = text[: dates[0].start] if dates else text
    if _SAYS_PUBLISHED.search(before) or _MODIFIED.search(before):
        return False
    if not (_OTHER.search(before) or (dates and _OTHER_BEHIND.match(text, dates[0].end))):
        return False
    return not any(
        _begins_anew(text[one.end : other.start]) and not _is_of_something_else(text, one.end, other)
        for one, other in pairwise(dates)
    )


def _with_starts(dates: Sequence[FoundDate]) -> Iterable[tuple[FoundDate, int]]:
    """Each of several dates, and where the words in front of it begin."""
    return zip(dates, [0, *(date.end for date in dates)], strict=False) if len(dates) > 1 else ()


def _is_named(text: str, since: int, date: FoundDate) -> bool:
    """Whether the words right in front of a date say that it is that of publishing."""
    before = text[max(since, date.start - 60) : date.start]
    return _SAYS_PUBLISHED.search(before) is not None and not _MODIFIED.search(before)


def _begins_anew(between: str) -> bool:
    """Whether the words between two dates are those of another part of a line."""
    return _SAYS_PUBLISHED.search(between) is not None or any(mark in between for mark in _PART_MARKS)


_PART_MARKS = "|•·│｜/）】;；"


def _is_of_something_else(text: str, since: int, date: FoundDate) -> bool:
    """Whether the words in front of one of several dates, or right behind it, say that it is no date of publishing."""
    before = text[max(since, date.start - 60) : date.start]
    before = before[max(map(before.rfind, _PART_MARKS)) + 1 :]
    if _SAYS_PUBLISHED.search(before):
        return False
    return bool(_OTHER.search(before) or _OTHER_BEHIND.match(text, date.end))


_DIGIT = lazy_pattern(r"\d")
_FIGURE = lazy_pattern(f"[{FIGURES}]")
_EPOCH = lazy_pattern(r"(?P<seconds>[89]\d{8}|1\d{9}|2[0-3]\d{8})(?:\d{3})?(?:\.\d{1,6})?", re.ASCII)
"""Seconds or milliseconds since 1970, from 1995 to 2042."""

_FEWEST_SECONDS, _MOST_SECONDS = 8 * 10**8, 10**13
_COMPACT = lazy_pattern(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?|T\d*Z?)?", re.ASCII)
_WRAPPED = lazy_pattern(r"/Date\((?P<seconds>\d{9,10})\d{3}(?:[+-]\d{4})?\)/")
"""Milliseconds as older Microsoft systems write them in JSON."""

_YEAR_FIRST = frozenset(("ko", "zh", "ja", "eu", "ne", "hu", "mn", "lt"))
"""Languages that write a short date with the year first: 26.01.07."""


_CLOCK = (
    rf"(?:(?P<part_before>{BEFORE_CLOCK})\s?)?"
    r"(?P<hour>[01]?\d|2[0-3])"
    r"(?:(?P<mark>[:h.时時点點시]|\sh(?=\s))\s?(?P<minute>[0-5]\d)[分분]?(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?)?(?![\d%])"
    r"(?:\s?(?P<half>[apAP])(?:\.\s?)?[mM](?![^\W_])\.?)?"
    rf"(?:\s?(?P<part_behind>{BEHIND_CLOCK})(?![^\W\d_]))?"
    r"(?P<word>\s?(?:Uhr|hrs|Hrs|h|ч|बजे|น)(?![^\W_])\.?)?"
    r"(?:\s?\(?(?P<zone>(?:GMT|UTC)?\s?[+\-−](?:0?\d|1[0-4])(?::?[0-5]\d)?(?!\d)|[A-ZА-Я]{1,4}(?![A-Za-zÀ-žΑ-ωА-Яа-я])))?"
)
_JOINS = any_of(_DATA["joins"]["words"])
_BEHIND_DAY = (
    r"\.?(?:\sd\.|\s?(?:года?|г|року|р)\b\.?)?"
    r"(?:\s?(?:[(（]\w{1,3}[)）]|(?:星期|礼拜|禮拜|[周週])[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일))?"
)
"""What stands right behind a day: a word for the year, the day of the week."""

_CLOCK_AFTER = lazy_pattern(rf"{_BEHIND_DAY}[,،]?\s?(?:[,،|•·\-–—/@(]\s?)?(?:(?P<join>{_JOINS})\s?|[Tt])?{_CLOCK}")
_ENGLISH_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?"
_CLOCK_BEFORE = lazy_pattern(
    rf"(?<![\d.:]){_CLOCK}\)?\s?(?:[,|•·\-–—/]\s?)?(?:(?:on|am|den|le|el|di|dnia|{_ENGLISH_WEEKDAY},?)\s)?"
)
_LABELS = any_of(_DATA["labels"]["modified"])
_MODIFIED = lazy_pattern(rf"(?<![^\W_]){_LABELS}(?![^\W\d_])", re.IGNORECASE)
_OTHER = lazy_pattern(rf"(?<![^\W_]){any_of(_DATA['labels']['other'])}(?![^\W\d_])", re.IGNORECASE)
_OTHER_BEHIND = lazy_pattern(
    r"[ .,(（'’]{0,2}(?:\S{1,3} )?"
    rf"{any_of(word for word in _DATA['labels']['other'] if not word.isascii())}(?![^\W\d_])",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = lazy_pattern(
    rf"(?<![^\W_]){any_of(word for word in _DATA['labels']['published'] if len(word) > 4)}(?![^\W\d_])",
    re.IGNORECASE,
)
_PUBLISHED = lazy_pattern(
    rf"{any_of([*_DATA['labels']['published'], *_DATA['labels']['prepositions']])}(?![^\W\d_])", re.IGNORECASE
)
_PREPOSITION = lazy_pattern(rf"{any_of(_DATA['labels']['prepositions'])}(?![^\W\d_])", re.IGNORECASE)
_CLOCK_LABELLED = lazy_pattern(rf"(?i:{_LABELS})\s?:?\s?{_CLOCK}")


def _in_plain(text: str, day_first: bool | None, language: str | None) -> list[FoundDate]:
    """The dates in a text whose figures are not plain, each where it stands in it."""
    plain, places = plain_figures(text)
    found = find_dates(plain, day_first=day_first, language=language)
    return [FoundDate(date.iso, places[date.start], places[date.end - 1] + 1) for date in found]


def _days(text: str, day_first: bool | None, language: str | None) -> Iterable[tuple[re.Match[str], dt.date]]:
    """Every match of every shape that is a day of the calendar."""
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


NEPALI = 2050
"""Years behind which a date in figures on a Nepali page is one of Bikram Sambat."""

_LOCAL_YEARS = {"short": 2000, "republic": ERAS["民國"], "reiwa": ERAS["令和"]}


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


def _with_time(text: str, match: re.Match[str], day: dt.date, *, since: int) -> FoundDate:
    """The date with the clock time behind it, or else the one in front of it, but not before the offset `since`."""
    if inner := match.groupdict().get("clock"):
        return FoundDate(f"{day}T{inner}", match.start(), match.end())
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
    part = _part_of_day(parts)
    marked = bool(part or parts["word"] or parts.get("join") or zone)
    if not ((parts["minute"] and (marked or parts["mark"] != ".")) or part or parts["word"]):
        return None
    hour = int(parts["hour"])
    if part and 1 <= hour <= 12:
        hour = hour % 12 + (12 if _is_after_noon(hour % 12, part) else 0)
    elif parts["half"]:
        return None
    second = f":{int(parts['second']):02}" if parts["second"] else ""
    return f"{hour:02}:{int(parts['minute'] or 0):02}{second}{zone or ''}"


def _part_of_day(parts: dict[str, str | None]) -> str | None:
    """The part of the day that a clock time names: morning, noon, afternoon or night."""
    if half := parts["half"]:
        return "morning" if half in "aA" else "afternoon"
    word = parts["part_before"] or parts["part_behind"]
    return word and _PART_OF_DAY[word]


def _is_after_noon(hour: int, part: str) -> bool:
    """Whether an hour from 0 to 11 in a part of the day is one after noon: noon is from 10 to 4, the night from 6 to 6.

    >>> _is_after_noon(0, "noon"), _is_after_noon(11, "noon"), _is_after_noon(8, "night"), _is_after_noon(1, "night")
    (True, False, True, False)
    """
    return part == "afternoon" or (part == "noon" and hour < 10) or (part == "night" and hour >= 6)


def _later_clock(text: str, day: str) -> str | None:
    """The clock time behind a word for changing, on the given day."""
    match = _CLOCK_LABELLED.search(text) if _DIGIT.search(text) else None
    clock = _clock(match, dt.date.fromisoformat(day)) if match else None
    return f"{day}T{clock}" if clock else None
