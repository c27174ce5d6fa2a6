"""Fingerprints of many articles as sorted arrays, and the pairs of articles that meet in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

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
    return rows[np.argsort(rows["hash"], kind="stable")]


def matching(rows: Postings, wanted: Hashes) -> Postings:
    """The postings, among sorted ones, of some fingerprints, which are sorted too and each there once."""
    hashes = np.ascontiguousarray(rows["hash"])
    low, high = np.searchsorted(hashes, wanted, side="left"), np.searchsorted(hashes, wanted, side="right")
    low, counts = low[high > low], (high - low)[high > low]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    found: Postings = rows[np.repeat(low, counts) + within]
    return found


def meet(known: Postings, fresh: Postings) -> Met:
    """Pair new articles with the first ones that have a fingerprint of theirs.

    `known` are all postings of earlier articles that have a fingerprint of `fresh`; every number in `fresh` is higher
    than those in `known`. Postings beyond the first `FOLLOWED` of a fingerprint would never be followed: they are not
    kept.
    """
    rows = merged([known, fresh])
    articles = rows["article"].astype(np.int64)
    is_new = articles > (known["article"].max() if len(known) else -1)
    first = _first_places(rows["hash"])
    ranks = np.arange(len(rows)) - first
    keys = [_paired(articles, first + rank, is_new & (ranks > rank)) for rank in range(FOLLOWED)]
    paired = np.unique(np.concatenate(keys))
    pairs = zip((paired >> 32).tolist(), (paired & 0xFFFFFFFF).tolist(), strict=True)
    return Met(list(pairs), rows[is_new & (ranks < FOLLOWED)])


def _first_places(hashes: Hashes) -> Positions:
    """For each of some sorted hashes where the run of the same hash starts."""
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])[: len(hashes)])
    return np.repeat(starts, np.diff(np.append(starts, len(hashes))))


def _paired(articles: Positions, partners: Positions, wanted: npt.NDArray[np.bool_]) -> Positions:
    """The wanted articles, each with the one at its partner's place, as one number: the article's, then 32 bits."""
    return np.unique(articles[wanted] << 32 | articles[partners[wanted]])
