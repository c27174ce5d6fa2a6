"""Rules on the lines at the head and at the end of one story: its headline and standfirst, and what is none of it.

They run when the stories of a page are known, since the first and last lines of a story are known by their place in it.
`cleaners.label.neighbours` says what a rule is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cleaners.data import Label
from cleaners.label.headlines import HEADLINE_WORDS, headline_index
from cleaners.label.passage import DOUBTED, OPEN, TEASER_WORDS, Passage, Revision
from cleaners.words.name_kinds import has_given_name, is_no_person
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import capitalised, is_name, shape

STANDFIRST_WORDS = range(9, 70)

HEAD_PARAGRAPHS = 1
"""Paragraphs that may stand between two printings of a headline, for the lower one still to be a headline."""


def lead_again(passage: Passage) -> Iterator[Revision]:
    """A standfirst that the story begins with again, word for word, is said once; it may be cut off."""
    first = passage.kept()[:LEADING]
    for index, below in pairwise(first):
        form, key = passage.shapes[index], passage.shapes[below].key
        cut = passage.blocks[index].text.endswith(CUT_OFF) and key.startswith(form.key)
        if form.words >= LEAD_WORDS and (form.key == key or cut):
            yield index, Label.SUMMARY, 0.8


CUT_OFF = ("…", "...", "[…]", "[...]")


LEADING = 4
"""Kept lines among which a story's standfirst and its first paragraph stand."""

LEAD_WORDS = 10
"""Words of a standfirst from which on it may be the first paragraph, too; a shorter line may be a refrain."""


def site_behind_headline(passage: Passage) -> Iterator[Revision]:
    """`The harbour reopens | Example Times`, above the story, where the page has the site's name on a line, too."""
    for index in range(passage.head_end()):
        if passage.shapes[index].words in HEADLINE_WORDS and (
            parts := SITE_BEHIND.fullmatch(passage.blocks[index].text)
        ):
            names = {form.key for form in passage.shapes if form.words <= SITE_WORDS}
            if shape(parts["site"]).key in names:
                yield index, Label.TITLE, 0.85


SITE_WORDS = 4
"""Words of a site's name at most."""

SITE_BEHIND = lazy_pattern(r"(?P<headline>[^|]{12,200}?) ?[|\-–—·•»›] ?(?P<site>[^|–—·•»›]{2,40})")


def headline(passage: Passage) -> Iterator[Revision]:
    """The line above the story that reads like its headline, and each printing of it; a paragraph between two is
    the standfirst."""
    index = headline_index(passage)
    if index is None:
        return
    key = passage.shapes[index].key
    last = _last_printing(passage, index)
    for later in range(index, last + 1):
        if passage.shapes[later].key == key:
            yield later, Label.TITLE, 0.9 if last > index else 0.7
        elif passage.verdicts[later].label is Label.BODY:
            yield later, Label.SUMMARY, 0.8


def _last_printing(passage: Passage, index: int) -> int:
    """The last printing of a headline above its story. One with most of the story above it leads to the story from a
    list below."""
    last, paragraphs, said = index, 0, 0
    left = sum(_text_words(passage, later) for later in range(index, len(passage)))
    for later in range(index, len(passage)):
        said += _text_words(passage, later)
        if passage.shapes[later].key == passage.shapes[index].key and 2 * said <= left:
            last = later
        paragraphs += passage.shapes[later].paragraph
        if paragraphs > HEAD_PARAGRAPHS:
            break
    return last


def _text_words(passage: Passage, index: int) -> int:
    return passage.shapes[index].words if passage.label(index) is Label.BODY else 0


def alternative_headline(passage: Passage) -> Iterator[Revision]:
    """A second line in headline case below the headline, about the same thing."""
    for index in range(1, passage.head_end()):
        if passage.label(index - 1) is not Label.TITLE or not passage.open_line(index):
            continue
        words = set(passage.shapes[index].key.split())
        shared = words & set(passage.shapes[index - 1].key.split())
        if capitalised(passage.blocks[index].text) and len(shared) >= 2:
            yield index, Label.TITLE, 0.7


def standfirst(passage: Passage) -> Iterator[Revision]:
    """A sentence without its full stop between headline and story."""
    titles = [index for index in range(passage.head_end()) if passage.label(index) is Label.TITLE]
    if not titles:
        return
    for index in range(titles[0] + 1, passage.head_end()):
        if passage.open_line(index) and passage.shapes[index].words in STANDFIRST_WORDS:
            yield index, Label.SUMMARY, 0.75


def masthead(passage: Passage) -> Iterator[Revision]:
    """Lines above the headline that nothing else explains belong to the page, not to the story."""
    title = _first(passage, Label.TITLE)
    for index in range(title if title is not None else passage.head_end()):
        if passage.open_line(index):
            yield index, Label.NAVIGATION, 0.6


def name_line(passage: Passage) -> Iterator[Revision]:
    """A name alone on a line, between headline and story or right below the story's end, signs it. Several lines of
    that shape are buttons and sections, but for those that begin with a given name."""
    head_end, last = passage.head_end(), _last_body(passage)
    below = next((index for index in range(last + 1, len(passage)) if passage.label(index) is not Label.CAPTION), None)
    lines = [*range(head_end), *([] if below is None else [below])]
    named = [
        index
        for index in lines
        for text in [passage.blocks[index].text]
        if passage.open_line(index) and is_name(text) and not is_no_person(text)
    ]
    persons = [index for index in named if has_given_name(passage.blocks[index].text)]
    yield from ((index, Label.BYLINE, 0.65) for index in (persons or named[: len(named) == 1]))


def after_the_end(passage: Passage) -> Iterator[Revision]:
    """A heading has text below it; a line with none is what the page put under the story."""
    for index in range(_last_body(passage) + 1, len(passage)):
        if passage.label(index) is Label.HEADING or passage.open_line(index):
            long = passage.shapes[index].words in TEASER_WORDS
            yield index, Label.RELATED if long else Label.NAVIGATION, 0.6


def lines_in_the_head(passage: Passage) -> Iterator[Revision]:
    """A short line that is left between headline and story is a button or a topic."""
    for index in range(passage.head_end()):
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
