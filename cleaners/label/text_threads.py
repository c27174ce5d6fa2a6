"""Threads of comments below the story of a dump, known by their signatures, whether or not a heading says `Comments`.

Three or more readers sign with a name and the day with its clock time, each above or below what the reader says. An
entry of a live column has a time and no name, or one of the same few names; a story of a round-up has a headline above
its byline; and both begin at the top of the page, where a thread has the story above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from cleaners.data import KEPT, Label
from cleaners.label.comments import next_story
from cleaners.label.passage import TEASER_WORDS, Passage, Revision
from cleaners.words.dates import find_dates
from cleaners.words.months import month_number
from cleaners.words.patterns import lazy_pattern

LONGEST_SIGNATURE = 100
"""Characters of a line that signs a comment at most."""

LETTERS_IN_LINE = 60
"""Letters beside the date in it at most: a name, and a word or two such as `Posted by`."""

FEWEST_READERS = 3
"""Readers of different names, from which on signatures make a thread."""

NAME_LINES, NAME_WORDS = 3, 4
"""Lines above the day on which the name may stand, and words of each at most."""

COMMENT_LINES, COMMENT_WORDS = 40, 160
"""Lines between two signatures of a thread at most, and words of half of the comments at most."""

FEWEST_PARAGRAPHS, FEWEST_WORDS = 2, 100
"""Paragraphs of the story above the thread at least, and words of them: below less, what readers write may be the text
of the page."""

_MAYBE = lazy_pattern(r"\d\D{0,3}[0-5]\d(?!\d)|\d\s?[apAP]\.?[mM]")
"""What a line with a clock time has in it."""

_LETTERS = lazy_pattern(r"[^\W\d_]+")


class _Signature(NamedTuple):
    """Where a comment is signed: the lines from `first` to `day`, the reader's name folded, and the form of the line
    with the day."""

    first: int
    day: int
    name: str
    form: tuple[int, bool, bool]


def comment_thread(passage: Passage) -> Iterator[Revision]:
    """Everything that is kept from the first signature of a thread of comments to the next story or the end."""
    signatures = list(_signatures(passage))
    for thread in _threads(passage, signatures):
        rest = range(thread[0].first, next_story(passage, thread[-1].day))
        yield from ((index, Label.COMMENT, 0.75) for index in rest if passage.label(index) in KEPT)


def _threads(passage: Passage, signatures: Sequence[_Signature]) -> Iterator[list[_Signature]]:
    """Signatures of one form with comments between them, where they are a thread below a story."""
    for form in dict.fromkeys(signature.form for signature in signatures):
        run: list[_Signature] = []
        for signature in (own for own in signatures if own.form == form):
            if run and signature.first - run[-1].day > COMMENT_LINES:
                break
            run.append(signature)
        if _is_thread(passage, run):
            yield run


def _is_thread(passage: Passage, run: Sequence[_Signature]) -> bool:
    names = {signature.name for signature in run}
    if len(names) < FEWEST_READERS or 2 * len(names) < len(run):
        return False
    story = [passage.shapes[index].words for index in range(run[0].first) if passage.is_paragraph(index)]
    if len(story) < FEWEST_PARAGRAPHS or sum(story) < FEWEST_WORDS:
        return False
    if 2 * sum(_is_below_headline(passage, signature.first) for signature in run) >= len(run):
        return False
    gaps = [range(one.day + 1, other.first) for one, other in pairwise(run)]
    said = [sum(passage.shapes[index].words for index in gap) for gap in gaps]
    speaks = sum(any(passage.shapes[index].ends_sentence for index in gap) for gap in gaps)
    return 2 * speaks > len(gaps) and median(said) <= COMMENT_WORDS


def _is_below_headline(passage: Passage, index: int) -> bool:
    """Whether the line above an index could be the headline of what the index signs."""
    form = passage.shapes[index - 1]
    return passage.label(index - 1) is Label.TITLE or (not form.ends_sentence and form.words in TEASER_WORDS)


def _signatures(passage: Passage) -> Iterator[_Signature]:
    for index, block in enumerate(passage.blocks):
        if len(block.text) > LONGEST_SIGNATURE or _MAYBE.search(block.text) is None:
            continue
        dates = find_dates(block.text, day_first=True)
        if len(dates) != 1 or "T" not in dates[0].iso:
            continue
        before, behind = block.text[: dates[0].start], block.text[dates[0].end :]
        letters = _words(before + " " + behind)
        if sum(map(len, letters)) > LETTERS_IN_LINE:
            continue
        first = _first_line(passage, index)
        name = " ".join([form.key for form in passage.shapes[first:index]] + letters)
        if name:
            yield _Signature(first, index, name, (len(dates[0].iso), bool(_words(before)), bool(_words(behind))))


def _words(text: str) -> list[str]:
    """The words of a text that are no months, folded."""
    return [word for word in _LETTERS.findall(text.casefold()) if not month_number(word)]


def _first_line(passage: Passage, index: int) -> int:
    """The first of the short lines right above a day, on which the name may stand."""
    first = index
    while first and index - first < NAME_LINES:
        form = passage.shapes[first - 1]
        if form.ends_sentence or form.words > NAME_WORDS or not _LETTERS.search(form.key):
            break
        first -= 1
    return first
