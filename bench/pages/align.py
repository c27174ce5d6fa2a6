"""Which blocks of a page make up its annotated text: training labels by alignment in order.

A bag of words would call a teaser that repeats a sentence of the story a part of it. Here each block proposes the
stretches of the annotated text that it could be, and the heaviest chain of proposals that keeps the order of both
sides wins. What is left over on both sides is matched once more, regardless of order, for pages whose annotation
moves a passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

WORD = re.compile(r"\w+")
SHINGLE = 3
"""Words in a row by which a block finds its place in the annotated text."""

PLACES = 24
"""Proposals a block may make: enough for a phrase that recurs, and a bound for one that recurs on every line."""

LEAST_AGREEMENT = 0.5
MOVED_WORDS = 5
"""Words a block must have to be matched out of order."""


class Proposal(NamedTuple):
    """A stretch of the annotated text, `[start, stop)` in words, that a block could be, and the words that agree."""

    block: int
    start: int
    stop: int
    agreeing: int


def words(text: str) -> list[str]:
    """The words of a text as the field's word F1 counts them: lower-cased runs of `\\\\w`."""
    return WORD.findall(text.lower())


class Gold:
    """An annotated text, indexed by its shingles, with a mark on every word that a block has been found for."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.edges = {0}
        for line in text.splitlines():
            self.words += words(line)
            self.edges.add(len(self.words))
        self.taken = [False] * len(self.words)
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for size in range(1, SHINGLE + 1):
            for place in range(len(self.words) - size + 1):
                self._places[tuple(self.words[place : place + size])].append(place)

    def proposals(self, block: list[str], number: int) -> list[Proposal]:
        """The stretches that a block could be, best agreement first; a short block must be whole lines."""
        size = min(SHINGLE, len(block))
        offsets = Counter(
            place - at
            for at in range(len(block) - size + 1)
            for place in self._places.get(tuple(block[at : at + size]), ())[:PLACES]
        )
        found = [self._proposal(block, number, offset) for offset, _ in offsets.most_common(PLACES)]
        return [p for p in found if p.agreeing >= LEAST_AGREEMENT * len(block) and self._fits(p)]

    def _proposal(self, block: list[str], number: int, offset: int) -> Proposal:
        start, stop = max(0, offset), min(len(self.words), offset + len(block))
        free = Counter(w for w, taken in zip(self.words[start:stop], self.taken[start:stop], strict=True) if not taken)
        return Proposal(number, start, stop, (free & Counter(block)).total())

    def _fits(self, p: Proposal) -> bool:
        return p.stop - p.start > SHINGLE or (p.start in self.edges and p.stop in self.edges)


def agreement(blocks: Sequence[list[str]], text: str, trust: Sequence[float]) -> list[float]:
    """For each block, the share of its words that belong to the annotated text (0 to 1).

    `trust` weighs the blocks against each other where two of them say the same: a link to the story says less than
    the story.
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
    """Gives each chosen block its words, unless another one has taken them already."""
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
    """The proposals that agree in most words, one a block at most, in the order of both the page and the text.

    By the word of the text where a chain ends, the heaviest chain that ends there or before is held; ends and weights
    rise together, so the best chain to continue is found by bisection.
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
