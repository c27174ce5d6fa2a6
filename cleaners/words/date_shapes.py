"""The shapes of days in a text: one pattern for each order and marks in which pages write year, month and day.

`cleaners.words.calendar_days` decides which day of the calendar a match names, if any.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaners.words.calendars import ERAS
from cleaners.words.patterns import lazy_pattern

# A word in any script. Indic and South East Asian scripts write vowels as marks, which `\w` leaves out. Thai shortens
# months to `ม.ค.`, Arabic months may have two words and two names.
_MARKS = (
    r"\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0a70\u0a71\u09d7\u0abc-\u0acd\u0b01-\u0b57\u0b82-\u0bcd"
    r"\u0c00-\u0c56\u0c81-\u0cd6\u0d00-\u0d57\u0d81-\u0ddf\u200d\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e\u135d-\u135f\u17b4-\u17d3"
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
_DAY = rf"(?:{_NO_FIGURE}|(?<=[Ii]ka-))(?P<day>\d{{1,2}})"


class DayShape(NamedTuple):
    """A shape, and the signs of which one stands in every day of it: a text without them is not searched for it. A
    shape without signs has a year of four figures."""

    pattern: re.Pattern[str]
    signs: frozenset[str]

    @classmethod
    def of(cls, signs: str, pattern: str) -> DayShape:
        """The shape with this pattern."""
        return cls(lazy_pattern(pattern), frozenset(signs))


_THAI_OR_LAO = "".join(map(chr, range(0x0E01, 0x0EC5)))
DAY_SHAPES = (
    # 2026-01-07, 2026/1/7, 2026.01.07, 2026年1月7日, 2026년 1월 7일
    DayShape.of(
        "-/.年년",
        rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR})(?:"
        r"(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})(?!\d)"
        r"|\s?[年년]\s?(?P<month_cjk>\d{1,2})\s?[月월]\s?(?P<day_cjk>\d{1,2})\s?[日일號号]?)",
    ),
    # 令和8年1月7日, 中華民國115年1月7日
    DayShape.of(
        "年",
        rf"(?P<era>{'|'.join(ERAS)})\s?(?P<year>\d{{1,3}}|元)\s?年\s?(?P<month>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?日?",
    ),
    # 115/01/07, 115年1月7日 in Taiwan, R8.1.7 in Japan
    DayShape.of(
        "-/.年",
        rf"{_NO_FIGURE}(?P<republic>1[0-3]\d)(?P<mark>[-/.年])(?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})(?![\d:])",
    ),
    DayShape.of("R", r"(?<!\w)R(?P<reiwa>\d{1,2})[./](?P<month>\d{1,2})[./](?P<day>\d{1,2})(?!\d)"),
    # 7 ม.ค. 69, 7 Jan '26
    DayShape.of(_THAI_OR_LAO, rf"{_DAY}\s(?:(?P<name>{_THAI_SHORT}|[\u0e01-\u0e4e]{{4,9}})\s)(?P<year>\d\d)(?![\d:.])"),
    DayShape.of("'’", rf"{_DAY}\s{_NAME}\.?\s['’](?P<year>\d\d)(?!\d)"),
    # Wednesday, 07-Jan-26, as RFC 850 has it
    DayShape.of("-", rf"{_DAY}-(?P<name>[A-Za-z]{{3}})-(?P<year>\d\d)(?!\d)"),
    # 26. 1. 7., 26/1/7, 26-01-07 in the languages that write so
    DayShape.of(
        "./-",
        rf"{_NO_FIGURE}(?P<short>\d\d)(?P<mark>\.\s?|[/-])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d|[/-]\d|[.:]\d)",
    ),
    # 7. Januar 2026, 7 janvier 2026, 7 de enero de 2026, 07-Jan-2026, 1er mars 2026, 7th of January, 2026
    DayShape.of(
        "",
        rf"{_DAY}(?:[.,]|st|nd|rd|th|er|ú|\.?º|ª|°)?(?:\s{{1,2}}|-|/)(?:de\s|of\s|ng\s|(?:ta|d)['’]\s?)?{_NAME}"
        rf"[.,،॰]{{0,2}}(?:\s{{1,2}}|-|/)(?:del?\s)?{_YEAR}",
    ),
    # January 7, 2026, Jan. 7th 2026, Ocak 7 2026, Jan-07-2026
    DayShape.of("-", rf"{_NAME}-(?P<day>\d{{1,2}})-{_YEAR}"),
    DayShape.of("", rf"{_NAME}\.?\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?[,،၊]?\s{{1,2}}{_YEAR}"),
    # Wed Jan  7 08:30:00 2026, as C's ctime writes it
    DayShape.of(
        ":", rf"{_NAME}\s{{1,2}}(?P<day>\d{{1,2}})\s(?P<clock>[0-2]\d:[0-5]\d(?::[0-5]\d)?)\s(?:[A-Z]{{3,4}}\s)?{_YEAR}"
    ),
    # 2026. január 7., 2026. jan. 7., 2026 m. sausio 7 d., 2026 թ. հունվարի 7, 2026(e)ko urtarrilaren 7(a)
    DayShape.of("", rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR}){_YEAR_WORD}\s{_NAME}(?:ын)?\.?\s(?P<day>\d{{1,2}})(?!\d)"),
    # 2026. gada 7. janvāris, 2026 ж. 7 қаңтар
    DayShape.of("", rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR}){_YEAR_WORD},?\s(?P<day>\d{{1,2}})[.-]?\s?{_NAME}"),
    # 2026 оны 1-р сарын 7
    DayShape.of(
        "ы", rf"{_NO_FIGURE}(?P<year>{_ANY_YEAR})\sоны\s(?P<month>\d{{1,2}})(?:-р)?\sсарын\s(?P<day>\d{{1,2}})(?!\d)"
    ),
    # 7 tháng 1 năm 2026
    DayShape.of(
        "g", rf"{_DAY}\s(?:tháng|thg|Tháng)\s(?P<month>\d{{1,2}})\s?,?\s(?:năm\s)?(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    # ថ្ងៃទី ៧ ខែ មករា ឆ្នាំ ២០២៦, ວັນທີ 7 ເດືອນ ມັງກອນ ປີ 2026, วันที่ 7 เดือนมกราคม พ.ศ. 2569
    DayShape.of(
        "ខເเ",
        rf"{_DAY}\s?(?:ខែ|ເດືອນ|เดือน)\s?(?P<name>{_WORD})\s?,?\s?(?:ឆ្នាំ|ປີ|ปี)?\s?{_YEAR}",
    ),
    # 05.01.26, 5.1.2026, 5. 1. 2026, 05-01-2026
    DayShape.of(".-", rf"{_DAY}(?P<mark>\.\s?|-)(?P<month>\d{{1,2}})(?P=mark){_SHORT_YEAR}"),
    # 05/01/2026: the day first or the month
    DayShape.of("/", rf"{_NO_FIGURE}(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_SHORT_YEAR}"),
)


_YEAR_OF_FOUR = lazy_pattern(_ANY_YEAR)
_TWO_FIGURES = lazy_pattern(r"\d\D++\d")


def shapes_in(text: str) -> list[re.Pattern[str]]:
    """The patterns of the shapes that may stand in a text: none in one that has fewer than two figures.

    >>> len(shapes_in("7 days")), len(shapes_in("7 January 2026")), len(shapes_in("7/1/26"))
    (0, 4, 4)
    """
    if not _TWO_FIGURES.search(text):
        return []
    signs = frozenset(text)
    has_year = _YEAR_OF_FOUR.search(text) is not None
    return [pattern for pattern, own in DAY_SHAPES if (not own.isdisjoint(signs) if own else has_year)]
