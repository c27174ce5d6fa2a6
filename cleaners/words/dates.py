"""Dates as pages print them, read into ISO 8601 strings that are exactly as precise as the page.

A day is `2026-01-07`, a time `2026-01-07T22:52` or with seconds. An offset follows only where the page names the zone:
`2026-01-06T23:37+05:30`. Nothing is guessed from the country of a site. A numeric date with two readings
(`03/04/2026`) is left out unless the caller knows the order that the page uses.

The words around dates are in `dates.toml`, month names there and in `month_names.toml`. All languages are read at once;
the language of a page, where it is known, decides between the few names and orders about which languages disagree.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from cleaners.words.calendars import ERAS, JALALI_MONTHS, gregorian_year, jalali_day
from cleaners.words.months import month_number
from cleaners.words.zones import offset

_DATA = tomllib.loads((files(__package__) / "dates.toml").read_text(encoding="utf-8"))

MONTHS: dict[str, int] = {
    spelling.casefold(): number
    for months in _DATA["months"].values()
    for number, spellings in enumerate(months, start=1)
    for spelling in spellings.split()
}
"""The number of a month by its name, casefolded."""

HALVES: dict[str, list[str]] = _DATA["halves"]
"""The words for the halves of the day, by where they stand: in front of a clock time or behind it."""


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
    if not text.isascii() and (_DIRECTIONS.search(text) or _HAN_NUMBER.search(text)):
        return _in_plain(text, day_first, language)
    if not _DIGIT.search(text):
        return []
    text = _plain_digits(text)
    found: list[FoundDate] = []
    end = 0
    for match, day in sorted(_days(text, day_first, language), key=lambda pair: (pair[0].start(), -pair[0].end())):
        if match.start() >= end:
            found.append(_with_time(text, match, day, since=end))
            end = found[-1].end
    return found


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
    for found in find_dates(text, day_first=day_first, language=language):
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
    return bool(_OTHER.search(before) or (dates and _OTHER_BEHIND.match(text, dates[0].end)))


_DIGIT = re.compile(r"\d")
_EPOCH = re.compile(r"(?P<seconds>[89]\d{8}|1\d{9}|2[0-3]\d{8})(?:\d{3})?(?:\.\d{1,6})?", re.ASCII)
"""Seconds or milliseconds since 1970, from 1995 to 2042."""

_FEWEST_SECONDS, _MOST_SECONDS = 8 * 10**8, 10**13
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?|T\d*Z?)?", re.ASCII)
_WRAPPED = re.compile(r"/Date\((?P<seconds>\d{9,10})\d{3}(?:[+-]\d{4})?\)/")
"""Milliseconds as older Microsoft systems write them in JSON."""

# A word in any script. Indic and South East Asian scripts write vowels as marks, which `\w` leaves out. Thai shortens
# months to `ม.ค.`, Arabic months may have two words and two names.
_MARKS = (
    r"\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0a70\u0a71\u09d7\u0abc-\u0acd\u0b01-\u0b57\u0b82-\u0bcd"
    r"\u0c00-\u0c56\u0c81-\u0cd6\u0d00-\u0d57\u0d81-\u0ddf\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e\u135d-\u135f\u17b4-\u17d3"
    r"\u0591-\u05c7\u064b-\u0655\u05f3\u200c"
)
_LETTER = r"[^\W\d_]"
_THAI_SHORT = (
    r"[\u0e01-\u0e2e][\u0e34\u0e35\u0e40]?[\u0e01-\u0e2e]?\.[\u0e01-\u0e2e]\.|เม\.ย\."
    r"|[\u0e81-\u0ec4]{1,3}\.[\u0e81-\u0ec4]{1,3}\."  # Lao
)
_TWO_WORDS = r"(?:Meán|Deireadh)\sFómhair|(?:арван\s)?[а-яёөү]{3,14}\sсар"  # Irish, Mongolian
_WORD = rf"{_LETTER}(?:{_LETTER}|[{_MARKS}]){{1,15}}(?:\s(?:الثاني|الأول|الاول)(?!{_LETTER}))?"
_NAME = rf"(?<![^\W\d_])(?P<name>{_THAI_SHORT}|{_TWO_WORDS}|{_WORD})(?:\s?/\s?{_WORD})?"
_ANY_YEAR = r"(?:19|20|24|25|26|13|14)\d\d"
_YEAR = rf"(?:(?:พ\.ศ\.|ค\.ศ\.)\s?)?(?P<year>{_ANY_YEAR})(?!\d)"
_SHORT_YEAR = rf"(?P<year>{_ANY_YEAR}|\d\d)(?!\d|[/-]\d|[.:]\d)"
_YEAR_WORD = (
    r"(?:\.|\s?(?:m\.|թ\.|ж\.|г\.|он|оны|\(e\)ko|e?ko|\.?\s?gada)|-c[iıuü]\sil|-(?:yil|йил|жыл|жылдын)(?:gi|ги)?"
    r"|\sжыл(?:ғы|дын)?|\sခုနှစ်,?)?"
)
_NO_FIGURE = r"(?<![\d.,:/-])"
_DAY = rf"{_NO_FIGURE}(?P<day>\d{{1,2}})"
_SHAPES = (
    # 2026-01-07, 2026/1/7, 2026.01.07, 2026年1月7日, 2026년 1월 7일
    re.compile(
        rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR})(?:"
        r"(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})(?!\d)"
        r"|\s?[年년]\s?(?P<month_cjk>\d{1,2})\s?[月월]\s?(?P<day_cjk>\d{1,2})\s?[日일號号]?)"
    ),
    # 令和8年1月7日, 中華民國115年1月7日
    re.compile(
        rf"(?P<era>{'|'.join(ERAS)})\s?(?P<year>\d{{1,3}}|元)\s?年\s?(?P<month>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?日?"
    ),
    # 115/01/07, 115年1月7日 in Taiwan, R8.1.7 in Japan
    re.compile(
        rf"{_NO_FIGURE}(?P<republic>1[0-3]\d)(?P<mark>[-/.年])(?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})(?![\d:])"
    ),
    re.compile(r"(?<!\w)R(?P<reiwa>\d{1,2})[./](?P<month>\d{1,2})[./](?P<day>\d{1,2})(?!\d)"),
    # 7 ม.ค. 69, 7 Jan '26
    re.compile(rf"{_DAY}\s(?:(?P<name>{_THAI_SHORT}|[\u0e01-\u0e4e]{{4,9}})\s)(?P<year>\d\d)(?![\d:.])"),
    re.compile(rf"{_DAY}\s{_NAME}\.?\s['’](?P<year>\d\d)(?!\d)"),
    # Wednesday, 07-Jan-26, as RFC 850 has it
    re.compile(rf"{_DAY}-(?P<name>[A-Za-z]{{3}})-(?P<year>\d\d)(?!\d)"),
    # 26. 1. 7., 26/1/7, 26-01-07 in the languages that write so
    re.compile(
        rf"{_NO_FIGURE}(?P<short>\d\d)(?P<mark>\.\s?|[/-])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d|[/-]\d|[.:]\d)"
    ),
    # 7. Januar 2026, 7 janvier 2026, 7 de enero de 2026, 07-Jan-2026, 1er mars 2026, 7th of January, 2026
    re.compile(
        rf"{_DAY}(?:[.,]|st|nd|rd|th|er|ú|º|ª|°)?(?:\s{{1,2}}|-|/)(?:de\s|of\s|d['’])?{_NAME}"
        rf"[.,،॰]{{0,2}}(?:\s{{1,2}}|-|/)(?:del?\s)?{_YEAR}"
    ),
    # January 7, 2026, Jan. 7th 2026, Ocak 7 2026
    re.compile(rf"{_NAME}\.?\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?[,،၊]?\s{{1,2}}{_YEAR}"),
    # Wed Jan  7 08:30:00 2026, as C's ctime writes it
    re.compile(
        rf"{_NAME}\s{{1,2}}(?P<day>\d{{1,2}})\s(?P<clock>[0-2]\d:[0-5]\d(?::[0-5]\d)?)\s(?:[A-Z]{{3,4}}\s)?{_YEAR}"
    ),
    # 2026. január 7., 2026. jan. 7., 2026 m. sausio 7 d., 2026 թ. հունվարի 7, 2026(e)ko urtarrilaren 7(a)
    re.compile(rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR}){_YEAR_WORD}\s{_NAME}(?:ын)?\.?\s(?P<day>\d{{1,2}})(?!\d)"),
    # 2026. gada 7. janvāris, 2026 ж. 7 қаңтар
    re.compile(rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR}){_YEAR_WORD}\s(?P<day>\d{{1,2}})[.-]?\s?{_NAME}"),
    # 2026 оны 1-р сарын 7
    re.compile(
        rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR})\sоны\s(?P<month>\d{{1,2}})(?:-р)?\sсарын\s(?P<day>\d{{1,2}})(?!\d)"
    ),
    # 7 tháng 1 năm 2026
    re.compile(rf"{_DAY}\s(?:tháng|thg|Tháng)\s(?P<month>\d{{1,2}})\s?,?\s(?:năm\s)?(?P<year>(?:19|20)\d\d)(?!\d)"),
    # 05.01.26, 5.1.2026, 5. 1. 2026, 05-01-2026
    re.compile(rf"{_DAY}(?P<mark>\.\s?|-)(?P<month>\d{{1,2}})(?P=mark){_SHORT_YEAR}"),
    # 05/01/2026: the day first or the month
    re.compile(rf"{_NO_FIGURE}(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_SHORT_YEAR}"),
)
_YEAR_FIRST = frozenset(("ko", "zh", "ja", "eu", "ne", "hu", "mn", "lt"))
"""Languages that write a short date with the year first: 26.01.07."""


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_CLOCK = (
    rf"(?:(?:(?P<am_before>{'|'.join(HALVES['before_noon'])})|(?P<pm_before>{'|'.join(HALVES['after_noon'])}))\s?)?"
    r"(?P<hour>[01]?\d|2[0-3])"
    r"(?:(?P<mark>[:h.時点時시])\s?(?P<minute>[0-5]\d)[分분]?(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?)?(?![\d%])"
    r"(?:\s?(?P<half>[apAP])\.?[mM](?![^\W_])\.?)?"
    rf"(?:\s?(?:(?P<am_behind>{_alternatives(HALVES['before_noon_behind'])})"
    rf"|(?P<pm_behind>{_alternatives(HALVES['after_noon_behind'])}))(?![^\W\d_]))?"
    r"(?P<word>\s?(?:Uhr|hrs|Hrs|h)(?![^\W_]))?"
    r"(?:\s?\(?(?P<zone>(?:GMT|UTC)?\s?[+\-−](?:0?\d|1[0-4])(?::?[0-5]\d)?(?!\d)|[A-ZА-Я]{1,4}(?![A-Za-zÀ-žΑ-ωА-Яа-я])))?"
)
_JOINS = "|".join(re.escape(word) for word in sorted(_DATA["joins"]["words"], key=len, reverse=True))
_CLOCK_AFTER = re.compile(
    rf"\.?(?:\sd\.|\s?\(\w{{1,3}}\))?,?\s?(?:[,|•·\-–—/@(]\s?)?(?:(?P<join>{_JOINS})\s?|[Tt])?{_CLOCK}"
)
_CLOCK_BEFORE = re.compile(rf"(?<![\d.:]){_CLOCK}\)?\s?(?:[,|•·\-–—/]\s?)?(?:(?:on|am|den|le|el|di|dnia)\s)?")
_LABELS = "|".join(re.escape(label) for label in sorted(_DATA["labels"]["modified"], key=len, reverse=True))
_MODIFIED = re.compile(rf"(?<![^\W_])(?:{_LABELS})(?![^\W\d_])", re.IGNORECASE)
_OTHER = re.compile(rf"(?<![^\W_])(?:{_alternatives(_DATA['labels']['other'])})(?![^\W\d_])", re.IGNORECASE)
_OTHER_BEHIND = re.compile(
    r"[ .,(（'’]{0,2}(?:\S{1,3} )?"
    rf"(?:{_alternatives(word for word in _DATA['labels']['other'] if not word.isascii())})(?![^\W\d_])",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = re.compile(
    rf"(?<![^\W_])(?:{_alternatives(word for word in _DATA['labels']['published'] if len(word) > 4)})(?![^\W\d_])",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(rf"(?:{'|'.join(map(re.escape, _DATA['labels']['published']))})(?![^\W\d_])", re.IGNORECASE)
_CLOCK_LABELLED = re.compile(rf"(?i:{_LABELS})\s?:?\s?{_CLOCK}")


_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Invisible marks of the direction of writing, which Arabic and Hebrew pages put between figures."""


