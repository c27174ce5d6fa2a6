"""Where on a page its words first and last stand, and what that says of the places between its paragraphs.

The words of a story run through it like threads. Where another story starts, most of them end: what the page opened
with is not taken up any more, and the headline is made of words that stand below it and not above. Counting the threads
that cross a place is the idea of lexical chains (Morris and Hirst, "Lexical Cohesion Computed by Thesaural Relations as
an Indicator of the Structure of Text", Computational Linguistics 17:1, 1991), here with repeated stems for chains.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from cleaners.stories.topic import STRETCH

NOTHING_TO_COMPARE = 0.5
"""The share if there is nothing to compare."""

NEAR = 12
"""Paragraphs on each side of a place among which words that several hold are looked for."""

FEW = 4
"""Paragraphs beside a join whose words are searched for on the whole other side of it."""

LEAD_WORDS = 80
"""Words at the beginning of a page, and at its end, that say what it is about there."""

OPENING = 2
"""Paragraphs below a headline that are expected to say again what it says."""

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Spread:
    """The words of a page's paragraphs: the indices of the first and the last paragraph that each stands in, and how
    many stand first, and last, in a paragraph before each index."""

    first: dict[str, int]
    last: dict[str, int]
    begun: list[int]
    ended: list[int]


def spread_of(paragraphs: Sequence[Words]) -> Spread:
    """Where the words of a page first and last stand.

    >>> spread_of([frozenset("a"), frozenset("ab")]).begun
    [0, 1, 2]
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for index in reversed(range(len(paragraphs))):
        first.update(dict.fromkeys(paragraphs[index], index))
    for index, words in enumerate(paragraphs):
        last.update(dict.fromkeys(words, index))
    end = len(paragraphs)
    return Spread(first, last, _counted(first.values(), end), _counted(last.values(), end))


def _counted(indices: Iterable[int], end: int) -> list[int]:
    """How many of the indices are below each number up to `end`."""
    counts = Counter(indices)
    return [0, *accumulate(counts[index] for index in range(end))]


def carried_over(paragraphs: Sequence[Words], spread: Spread) -> tuple[list[float], list[float]]:
    """For each place between two paragraphs: the share of what the few paragraphs below it hold that stood anywhere
    above, and of what the few above it hold that stands anywhere below."""
    end, begun, ended = len(paragraphs), spread.begun, spread.ended
    few = [len(set().union(*paragraphs[max(0, start) : start + FEW])) for start in range(1 - FEW, end)]
    down, up = [], []
    for index in range(1, end):
        held, fresh = few[index + FEW - 1], begun[min(index + FEW, end)] - begun[index]
        down.append(_share(held - fresh, held))
        held, fresh = few[index - 1], ended[index] - ended[max(0, index - FEW)]
        up.append(_share(held - fresh, held))
    return down, up


def repeated_carried_over(paragraphs: Sequence[Words], spread: Spread) -> tuple[list[float], list[float]]:
    """The same for what several of the `NEAR` paragraphs below a place hold, and of those above it: the words that a
    passage is about. A word counts as often as it is held.

    >>> page = [frozenset("a"), frozenset("ab"), frozenset("bc"), frozenset("bc")]
    >>> repeated_carried_over(page, spread_of(page))
    ([0.0, 0.5, 0.5], [0.5, 0.0, 0.5])
    """
    end = len(paragraphs)
    down: list[float] = []
    up: list[float] = []
    for start in range(1, end, STRETCH):
        index = np.arange(start, min(start + STRETCH, end))
        low, high = max(0, start - NEAR), min(end, start + STRETCH + NEAR)
        words, total = _counted_up(paragraphs[low:high])
        first, last = (np.array([ends[word] for word in words], int) for ends in (spread.first, spread.last))
        here = total[index - low]
        down += _shares(total[np.minimum(index + NEAR, high) - low] - here, first < index[:, None])
        up += _shares(here - total[np.maximum(index - NEAR, low) - low], last >= index[:, None])
    return down, up


