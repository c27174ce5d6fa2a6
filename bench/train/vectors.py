"""Makes the table of what stems mean: `python -m bench.train.vectors` writes cleaners/weights/vectors.npz.

Stems mean alike that keep company alike, in passages of the pages of the corpora: latent semantic analysis (see
`cleaners.stories.semantics`), by a decomposition that starts from a fixed seed, so that the same corpora give the
same table. The weights of `bench.train.joins` are fitted with it.
"""

from __future__ import annotations

import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import log, sqrt
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bench import paths
from bench.pages.corpora import ARTICLES, MULTILINGUAL, NEWS, OTHERS, MissingCorpusError
from bench.pages.story_materials import half_of
from bench.train.stems import Text, corpus_texts
from cleaners.stories import semantics
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

Passage = Counter[str]
"""The stems of a passage, each with the number of paragraphs that hold it."""


def table_of(texts: Iterable[Text]) -> bytes:
    """The table as a file: `stems`, one a line, and their `vectors`, (stems, DIMENSIONS).

    In the decomposition passages weigh alike and stems by their inverse document frequency, as they do afterwards in
    the vectors; how strong a direction is says what is often written about, and is left out.
    """
    passages, sites = [], defaultdict(set)
    for text in texts:
        for passage in passages_of(text.text):
            passages.append(passage)
            for stem in passage:
                sites[stem].add(text.site)
    counts = Counter(stem for passage in passages for stem in passage)
    vocabulary = sorted(stem for stem, of_stem in sites.items() if len(of_stem) >= SITES)
    rarity = {stem: (place, log(len(passages) / counts[stem])) for place, stem in enumerate(vocabulary)}
    directions = strongest([_row(passage, rarity) for passage in passages], len(vocabulary))
    return packed(vocabulary, directions * np.array([[rare] for _, rare in rarity.values()], np.float32))


def passages_of(text: str) -> Iterator[Passage]:
    """The passages that an article falls into, of whole paragraphs."""
    passage, words = Passage(), 0
    for paragraph in text.splitlines():
        passage.update(stems(paragraph))
        words += len(paragraph.split())
        if words >= PASSAGE_WORDS:
            yield passage
            passage, words = Passage(), 0
    if passage:
        yield passage


def _row(passage: Passage, rarity: dict[str, tuple[int, float]]) -> dict[int, float]:
    """The weight of each stem of the vocabulary in a passage, by the stem's place; their squares sum to 1."""
    own = {}
    for stem in sorted(passage.keys() & rarity.keys()):
        place, rare = rarity[stem]
        own[place] = (1 + log(passage[stem])) * rare
    length = sqrt(sum(weight * weight for weight in own.values())) or 1.0
    return {place: weight / length for place, weight in own.items()}


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


def packed(stems_of_rows: Iterable[str], vectors: Floats) -> bytes:
    """Stems and their vectors as `cleaners.stories.semantics` reads them, in half precision."""
    file = io.BytesIO()
    lines = np.frombuffer("\n".join(stems_of_rows).encode(), np.uint8)
    np.savez_compressed(file, stems=lines, vectors=vectors.astype(np.float16))
    return file.getvalue()


@contextmanager
def unseen(half: int) -> Iterator[None]:
    """While this lasts the cleaners know of meaning what the other half of the sites tells, so that pages of this half
    are measured with a table that has seen none of them."""
    texts = (text for text in corpus_texts(TEXTS) if half_of(text.site) != half)
    known = semantics.read(io.BytesIO(table_of(texts)))
    with patch.object(semantics, "stem_vectors", lambda: known):
        yield


def main() -> int:
    """Writes the table. Corpora that are not there are said in one line."""
    try:
        STEM_VECTORS.write_bytes(table_of(corpus_texts(TEXTS)))
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{STEM_VECTORS.name}: {len(semantics.read(io.BytesIO(STEM_VECTORS.read_bytes())).rows)} stems")
    return 0


if __name__ == "__main__":
    sys.exit(main())
