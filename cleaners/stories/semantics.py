"""How near in meaning two passages are that need not share a word.

A report on a match goes on about goals and coaches, one on a vote about ministers and bills. Which stems keep company
is learned from pages by latent semantic analysis (Deerwester et al., "Indexing by Latent Semantic Analysis", Journal of
the American Society for Information Science 41:6, 1990): each stem has a vector, and that of a passage is the sum of
those of its paragraphs. `python -m bench.stem_vectors` makes the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class StemVectors(NamedTuple):
    """A row of `vectors`, (rows, dimensions), for each stem. The last row, of zeros, is for any other stem."""

    rows: dict[str, int]
    vectors: Floats

    def of(self, paragraphs: Sequence[frozenset[str]]) -> Floats:
        """The vector of each paragraph, (paragraphs, dimensions), of which the length is the root of the sum's: a long
        paragraph says more of what a passage is about, but not by its length alone."""
        unknown = len(self.rows)
        found = [[self.rows.get(stem, unknown) for stem in stems] or [unknown] for stems in paragraphs]
        starts = np.cumsum([0, *map(len, found[:-1])])
        sums: Floats = np.add.reduceat(self.vectors.take([*chain.from_iterable(found)], axis=0), starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        vectors: Floats = sums / np.sqrt(np.maximum(lengths, SMALLEST))
        return vectors


SMALLEST = 1e-6
"""Stands for the length of a vector of zeros."""


def nearness(paragraphs: Sequence[frozenset[str]], spans: Sequence[tuple[int, int]]) -> list[float]:
    """The cosine of the passages on both sides of each place between two paragraphs, -1 to 1; 0 where one of them has
    no stem that is known.

    `paragraphs` are sets of stems. For each place `spans` holds the first paragraph of the passage above it and the one
    after the passage below it, as `topic.spans` gives them.
    """
    if not spans:
        return []
    so_far = np.cumsum(stem_vectors().of(paragraphs), axis=0)
    so_far = np.concatenate([np.zeros_like(so_far[:1]), so_far])
    first, after = np.array(spans).T
    here = so_far[1:-1]
    above, below = here - so_far[first], so_far[after] - here
    most = np.linalg.norm(above, axis=1) * np.linalg.norm(below, axis=1)
    found: list[float] = ((above * below).sum(axis=1) / np.maximum(most, SMALLEST)).tolist()
    return found


def read(table: IO[bytes]) -> StemVectors:
    """A table as `bench.stem_vectors` writes it."""
    with np.load(table) as stored:
        stems = stored["stems"].tobytes().decode().split("\n")
        vectors = stored["vectors"].astype(np.float32)
    return StemVectors(
        {stem: row for row, stem in enumerate(stems)}, np.concatenate([vectors, np.zeros_like(vectors[:1])])
    )


@cache
def stem_vectors() -> StemVectors:
    """The table that ships."""
    with (files("cleaners.stories") / "stem_vectors.npz").open("rb") as table:
        return read(table)
