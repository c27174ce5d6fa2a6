"""Cards that tease other stories: a headline that is a link, and a sentence below it, several times on a page.

The scorer drops the links and may take the sentences for text; or, where they are as long as a paragraph and cut, both.
`cleaners.label.neighbours` says what a rule is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from cleaners.data import DROPPED, KEPT, Box, Label
from cleaners.label.passage import TEASER_WORDS, Passage

LINKED = 0.8
"""Share of a line in links from which on it is the headline of another page."""

CARD_LINES = 6
"""Lines of a card at most."""

CARDS = 3
"""Cards of one element and class from which on they tease."""

SENTENCE_WORDS = 40
"""Words of the sentence in a card, at most."""

PARAGRAPHS = 2
"""Paragraphs of the story above the cards, at least."""

DEPTH = 5
"""Boxes around a line that are searched for its card."""


def teaser_card(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """What is kept below a story in a card whose headline the scorer drops, if there are several such cards."""
    kept = passage.kept()
    boxes = {index: _card(passage, index) for index in kept if passage.shapes[index].words <= SENTENCE_WORDS}
    found = {index: box for index, box in boxes.items() if box}
    story = [index for index in kept if index not in found and passage.shapes[index].paragraph]
    if not found or len(story) < PARAGRAPHS or _words(passage, story) < _words(passage, [*found]):
        return
    cards = Counter(map(_form, _all_cards(passage)))
    for index, box in found.items():
        if index > story[-1] and cards[_form(box)] >= CARDS:
            yield index, Label.RELATED, 0.7


CUT_WORDS = 8
"""Words of a text that was cut, at least."""

ELLIPSES = ("…", "...")

HEADLINE = 0.3
"""Share of the line above such a text that is in links at least."""

ABOVE = 2
"""Lines between a headline and the text that was cut, such as a date or a source, and one more."""


def cut_teaser(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """What is kept of teasers below a story: at least CARDS texts in boxes of one element and class that end in an
    ellipsis and stand below a headline that is a link, these headlines, and whole texts that stand in the same way."""
    teasers = {index: above for index in passage.kept() if (above := _linked_headline(passage, index)) is not None}
    cut = [index for index in teasers if passage.blocks[index].text.endswith(ELLIPSES)]
    counts = Counter(_form_of_line(passage, index) for index in cut)
    forms = {form for form, count in counts.items() if count >= CARDS}
    first = next((index for index in cut if _form_of_line(passage, index) in forms), None)
    if first is None or sum(_tells(passage, index) for index in range(teasers[first])) < PARAGRAPHS:
        return
    for index, above in teasers.items():
        if index >= first and _form_of_line(passage, index) in forms:
            yield from ((line, Label.RELATED, 0.7) for line in range(above, index + 1) if passage.label(line) in KEPT)


def _linked_headline(passage: Passage, index: int) -> int | None:
    """The headline of another page right above a text, which is no link."""
    if passage.shapes[index].words < CUT_WORDS or passage.blocks[index].link_density >= LINKED:
        return None
    lines = range(index - 1, max(-1, index - 2 - ABOVE), -1)
    near = takewhile(lambda line: not _tells(passage, line), lines)
    return next((line for line in near if _heads(passage, line)), None)


def _heads(passage: Passage, index: int) -> bool:
    """Whether a line is the headline of another page, which may have a source and a day behind it."""
    return passage.blocks[index].link_density >= HEADLINE and passage.shapes[index].words in TEASER_WORDS


def _tells(passage: Passage, index: int) -> bool:
    """Whether a line is a paragraph that is kept."""
    return passage.shapes[index].paragraph and passage.label(index) in KEPT and not _heads(passage, index)


def _form_of_line(passage: Passage, index: int) -> tuple[str, str]:
    around = passage.blocks[index].surroundings
    return _form(around.box) if around else ("", "")


def _words(passage: Passage, lines: list[int]) -> int:
    return sum(passage.shapes[index].words for index in lines)


def _card(passage: Passage, index: int) -> Box | None:
    """The smallest box around a line that holds the headline of another page above it and nothing long."""
    boxes = _small_boxes(passage, index)
    return next((box for box in boxes if any(_teases(passage, above) for above in range(box.start, index))), None)


def _small_boxes(passage: Passage, index: int) -> Iterator[Box]:
    """The boxes around a line that are as small as a card, from the inside out."""
    return takewhile(lambda box: box.stop - box.start <= CARD_LINES, passage.blocks[index].boxes(DEPTH))


def _teases(passage: Passage, index: int) -> bool:
    """Whether a line is dropped and the headline of another page."""
    if passage.label(index) not in DROPPED or passage.shapes[index].words not in TEASER_WORDS:
        return False
    return passage.blocks[index].link_density >= LINKED


def _all_cards(passage: Passage) -> Iterable[Box]:
    """All boxes of a page that are as small as a card and hold a dropped headline, each once."""
    teasing = (index for index in range(len(passage)) if _teases(passage, index))
    return {box.number: box for index in teasing for box in _small_boxes(passage, index)}.values()


def _form(box: Box) -> tuple[str, str]:
    return box.tag, box.names
