"""Rules on neighbours: they revise the verdict on a block by the blocks around it.

A rule is a function that takes a passage and yields the verdicts that it would revise, as (index, label, confidence).
Its name, with dashes, is the rule in the audit. Rules run in the order of `PAGE_RULES` over the whole page; when the
stories are known, `STORY_RULES` run over each of them, since the first and last lines of a story are known by their
place in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from cleaners.blocks.elements import HEADINGS
from cleaners.data import DROPPED, Label
from cleaners.label.footnotes import footnotes
from cleaners.label.insets import inset
from cleaners.label.leads import bare_link, read_also, read_also_line
from cleaners.label.network import RULE
from cleaners.label.passage import DOUBTED, OPEN, Passage
from cleaners.label.placeholders import placeholder
from cleaners.label.said_twice import pull_quote, pull_quote_line, said_twice
from cleaners.label.short_stories import below_paragraph, beside_paragraph
from cleaners.label.text_insets import bar_menu, introduced_lines, table_rows
from cleaners.words.agencies import agency_named
from cleaners.words.bylines import LONGEST, find_byline
from cleaners.words.dates import find_dates
from cleaners.words.shapes import Shape, capitalised, is_name

HEADLINE_WORDS = range(3, 26)
STANDFIRST_WORDS = range(9, 70)
TEASER_WORDS = range(4, 26)
TEASERS_IN_A_LIST = 3
CAPTION_WORDS = 3
"""Words from which on a line that is printed twice in a row is a caption; a shorter one is chrome."""

CUT_CAPTION_WORDS = 8
"""Words from which on a line is a printing of another that goes on where it ends."""

SIGNATURE_WORDS = 4
"""Words of a line that signs a picture, at most."""

DATE_LINE_WORDS = 14

QUOTE_WORDS = 8
"""Words from which on an unpunctuated line above `- said someone` is the quotation."""

HEAD_PARAGRAPHS = 1
"""Paragraphs that may stand between two printings of a headline, for the lower one still to be a headline."""


Revision = tuple[int, Label, float]
NeighbourRule = Callable[[Passage], Iterator[Revision]]


def revise(passage: Passage, rules: Sequence[NeighbourRule]) -> Passage:
    """A new passage with the verdicts that the rules revise, one rule after the other."""
    revised = Passage(passage.blocks, passage.shapes, list(passage.verdicts))
    for rule in rules:
        name = rule.__name__.replace("_", "-")
        for index, label, confidence in rule(revised):
            revised.verdicts[index] = revised.verdicts[index].revised(label, name, confidence)
    return revised


# On the whole page


def printed_twice(passage: Passage) -> Iterator[Revision]:
    """A picture and its enlargement print one caption twice in a row, once without its credit, or with a line between
    that signs it. So does a page with its headline, which is the first line of that length and stands elsewhere again,
    if anywhere."""
    headline = next((index for index in range(len(passage)) if _could_be_headline(passage, index)), None)
    headline_key = None if headline is None else passage.shapes[headline].key
    for index in range(1, len(passage)):
        above = index - 1
        if above and passage.label(above) in _SIGNING and passage.shapes[above].words <= SIGNATURE_WORDS:
            above -= 1
        if passage.shapes[index].key == headline_key or not _same_caption(passage.shapes[above], passage.shapes[index]):
            continue
        if passage.label(index) not in DROPPED:
            yield above, Label.CAPTION, 0.85
            yield index, Label.CAPTION, 0.85


_SIGNING = frozenset({Label.BYLINE, Label.CREDIT})


def _same_caption(one: Shape, other: Shape) -> bool:
    if one.key == other.key:
        return one.words >= CAPTION_WORDS
    short, long = sorted((one.key, other.key), key=len)
    return long.startswith(short) and min(one.words, other.words) >= CUT_CAPTION_WORDS


def signed_picture(passage: Passage) -> Iterator[Revision]:
    """A few words right below a caption that name a source credit the picture, not the story. (A bare agency may sign
    the next story instead.)"""
    for index in range(1, len(passage)):
        credit = passage.label(index) is Label.CREDIT and passage.shapes[index].words <= SIGNATURE_WORDS
        if credit and passage.label(index - 1) is Label.CAPTION:
            yield index, Label.CAPTION, 0.7


def _could_be_headline(passage: Passage, index: int) -> bool:
    return passage.open_line(index) and passage.shapes[index].words > HEADLINE_WORDS.start


def date_line(passage: Passage) -> Iterator[Revision]:
    """A line that starts with a date and says little else. (Its form is read from the block alone; it stands here
    because reading dates costs more than the rules on one block may.)"""
    for index, block in enumerate(passage.blocks):
        doubtful = passage.open_line(index) or passage.verdicts[index].rule == RULE
        if doubtful and passage.shapes[index].words <= DATE_LINE_WORDS and starts_with_date(block.text):
            yield index, Label.DATE, 0.85


def starts_with_date(text: str) -> bool:
    """Whether a line begins with a date, after one word at most.

    >>> starts_with_date("Published 7 March 2026, 10:15"), starts_with_date("The fair of 7 March 2026")
    (True, False)
    """
    if not any(map(str.isdigit, text)):
        return False
    return any(len(text[: date.start].split()) <= 1 for date in find_dates(text))


def repeated_line(passage: Passage) -> Iterator[Revision]:
    """A short line that comes again and again is chrome."""
    counts = Counter(form.key for form in passage.shapes)
    for index, form in enumerate(passage.shapes):
        if counts[form.key] > 1 and form.words < HEADLINE_WORDS.start and passage.open_line(index):
            yield index, Label.NAVIGATION, 0.7


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


def lead_again(passage: Passage) -> Iterator[Revision]:
    """A standfirst that the story begins with again, word for word, is said once."""
    first = passage.kept()[:LEADING]
    for index, below in pairwise(first):
        form = passage.shapes[index]
        if form.words >= LEAD_WORDS and form.key == passage.shapes[below].key:
            yield index, Label.SUMMARY, 0.8


LEADING = 4
"""Kept lines among which a story's standfirst and its first paragraph stand."""

