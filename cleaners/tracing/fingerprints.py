"""Selects the articles worth comparing: texts with words in common share some of a few hashes.

- **Passages** are found by winnowing (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document
  fingerprinting"). Of every `WINNOW_WINDOW` hashes of ten words in a row the smallest is kept, so any twelve words that
  two texts share give both the same fingerprint.
- **Common phrases** would make far too many pairs: many articles share ten words and no more. So the last bits of a
  fingerprint describe the two words before and after its ten. Of twelve words that two texts share, two of these four
  are the same in both.
- **Short sentences** have fewer than twelve words and are hashed whole.
- **Near duplicates** whose passages are broken up by small changes are found by MinHash with banding (Broder 1997, in
  rensa's variant R-MinHash).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view
from rensa import RMinHash

from cleaners.tracing.folded_words import Hashes, Positions, text_key

GRAM_WORDS = 10
"""Words in a row that are hashed together."""

PASSAGE_WORDS = 12
"""The fewest words of a reported passage."""

SENTENCE_WORDS = 8
"""The fewest words of a shared whole sentence that is reported, though it is shorter than a passage."""

WINNOW_WINDOW = PASSAGE_WORDS - GRAM_WORDS + 1
"""Hashes in a row of which one is kept: twelve words hold three runs of ten, so two texts keep the same one."""

SHINGLE_WORDS = 3
"""Words in a row that make one element of the set that MinHash compares."""

BANDS, ROWS = 16, 4
"""Two texts with resemblance J share a band with probability 1 - (1 - J**ROWS)**BANDS: 0.89 at 0.6, 0.99 at 0.7."""

CONTEXT_BITS = 24
"""The last bits of a fingerprint: six for each of the two words before its run and the two after it. They are zero
where the text ends, and for bands and sentences. The bits before them are the key of the fingerprint."""

_WORD_BITS = CONTEXT_BITS // 4
_SEED = 20260107  # any constant serves; another one would make existing indexes unusable
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BAND_SALT = np.uint64(0x9FB21C651E98DF25)

ALGORITHM = f"2 gram={GRAM_WORDS} window={WINNOW_WINDOW} bands={BANDS}x{ROWS} rensa={RMinHash.ALGORITHM_VERSION}"
"""How the fingerprints of an index were computed. An index that was made otherwise is refused: nothing would match."""


def grams(words: Hashes, length: int = GRAM_WORDS) -> Hashes:
    """The hash of every run of `length` words, in order; empty where the text is shorter.

    >>> len(grams(np.arange(12, dtype=np.uint64), 10))
    3
    """
    count = max(len(words) - length + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        mixed = _mix((mixed ^ words[offset : offset + count]) * _MIX)
    return mixed


def text_fingerprints(words: Hashes, sentences: Sequence[tuple[int, int]]) -> Hashes:
    """All fingerprints of a text, each once and sorted: winnowed runs, whole short sentences, MinHash bands.

    `words` are the hashes of the words, `sentences` the ranges of words that are sentences. Winnowing and MinHash keep
    small hashes; a multiplication spreads them over the whole range again.
    """
    hashes = grams(words)
    positions = winnow(hashes)
    short = [text_key(words[start:stop]) for start, stop in sentences if SENTENCE_WORDS <= stop - start < PASSAGE_WORDS]
    kept = np.concatenate([hashes[positions], np.array(short, dtype=np.int64).view(np.uint64), bands(words)]) * _MIX
    kept = keys(kept) << np.uint64(CONTEXT_BITS)
    kept[: len(positions)] |= _context_bits(words, positions)
    return np.unique(kept)


def keys(fingerprints: Hashes) -> Hashes:
    """The keys of fingerprints, by which they are looked up: all bits but those of the words around.

    >>> keys(np.array([5 << CONTEXT_BITS | 77], dtype=np.uint64)).tolist()
    [5]
    """
    return fingerprints >> np.uint64(CONTEXT_BITS)


def may_be_passage(first: Hashes, second: Hashes) -> npt.NDArray[np.bool_]:
    """For each pair of fingerprints with the same key, whether the two texts may share a whole passage there.

    They may if the run has two more words in common that make it twelve in a row: the two before it, one before and one
    after it, or the two after it.
    """
    different = first ^ second
    two = np.uint64((1 << 2 * _WORD_BITS) - 1)
    alike: npt.NDArray[np.bool_] = np.any(
        [different >> np.uint64(shift * _WORD_BITS) & two == 0 for shift in range(3)], axis=0
    )
    return alike


def winnow(hashes: Hashes, window: int = WINNOW_WINDOW) -> Positions:
    """The positions of the smallest hash of every `window` in a row, in order and each once; of equal ones the first.

    >>> winnow(np.array([5, 3, 4, 9, 8], dtype=np.uint64), window=3).tolist()
    [1, 2]
    """
    if len(hashes) <= window:
        return np.array([hashes.argmin()] if len(hashes) else [], dtype=np.int64)
    smallest = sliding_window_view(hashes, window).argmin(axis=1)
    return np.unique(smallest + np.arange(len(smallest)))


def bands(words: Hashes) -> Hashes:
    """One hash per band of the text's MinHash signature; empty where the text has fewer words than a shingle."""
    shingles = np.unique(grams(words, SHINGLE_WORDS))
    if not len(shingles):
        return shingles
    ends = np.array([0, len(shingles)], dtype=np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(shingles, ends, BANDS * ROWS, _SEED)
    signature = np.array(matrix.to_rows()[0], dtype=np.uint64).reshape(BANDS, ROWS)
    banded = _BAND_SALT ^ np.arange(BANDS, dtype=np.uint64)
    for row in range(ROWS):
        banded = _mix((banded ^ signature[:, row]) * _MIX)
    return banded


def resemblance(first: Hashes, second: Hashes) -> float:
    """The Jaccard similarity of the two texts' sets of shingles, from 0 to 1.

    >>> words = np.arange(10, dtype=np.uint64)
    >>> resemblance(words, words), resemblance(words, words + np.uint64(100))
    (1.0, 0.0)
    """
    one, other = np.unique(grams(first, SHINGLE_WORDS)), np.unique(grams(second, SHINGLE_WORDS))
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / max(len(one) + len(other) - common, 1)


def _context_bits(words: Hashes, positions: Positions) -> Hashes:
    """The bits that describe the words around each run of words; zero where the text ends."""
    ends = np.zeros(PASSAGE_WORDS - GRAM_WORDS, dtype=np.uint64)
    bits = np.concatenate([ends, words * _MIX >> np.uint64(64 - _WORD_BITS), ends])
    context = np.zeros(len(positions), dtype=np.uint64)
    for offset in (0, 1, GRAM_WORDS + 2, GRAM_WORDS + 3):
        context = context << np.uint64(_WORD_BITS) | bits[positions + offset]
    return context


def _mix(hashes: Hashes) -> Hashes:
    return hashes ^ (hashes >> np.uint64(29))
