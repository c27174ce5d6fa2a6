"""Subheadings of one word, such as `Publicity`, that a rule takes for the label of something else.

Newspapers write about advertisements, markets and comments too. `cleaners.label.neighbours` says what a rule is.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.data import DROPPED, Label
from cleaners.label.passage import SHORT_LINE, Passage

SURELY_TEXT = 0.9
"""Confidence in keeping the paragraph below such a line, from which on it belongs to the story."""

FIRST_WORDS = 160
"""Characters of the paragraph in which the word comes again."""

LONGEST = 40
"""Characters of such a line at most."""


def subheading(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line that the scorer takes for a heading and a rule for a label, right above a paragraph that is surely text
    and says the same word: no advertisement stands there, and no menu."""
    for index, verdict in enumerate(passage.verdicts[:-1]):
        if verdict.first is None or verdict.first.label is not Label.HEADING or verdict.label not in DROPPED:
            continue
        if passage.verdicts[index + 1].confidence >= SURELY_TEXT and _is_said_below(passage, index):
            yield index, Label.HEADING, verdict.first.confidence


def subheading_line(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """The same on a dump, of a line that a rule takes for the label of an advertisement."""
    for index, verdict in enumerate(passage.verdicts[:-1]):
        if verdict.label is Label.PROMO and verdict.first is None and _is_said_below(passage, index):
            yield index, Label.HEADING, SHORT_LINE.confidence


def _is_said_below(passage: Passage, index: int) -> bool:
    """Whether a short line comes again in the first words of the paragraph right below it, which is text."""
    key = passage.shapes[index].key
    if passage.label(index + 1) is not Label.BODY or not passage.shapes[index + 1].paragraph or len(key) > LONGEST:
        return False
    return key in passage.blocks[index + 1].text[:FIRST_WORDS].casefold()
