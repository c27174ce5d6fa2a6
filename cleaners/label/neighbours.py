"""Rules on neighbours: what a block is, seen from the blocks around it.

A rule is a function that looks at a passage and yields the verdicts that it would revise, as (place, label,
confidence). Its name, with dashes, is what the audit shows. Rules run in the order of `PAGE_RULES` over the whole
page; when the stories are known, `STORY_RULES` run over each of them, since where a story starts and ends tells what
its first and last lines are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from cleaners.data import DROPPED, Label
from cleaners.label.passage import DOUBTED, OPEN, Passage
from cleaners.words.agencies import agency_named
from cleaners.words.dates import find_dates
from cleaners.words.shape import Shape, capitalised, is_name

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
    """The passage after each rule has had its say; the verdicts given are left as they are."""
    revised = Passage(passage.blocks, passage.shapes, list(passage.verdicts))
    for rule in rules:
        name = rule.__name__.replace("_", "-")
        for place, label, confidence in rule(revised):
            revised.verdicts[place] = revised.verdicts[place].revised(label, name, confidence)
    return revised


# On the whole page


def printed_twice(passage: Passage) -> Iterator[Revision]:
    """A picture and its enlargement print one caption twice in a row, once without its credit, or with a line between
    that signs it. So does a page with its headline, which is the first line of that length and stands elsewhere again,
    if anywhere."""
    headline = next((place for place in range(len(passage)) if _could_be_headline(passage, place)), None)
    headline_key = None if headline is None else passage.shapes[headline].key
    for place in range(1, len(passage)):
        above = place - 1
        if above and passage.label(above) in _SIGNING and passage.shapes[above].words <= SIGNATURE_WORDS:
            above -= 1
        if passage.shapes[place].key == headline_key or not _same_caption(passage.shapes[above], passage.shapes[place]):
            continue
        if passage.label(place) not in DROPPED:
            yield above, Label.CAPTION, 0.85
            yield place, Label.CAPTION, 0.85


_SIGNING = frozenset({Label.BYLINE, Label.CREDIT})


def _same_caption(one: Shape, other: Shape) -> bool:
    if one.key == other.key:
        return one.words >= CAPTION_WORDS
    short, long = sorted((one.key, other.key), key=len)
    return long.startswith(short) and min(one.words, other.words) >= CUT_CAPTION_WORDS


def signed_picture(passage: Passage) -> Iterator[Revision]:
    """A few words right below a caption that name a source credit the picture, not the story. (A bare agency may sign
    the next story instead.)"""
    for place in range(1, len(passage)):
        credit = passage.label(place) is Label.CREDIT and passage.shapes[place].words <= SIGNATURE_WORDS
        if credit and passage.label(place - 1) is Label.CAPTION:
            yield place, Label.CAPTION, 0.7


def _could_be_headline(passage: Passage, place: int) -> bool:
    return passage.open_line(place) and passage.shapes[place].words > HEADLINE_WORDS.start


def date_line(passage: Passage) -> Iterator[Revision]:
    """A line that starts with a date and says little else. (Its form is read from the block alone; it stands here
    because reading dates costs more than the rules on one block may.)"""
    for place, block in enumerate(passage.blocks):
        if passage.open_line(place) and passage.shapes[place].words <= DATE_LINE_WORDS and starts_with_date(block.text):
            yield place, Label.DATE, 0.85


def starts_with_date(text: str) -> bool:
    """Whether a date stands at the head of a line, behind one word at most."""
    if not any(map(str.isdigit, text)):
        return False
    return any(len(text[: date.start].split()) <= 1 for date in find_dates(text))


def repeated_line(passage: Passage) -> Iterator[Revision]:
    """A short line that comes again and again is chrome."""
    counts = Counter(form.key for form in passage.shapes)
    for place, form in enumerate(passage.shapes):
        if counts[form.key] > 1 and form.words < HEADLINE_WORDS.start and passage.open_line(place):
            yield place, Label.NAVIGATION, 0.7


def agency_line(passage: Passage) -> Iterator[Revision]:
    """`Kyiv • UNN`, `Reuters`: an agency signs, alone or beside a place or a name."""
    for place, block in enumerate(passage.blocks):
        if passage.open_line(place) and passage.shapes[place].words <= 8 and signed_by_agency(block.text):
            yield place, Label.BYLINE, 0.8


def signed_by_agency(text: str) -> bool:
    """Whether a line is an agency's name, with at most a place or a name beside it."""
    parts = [part.strip() for part in _split_signature(text)]
    return any(map(agency_named, parts)) and all(agency_named(part) or capitalised(part) for part in parts)


