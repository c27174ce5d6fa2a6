"""Runs of dropped blocks, which are shown as one line: a real page begins with a hundred links of its site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby

from cleaners.data import Judged
from cleaners.explaining.wording import UNSURE_BELOW, side
from cleaners.words.display import counted

SHORTEST_RUN = 3
"""Dropped blocks in a row that are folded; one line in the place of two gains nothing."""


def dropped_runs(blocks: Sequence[Judged], boundaries: Collection[int] = ()) -> dict[int, int]:
    """Where runs of dropped blocks start, and the index behind each. None goes over a boundary between stories.

    Nothing is folded on a page of which no block is kept: all that is to be seen there is what was dropped.
    """
    if not any(side(judged.label) == "kept" for judged in blocks):
        return {}
    runs: dict[int, int] = {}
    story = 0

    def place(index: int) -> tuple[int, bool]:
        nonlocal story
        story += index in boundaries
        return story, side(blocks[index].label) == "dropped"

    for (_, is_dropped), group in groupby(range(len(blocks)), key=place):
        indexes = list(group)
        if is_dropped and len(indexes) >= SHORTEST_RUN:
            runs[indexes[0]] = indexes[-1] + 1
    return runs


def run_text(blocks: Sequence[Judged]) -> str:
    """A run in one line: how many blocks with which labels, how many words, and whether there is doubt.

    >>> from cleaners.data import Block, Label, Verdict
    >>> run_text([Judged(Block("Log in", 1), Verdict(Label.NAVIGATION, "made", 0.5))] * 3)
    '3 blocks dropped: navigation 3; 6 words, 3 unsure'
    """
    labels = ", ".join(
        f"{label} {count:,}" for label, count in Counter(judged.label for judged in blocks).most_common()
    )
    words = sum(len(judged.text.split()) for judged in blocks)
    unsure = sum(judged.verdict.confidence < UNSURE_BELOW for judged in blocks)
    doubt = f", {unsure:,} unsure" if unsure else ""
    return f"{counted(len(blocks), 'block')} dropped: {labels}; {counted(words, 'word')}{doubt}"
