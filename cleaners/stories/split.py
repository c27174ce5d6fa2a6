"""A page's joins weighed: which of them start a story, and how sure that is."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

from cleaners.data import DROPPED, Block, Judged, Label, Story, Verdict
from cleaners.stories.joins import joins
from cleaners.stories.model import model

STORY_WORDS = 40
"""Words of body text that a story has at least, for a split before or after it to be believed."""


class Start(NamedTuple):
    """The place of the block with which a story starts, and the probability that one does (1 for the page's own)."""

    place: int
    confidence: float


def split(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[Start]:
    """Where the stories of a page start: always at 0, and where an appended one begins, in reading order.

    The surest joins are taken first. One that would leave less than `STORY_WORDS` of a story between itself and one
    that is taken, or an end of the page, is passed over.
    """
    found = joins(blocks, verdicts)
    if not found:
        return [Start(0, 1.0)]
    weights = model("html" if blocks[0].surroundings else "text")
    chances = weights.probabilities([join.features for join in found])
    starts = [Start(0, 1.0)]
    edges = [0, found[-1].end]
    for chance, join in sorted(zip(chances, found, strict=True), key=lambda pair: -pair[0]):
        if chance < weights.threshold:
            break
        place = bisect_left(edges, join.words)
        if min(join.words - edges[place - 1], edges[min(place, len(edges) - 1)] - join.words) >= STORY_WORDS:
            insort(edges, join.words)
            insort(starts, Start(join.start, round(chance, 3)))
    return starts


def assign(blocks: Sequence[Block], verdicts: Sequence[Verdict], starts: Sequence[Start]) -> list[Judged]:
    """Every block with its verdict and its story. What a page puts below its last story belongs to the page's own."""
    judged: list[Judged] = []
    stops = [*(place for place, _ in starts[1:]), len(blocks)]
    for index, ((start, confidence), stop) in enumerate(zip(starts, stops, strict=True)):
        own = [place for place in range(start, stop) if verdicts[place].label not in DROPPED]
        end = own[-1] if own else start - 1
        for place in range(start, stop):
            story, sure = (index, confidence) if place <= end else (0, 1.0)
            judged.append(Judged(blocks[place], verdicts[place], story, sure))
    return judged


def stories(judged: Sequence[Judged]) -> list[Story]:
    """The stories of a page, the page's own first."""
    count = 1 + max((block.story for block in judged), default=0)
    return [Story(index, tuple(block for block in judged if block.story == index)) for index in range(count)]
