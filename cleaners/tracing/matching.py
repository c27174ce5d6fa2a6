"""Finds the passages that two texts have in common, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from cleaners.tracing.fingerprints import PASSAGE_WORDS, SENTENCE_WORDS, grams, resemblance
from cleaners.tracing.folded_words import FoldedWords, Hashes, Lengths, Positions, fold_words, lengths, sentence_starts

_SEED = 6
"""Words in a row that start a common run. Shorter runs are not found."""

_TRIED = 8
"""Where a run of words stands often in the other text, how many of its positions are tried."""

_STRIDE = 64
"""Words that are compared in the first step; each further step doubles them."""

NEAR_SHARE = 0.5
"""Two texts are near duplicates if their common runs cover this share of the longer text."""

NEAR_RESEMBLANCE = 0.6
"""Two texts are also near duplicates from this resemblance on, where small changes leave no long passage whole."""

_WORTH_COMPARING = 0.2
"""Below this share of common runs the resemblance is not computed. At a resemblance of 0.6 three of four shingles of
three words are the same in both texts; if all common runs were shorter than six words, it would be two of four."""


class Match(NamedTuple):
    """A run of words that stands in two texts: its position in each and its length, all in words."""

    first: int
    second: int
    words: int


@dataclass(frozen=True)
class PreparedText:
    """A text prepared for comparison: its folded words, and its runs of six words in sorted order.

    Facts that few comparisons need are computed when they are first asked for.
    """

    text: str
    folded: FoldedWords
    grams: Hashes
    order: Positions

    @property
    def words(self) -> Hashes:
        """The hashes of its words."""
        return self.folded.hashes

    @cached_property
    def lengths(self) -> Lengths:
        """The length of the text up to each word; characters that count as words of their own count less."""
        return lengths(self.text, self.folded)

    @cached_property
    def sentences(self) -> Positions:
        """The positions of the words at which its sentences start."""
        return sentence_starts(self.text, self.folded)


def prepare(text: str) -> PreparedText:
    """A text prepared for comparison with others."""
    folded = fold_words(text)
    runs = grams(folded.hashes, _SEED)
    return PreparedText(text, folded, runs, np.argsort(runs, kind="stable"))


def common_runs(first: PreparedText, second: PreparedText) -> list[Match]:
    """The longest common run at each position of the first text, from left to right, none shorter than six words.

    Two runs overlap by less than a passage. The time is linear in the words of the first text, times the logarithm of
    those of the second.

    >>> one, other = prepare("so the bridge will be open on Monday then"), prepare("The bridge will be open on Monday!")
    >>> common_runs(one, other)
    [Match(first=1, second=0, words=7)]
    """
    return list(_runs(first, second))


def passages(runs: Iterable[Match], first: PreparedText, second: PreparedText) -> list[Match]:
    """The common runs that are reported: of twelve words, or of eight words that hold a whole sentence of eight words.

    In scripts without spaces characters are counted as fractions of words.
    """
    return [run for run in runs if _is_passage(run, first, second)]


def near(runs: Iterable[Match], first: PreparedText, second: PreparedText) -> bool:
    """Whether one text is an edited copy of the other, judged by their common runs or their resemblance.

    >>> one, other = prepare("the bridge will be open on Monday"), prepare("The bridge will be open on Tuesday")
    >>> near(common_runs(one, other), one, other)
    True
    """
    most = max(len(first.words), len(second.words))
    words = min(covered((run.first, run.words) for run in runs), most)
    if words >= NEAR_SHARE * most:
        return True
    return words >= _WORTH_COMPARING * most and resemblance(first.words, second.words) >= NEAR_RESEMBLANCE


def covered(runs: Iterable[tuple[int, int]]) -> int:
    """How many words stand in at least one of the runs, each given as the position of its first word and its length.

    >>> covered([(0, 5), (3, 4), (20, 1)])
    8
    """
    total, done = 0, 0
    for start, words in sorted(runs):
        total += max(start + words - max(start, done), 0)
        done = max(done, start + words)
    return total


def _runs(first: PreparedText, second: PreparedText) -> Iterable[Match]:
    ordered = second.grams[second.order]
    low = np.searchsorted(ordered, first.grams, side="left")
    high = np.searchsorted(ordered, first.grams, side="right")
    done = 0
    for position in np.flatnonzero(high > low).tolist():
        if position <= done - PASSAGE_WORDS:
            continue
        tried = second.order[low[position] : min(high[position], low[position] + _TRIED)].tolist()
        words, start = max((_common(first.words[position:], second.words[start:]), -start) for start in tried)
        if words >= _SEED and position + words > done:
            yield Match(position, -start, words)
            done = position + words


def _common(first: Hashes, second: Hashes) -> int:
    """How many words two texts have in common from their starts on."""
    limit, same, stride = min(len(first), len(second)), 0, _STRIDE
    while same < limit:
        stop = min(same + stride, limit)
        different = first[same:stop] != second[same:stop]
        if different.any():
            return same + int(different.argmax())
        same, stride = stop, 2 * stride
    return limit


def _is_passage(match: Match, first: PreparedText, second: PreparedText) -> bool:
    if match.words < SENTENCE_WORDS:
        return False
    length = first.lengths[match.first + match.words] - first.lengths[match.first]
    if length >= PASSAGE_WORDS:
        return True
    return bool(length >= SENTENCE_WORDS) and (
        _holds_sentence(first, match.first, match.words) or _holds_sentence(second, match.second, match.words)
    )


def _holds_sentence(text: PreparedText, start: int, words: int) -> bool:
    """Whether a run holds a whole sentence of eight words or more."""
    starts = text.sentences
    inside = starts[np.searchsorted(starts, start) : np.searchsorted(starts, start + words, side="right")]
    return bool((np.diff(text.lengths[inside]) >= SENTENCE_WORDS).any())
