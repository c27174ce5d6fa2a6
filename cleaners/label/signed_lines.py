"""Rules on lines that say who wrote a story, and when. `cleaners.label.neighbours` says what a rule is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cleaners.blocks.elements import HEADINGS
from cleaners.data import KEPT, Label
from cleaners.label.network import RULE
from cleaners.label.passage import SENTENCE, Passage, Revision
from cleaners.words.agencies import agency_named, may_name_agency
from cleaners.words.bylines import LONGEST, find_byline
from cleaners.words.dates import find_dates
from cleaners.words.name_kinds import has_given_name
from cleaners.words.patterns import lazy_pattern
from cleaners.words.publishing_dates import is_about_something_else, is_publishing_line
from cleaners.words.shapes import capitalised, has_digit, is_name

DATE_LINE_WORDS = 14


def date_line(passage: Passage) -> Iterator[Revision]:
    """A line that starts with a date and says little else. (Its form is read from the block alone; it stands here
    because reading dates costs more than the rules on one block may.)"""
    for index, block in enumerate(passage.blocks):
        verdict = passage.verdicts[index]
        doubtful = (
            passage.open_line(index) or verdict.rule == RULE or (verdict == SENTENCE and is_date_alone(block.text))
        )
        if doubtful and passage.shapes[index].words <= DATE_LINE_WORDS and starts_with_date(block.text):
            yield index, Label.DATE, 0.85


def starts_with_date(text: str) -> bool:
    """Whether a line begins with a date, after one word or those for publishing at most.

    >>> starts_with_date("Published 7 March 2026, 10:15"), starts_with_date("The fair of 7 March 2026")
    (True, False)
    """
    if not has_digit(text):
        return False
    return any(len(text[: date.start].split()) <= 1 for date in find_dates(text)) or is_publishing_line(text)


def agency_line(passage: Passage) -> Iterator[Revision]:
    """`Kyiv • UNN`, `Reuters`: an agency signs, alone or beside a place or a name."""
    for index, block in enumerate(passage.blocks):
        if passage.open_line(index) and passage.shapes[index].words <= 8 and signed_by_agency(block.text):
            yield index, Label.BYLINE, 0.8


def signed_by_agency(text: str) -> bool:
    """Whether a line is an agency's name, with at most a place or a name beside it."""
    if not may_name_agency(text):
        return False
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
        if len(block.text) > LONGEST or not (index < end or (index and _heads(passage, index - 1))):
            continue
        if passage.verdicts[index].label in _SIGNED or passage.shapes[index].paragraph:
            continue
        found = find_byline(block.text)
        if found and (found.has_day or index < end):
            yield index, Label.BYLINE, 0.85


_SIGNED = frozenset({Label.BYLINE, Label.CREDIT, Label.CAPTION})


def _heads(passage: Passage, index: int) -> bool:
    """Whether a line may be the headline of an appended story, or stands below one: a title, a heading, a date."""
    label = passage.verdicts[index].label
    if label in _IN_A_HEAD or passage.blocks[index].tag in HEADINGS:
        return True
    return label is Label.BODY and passage.teaser_like(index)


_IN_A_HEAD = frozenset({Label.TITLE, Label.HEADING, Label.DATE, Label.SUMMARY})


def signing_lines(passage: Passage) -> Iterator[Revision]:
    """Kept lines between the headline and the first paragraph of a story that are a date alone, and the names beside
    them; a name that no table knows may as well be a section's or a button's, so that it signs nothing."""
    title = next((index for index in range(len(passage)) if passage.label(index) is Label.TITLE), None)
    if title is None:
        return
    end = next((index for index in range(title + 1, len(passage)) if _begins_text(passage, index)), title)
    head = range(max(title + 1, end - HEAD_LINES), end)
    if all(passage.label(index) not in KEPT for index in head):
        return
    for index in head:
        text = passage.blocks[index].text
        if not is_date_alone(text):
            if passage.label(index) in KEPT and _is_composed(text):
                yield index, Label.DATE, 0.7
            continue
        if passage.label(index) in KEPT:
            yield index, Label.DATE, 0.8
        above, below = range(index - 1, head.start - 1, -1), range(index + 1, end)
        for beside in chain(_short_lines(passage, above), _short_lines(passage, below)):
            known = has_given_name(passage.blocks[beside].text)
            yield beside, Label.BYLINE if known else Label.NAVIGATION, 0.7


