"""The passages that two texts have in common, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from cleaners.tracing.fingerprints import PASSAGE, SENTENCE, grams, resemblance
from cleaners.tracing.folded_words import FoldedWords, Hashes, Lengths, Positions, fold_words, lengths, sentence_starts

_SEED = 6
"""Words in a row by which common runs are looked for."""

_TRIED = 8
"""Places of the other text at which a run of words that stands there often is tried."""

_STRIDE = 64
"""Words that are compared at once, at first."""

NEAR = 0.5
"""The share of the words of each of two texts that stands in the other, from which on they are near duplicates."""

NEAR_RESEMBLANCE = 0.6
"""The resemblance from which on they are, though small changes leave no long passage whole."""


_WORTH_COMPARING = 0.2
"""Texts of that resemblance have more than this in common runs: one of 0.6 keeps three of four shingles of three words,
and where all runs are shorter than six words, two of four are lost."""


class Match(NamedTuple):
    """A run of words that stands in two texts: where in each, and how long, all in words."""

    first: int
    second: int
    words: int


@dataclass(frozen=True)
class PreparedText:
    """A text made ready to be compared: its folded words, and its runs of six words in sorted order.

    What few comparisons ask for is found when one does.
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
        """How long it is up to each word, where a character that is counted as a word counts less."""
        return lengths(self.text, self.folded)

    @cached_property
    def sentences(self) -> Positions:
        """The words at which its sentences start."""
        return sentence_starts(self.text, self.folded)


def prepare(text: str) -> PreparedText:
    """A text made ready to be compared with others."""
    folded = fold_words(text)
    runs = grams(folded.hashes, _SEED)
    return PreparedText(text, folded, runs, np.argsort(runs, kind="stable"))


def common_runs(first: PreparedText, second: PreparedText) -> list[Match]:
    """The longest common run at each place of the first text, from left to right, none shorter than six words.

    Two of them overlap by less than a passage: one that starts earlier in another is told from there on. Time is linear
    in the first text's words times the logarithm of the second's.
    """
    return list(_runs(first, second))


def passages(runs: Iterable[Match], first: PreparedText, second: PreparedText) -> list[Match]:
    """The common runs worth telling: of twelve words or more, and of eight or more that hold a whole sentence of eight.

    In scripts without spaces they are as much longer as words have more than one character.
    """
    return [run for run in runs if _is_passage(run, first, second)]


def near(runs: Iterable[Match], first: PreparedText, second: PreparedText) -> bool:
    """Whether one text is an edited copy of the other, by the runs that they share or by their resemblance."""
    most = max(len(first.words), len(second.words))
    words = min(covered((run.first, run.words) for run in runs), most)
    if words >= NEAR * most:
        return True
    return words >= _WORTH_COMPARING * most and resemblance(first.words, second.words) >= NEAR_RESEMBLANCE


def covered(runs: Iterable[tuple[int, int]]) -> int:
    """How many words stand in at least one of the runs, each given as its first word and its length."""
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
        if position <= done - PASSAGE:
            continue
        tried = second.order[low[position] : min(high[position], low[position] + _TRIED)].tolist()
        words, start = max((_common(first.words[position:], second.words[start:]), -start) for start in tried)
        if words >= _SEED and position + words > done:
            yield Match(position, -start, words)
            done = position + words


def _common(first: Hashes, second: Hashes) -> int:
    """How many words two texts have in common from their starts on. What is looked at at once doubles."""
    limit, same, stride = min(len(first), len(second)), 0, _STRIDE
    while same < limit:
        stop = min(same + stride, limit)
        different = first[same:stop] != second[same:stop]
        if different.any():
            return same + int(different.argmax())
        same, stride = stop, 2 * stride
    return limit


def _is_passage(match: Match, first: PreparedText, second: PreparedText) -> bool:
    if match.words < SENTENCE:
        return False
    length = first.lengths[match.first + match.words] - first.lengths[match.first]
    if length >= PASSAGE:
        return True
    return bool(length >= SENTENCE) and (
        _holds_sentence(first, match.first, match.words) or _holds_sentence(second, match.second, match.words)
    )


def _holds_sentence(text: PreparedText, start: int, words: int) -> bool:
    """Whether a run holds a whole sentence of eight words or more."""
    starts = text.sentences
    inside = starts[np.searchsorted(starts, start) : np.searchsorted(starts, start + words, side="right")]
    return bool((np.diff(text.lengths[inside]) >= SENTENCE).any())