_HAN_DIGITS = {sign: digit for digit, signs in enumerate(("〇零○", *"一二三四五六七八九")) for sign in signs}
_HAN_NUMBER = re.compile("[〇零○一二三四五六七八九十百]{1,6}(?=[年月日号號])")
"""A figure of a date that is spelled with Chinese numerals: 二〇二六年三月七日, 民國一百一十五年."""


def _in_plain(text: str, day_first: bool | None, language: str | None) -> list[FoundDate]:
    """The dates in a text with such marks or numerals, each where it stands in it."""
    plain: list[str] = []
    places: list[int] = []
    for piece in _TO_REPLACE.finditer(text):
        signs = piece[0]
        if not _DIRECTIONS.match(signs):
            signs = str(_han_number(signs)) if _HAN_NUMBER.match(text, piece.start()) else signs
            last = piece.end() - 1
            plain.append(signs)
            places += [min(piece.start() + index, last) for index in range(len(signs) - 1)] + [last]
    found = find_dates("".join(plain), day_first=day_first, language=language)
    return [FoundDate(date.iso, places[date.start], places[date.end - 1] + 1) for date in found]


_TO_REPLACE = re.compile(f"{_DIRECTIONS.pattern}|{_HAN_NUMBER.pattern}|.", re.DOTALL)