LEAD_WORDS = 10
"""Words of a standfirst from which on it may be the first paragraph, too; a shorter line may be a refrain."""


def byline_line(passage: Passage) -> Iterator[Revision]:
    """A line that names a story's writers above its first paragraph. Below a line that heads an appended story it also
    gives the day, for lists of books and games name their makers below a heading, too."""
    end = _head_end(passage)
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
    return passage.label(index) is Label.BODY and _teaser_like(passage, index)


_IN_A_HEAD = frozenset({Label.TITLE, Label.HEADING, Label.DATE, Label.SUMMARY})


def quote_and_attribution(passage: Passage) -> Iterator[Revision]:
    """`- a spokesman said`: goes on from the unpunctuated line above, and both are body text."""
    for index, block in enumerate(passage.blocks):
        if not (block.text[:2] in _DASHES and block.text[2:3].islower() and passage.shapes[index].words >= 3):
            continue
        yield index, Label.BODY, 0.8
        if index and passage.open_line(index - 1) and passage.shapes[index - 1].words >= QUOTE_WORDS:
            yield index - 1, Label.BODY, 0.8


_DASHES = ("- ", "– ", "— ")


def teaser_list(passage: Passage) -> Iterator[Revision]:
    """Headlines one under the other, with no paragraph between, tease other stories."""
    for start, stop in _runs(passage, _teaser_like):
        above = passage.label(start - 1)
        if stop - start >= TEASERS_IN_A_LIST + (above is None):
            yield from ((index, Label.RELATED, 0.7) for index in range(start, stop))
        elif above is Label.RELATED and stop - start >= 1 and not _paragraph_at(passage, stop):
            yield from ((index, Label.RELATED, 0.65) for index in range(start, stop))


def _teaser_like(passage: Passage, index: int) -> bool:
    return passage.open_line(index) and passage.shapes[index].words in TEASER_WORDS


def menu(passage: Passage) -> Iterator[Revision]:
    """Short lines one under the other are a menu, a list of tags, a row of buttons."""
    for start, stop in _runs(
        passage, lambda passage, index: passage.open_line(index) and passage.shapes[index].words < 4
    ):
        chrome = passage.label(start - 1) in DROPPED or passage.label(stop) in DROPPED
        if stop - start >= (3 if chrome else 4):
            yield from ((index, Label.NAVIGATION, 0.7) for index in range(start, stop))


def _runs(passage: Passage, holds: Callable[[Passage, int], bool]) -> Iterator[tuple[int, int]]:
    start = None
    for index in range(len(passage) + 1):
        if index < len(passage) and holds(passage, index):
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None


def _paragraph_at(passage: Passage, index: int) -> bool:
    return index < len(passage) and passage.verdicts[index].label is Label.BODY and not passage.open(index)


PAGE_RULES: tuple[NeighbourRule, ...] = (
    read_also_line,
    placeholder,
    byline_line,
    date_line,
    agency_line,
    printed_twice,
    signed_picture,
    quote_and_attribution,
    table_rows,
    introduced_lines,
    below_paragraph,
    footnotes,
    bar_menu,
    repeated_line,
    menu,
    teaser_list,
    said_twice,
    pull_quote_line,
)


# On one story


def headline(passage: Passage) -> Iterator[Revision]:
    """The line above the story that reads like its headline, and each printing of it; a paragraph between two is
    the standfirst."""
    index = _headline_index(passage)
    if index is None:
        return
    key, last = passage.shapes[index].key, index
    paragraphs = 0
    for later in range(index, len(passage)):
        if passage.shapes[later].key == key:
            last = later
        paragraphs += passage.shapes[later].paragraph
        if paragraphs > HEAD_PARAGRAPHS:
            break
    for later in range(index, last + 1):
        if passage.shapes[later].key == key:
            yield later, Label.TITLE, 0.9 if last > index else 0.7
        elif passage.verdicts[later].label is Label.BODY:
            yield later, Label.SUMMARY, 0.8


