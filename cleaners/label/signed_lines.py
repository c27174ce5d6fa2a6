"""Rules on lines that say who wrote a story, and when. `cleaners.label.neighbours` says what a rule is."""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.blocks.elements import HEADINGS
from cleaners.data import Label
from cleaners.label.network import RULE
from cleaners.label.passage import Passage, Revision
from cleaners.words.agencies import agency_named
from cleaners.words.bylines import LONGEST, find_byline
from cleaners.words.dates import find_dates, is_publishing_line
from cleaners.words.shapes import capitalised

DATE_LINE_WORDS = 14


def date_line(passage: Passage) -> Iterator[Revision]:
    """A line that starts with a date and says little else. (Its form is read from the block alone; it stands here
    because reading dates costs more than the rules on one block may.)"""
    for index, block in enumerate(passage.blocks):
        doubtful = passage.open_line(index) or passage.verdicts[index].rule == RULE
        if doubtful and passage.shapes[index].words <= DATE_LINE_WORDS and starts_with_date(block.text):
            yield index, Label.DATE, 0.85


def starts_with_date(text: str) -> bool:
    """Whether a line begins with a date, after one word or those for publishing at most.

    >>> starts_with_date("Published 7 March 2026, 10:15"), starts_with_date("The fair of 7 March 2026")
    (True, False)
    """
    if not any(map(str.isdigit, text)):
        return False
    return any(len(text[: date.start].split()) <= 1 for date in find_dates(text)) or is_publishing_line(text)


def agency_line(passage: Passage) -> Iterator[Revision]:
    """`Kyiv • UNN`, `Reuters`: an agency signs, alone or beside a place or a name."""
    for index, block in enumerate(passage.blocks):
        if passage.open_line(index) and passage.shapes[index].words <= 8 and signed_by_agency(block.text):
            yield index, Label.BYLINE, 0.8


def signed_by_agency(text: str) -> bool:
    """Whether a line is an agency's name, with at most a place or a name beside it."""
    parts = [part.strip() for part in _split_signature(text)]
    return any(map(agency_named, parts)) and all(agency_named(part) or capitalised(part) for part in parts)


def _split_signature(text: str) -> list[str]:
    for mark in "•|/·,—–":
        text = text.replace(mark, "\n")
    return [part for part in text.split("\n") if part.strip()]


def byline_line(passage: Passage) -> Iterator[Revision]:
    """A line that names a story's writers above its first paragraph. Below a line that heads an appended story it also
    gives the day, for lists of books and games name their makers below a heading, too."""
    end = passage.head_end()
    for index, block in enumerate(passage.blocks):
        if len(block.text) > LONGEST or passage.label(index) in _SIGNED or passage.shapes[index].paragraph:
            continue
        found = find_byline(block.text) if index < end or _heads(passage, index - 1) else None
        if found and (found.has_day or index < end):
            yield index, Label.BYLINE, 0.85


_SIGNED = frozenset({Label.BYLINE, Label.CREDIT, Label.CAPTION})


def _heads(passage: Passage, index: int) -> bool:
    """Whether a line may be the headline of an appended story, or stands below one: a title, a heading, a date."""
    if passage.label(index) in _IN_A_HEAD or (index >= 0 and passage.blocks[index].tag in HEADINGS):
        return True
    return passage.label(index) is Label.BODY and passage.teaser_like(index)


_IN_A_HEAD = frozenset({Label.TITLE, Label.HEADING, Label.DATE, Label.SUMMARY})