def _han_number(signs: str) -> int:
    """The number that Chinese numerals spell, digit by digit or with tens and hundreds.

    >>> _han_number("二〇二六"), _han_number("三十一"), _han_number("一百一十五")
    (2026, 31, 115)
    """
    if not {"十", "百"} & set(signs):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in signs))
    total = digit = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        else:
            total += max(digit, 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit


def _plain_digits(text: str) -> str:
    """The text with the digits of all scripts as 0 to 9, each in its place."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign > "\u007f" and sign.isdecimal() else sign for sign in text)


def _days(text: str, day_first: bool | None, language: str | None) -> Iterable[tuple[re.Match[str], dt.date]]:
    """Every match of every shape that is a day of the calendar."""
    code = (language or "").lower().replace("_", "-")
    for shape in _SHAPES:
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
    elif name:
        month = month_number(name, language)
    elif language == "fa" and 1300 < year < 1500:
        return jalali_day(year, month, day)
    elif parts.get("mark") == "-" and (month > 12 or (day_first is False and code == "en-us")):
        day, month = month, day
    return _day(gregorian_year(year, thai=language == "th" or "\u0e00" < name[:1] < "\u0e80"), month, day)


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
    half = _half(parts)
    marked = bool(half or parts["word"] or parts.get("join") or zone)
    if not ((parts["minute"] and (marked or parts["mark"] != ".")) or half or parts["word"]):
        return None
    hour = int(parts["hour"])
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif parts["half"]:
        return None
    second = f":{int(parts['second']):02}" if parts["second"] else ""
    return f"{hour:02}:{int(parts['minute'] or 0):02}{second}{zone or ''}"


def _half(parts: dict[str, str | None]) -> str | None:
    """`a` or `p` for the half of the day that a clock time names."""
    if parts["half"]:
        return parts["half"].lower()
    if parts["am_before"] or parts["am_behind"]:
        return "a"
    return "p" if parts["pm_before"] or parts["pm_behind"] else None


def _later_clock(text: str, day: str) -> str | None:
    """The clock time behind a word for changing, on the given day."""
    match = _CLOCK_LABELLED.search(text)
    clock = _clock(match, dt.date.fromisoformat(day)) if match else None
    return f"{day}T{clock}" if clock else None
