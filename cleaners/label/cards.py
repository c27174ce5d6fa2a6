"""Cards that tease other stories: a headline that is a link, and a sentence below it, several times on a page.

The scorer drops the links and may take the sentences for text. `cleaners.label.neighbours` says what a rule is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from cleaners.data import DROPPED, Box, Label
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
