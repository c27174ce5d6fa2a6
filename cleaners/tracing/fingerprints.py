"""Which articles are worth comparing: a few hashes of each text that texts with words in common share.

Passages are found by winnowing (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document
fingerprinting"): of every `WINDOW` hashes of ten words in a row the smallest is kept, so any twelve words that two
texts share give both the same fingerprint. Runs of six words would give half as many, but a million articles share so
many turns of six words that each would be compared with hundreds in vain. Short sentences, for which that does not
hold, are hashed whole. Near duplicates whose passages are broken up by small changes are found by MinHash with banding
(Broder 1997; rensa's R-MinHash).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from rensa import RMinHash

from cleaners.tracing.folding import Hashes

GRAM = 10
"""Words in a row that are hashed together."""

PASSAGE = 12
"""Words from which on a passage is reported."""

SENTENCE = 8
"""Words from which on a whole sentence is reported."""

WINDOW = PASSAGE - GRAM + 1

SHINGLE = 3
"""Words in a row that make an element of the set that MinHash compares."""

BANDS, ROWS = 16, 4
"""Two texts with resemblance J share a band with probability 1 - (1 - J**ROWS)**BANDS: 0.89 at 0.6, 0.99 at 0.7."""

_SEED = 20260107
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SENTENCE_SALT, _BAND_SALT = np.uint64(0xA24BAED4963EE407), np.uint64(0x9FB21C651E98DF25)

ALGORITHM = f"1 gram={GRAM} window={WINDOW} bands={BANDS}x{ROWS} rensa={RMinHash.ALGORITHM_VERSION}"
"""What an index was made with: fingerprints made otherwise do not meet."""


def grams(words: Hashes, length: int = GRAM) -> Hashes:
    """The hash of every run of `length` words, in order; none where the text is shorter."""
    count = max(len(words) - length + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        mixed = _mix((mixed ^ words[offset : offset + count]) * _MIX)
    return mixed


def fingerprints(words: Hashes, sentences: Sequence[tuple[int, int]]) -> Hashes:
    """All fingerprints of a text, each once and sorted: winnowed runs, whole short sentences, MinHash bands.

    Winnowing and MinHash keep small numbers; multiplied, they spread over the whole range.
    """
    short = [_whole(words[start:stop]) for start, stop in sentences if SENTENCE <= stop - start < PASSAGE]
    kept = np.concatenate([winnow(grams(words)), np.array(short, dtype=np.uint64), bands(words)])
    return np.unique(kept * _MIX)


def winnow(hashes: Hashes, window: int = WINDOW) -> Hashes:
    """The smallest hash of every `window` in a row, in order, repetitions left out where windows overlap."""
    if len(hashes) <= window:
        return hashes.min(keepdims=True) if len(hashes) else hashes
    smallest = sliding_window_view(hashes, window).min(axis=1)
    kept: Hashes = smallest[np.concatenate([[True], smallest[1:] != smallest[:-1]])]
    return kept


def bands(words: Hashes) -> Hashes:
    """One hash per band of the text's MinHash signature; none where the text has fewer words than a shingle."""
    shingles = np.unique(grams(words, SHINGLE))
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
    """The share of the shingles of both texts together that stand in each of them (Jaccard), 0 to 1."""
    one, other = np.unique(grams(first, SHINGLE)), np.unique(grams(second, SHINGLE))
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / max(len(one) + len(other) - common, 1)


def _whole(words: Hashes) -> np.uint64:
    whole: np.uint64 = grams(words, len(words))[0] ^ _SENTENCE_SALT
    return whole


def _mix(hashes: Hashes) -> Hashes:
    return hashes ^ (hashes >> np.uint64(29))
