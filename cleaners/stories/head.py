"""The first lines of an appended story, which the labels of the whole page call chrome or subheadings."""

from __future__ import annotations

from cleaners.data import DROPPED, FIELDS, Label
from cleaners.label.passage import Passage
from cleaners.label.rules import judge
from cleaners.label.signed_lines import DATE_LINE_WORDS, starts_with_date
from cleaners.stories.split import Start
from cleaners.words.bylines import find_byline

RULE = "story-head"
"""The rule in the audit for a headline or a date that the story below it identifies."""


def with_head(passage: Passage, start: Start) -> Passage:
    """The passage with the headline of the story that starts there as a title, each printing of it, and the bylines
    and dates between it and the story's first paragraph."""
    if not start.titles:
        return passage
    verdicts = list(passage.verdicts)
    for index in start.titles:
        verdicts[index] = verdicts[index].revised(Label.TITLE, RULE, start.confidence)
    for index in range(start.titles[-1] + 1, start.text):
        form, text = passage.shapes[index], passage.blocks[index].text
        if verdicts[index].label in FIELDS or form.words > DATE_LINE_WORDS:
            continue
        if verdicts[index].label not in DROPPED and form.ends_sentence:
            continue
        if (rule := judge(text, form)) and rule.label is Label.BYLINE:
            verdicts[index] = verdicts[index].revised(Label.BYLINE, rule.rule, rule.confidence)
        elif find_byline(text):
            verdicts[index] = verdicts[index].revised(Label.BYLINE, RULE, start.confidence)
        elif starts_with_date(text):
            verdicts[index] = verdicts[index].revised(Label.DATE, RULE, start.confidence)
    return Passage(passage.blocks, passage.shapes, verdicts)
