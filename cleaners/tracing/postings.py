"""Fingerprints of many articles as sorted arrays, and the pairs of articles that meet in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaners.tracing.fingerprints import found_by, may_be_passage
from cleaners.tracing.folding import Hashes, Positions

FOLLOWED = 8
"""Articles to which a fingerprint is followed. What stands in more of them (a newsletter box, a legal notice) is
followed to those that were seen first, or ten thousand near duplicates would make fifty million pairs."""

Postings = npt.NDArray[np.void]
POSTING = np.dtype([("hash", "<u8"), ("article", "<u4")])
"""A fingerprint and the number of the article it is from."""


class Met(NamedTuple):
    """What some new articles bring: pairs (later, earlier), each once, and the postings that are worth keeping."""

    pairs: list[tuple[int, int]]
    kept: Postings


def postings(hashes: Sequence[Hashes], articles: Sequence[int]) -> Postings:
    """The fingerprints of some articles as one sorted array."""
    rows = np.empty(sum(map(len, hashes)), dtype=POSTING)
    rows["hash"] = np.concatenate(hashes) if hashes else []
    rows["article"] = np.repeat(np.array(articles, dtype=np.uint32), [len(each) for each in hashes])
    return merged([rows])


def merged(parts: Sequence[Postings]) -> Postings:
    """Postings of several arrays as one, sorted by fingerprint and then by article.

    In each array those of one fingerprint are sorted already, and no article is numbered lower than in the one before.
    """
    rows = np.concatenate([*parts, np.empty(0, dtype=POSTING)])
    return rows[np.argsort(found_by(rows["hash"]), kind="stable")]


def matching(rows: Postings, wanted: Hashes) -> Postings:
    """The postings, among sorted ones, found by some bits, which are sorted too and each there once."""
    keys = found_by(rows["hash"])
    low, high = np.searchsorted(keys, wanted, side="left"), np.searchsorted(keys, wanted, side="right")
    low, counts = low[high > low], (high - low)[high > low]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    found: Postings = rows[np.repeat(low, counts) + within]
    return found


def meet(known: Postings, fresh: Postings) -> Met:
    """Pair new articles with the first ones that have a fingerprint of theirs, where that may be of a passage.

    `known` are all postings of earlier articles that are found by a fingerprint of `fresh`; every number in `fresh` is
    higher than those in `known`. Postings beyond the first `FOLLOWED` of a fingerprint would never be followed: they
    are not kept.
    """
    rows = merged([known, fresh])
    is_new = rows["article"] > (known["article"].max() if len(known) else -1)
    first = _first_places(found_by(rows["hash"]))
    ranks = np.arange(len(rows)) - first
    later = [np.flatnonzero(is_new & (ranks > rank)) for rank in range(FOLLOWED)]
    pairs = [_paired(rows[places], rows[first[places] + rank]) for rank, places in enumerate(later)]
    paired = np.unique(np.concatenate(pairs))
    both = zip((paired >> 32).tolist(), (paired & 0xFFFFFFFF).tolist(), strict=True)
    return Met(list(both), rows[is_new & (ranks < FOLLOWED)])


def _first_places(keys: Hashes) -> Positions:
    """For each of some sorted numbers where the run of the same number starts."""
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
    return np.repeat(starts, np.diff(np.append(starts, len(keys))))


def _paired(later: Postings, earlier: Postings) -> Positions:
    """The articles of postings that may be of one passage, each two as one number: the later's, then 32 bits."""
    alike = may_be_passage(later["hash"], earlier["hash"]) & (later["article"] != earlier["article"])
    return np.unique(later["article"][alike].astype(np.int64) << 32 | earlier["article"][alike])
