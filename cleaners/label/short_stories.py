"""Paragraphs of a story of a few lines, of which the scorers are unsure: they learned from longer ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleaners.data import DROPPED, Label
from cleaners.label.passage import PARAGRAPH, Passage

LINKED = 0.5
"""Share of a line in links from which on it is a link."""

SHORT_STORY = 150
"""Words of text below which a story is short."""

DOUBT = 0.4
"""Confidence in dropping a sentence of it, below which the sentence is kept."""

DOUBT_OF_PARAGRAPH = 0.55
"""The same of a paragraph of a dump."""

SENTENCE_WORDS = 6
"""Words of a sentence."""


def beside_paragraph(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """In a short story, a sentence that is set as the paragraph right above or below it is text as that one is."""
    for index in _doubted(passage, DOUBT):
        form, first = passage.shapes[index], passage.verdicts[index].first
        sentence = first is None and form.ends_sentence and form.words >= SENTENCE_WORDS
        if sentence and any(_is_set_alike(passage, index, beside) for beside in (index - 1, index + 1)):
            yield index, Label.BODY, 0.6


def said_again(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A short line that the story has twice already, as a refrain or an answer, is text where it comes again below a
    paragraph. (To the scorer what comes again and again looks like chrome.)"""
    kept: Counter[tuple[str, int]] = Counter()
    for index, verdict in enumerate(passage.verdicts):
        around = passage.blocks[index].surroundings
        if around is None or not 0 < passage.shapes[index].words <= SHORT_LINE_WORDS or around.box.parent is None:
            continue
        line = passage.shapes[index].key, id(around.box.parent)
        if verdict.label is Label.BODY:
            kept[line] += 1
        elif _goes_on(passage, index) and kept[line] >= SAID_BEFORE:
            yield index, Label.BODY, 0.6


def _goes_on(passage: Passage, index: int) -> bool:
    """Whether the scorer drops a line right below a paragraph that it keeps, and the line is no link."""
    above = index > 0 and passage.label(index - 1) is Label.BODY and passage.shapes[index - 1].paragraph
    return above and passage.label(index) in DROPPED and passage.blocks[index].link_density < LINKED


SAID_BEFORE = 2
"""Times that the story has a line, from which on it may come again."""

SHORT_LINE_WORDS = 8
"""Words of such a line at most."""


def below_paragraph(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """The same on a dump: what looks like a paragraph, right below one that is kept."""
    for index in _doubted(passage, DOUBT_OF_PARAGRAPH):
        if passage.verdicts[index].first == PARAGRAPH and passage.label(index - 1) is Label.BODY:
            yield index, Label.BODY, 0.6


def _doubted(passage: Passage, doubt: float) -> Iterator[int]:
    """The lines of a short story that are dropped with less confidence than that, unless they are links."""
    pairs = zip(passage.shapes, passage.verdicts, strict=True)
    if sum([form.words for form, verdict in pairs if verdict.label is Label.BODY]) > SHORT_STORY:
        return
    for index, verdict in enumerate(passage.verdicts):
        if verdict.label in DROPPED and verdict.confidence < doubt and passage.blocks[index].link_density < LINKED:
            yield index


def _is_set_alike(passage: Passage, index: int, beside: int) -> bool:
    if passage.label(beside) is not Label.BODY:
        return False
    one, other = passage.blocks[index].surroundings, passage.blocks[beside].surroundings
    if one is None or other is None:
        return False
    alike = one.box.tag == other.box.tag and one.box.names == other.box.names
    return alike and one.box.parent is other.box.parent
