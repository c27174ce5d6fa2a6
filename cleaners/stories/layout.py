"""The layout of a page as its joins see it: the paragraphs, the headline of its own story, and the headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from cleaners.blocks.elements import HEADINGS
from cleaners.data import Block, Label
from cleaners.label.passage import Passage
from cleaners.words.bylines import find_byline
from cleaners.words.shapes import PARAGRAPH_WORDS, RUNNING_WORDS, Shape, has_digit

SENTENCE_WORDS = 4
"""Words at or above which a line that ends like a sentence is text; a shorter one may be a button."""

TITLE_WORDS = range(4, 31)
"""Words of a headline."""

FEWEST_IN_HEADING = 2
"""Words of a headline that is marked as a heading, or set in bold, at least."""

BYLINE_WORDS = 14
"""Words of a line that gives a person and a day at most."""

MOSTLY = 0.9
"""Share of the characters of a line in bold: a mark or a label may stand beside them."""

HeadingKind = tuple[str, str]
"""The tag of a heading, and the names of the box around it."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a page: their indices, their words, and the words of text above each block of the page."""

    indices: list[int]
    sizes: list[int]
    above: list[int]

    def between(self, start: int, stop: int) -> int:
        """The words of text from one block of the page to another."""
        return self.above[stop] - self.above[start]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is the same at every join of a page.

    `title` is the headline of the page's own story, `headline` what kind of heading it is, `headings` counts the
    headings of each kind, and `first_h1` is the index of the first `h1`, -1 where there is none. `names` counts the
    names of boxes: where there are few, a headline alone says more than where the markup tells what is what.
    """

    passage: Passage
    text: Paragraphs
    title: str
    headline: HeadingKind | None
    headings: Counter[HeadingKind]
    first_h1: int
    names: int


def layout_of(passage: Passage) -> Layout:
    """What the joins of a page share."""
    text = _paragraphs(passage)
    headline = _headline(passage, text)
    return Layout(
        passage,
        text,
        headline.text if headline else "",
        _kind_of_headline(headline) if headline else None,
        Counter(heading_kind(block) for block in passage.blocks if block.tag in HEADINGS),
        next((index for index, block in enumerate(passage.blocks) if block.tag == "h1"), -1),
        len({block.surroundings.box.names for block in passage.blocks if block.surroundings}),
    )


def _paragraphs(passage: Passage) -> Paragraphs:
    blocks = zip(passage.blocks, passage.verdicts, passage.shapes, strict=True)
    indices = [
        index
        for index, (block, verdict, form) in enumerate(blocks)
        if verdict.label is Label.BODY and _is_text(block, form)
    ]
    sizes = [passage.shapes[index].words for index in indices]
    words = [0] * len(passage)
    for index, size in zip(indices, sizes, strict=True):
        words[index] = size
    return Paragraphs(indices, sizes, [0, *accumulate(words)])


def _is_text(block: Block, form: Shape) -> bool:
    """Whether a block that is kept as body text is a paragraph."""
    if block.tag in HEADINGS or is_bold_line(block, form):
        return False
    if form.words <= BYLINE_WORDS and _is_signature(block.text):
        return False
    if form.ends_sentence:
        question = block.text[-1] in "?!" and form.words < PARAGRAPH_WORDS and not block.tag
        return form.words >= SENTENCE_WORDS and not question
    if block.tag != "p":
        return form.words >= RUNNING_WORDS
    # One that ends with a word may be a headline in plain markup.
    return form.words >= (TITLE_WORDS.stop if block.text[-1].isalnum() else PARAGRAPH_WORDS)


def is_bold_line(block: Block, form: Shape) -> bool:
    """Whether a block is a headline in bold that is no heading."""
    around = block.surroundings
    if around is None or form.ends_sentence or not FEWEST_IN_HEADING <= form.words < TITLE_WORDS.stop:
        return False
    return around.strong >= MOSTLY * len(block.text)


def _is_signature(text: str) -> bool:
    """Whether a line names its writers and the day: `Автор: Ольга Смирнова, 4 марта 2012 г.` ends like a sentence."""
    return has_digit(text) and (found := find_byline(text)) is not None and found.has_day


def _headline(passage: Passage, text: Paragraphs) -> Block | None:
    """The headline of the page's own story: the last heading of the highest rank above the text; the last title on a
    page without headings."""
    above = range(text.indices[0] if text.indices else 0)
    headings = [passage.blocks[index] for index in above if passage.blocks[index].tag in HEADINGS]
    if headings:
        return min(reversed(headings), key=lambda block: block.tag)
    titles = (passage.blocks[index] for index in reversed(above) if passage.label(index) is Label.TITLE)
    return next(titles, None)


def _kind_of_headline(headline: Block) -> HeadingKind | None:
    """What kind of heading a headline is; None where neither its tag nor the names of its box tell it from text."""
    kind = heading_kind(headline)
    return kind if headline.tag in HEADINGS or kind[1] else None


def heading_kind(block: Block) -> HeadingKind:
    """The tag of a heading, and the names of the box around it."""
    return block.tag, block.surroundings.box.names if block.surroundings else ""