def _split_signature(text: str) -> list[str]:
    for mark in "•|/·,—–":
        text = text.replace(mark, "\n")
    return [part for part in text.split("\n") if part.strip()]


def quote_and_attribution(passage: Passage) -> Iterator[Revision]:
    """`- a spokesman said`: goes on from the unpunctuated line above, and both are body text."""
    for place, block in enumerate(passage.blocks):
        if not (block.text[:2] in _DASHES and block.text[2:3].islower() and passage.shapes[place].words >= 3):
            continue
        yield place, Label.BODY, 0.8
        if place and passage.open_line(place - 1) and passage.shapes[place - 1].words >= QUOTE_WORDS:
            yield place - 1, Label.BODY, 0.8


_DASHES = ("- ", "– ", "— ")


def teaser_list(passage: Passage) -> Iterator[Revision]:
    """Headlines one under the other, with no paragraph between, tease other stories."""
    for start, stop in _runs(passage, _teaser_like):
        above = passage.label(start - 1)
        if stop - start >= TEASERS_IN_A_LIST + (above is None):
            yield from ((place, Label.RELATED, 0.7) for place in range(start, stop))
        elif above is Label.RELATED and stop - start >= 1 and not _paragraph_at(passage, stop):
            yield from ((place, Label.RELATED, 0.65) for place in range(start, stop))


def _teaser_like(passage: Passage, place: int) -> bool:
    return passage.open_line(place) and passage.shapes[place].words in TEASER_WORDS


def menu(passage: Passage) -> Iterator[Revision]:
    """Short lines one under the other are a menu, a list of tags, a row of buttons."""
    for start, stop in _runs(
        passage, lambda passage, place: passage.open_line(place) and passage.shapes[place].words < 4
    ):
        chrome = passage.label(start - 1) in DROPPED or passage.label(stop) in DROPPED
        if stop - start >= (3 if chrome else 4):
            yield from ((place, Label.NAVIGATION, 0.7) for place in range(start, stop))


