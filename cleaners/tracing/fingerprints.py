"""Which articles are worth comparing: a few hashes of each text that texts with words in common share.

Passages are found by winnowing (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document
fingerprinting"): of every `WINDOW` hashes of ten words in a row the smallest is kept, so any twelve words that two
texts share give both the same fingerprint. But many articles share ten words and no more, a turn of phrase, and the
more there are the more often. So a fingerprint also says, in its last bits, which words stand around the ten: of twelve
words that two texts share, two more stand beside them in both. Short sentences, for which that does not hold, are
hashed whole. Near duplicates whose passages are broken up by small changes are found by MinHash with banding (Broder
1997; rensa's R-MinHash).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view
from rensa import RMinHash

from cleaners.tracing.folded_words import Hashes, Positions, text_key

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

AROUND = 24
"""The last bits of a fingerprint, which tell of the two words before its run and the two after, six bits each; zeros
where the text ends, and where the fingerprint is of no run. The bits before them are its key."""

_WORD_BITS = AROUND // 4
_SEED = 20260107
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BAND_SALT = np.uint64(0x9FB21C651E98DF25)

ALGORITHM = f"2 gram={GRAM} window={WINDOW} bands={BANDS}x{ROWS} rensa={RMinHash.ALGORITHM_VERSION}"
"""What an index was made with: fingerprints made otherwise do not meet."""


def grams(words: Hashes, length: int = GRAM) -> Hashes:
    """The hash of every run of `length` words, in order; none where the text is shorter."""
    count = max(len(words) - length + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        mixed = _mix((mixed ^ words[offset : offset + count]) * _MIX)
    return mixed


def text_fingerprints(words: Hashes, sentences: Sequence[tuple[int, int]]) -> Hashes:
    """All fingerprints of a text, each once and sorted: winnowed runs, whole short sentences, MinHash bands.

    Winnowing and MinHash keep small numbers; multiplied, they spread over the whole range.
    """
    hashes = grams(words)
    positions = winnow(hashes)
    short = [text_key(words[start:stop]) for start, stop in sentences if SENTENCE <= stop - start < PASSAGE]
    kept = np.concatenate([hashes[positions], np.array(short, dtype=np.int64).view(np.uint64), bands(words)]) * _MIX
    kept = keys(kept) << np.uint64(AROUND)
    kept[: len(positions)] |= _around(words, positions)
    return np.unique(kept)


def keys(fingerprints: Hashes) -> Hashes:
    """What fingerprints are found by: all of their bits but those that tell of the words around."""
    return fingerprints >> np.uint64(AROUND)


def may_be_passage(first: Hashes, second: Hashes) -> npt.NDArray[np.bool_]:
    """Whether two fingerprints with one key may be of a passage in common, for each two of many.

    They may if two of the words around are the same which make twelve in a row with the run: the two before it, one
    before and one after, or the two after.
    """
    different = first ^ second
    two = np.uint64((1 << 2 * _WORD_BITS) - 1)
    alike: npt.NDArray[np.bool_] = np.any(
        [different >> np.uint64(shift * _WORD_BITS) & two == 0 for shift in range(3)], axis=0
    )
    return alike


def winnow(hashes: Hashes, window: int = WINDOW) -> Positions:
    """The places of the smallest hash of every `window` in a row, the first of equal ones, in order and each once."""
    if len(hashes) <= window:
        return np.array([hashes.argmin()] if len(hashes) else [], dtype=np.int64)
    smallest = sliding_window_view(hashes, window).argmin(axis=1)
    return np.unique(smallest + np.arange(len(smallest)))


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


def _around(words: Hashes, positions: Positions) -> Hashes:
    """Of the runs of words at some places, the bits that tell of the words around; zeros where the text ends."""
    ends = np.zeros(PASSAGE - GRAM, dtype=np.uint64)
    bits = np.concatenate([ends, words * _MIX >> np.uint64(64 - _WORD_BITS), ends])
    around = np.zeros(len(positions), dtype=np.uint64)
    for offset in (0, 1, GRAM + 2, GRAM + 3):
        around = around << np.uint64(_WORD_BITS) | bits[positions + offset]
    return around


def _mix(hashes: Hashes) -> Hashes:
    return hashes ^ (hashes >> np.uint64(29))
