"""The first lines of an appended story, which the labels of the whole page call chrome or subheadings."""

from __future__ import annotations

from cleaners.data import DROPPED, Label
from cleaners.label.neighbours import DATE_LINE_WORDS, starts_with_date
from cleaners.label.passage import Passage
from cleaners.stories.split import Start

RULE = "story-head"
"""The rule in the audit for a headline or a date that the story below it identifies."""


def with_head(passage: Passage, start: Start) -> Passage:
    """The passage with the headline of the story that starts there as a title, each printing of it, and the dates
    between it and the story's first paragraph."""
    if not start.titles:
        return passage
    verdicts = list(passage.verdicts)
    for index in start.titles:
        verdicts[index] = verdicts[index].revised(Label.TITLE, RULE, start.confidence)
    for index in range(start.titles[-1] + 1, start.text):
        words, text = passage.shapes[index].words, passage.blocks[index].text
        if verdicts[index].label in DROPPED and words <= DATE_LINE_WORDS and starts_with_date(text):
            verdicts[index] = verdicts[index].revised(Label.DATE, RULE, start.confidence)
    return Passage(passage.blocks, passage.shapes, verdicts)