def _runs(passage: Passage, holds: Callable[[Passage, int], bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place in range(len(passage) + 1):
        if place < len(passage) and holds(passage, place):
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None


def _paragraph_at(passage: Passage, place: int) -> bool:
    return place < len(passage) and passage.verdicts[place].label is Label.BODY and not passage.open(place)


PAGE_RULES: tuple[NeighbourRule, ...] = (
    date_line,
    agency_line,
    printed_twice,
    signed_picture,
    quote_and_attribution,
    repeated_line,
    menu,
    teaser_list,
)


# On one story


def headline(passage: Passage) -> Iterator[Revision]:
    """The line above the story that reads like its headline, and each printing of it; a paragraph between two is
    the standfirst."""
    place = _headline_place(passage)
    if place is None:
        return
    key, last = passage.shapes[place].key, place
    paragraphs = 0
    for later in range(place, len(passage)):
        if passage.shapes[later].key == key:
            last = later
        paragraphs += passage.shapes[later].paragraph
        if paragraphs > HEAD_PARAGRAPHS:
            break
    for later in range(place, last + 1):
        if passage.shapes[later].key == key:
            yield later, Label.TITLE, 0.9 if last > place else 0.7
        elif passage.verdicts[later].label is Label.BODY:
            yield later, Label.SUMMARY, 0.8


def _headline_place(passage: Passage) -> int | None:
    end = _head_end(passage)
    lines = [
        place
        for place in range(end)
        if passage.shapes[place].words in HEADLINE_WORDS
        and not passage.shapes[place].key.startswith(_DASHES)
        and (passage.open_line(place) or _question(passage, place))
    ]
    counts = Counter(passage.shapes[place].key for place in range(min(len(passage), end + HEAD_PARAGRAPHS + 1)))
    repeated = [place for place in lines if counts[passage.shapes[place].key] > 1]
    longer = [place for place in lines if passage.shapes[place].words > HEADLINE_WORDS.start]
    return next(iter(repeated or longer or lines), None)


def _question(passage: Passage, place: int) -> bool:
    return passage.blocks[place].text.endswith(("?", "!")) and not passage.shapes[place].paragraph


def _head_end(passage: Passage) -> int:
    """Where a story's own words begin: its first paragraph."""
    for place in range(len(passage)):
        if passage.shapes[place].paragraph and passage.label(place) is Label.BODY:
            return place
    return passage.body_after(0) or 0


def alternative_headline(passage: Passage) -> Iterator[Revision]:
    """A second line in headline case below the headline, about the same thing."""
    for place in range(1, _head_end(passage)):
        if passage.label(place - 1) is not Label.TITLE or not passage.open_line(place):
            continue
        words = set(passage.shapes[place].key.split())
        shared = words & set(passage.shapes[place - 1].key.split())
        if capitalised(passage.blocks[place].text) and len(shared) >= 2:
            yield place, Label.TITLE, 0.7


def standfirst(passage: Passage) -> Iterator[Revision]:
    """A sentence without its full stop between headline and story."""
    titles = [place for place in range(_head_end(passage)) if passage.label(place) is Label.TITLE]
    if not titles:
        return
    for place in range(titles[0] + 1, _head_end(passage)):
        if passage.open_line(place) and passage.shapes[place].words in STANDFIRST_WORDS:
            yield place, Label.SUMMARY, 0.75


def masthead(passage: Passage) -> Iterator[Revision]:
    """Lines above the headline that nothing else explains belong to the page, not to the story."""
    title = _first(passage, Label.TITLE)
    for place in range(title if title is not None else _head_end(passage)):
        if passage.open_line(place):
            yield place, Label.NAVIGATION, 0.6


def name_line(passage: Passage) -> Iterator[Revision]:
    """A name alone on a line, between headline and story or right below the story's end, signs it."""
    head_end, last = _head_end(passage), _last_body(passage)
    below = next((place for place in range(last + 1, len(passage)) if passage.label(place) is not Label.CAPTION), None)
    for place in [*range(head_end), *([] if below is None else [below])]:
        if passage.open_line(place) and is_name(passage.blocks[place].text):
            yield place, Label.BYLINE, 0.65


def after_the_end(passage: Passage) -> Iterator[Revision]:
    """A heading has text below it; a line with none is what the page put under the story."""
    for place in range(_last_body(passage) + 1, len(passage)):
        if passage.label(place) is Label.HEADING or passage.open_line(place):
            long = passage.shapes[place].words in TEASER_WORDS
            yield place, Label.RELATED if long else Label.NAVIGATION, 0.6


def lines_in_the_head(passage: Passage) -> Iterator[Revision]:
    """A short line that is left between headline and story is a button or a topic."""
    for place in range(_head_end(passage)):
        if passage.open_line(place) and passage.verdicts[place].label is Label.HEADING:
            yield place, Label.NAVIGATION, 0.6


def doubted_line(passage: Passage) -> Iterator[Revision]:
    """A line that the scorer would drop, and that no rule has found a place for, is chrome."""
    for place in range(len(passage)):
        if passage.verdicts[place].rule == DOUBTED:
            yield place, Label.NAVIGATION, 0.6


def _first(passage: Passage, label: Label) -> int | None:
    return next((place for place in range(len(passage)) if passage.label(place) is label), None)


def _last_body(passage: Passage) -> int:
    for place in reversed(range(len(passage))):
        if passage.label(place) in (Label.BODY, Label.CREDIT) and passage.verdicts[place].confidence >= OPEN:
            return place
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

HTML_STORY_RULES: tuple[NeighbourRule, ...] = (after_the_end,)
"""What is left to say about HTML, where the scorer has seen the neighbours."""
