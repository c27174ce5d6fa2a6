"""A page's joins weighed: which of them start a story, and how sure that is."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

from cleaners.data import DROPPED, Block, Judged, Story, Verdict
from cleaners.stories.joins import Join, joins, kind_of
from cleaners.stories.model import Model, model
from cleaners.words.shape import Shape

STORY_WORDS = 40
"""Words of body text that a story has at least, for a split before or after it to be believed."""


class Start(NamedTuple):
    """The place of the block with which a story starts, the probability that one does (1 for the page's own), the
    places of its headline, one for each printing, and that of its first paragraph."""

    place: int
    confidence: float = 1.0
    titles: tuple[int, ...] = ()
    text: int = 0


def split(blocks: Sequence[Block], verdicts: Sequence[Verdict], shapes: Sequence[Shape] | None = None) -> list[Start]:
    """Where the stories of a page start: always at 0, and where an appended one begins, in reading order."""
    found = joins(blocks, verdicts, shapes)
    if not found:
        return [Start(0)]
    weights = model(kind_of(blocks))
    chances = chances_of(found, weights)
    appended = ((found[place], chances[place]) for place in taken(found, chances, weights.threshold))
    return [Start(0), *(Start(join.start, round(chance, 3), join.titles, join.gap.stop) for join, chance in appended)]


def chances_of(found: Sequence[Join], weights: Model) -> list[float]:
    """The probability of each join that a story starts there: the network's, or FORM where that shows it,
    and none where the page's own story begins."""
    chances = weights.probabilities([join.features for join in found])
    return [
        0.0 if join.opens_page else max(chance, FORM) if _by_form(join) else chance
        for chance, join in zip(chances, found, strict=True)
    ]


FORM = 0.9
"""Probability of a start where what stands around it has the form of agency copy."""

NEW_TOPIC = 0.25
"""Share of the words below a place that stand above it, up to which the topic is a new one."""


def _by_form(join: Join) -> bool:
    """Below the line that names a story's contributors, a dateline or another topic opens the next one."""
    seen = join.features
    return bool(seen["contributors"]) and (bool(seen["dateline"]) or seen["words_known"] < NEW_TOPIC)


def taken(found: Sequence[Join], chances: Sequence[float], threshold: float) -> list[int]:
    """Which joins start a story, in reading order: the surest are taken first, and one that would leave less than
    `STORY_WORDS` between itself and one that is taken, or an end of the page, is passed over."""
    edges = [0, found[0].end]
    places = []
    for place in sorted(range(len(found)), key=lambda place: -chances[place]):
        words = found[place].words
        if chances[place] < threshold:
            break
        after = bisect_left(edges, words)
        if after and words - edges[after - 1] >= STORY_WORDS and edges[after] - words >= STORY_WORDS:
            insort(edges, words)
            places.append(place)
    return sorted(places)


def assign(blocks: Sequence[Block], verdicts: Sequence[Verdict], starts: Sequence[Start]) -> list[Judged]:
    """Every block with its verdict and its story. What a page puts below its last story belongs to the page's own."""
    judged: list[Judged] = []
    for index, (own_start, stop) in enumerate(zip(starts, stops(starts, len(blocks)), strict=True)):
        start = own_start.place
        own = [place for place in range(start, stop) if verdicts[place].label not in DROPPED]
        end = own[-1] if own else start - 1
        for place in range(start, stop):
            story, sure = (index, own_start.confidence) if place <= end else (0, 1.0)
            judged.append(Judged(blocks[place], verdicts[place], story, sure))
    return judged


def stops(starts: Sequence[Start], end: int) -> list[int]:
    """Where each story ends: where the next one starts."""
    return [*(start.place for start in starts[1:]), end]


def stories(judged: Sequence[Judged]) -> list[Story]:
    """The stories of a page, the page's own first."""
    count = 1 + max((block.story for block in judged), default=0)
    return [Story(index, tuple(block for block in judged if block.story == index)) for index in range(count)]