def _headline_index(passage: Passage) -> int | None:
    end = _head_end(passage)
    lines = [
        index
        for index in range(end)
        if passage.shapes[index].words in HEADLINE_WORDS
        and not passage.shapes[index].key.startswith(_DASHES)
        and (passage.open_line(index) or _question(passage, index))
    ]
    counts = Counter(passage.shapes[index].key for index in range(min(len(passage), end + HEAD_PARAGRAPHS + 1)))
    repeated = [index for index in lines if counts[passage.shapes[index].key] > 1]
    longer = [index for index in lines if passage.shapes[index].words > HEADLINE_WORDS.start]
    return next(iter(repeated or longer or lines), None)


def _question(passage: Passage, index: int) -> bool:
    return passage.blocks[index].text.endswith(("?", "!")) and not passage.shapes[index].paragraph


def _head_end(passage: Passage) -> int:
    """Where a story's own words begin: its first paragraph."""
    for index in range(len(passage)):
        if passage.shapes[index].paragraph and passage.label(index) is Label.BODY:
            return index
    return passage.body_after(0) or 0


def alternative_headline(passage: Passage) -> Iterator[Revision]:
    """A second line in headline case below the headline, about the same thing."""
    for index in range(1, _head_end(passage)):
        if passage.label(index - 1) is not Label.TITLE or not passage.open_line(index):
            continue
        words = set(passage.shapes[index].key.split())
        shared = words & set(passage.shapes[index - 1].key.split())
        if capitalised(passage.blocks[index].text) and len(shared) >= 2:
            yield index, Label.TITLE, 0.7


def standfirst(passage: Passage) -> Iterator[Revision]:
    """A sentence without its full stop between headline and story."""
    titles = [index for index in range(_head_end(passage)) if passage.label(index) is Label.TITLE]
    if not titles:
        return
    for index in range(titles[0] + 1, _head_end(passage)):
        if passage.open_line(index) and passage.shapes[index].words in STANDFIRST_WORDS:
            yield index, Label.SUMMARY, 0.75


def masthead(passage: Passage) -> Iterator[Revision]:
    """Lines above the headline that nothing else explains belong to the page, not to the story."""
    title = _first(passage, Label.TITLE)
    for index in range(title if title is not None else _head_end(passage)):
        if passage.open_line(index):
            yield index, Label.NAVIGATION, 0.6


def name_line(passage: Passage) -> Iterator[Revision]:
    """A name alone on a line, between headline and story or right below the story's end, signs it."""
    head_end, last = _head_end(passage), _last_body(passage)
    below = next((index for index in range(last + 1, len(passage)) if passage.label(index) is not Label.CAPTION), None)
    for index in [*range(head_end), *([] if below is None else [below])]:
        if passage.open_line(index) and is_name(passage.blocks[index].text):
            yield index, Label.BYLINE, 0.65


def after_the_end(passage: Passage) -> Iterator[Revision]:
    """A heading has text below it; a line with none is what the page put under the story."""
    for index in range(_last_body(passage) + 1, len(passage)):
        if passage.label(index) is Label.HEADING or passage.open_line(index):
            long = passage.shapes[index].words in TEASER_WORDS
            yield index, Label.RELATED if long else Label.NAVIGATION, 0.6


def lines_in_the_head(passage: Passage) -> Iterator[Revision]:
    """A short line that is left between headline and story is a button or a topic."""
    for index in range(_head_end(passage)):
        if passage.open_line(index) and passage.verdicts[index].label is Label.HEADING:
            yield index, Label.NAVIGATION, 0.6


def doubted_line(passage: Passage) -> Iterator[Revision]:
    """A line that the scorer would drop, and that no rule has found a place for, is chrome."""
    for index in range(len(passage)):
        if passage.verdicts[index].rule == DOUBTED:
            yield index, Label.NAVIGATION, 0.6


def _first(passage: Passage, label: Label) -> int | None:
    return next((index for index in range(len(passage)) if passage.label(index) is label), None)


def _last_body(passage: Passage) -> int:
    for index in reversed(range(len(passage))):
        if passage.label(index) in (Label.BODY, Label.CREDIT) and passage.verdicts[index].confidence >= OPEN:
            return index
    return -1


STORY_RULES: tuple[NeighbourRule, ...] = (
    headline,
    alternative_headline,
    masthead,
    name_line,
    standfirst,
    after_the_end,
    lines_in_the_head,
    doubted_line,
)

HTML_PAGE_RULES: tuple[NeighbourRule, ...] = (
    byline_line,
    lead_again,
    inset,
    footnotes,
    beside_paragraph,
    read_also,
    bare_link,
    placeholder,
    pull_quote,
)

HTML_STORY_RULES: tuple[NeighbourRule, ...] = (after_the_end,)
"""What is left to say about HTML, where the scorer has seen the neighbours."""
