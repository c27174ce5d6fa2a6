"""Fingerprints of many articles as sorted arrays, and the pairs of articles that meet in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaners.tracing.fingerprints import keys, may_be_passage
from cleaners.tracing.folded_words import Hashes, Positions

FOLLOWED = 8
"""Postings to which a key is followed. What stands in more articles (a newsletter box, a legal notice) is followed to
those that were seen first, or ten thousand near duplicates would make fifty million pairs."""

Postings = npt.NDArray[np.void]
POSTING = np.dtype([("hash", "<u8"), ("article", "<u4")])
"""A fingerprint and the number of the article it is from."""


class Candidates(NamedTuple):
    """What some new articles bring: pairs (later, earlier), each once, and the postings that are worth keeping."""

    pairs: list[tuple[int, int]]
    kept: Postings


def sorted_postings(hashes: Sequence[Hashes], articles: Sequence[int]) -> Postings:
    """The fingerprints of some articles as one sorted array."""
    rows = np.empty(sum(map(len, hashes)), dtype=POSTING)
    rows["hash"] = np.concatenate(hashes) if hashes else []
    rows["article"] = np.repeat(np.array(articles, dtype=np.uint32), [len(each) for each in hashes])
    return merged([rows])


def merged(parts: Sequence[Postings]) -> Postings:
    """Postings of several arrays as one, sorted by key and then by article.

    In each array those of one key are sorted already, and no article is numbered lower than in the one before.
    """
    rows = np.concatenate([*parts, np.empty(0, dtype=POSTING)])
    return rows[np.argsort(keys(rows["hash"]), kind="stable")]


def matching(rows: Postings, wanted: Hashes) -> Postings:
    """The postings, among sorted ones, of some keys, which are sorted too and each there once."""
    own = keys(rows["hash"])
    low, high = np.searchsorted(own, wanted, side="left"), np.searchsorted(own, wanted, side="right")
    low, counts = low[high > low], (high - low)[high > low]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    found: Postings = rows[np.repeat(low, counts) + within]
    return found


def find_candidates(known: Postings, fresh: Postings) -> Candidates:
    """Pair new articles with the first ones that have a fingerprint with a key of theirs, if it may be of a passage.

    `known` are all postings of earlier articles with a key of `fresh`. Articles are numbered from 1, every one in
    `fresh` higher than those in `known`. Postings beyond the first `FOLLOWED` of a key would never be followed: they
    are not kept.
    """
    rows = merged([known, fresh])
    is_new = rows["article"] > known["article"].max(initial=0)
    first = _first_positions(keys(rows["hash"]))
    ranks = np.arange(len(rows)) - first
    later = (np.flatnonzero(is_new & (ranks > rank)) for rank in range(FOLLOWED))
    pairs = [_paired(rows[positions], rows[first[positions] + rank]) for rank, positions in enumerate(later)]
    paired = np.unique(np.concatenate(pairs))
    both = zip((paired >> 32).tolist(), (paired & 0xFFFFFFFF).tolist(), strict=True)
    return Candidates(list(both), rows[is_new & (ranks < FOLLOWED)])


def _first_positions(ordered: Hashes) -> Positions:
    """For each of some sorted numbers where the run of the same number starts."""
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])
    return np.repeat(starts, np.diff(np.append(starts, len(ordered))))


def _paired(later: Postings, earlier: Postings) -> Positions:
    """The articles of postings that may be of one passage, each two as one number: the later's, then 32 bits."""
    alike = may_be_passage(later["hash"], earlier["hash"]) & (later["article"] != earlier["article"])
    return np.unique(later["article"][alike].astype(np.int64) << 32 | earlier["article"][alike])
