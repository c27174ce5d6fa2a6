"""Fingerprints of many articles as sorted arrays, and the pairs of articles that share one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaners.tracing.fingerprints import keys, may_be_passage
from cleaners.tracing.folded_words import Hashes, Positions

MAX_FOLLOWED = 8
"""With how many earlier articles a key pairs a new one. Text that stands in more articles (a newsletter box, a legal
notice) pairs with those seen first; otherwise ten thousand near duplicates would make fifty million pairs."""

Postings = npt.NDArray[np.void]
POSTING = np.dtype([("hash", "<u8"), ("article", "<u4")])
"""A fingerprint and the number of its article."""


class Candidates(NamedTuple):
    """The pairs (later, earlier) of articles to compare, each once, and the new postings that are worth keeping."""

    pairs: list[tuple[int, int]]
    kept: Postings


def sorted_postings(hashes: Sequence[Hashes], articles: Sequence[int]) -> Postings:
    """The fingerprints of some articles as one sorted array.

    >>> sorted_postings([np.array([9, 3], dtype=np.uint64)], [1])["article"].tolist()
    [1, 1]
    """
    rows = np.empty(sum(map(len, hashes)), dtype=POSTING)
    rows["hash"] = np.concatenate(hashes) if hashes else []
    rows["article"] = np.repeat(np.array(articles, dtype=np.uint32), [len(each) for each in hashes])
    return merged([rows])


def merged(parts: Sequence[Postings]) -> Postings:
    """Postings of several arrays as one array, sorted by key and then by article.

    Within each array, postings of one key must be sorted by article; no array may hold a lower article number than the
    array before it.
    """
    rows = np.concatenate([*parts, np.empty(0, dtype=POSTING)])
    return rows[np.argsort(keys(rows["hash"]), kind="stable")]


def matching(rows: Postings, wanted: Hashes) -> Postings:
    """Those of the sorted postings that have one of the wanted keys, which must be sorted and unique."""
    own = keys(rows["hash"])
    low, high = np.searchsorted(own, wanted, side="left"), np.searchsorted(own, wanted, side="right")
    low, counts = low[high > low], (high - low)[high > low]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    found: Postings = rows[np.repeat(low, counts) + within]
    return found


def find_candidates(known: Postings, fresh: Postings) -> Candidates:
    """Pair new articles with the first earlier ones that share a key, if the two may share a passage there.

    `known` are all postings of earlier articles with a key of `fresh`. Articles are numbered from 1; each in `fresh`
    has a higher number than all in `known`. New postings beyond the first `MAX_FOLLOWED` of a key are not kept, because
    they would never be followed.
    """
    rows = merged([known, fresh])
    is_new = rows["article"] > known["article"].max(initial=0)
    first = _first_positions(keys(rows["hash"]))
    ranks = np.arange(len(rows)) - first
    later = (np.flatnonzero(is_new & (ranks > rank)) for rank in range(MAX_FOLLOWED))
    pairs = [_paired(rows[positions], rows[first[positions] + rank]) for rank, positions in enumerate(later)]
    paired = np.unique(np.concatenate(pairs))
    both = zip((paired >> 32).tolist(), (paired & 0xFFFFFFFF).tolist(), strict=True)
    return Candidates(list(both), rows[is_new & (ranks < MAX_FOLLOWED)])


def _first_positions(ordered: Hashes) -> Positions:
    """For each of the sorted numbers, the position of the first equal one."""
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])
    return np.repeat(starts, np.diff(np.append(starts, len(ordered))))


def _paired(later: Postings, earlier: Postings) -> Positions:
    """The pairs of articles whose postings may belong to one passage, each packed as `later << 32 | earlier`."""
    alike = may_be_passage(later["hash"], earlier["hash"]) & (later["article"] != earlier["article"])
    return np.unique(later["article"][alike].astype(np.int64) << 32 | earlier["article"][alike])
