"""Subheadings of one word, such as `Publicity`, that a rule takes for the label of something else.

Newspapers write about advertisements, markets and comments too. `cleaners.label.neighbours` says what a rule is.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.data import DROPPED, Label
from cleaners.label.passage import Passage

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
        below = passage.verdicts[index + 1]
        if below.label is not Label.BODY or below.confidence < SURELY_TEXT or not passage.shapes[index + 1].paragraph:
            continue
        key = passage.shapes[index].key
        if len(key) <= LONGEST and key in passage.blocks[index + 1].text[:FIRST_WORDS].casefold():
            yield index, Label.HEADING, verdict.first.confidence
