"""First verdicts on a text page: by rules on one block, and by the learned scorer where no rule decides."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.data import KEPT, Block, Label, Verdict
from cleaners.label.passage import DOUBTED, OPEN, Passage, read_passage
from cleaners.label.text_scorer import TextNetwork, score_text
from cleaners.words.shapes import with_end_mark

OPEN_SHARE = 0.35
"""Share of lines without a rule's decision at or above which the scorer is used: the dump of a whole page is mostly
menus and teasers, that of a story has hardly any. (The scorer takes longer than all rules together.)"""

WHOLE_PAGE = 100
"""Lines at or above which a dump counts as that of a whole page, whatever its lines look like."""


def text_passage(blocks: Sequence[Block], network: TextNetwork) -> Passage:
    """The lines of a dump with their first verdicts."""
    guessed = read_passage(blocks)
    opened = sum(guess.confidence < OPEN for guess in guessed.verdicts)
    if len(blocks) < WHOLE_PAGE and opened < OPEN_SHARE * len(blocks):
        return guessed
    texts = [with_end_mark(block.text) for block in blocks]
    scores = score_text(texts, network, [block.before for block in blocks])
    return Passage(guessed.blocks, guessed.shapes, list(map(settle, guessed.verdicts, scores)))


SURE = 0.7
"""Probability at or above which the scorer keeps a line that does not look like a sentence."""


def settle(guess: Verdict, score: Verdict) -> Verdict:
    """One verdict from the line by itself (`guess`) and from the scorer, which also sees its neighbours.

    A rule's verdict stays. A line that looks like a sentence is dropped if the scorer drops it, another line is kept if
    the scorer is sure of it. All others stay open: a rule on neighbours may still find that the line is a headline or
    a standfirst; if none does, a doubted line is dropped.
    """
    if "/" in guess.rule:
        return guess
    if guess.confidence >= OPEN:
        return guess if score.label in KEPT else guess.revised(Label.NAVIGATION, score.rule, score.confidence)
    if score.label in KEPT and score.confidence >= SURE:
        return guess.revised(score.label, score.rule, score.confidence)
    return guess if score.label in KEPT else guess.revised(guess.label, DOUBTED, guess.confidence)
