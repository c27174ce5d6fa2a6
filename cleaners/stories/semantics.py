"""How near in meaning two passages are, even if they share no word.

A report on a match mentions goals and coaches, one on a vote ministers and bills. Which stems occur together is
learned from pages by latent semantic analysis (Deerwester et al., "Indexing by Latent Semantic Analysis", Journal of
the American Society for Information Science 41:6, 1990): each stem has a vector, and that of a passage is the sum of
those of its paragraphs. `python -m bench train-vectors` makes the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaners.stories.topic import spans, stretches

Floats = NDArray[np.float32]


class StemVectors(NamedTuple):
    """A row of `vectors`, (rows, dimensions), for each stem. The last row, of zeros, is for any other stem."""

    rows: dict[str, int]
    vectors: Floats

    def of(self, paragraphs: Sequence[frozenset[str]]) -> Floats:
        """The vector of each paragraph, (paragraphs, dimensions). Its length is the root of that of the sum of its
        stems, so that a long paragraph counts more, but not in proportion to its length."""
        row, unknown = self.rows.get, len(self.rows)
        # Sorted, since a sum of floats depends on the order, and that of a set differs from run to run.
        found = [sorted([row(stem, unknown) for stem in stems]) or [unknown] for stems in paragraphs]
        starts = np.cumsum([0, *map(len, found[:-1])])
        sums: Floats = np.add.reduceat(self.vectors.take([*chain.from_iterable(found)], axis=0), starts, axis=0)
        squares = np.einsum("ij,ij->i", sums, sums)[:, None]
        vectors: Floats = sums / np.maximum(squares, SMALLEST) ** 0.25
        return vectors

    def share(self, paragraphs: Sequence[frozenset[str]]) -> float:
        """The share of the stems of all paragraphs that have a vector."""
        count = sum(map(len, paragraphs))
        return sum(stem in self.rows for stems in paragraphs for stem in stems) / count if count else 0.0

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> StemVectors:
        """The table that `bench train-vectors` makes: `stems` as UTF-8 bytes, one a line, and their `vectors`."""
        stems = arrays["stems"].tobytes().decode().split("\n")
        vectors = arrays["vectors"].astype(np.float32)
        if len(stems) != len(vectors):
            raise ValueError("stems and vectors differ in number")
        rows = {stem: row for row, stem in enumerate(stems)}
        return cls(rows, np.concatenate([vectors, np.zeros_like(vectors[:1])]))


KNOWN_SHARE = 0.5
"""Share of a page's stems that must have a vector. Of annotated articles in English and German all have more, of those
in Polish, Russian, Greek, Chinese and Japanese none."""

SMALLEST = 1e-12
"""Stands for the square of the length of a vector of zeros."""


def nearness(
    paragraphs: Sequence[frozenset[str]], sizes: Sequence[int], windows: Sequence[int], known: StemVectors
) -> list[list[float]]:
    """For each window and each join, the cosine of the passages on both sides, -1 to 1; 0 if one of them has no stem in
    `known`.

    `paragraphs` are sets of stems, `sizes` their words. There is one value fewer than there are paragraphs. All are 0
    on a page of which `known` holds too few stems: the few names that it knows in a Russian story say nothing.
    """
    if known.share(paragraphs) < KNOWN_SHARE:
        return [[0.0] * (len(paragraphs) - 1) for _ in windows]
    passages = [spans(sizes, window) for window in windows]
    found: list[list[float]] = [[] for _ in windows]
    for indices, low, high in stretches(passages):
        vectors = known.of(paragraphs[low:high])
        above = np.concatenate([np.zeros_like(vectors[:1]), np.cumsum(vectors, axis=0)])
        here = above[indices.start + 1 - low : indices.stop + 1 - low]
        for figures, own in zip(found, passages, strict=True):
            first, after = np.array(own[indices.start : indices.stop]).T - low
            figures += _cosines(here - above[first], above[after] - here)
    return found


def _cosines(some: Floats, others: Floats) -> list[float]:
    """The cosine of each row of some vectors with the same row of others."""
    squares = np.einsum("ij,ij->i", some, some) * np.einsum("ij,ij->i", others, others)
    cosines: list[float] = (np.einsum("ij,ij->i", some, others) / np.sqrt(np.maximum(squares, SMALLEST))).tolist()
    return cosines
