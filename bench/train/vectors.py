"""Makes the table of what stems mean: `python -m bench.train.vectors` writes cleaners/weights/vectors.npz.

Stems mean alike that keep company alike, in passages of the pages of the corpora: latent semantic analysis (see
`cleaners.stories.semantics`), by a decomposition that starts from a fixed seed, so that the same corpora give the
same table. The weights of `bench.train.joins` are fitted with it.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from bench import paths
from bench.pages.corpora import ARTICLES, MULTILINGUAL, NEWS, OTHERS, MissingCorpusError
from bench.pages.story_sources import half_of
from bench.train.stems import Text, corpus_texts
from bench.train.weights import write_arrays
from cleaners.models import Arrays, shipped_models
from cleaners.stories.semantics import StemVectors
from cleaners.stories.topic import stems

TEXTS = (NEWS, ARTICLES, MULTILINGUAL, OTHERS)
"""What is no article tells what stems mean too: to leave it out costs a page in a hundred its number of stories."""

STEM_VECTORS = paths.WEIGHTS / "vectors.npz"

DIMENSIONS = 48
PASSAGE_WORDS = 250
"""Words of a passage. Whole articles in their place, and passages of 80 words, told stories apart less well."""

SITES = 2
"""Sites that a stem must stand on, at least."""

ROUNDS = 12
"""Of subspace iteration."""

BATCH = 1000
"""Passages that are held as full rows at a time: some 100 MB."""

Floats = NDArray[np.float32]

StemCounts = Counter[str]
"""The stems of a passage, each with the number of paragraphs that hold it."""


def table_of(texts: Iterable[Text], common: frozenset[str]) -> Arrays:
    """The table as `StemVectors.from_arrays` reads it: `stems`, one a line, and their `vectors`, (stems, DIMENSIONS) in
    half precision. The stems in `common` are left out.

    In the decomposition passages weigh alike and stems by their inverse document frequency, as they do afterwards in
    the vectors; how strong a direction is says what is often written about, and is left out.
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
    """The passages that an article falls into, of whole paragraphs."""
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
    """The weight of each stem of the vocabulary in a passage, by the stem's place; their squares sum to 1."""
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
    """The rows, as many at a time as memory holds well."""
    for start in range(0, len(rows), BATCH):
        batch = np.zeros((min(BATCH, len(rows) - start), width), np.float32)
        for values, row in zip(batch, rows[start : start + BATCH], strict=True):
            values[[*row]] = [*row.values()]
        yield batch


def unseen_vectors(half: int) -> StemVectors:
    """The vectors that the other half of the sites gives, to measure pages of this half with."""
    texts = (text for text in corpus_texts(TEXTS) if half_of(text.site) != half)
    return StemVectors.from_arrays(table_of(texts, shipped_models().stories.common_stems))


def main() -> int:
    """Writes the table. Corpora that are not there are said in one line."""
    try:
        table = table_of(corpus_texts(TEXTS), shipped_models().stories.common_stems)
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    write_arrays(STEM_VECTORS, table)
    print(f"{STEM_VECTORS.name}: {len(table['vectors'])} stems")
    return 0


if __name__ == "__main__":
    sys.exit(main())