def _counted_up(paragraphs: Sequence[Words]) -> tuple[list[str], NDArray[np.int32]]:
    """The words that several paragraphs hold, and how many of the paragraphs before each index hold each of them:
    (paragraphs + 1, words)."""
    counts = Counter(chain.from_iterable(paragraphs))
    column = {word: number for number, word in enumerate(word for word, count in counts.items() if count > 1)}
    held = np.zeros((len(paragraphs) + 1, len(column)), np.int32)
    for row, words in enumerate(paragraphs, 1):
        held[row, [column[word] for word in words if word in column]] = 1
    return list(column), held.cumsum(0, dtype=np.int32)


def _shares(counts: NDArray[np.int32], known: NDArray[np.bool_]) -> list[float]:
    """The share of the counts above one, a row a place, that is of known words."""
    counts = np.where(counts > 1, counts, 0)
    whole = counts.sum(1)
    shares = np.divide((counts * known).sum(1), whole, out=np.full(len(whole), NOTHING_TO_COMPARE), where=whole > 0)
    found: list[float] = shares.tolist()
    return found


def chains(spread: Spread) -> list[float]:
    """For each place between two paragraphs, how many of the words that stand in several paragraphs cross it, as a
    share of those on both sides (their geometric mean).

    >>> chains(spread_of([frozenset("ab"), frozenset("ab"), frozenset("ab"), frozenset("c")]))
    [1.0, 1.0, 0.5]
    """
    repeated = [(index, spread.last[word]) for word, index in spread.first.items() if spread.last[word] > index]
    end = len(spread.begun) - 1
    begun = _counted((index for index, _ in repeated), end)
    ended = _counted((index for _, index in repeated), end)
    return [
        _share(begun[index] - ended[index], (begun[index] * (len(repeated) - ended[index])) ** 0.5)
        for index in range(1, end)
    ]


def ends_carried_over(
    paragraphs: Sequence[Words], sizes: Sequence[int], headline: Words, spread: Spread
) -> tuple[list[float], list[float]]:
    """For each place between two paragraphs: the share of what the page opens with that stands below it, and of what
    the page ends with that stood above. `sizes` are the paragraphs' words, `headline` are those of the page's own."""
    lead = headline.union(*paragraphs[: _reach(sizes)])
    tail = frozenset[str]().union(*paragraphs[len(paragraphs) - _reach(sizes[::-1]) :])
    last = sorted(spread.last.get(word, -1) for word in lead)
    first = sorted(spread.first[word] for word in tail)
    places = range(1, len(paragraphs))
    kept = [_share(len(last) - bisect_left(last, index), len(last)) for index in places]
    return kept, [_share(bisect_left(first, index), len(first)) for index in places]


def _reach(sizes: Sequence[int]) -> int:
    """How many of the first paragraphs reach LEAD_WORDS."""
    return min(len(sizes), 1 + sum(words < LEAD_WORDS for words in accumulate(sizes)))


def titles_found(
    titles: Sequence[Words], paragraphs: Sequence[Words], spread: Spread
) -> tuple[list[float], list[float], list[float]]:
    """For the headline at each place between two paragraphs, the shares of its words that stand anywhere above,
    anywhere below, and in the first paragraphs below."""
    first, last, end = spread.first, spread.last, len(paragraphs)
    above, below, opening = [], [], []
    for index, title in enumerate(titles, 1):
        few = title.intersection(chain(*paragraphs[index : index + OPENING])) if title else title
        above.append(_share(len([word for word in title if first.get(word, end) < index]), len(title)))
        below.append(_share(len([word for word in title if last.get(word, -1) >= index]), len(title)))
        opening.append(_share(len(few), len(title)))
    return above, below, opening


def _share(part: float, whole: float) -> float:
    return part / whole if whole else NOTHING_TO_COMPARE