def _short_lines(passage: Passage, lines: range) -> Iterator[int]:
    """The kept ones of the lines that look like a name, as a button does, up to the first line that does not."""
    for index in lines:
        if not (_looks_like_name(passage, index) or passage.label(index) not in KEPT):
            return
        if passage.label(index) in KEPT:
            yield index


def _begins_text(passage: Passage, index: int) -> bool:
    form = passage.shapes[index]
    sentence = form.ends_sentence and form.words > DATE_WORDS
    long = form.words > LINE_WORDS and not _is_composed(passage.blocks[index].text)
    return passage.label(index) is Label.BODY and (form.paragraph or sentence or long)


HEAD_LINES = 8
"""Lines above the first paragraph of a story among which those stand that sign it."""

DATE_WORDS = 6
"""Words of a line that is a date alone at most."""

LINE_WORDS = 10
"""Words from which on a line without a full stop is text."""

NAME_WORDS = 4
"""Words of a name at most."""

UNKNOWN_CHARACTERS, UNKNOWN_WIDE = 16, 5
"""Characters of one whose given name is not known, or of a button, at most, and those of Chinese, Japanese and Korean:
a longer line may be a subtitle."""

NAME_CHARACTERS = 30
"""Characters of a name in a script without capitals at most."""


def is_date_alone(text: str) -> bool:
    """Whether a line is a date, and perhaps a time of day, and nothing else.

    >>> [is_date_alone(line) for line in ("Tuesday, 3 February 2026", "On 3 February 2026 it snowed.")]
    [True, False]
    """
    if len(text) > LONGEST or len(text.split()) > DATE_WORDS or not has_digit(text):
        return False
    dates = find_dates(text, day_first=True)
    before, behind = (text[: dates[0].start], text[dates[0].end :]) if len(dates) == 1 else (text, "")
    if text.endswith(".") and (len(before.split()) > 1 or len(behind.split()) > 1):
        return False  # a sentence: "It was 3 May 1938."
    rest = before + behind
    return bool(dates) and sum(map(str.isalpha, rest)) <= LETTERS_BESIDE and not is_about_something_else(text)


_PARTS = lazy_pattern(r"\s[|•·/—–]\s")


def _is_composed(text: str) -> bool:
    """Whether a line is a row of short parts of which one is a date alone: `Archive picture | 3 May 2026, 09:15`."""
    parts = _PARTS.split(text) if len(text) <= LONGEST else []
    if len(parts) < 2 or not any(map(is_date_alone, parts)):
        return False
    return all(len(part.split()) <= DATE_WORDS and not part.endswith(tuple(".!?")) for part in parts)


LETTERS_BESIDE = 12
"""Letters of such a line that belong to no date: those of a day of the week."""


_CASED = lazy_pattern(r"(?![\u1000-\u1dff])[\u0041-\u058f\u1e00-\u1fff](?<![\W\d_])")
"""A letter of a script that has capitals."""


def _looks_like_name(passage: Passage, index: int) -> bool:
    text, form = passage.blocks[index].text, passage.shapes[index]
    if form.ends_sentence or has_digit(text) or passage.blocks[index].tag in HEADINGS:
        return False
    if is_name(text, NAME_WORDS):
        return True
    if _CASED.search(text) or len(text.split()) > NAME_WORDS or any(map(text.__contains__, _NO_NAME)):
        return False
    unknown = UNKNOWN_WIDE if _WIDE.search(text) else UNKNOWN_CHARACTERS
    return len(text) <= (NAME_CHARACTERS if has_given_name(text) else unknown)


_NO_NAME = ("：", ":", "“", "《", "「")
"""Marks of lines that say more than a name."""

_WIDE = lazy_pattern("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
