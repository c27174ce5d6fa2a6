"""The time of day that stands beside a date, in the words and marks of many languages.

The words are in `dates.toml`: those for a part of the day (`8:30 malam`), and those between day and clock (`7 janvier à
14h05`).
"""

from __future__ import annotations

import datetime as dt
import re

from cleaners.words.alternatives import any_of
from cleaners.words.months import words_for_dates
from cleaners.words.patterns import lazy_pattern
from cleaners.words.zones import offset

_PARTS: dict[str, dict[str, list[str]]] = words_for_dates()["parts_of_day"]
_PART_OF_DAY = {word: part for parts in _PARTS.values() for part, words in parts.items() for word in words}
BEFORE_CLOCK, BEHIND_CLOCK = (any_of(word for words in _PARTS[side].values() for word in words) for side in _PARTS)
"""Patterns of the words for a part of the day: those in front of a clock time, and those behind it."""

HOUR_MARKS = "时時点點시"
"""What stands between hours and minutes in Chinese, Japanese and Korean, as the inside of a character class."""

CLOCK = (
    rf"(?:(?P<part_before>{BEFORE_CLOCK})\s?)?"
    r"(?P<hour>[01]?\d|2[0-3])"
    rf"(?:(?P<mark>[:h.{HOUR_MARKS}]|\sh(?=\s))\s?(?P<minute>[0-5]\d)[分분]?(?::(?P<second>[0-5]\d)(?:[.,]\d{{1,9}})?)?)?(?![\d%])"
    r"(?:\s?(?P<half>[apAP])(?:\.\s?)?[mM](?![^\W_])\.?)?"
    rf"(?:\s?(?P<part_behind>{BEHIND_CLOCK})(?![^\W\d_]))?"
    r"(?P<word>\s?(?:Uhr|hrs|Hrs|h|ч|बजे|น)(?![^\W_])\.?)?"
    r"(?:\s?\(?(?P<zone>(?:GMT|UTC)?\s?[+\-−](?:0?\d|1[0-4])(?::?[0-5]\d)?(?!\d)|[A-ZА-Я]{1,4}(?![A-Za-zÀ-žΑ-ωА-Яа-я])))?"
)
"""A clock time, its zone behind it; `clock_of` reads a match."""

_JOINS = any_of(words_for_dates()["joins"]["words"])
_BEHIND_DAY = (
    r"\.?(?:\sd\.|\s?(?:года?|г|року|р)\b\.?)?"
    r"(?:\s?(?:[(（]\w{1,3}[)）]|(?:星期|礼拜|禮拜|[周週])[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일))?"
)
"""What stands right behind a day: a word for the year, the day of the week."""

_CLOCK_AFTER = lazy_pattern(rf"{_BEHIND_DAY}[,،]?\s?(?:[,،|•·\-–—/@(]\s?)?(?:(?P<join>{_JOINS})\s?|[Tt])?{CLOCK}")
_ENGLISH_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?"
_CLOCK_BEFORE = lazy_pattern(
    rf"(?<![\d.:]){CLOCK}\)?\s?(?:[,|•·\-–—/]\s?)?(?:(?:on|am|den|le|el|di|dnia|{_ENGLISH_WEEKDAY},?)\s)?"
)


def clock_beside(text: str, match: re.Match[str], day: dt.date, *, since: int) -> tuple[str | None, int, int]:
    """The clock time behind the match of a day, or else the one in front of it, but not before the offset `since`; and
    where the day starts and ends with its clock time."""
    after = _CLOCK_AFTER.match(text, match.end())
    if after and (clock := clock_of(after, day)):
        return clock, match.start(), after.end()
    start = max(since, match.start() - 40)
    for before in _CLOCK_BEFORE.finditer(text, start, match.start()):
        if before.end() == match.start() and (clock := clock_of(before, day)):
            return clock, before.start(), match.end()
    return None, match.start(), match.end()


def clock_of(match: re.Match[str], day: dt.date) -> str | None:
    """The clock time of a match of `CLOCK` as `22:52`, `22:52:07` or with an offset, None where it is only a number."""
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
