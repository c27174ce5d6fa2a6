"""Which blocks of a page make up its annotated text: training labels by an alignment that keeps the order.

A bag of words would take a teaser that repeats a sentence of the story for a part of it. Here each block proposes the
spans of the annotated text that it could be, and the heaviest chain of proposals in the order of both sides is chosen.
What remains on both sides is matched once more regardless of order, for annotations that move a passage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bench.metrics import words

SHINGLE = 3
"""Words of the runs by which the spans of a block are found in the annotated text."""

MOST_PROPOSALS = 24
"""Most proposals of a block: enough for a phrase that recurs, and a bound for one that recurs on every line."""

LEAST_AGREEMENT = 0.5
"""Share of its words from which on a block belongs to the annotated text."""

MOVED_WORDS = 5
"""Least words of a block that is matched out of order."""


class Proposal(NamedTuple):
    """A span of the annotated text, `[start, stop)` in words, that a block could be, and the words that agree."""

    block: int
    start: int
    stop: int
    agreeing: int


class Gold:
    """An annotated text, indexed by its runs of words, with a mark on every word that is assigned to a block."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.edges = {0}
        for line in text.splitlines():
            self.words += words(line)
            self.edges.add(len(self.words))
        self.taken = [False] * len(self.words)
        self._starts: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for size in range(1, SHINGLE + 1):
            for start in range(len(self.words) - size + 1):
                self._starts[tuple(self.words[start : start + size])].append(start)

    def proposals(self, block: list[str], number: int) -> list[Proposal]:
        """The spans that a block could be, most frequent offset first; a short block must be whole lines."""
        size = min(SHINGLE, len(block))
        offsets = Counter(
            start - at
            for at in range(len(block) - size + 1)
            for start in self._starts.get(tuple(block[at : at + size]), ())[:MOST_PROPOSALS]
        )
        found = [self._proposal(block, number, offset) for offset, _ in offsets.most_common(MOST_PROPOSALS)]
        return [p for p in found if p.agreeing >= LEAST_AGREEMENT * len(block) and self._fits(p)]

    def _proposal(self, block: list[str], number: int, offset: int) -> Proposal:
        start, stop = max(0, offset), min(len(self.words), offset + len(block))
        free = Counter(w for w, taken in zip(self.words[start:stop], self.taken[start:stop], strict=True) if not taken)
        return Proposal(number, start, stop, (free & Counter(block)).total())

    def _fits(self, p: Proposal) -> bool:
        return p.stop - p.start > SHINGLE or (p.start in self.edges and p.stop in self.edges)


def agreement(blocks: Sequence[list[str]], text: str, trust: Sequence[float]) -> list[float]:
    """For each block, the share of its words that belong to the annotated text (0 to 1).

    `blocks` are lists of words, `trust` their weights: of two blocks with the same text, the one with the higher weight
    is chosen, such as the story before a link to it.

    >>> agreement([["home"], ["it", "rained", "today"]], "It rained today.", [1.0, 1.0])
    [0.0, 1.0]
    """
    gold, shares = Gold(text), [0.0] * len(blocks)
    proposals = [gold.proposals(block, number) if block else [] for number, block in enumerate(blocks)]
    _settle(_heaviest_chain(proposals, trust), blocks, gold, shares)
    left = [
        p
        for number, block in enumerate(blocks)
        if shares[number] < LEAST_AGREEMENT and len(block) >= MOVED_WORDS
        for p in gold.proposals(block, number)
    ]
    _settle(sorted(left, key=lambda p: -p.agreeing * trust[p.block]), blocks, gold, shares)
    return shares


def _settle(chosen: list[Proposal], blocks: Sequence[list[str]], gold: Gold, shares: list[float]) -> None:
    """Assign its words to each chosen block, unless another block has them already."""
    for p in chosen:
        again = gold._proposal(blocks[p.block], p.block, p.start)
        if shares[p.block] or again.agreeing < LEAST_AGREEMENT * len(blocks[p.block]):
            continue
        shares[p.block] = again.agreeing / len(blocks[p.block])
        gold.taken[again.start : again.stop] = [True] * (again.stop - again.start)


class _Chain(NamedTuple):
    """A proposal, and the chain that it continues."""

    last: Proposal
    before: _Chain | None


def _heaviest_chain(proposals: Sequence[list[Proposal]], trust: Sequence[float]) -> list[Proposal]:
    """The proposals with the most agreeing words, at most one a block, in the order of both the page and the text.

    For each word of the text where a chain ends, the heaviest chain that ends there or before is kept. Ends and weights
    both increase, so the best chain to continue is found by bisection.
    """
    ends, weights = [0], [0.0]
    chains: list[_Chain | None] = [None]
    for number, candidates in enumerate(proposals):
        grown = []
        for p in candidates:
            at = bisect_left(ends, p.start + 1) - 1
            grown.append((p.stop, weights[at] + p.agreeing * trust[number], _Chain(p, chains[at])))
        for end, weight, chain in grown:
            at = bisect_left(ends, end)
            at = at if at < len(ends) and ends[at] == end else at - 1
            if weights[at] >= weight:
                continue
            at += ends[at] < end
            last = at
            while last < len(ends) and weights[last] <= weight:
                last += 1
            ends[at:last], weights[at:last], chains[at:last] = [end], [weight], [chain]
    chosen: list[Proposal] = []
    link = chains[-1]
    while link is not None:
        chosen.append(link.last)
        link = link.before
    return chosen[::-1]
