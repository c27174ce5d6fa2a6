"""What a line says about the dates in it: when its story was published or changed, or something else.

The words in front of dates are in `dates.toml`, under `[labels]`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.words.alternatives import any_of
from cleaners.words.dates import FoundDate, find_dates
from cleaners.words.months import words_for_dates
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import has_digit
from cleaners.words.times_of_day import CLOCK, clock_of

_WORDS: dict[str, list[str]] = words_for_dates()["labels"]

PUBLISHED_WORDS: tuple[str, ...] = (*_WORDS["published"], *_WORDS["modified"])
"""The words in front of the day on which a text was published or changed."""

_LABELS = any_of(_WORDS["modified"])
_MODIFIED = lazy_pattern(rf"(?<![^\W_]){_LABELS}(?![^\W\d_])", re.IGNORECASE)
_OTHER = lazy_pattern(rf"(?<![^\W_]){any_of(_WORDS['other'])}(?![^\W\d_])", re.IGNORECASE)
_OTHER_BEHIND = lazy_pattern(
    r"[ .,(（'’]{0,2}(?:\S{1,3} )?"
    rf"{any_of(word for word in _WORDS['other'] if not word.isascii())}(?![^\W\d_])",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = lazy_pattern(
    rf"(?<![^\W_]){any_of(word for word in _WORDS['published'] if len(word) > 4)}(?![^\W\d_])",
    re.IGNORECASE,
)
_PUBLISHED = lazy_pattern(rf"{any_of([*_WORDS['published'], *_WORDS['prepositions']])}(?![^\W\d_])", re.IGNORECASE)
_PREPOSITION = lazy_pattern(rf"{any_of(_WORDS['prepositions'])}(?![^\W\d_])", re.IGNORECASE)
_CLOCK_LABELLED = lazy_pattern(rf"(?i:{_LABELS})\s?:?\s?{CLOCK}")


@dataclass(frozen=True, slots=True)
class PublicationDates:
    """When a text was published and last changed, as ISO 8601 strings; None where it does not say."""

    published: str | None = None
    modified: str | None = None


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


def _later_clock(text: str, day: str) -> str | None:
    """The clock time behind a word for changing, on the given day."""
    match = _CLOCK_LABELLED.search(text) if has_digit(text) else None
    clock = clock_of(match, dt.date.fromisoformat(day)) if match else None
    return f"{day}T{clock}" if clock else None
