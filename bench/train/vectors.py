"""Makes the vectors of stems, which show how similar two passages are in meaning: `vectors.npz`.

Stems that occur in the same passages get similar vectors, by latent semantic analysis of the pages of the corpora (see
`cleaners.stories.semantics`). The decomposition starts from a fixed seed, so that the same corpora give the same
vectors. `train-stems` must be run before and `train-joins` afterwards.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from bench.pages.corpora import ARTICLES, MULTILINGUAL, NEWS, OTHERS
from bench.pages.story_sources import half_of
from bench.train.options import add_output_argument, written
from bench.train.stems import Text, corpus_texts
from bench.train.weights import write_arrays
from cleaners.models import Arrays, shipped_models
from cleaners.stories.semantics import StemVectors
from cleaners.stories.topic import stems

TEXTS = (NEWS, ARTICLES, MULTILINGUAL, OTHERS)
"""Pages that are not articles are used too: without them, one page in a hundred more gets a wrong number of stories."""

STEM_VECTORS = "vectors.npz"

DIMENSIONS = 48
"""Numbers of a vector."""

PASSAGE_WORDS = 250
"""Least words of a passage. Whole articles, and passages of 80 words, separated stories less well."""

SITES = 2
"""Least number of sites that a stem must occur on."""

ROUNDS = 12
"""Rounds of subspace iteration."""

BATCH = 1000
"""Passages that are held as dense rows at a time, some 100 MB."""

Floats = NDArray[np.float32]

StemCounts = Counter[str]
"""The stems of a passage, each with the number of paragraphs that contain it."""


def table_of(texts: Iterable[Text], common: frozenset[str]) -> Arrays:
    """The table as `StemVectors.from_arrays` reads it: `stems`, one a line, and their `vectors`, (stems, DIMENSIONS) in
    half precision. The stems in `common` are left out.

    In the decomposition all passages have the same weight and stems are weighted by their inverse document frequency,
    as in the vectors. The singular values are left out: they only say which topics are frequent.
    """
    passages, sites = [], defaultdict(set)
    for text in texts:
        for passage in passages_of(text.text, common):
            passages.append(passage)
            for stem in passage:
                sites[stem].add(text.site)
    counts = Counter(stem for passage in passages for stem in passage)
    vocabulary = sorted(stem for stem, of_stem in sites.items() if len(of_stem) >= SITES)
    rarity = {stem: (index, log(len(passages) / counts[stem])) for index, stem in enumerate(vocabulary)}
    directions = strongest([_row(passage, rarity) for passage in passages], len(vocabulary))
    vectors = directions * np.array([[rare] for _, rare in rarity.values()], np.float32)
    return {"stems": np.frombuffer("\n".join(vocabulary).encode(), np.uint8), "vectors": vectors.astype(np.float16)}


def passages_of(text: str, common: frozenset[str]) -> Iterator[StemCounts]:
    """Split an article into passages of whole paragraphs."""
    passage, words = StemCounts(), 0
    for paragraph in text.splitlines():
        passage.update(stems(paragraph, common))
        words += len(paragraph.split())
        if words >= PASSAGE_WORDS:
            yield passage
            passage, words = StemCounts(), 0
    if passage:
        yield passage


def _row(passage: StemCounts, rarity: dict[str, tuple[int, float]]) -> dict[int, float]:
    """The weight of each stem of the vocabulary in a passage, by the stem's index; their squares sum to 1."""
    own = {}
    for stem in sorted(passage.keys() & rarity.keys()):
        index, rare = rarity[stem]
        own[index] = (1 + log(passage[stem])) * rare
    length = sqrt(sum(weight * weight for weight in own.values())) or 1.0
    return {index: weight / length for index, weight in own.items()}


def strongest(rows: Sequence[dict[int, float]], width: int) -> Floats:
    """The DIMENSIONS strongest directions of a matrix of sparse rows, (width, DIMENSIONS): an orthonormal basis of the
    space that its first right singular vectors span, by subspace iteration."""
    basis = np.random.default_rng(0).normal(size=(width, DIMENSIONS)).astype(np.float32)
    for _ in range(ROUNDS):
        basis, _ = np.linalg.qr(sum(batch.T @ (batch @ basis) for batch in _dense(rows, width)))
    return basis


def _dense(rows: Sequence[dict[int, float]], width: int) -> Iterator[Floats]:
    """The rows as dense batches."""
    for start in range(0, len(rows), BATCH):
        batch = np.zeros((min(BATCH, len(rows) - start), width), np.float32)
        for values, row in zip(batch, rows[start : start + BATCH], strict=True):
            values[[*row]] = [*row.values()]
        yield batch


def unseen_vectors(half: int) -> StemVectors:
    """The vectors from the other half of the sites, for measuring pages of this half."""
    texts = (text for text in corpus_texts(TEXTS) if half_of(text.site) != half)
    return StemVectors.from_arrays(table_of(texts, shipped_models().stories.common_stems))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_output_argument(parser)


def run(options: argparse.Namespace) -> Iterator[str]:
    """Write the vectors."""
    table = table_of(corpus_texts(TEXTS), shipped_models().stories.common_stems)
    path = options.out / STEM_VECTORS
    write_arrays(path, table)
    yield written(path, f"{len(table['vectors']):,} stems")
