"""First verdicts on a text page: rules on one block, and the learned scorer for what they leave open."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.data import KEPT, Block, Label, Verdict
from cleaners.label.passage import DOUBTED, OPEN, Passage, read_passage
from cleaners.label.text_scorer import TextNetwork, score_text

OPEN_SHARE = 0.35
"""Share of lines that the rules leave open, from which on the scorer is asked: the dump of a whole page is mostly
menus and teasers, that of a story hardly any. (The scorer takes longer than all rules together.)"""

WHOLE_PAGE = 100
"""Lines from which on a dump is taken for that of a whole page, whatever they look like."""


def text_passage(blocks: Sequence[Block], network: TextNetwork) -> Passage:
    """The lines of a dump with their first verdicts."""
    guessed = read_passage(blocks)
    opened = sum(guess.confidence < OPEN for guess in guessed.verdicts)
    if len(blocks) < WHOLE_PAGE and opened < OPEN_SHARE * len(blocks):
        return guessed
    scores = score_text([block.text for block in blocks], network, [block.before for block in blocks])
    return Passage(guessed.blocks, guessed.shapes, list(map(settle, guessed.verdicts, scores)))


SURE = 0.7
"""Probability from which on the scorer keeps a line that does not look like a sentence."""


def settle(guess: Verdict, score: Verdict) -> Verdict:
    """One verdict from what a line looks like by itself and what the scorer makes of it among its neighbours.

    A rule's word stands. A line that looks like a sentence is dropped where the scorer drops it, one that does not is
    kept where the scorer is sure of it. Else it stays open for the rules on neighbours, which may find a headline or a
    standfirst in it, but doubted: it needs one of them to be more than chrome.
    """
    if "/" in guess.rule:
        return guess
    if guess.confidence >= OPEN:
        return guess if score.label in KEPT else guess.revised(Label.NAVIGATION, score.rule, score.confidence)
    if score.label in KEPT and score.confidence >= SURE:
        return guess.revised(score.label, score.rule, score.confidence)
    return guess if score.label in KEPT else guess.revised(guess.label, DOUBTED, guess.confidence)
