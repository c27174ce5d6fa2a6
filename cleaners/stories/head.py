"""The first lines of an appended story, which the labels of the whole page take for chrome or for subheadings."""

from __future__ import annotations

from cleaners.data import Label, Verdict
from cleaners.label.neighbours import Passage
from cleaners.stories.split import Start

RULE = "story-head"
"""What the audit shows for a headline that is known by the story below it."""


def with_head(passage: Passage, start: Start) -> Passage:
    """The passage with each printing of the headline of the story that starts there as a title."""
    if not start.titles:
        return passage
    verdicts: list[Verdict] = list(passage.verdicts)
    for place in start.titles:
        verdicts[place] = verdicts[place].revised(Label.TITLE, RULE, start.confidence)
    return Passage(passage.blocks, passage.shapes, verdicts)
