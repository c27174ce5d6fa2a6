"""Pages on which the scorer drops some blocks, for rules that revise its verdicts."""

from __future__ import annotations

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Label, Verdict
from cleaners.label.neighbours import NeighbourRule, revise
from cleaners.label.passage import Passage
from cleaners.words.shapes import shape

TEXT = "The council met on Monday evening and decided, after a long debate, to repair the old bridge."
KEPT = Verdict(Label.BODY, "scorer", 0.9)
UNSURE = Verdict(Label.NAVIGATION, "scorer", 0.3)


def passage_of(html: str, drops: str, verdict: Verdict = UNSURE) -> Passage:
    """A page on which the scorer drops the blocks that hold one of these words."""
    blocks = html_blocks(parse(html))
    dropped = [any(word in block.text for word in drops.split()) for block in blocks]
    return Passage(blocks, [shape(block.text) for block in blocks], [verdict if drop else KEPT for drop in dropped])


def kept(rule: NeighbourRule, passage: Passage) -> list[str]:
    verdicts = revise(passage, [rule]).verdicts
    pairs = zip(passage.blocks, verdicts, strict=True)
    return [block.text for block, verdict in pairs if verdict.label is Label.BODY and block.text != TEXT]
