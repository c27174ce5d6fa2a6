"""Fingerprints of many articles, sorted and put in buckets, and the pairs of articles that meet in one bucket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cleaners.tracing.folding import Hashes, Positions

BUCKETS = 4096
"""A fingerprint's bucket is its top twelve bits, so that one bucket of a million short articles fits in a megabyte."""

FOLLOWED = 8
"""Articles to which a fingerprint is followed. What stands in more of them (a newsletter box, a legal notice) is
followed to those that were seen first, or ten thousand near duplicates would make fifty million pairs."""

Postings = npt.NDArray[np.void]
POSTING = np.dtype([("hash", "<u8"), ("article", "<u4")])
"""A fingerprint and the number of the article it is from."""


def postings(hashes: Sequence[Hashes], articles: Sequence[int]) -> Postings:
    """The fingerprints of some articles as one sorted array."""
    rows = np.empty(sum(map(len, hashes)), dtype=POSTING)
    rows["hash"] = np.concatenate(hashes) if hashes else []
    rows["article"] = np.repeat(np.array(articles, dtype=np.uint32), [len(each) for each in hashes])
    return rows[np.lexsort((rows["article"], rows["hash"]))]


def by_bucket(rows: Postings) -> Iterator[tuple[int, bytes]]:
    """The sorted postings of each bucket that has any, as bytes."""
    edges = np.searchsorted(rows["hash"], np.arange(BUCKETS, dtype=np.uint64) << np.uint64(52)).tolist()
    for bucket, (start, stop) in enumerate(pairwise([*edges, len(rows)])):
        if stop > start:
            yield bucket, rows[start:stop].tobytes()


def pairs(content: Sequence[bytes], newer_than: int) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of articles that share a fingerprint of a bucket, the later numbered above the limit."""
    rows = np.frombuffer(b"".join(content), dtype=POSTING)
    rows = rows[np.lexsort((rows["article"], rows["hash"]))]
    articles = rows["article"].astype(np.int64)
    starts = _run_starts(rows["hash"])
    first = np.repeat(starts, np.diff(np.append(starts, len(rows))))  # where the run of the same fingerprint starts
    met = [_met(articles, first, rank, newer_than) for rank in range(FOLLOWED)]
    yield from map(tuple, np.unique(np.concatenate(met), axis=0).tolist())


def _run_starts(hashes: Hashes) -> Positions:
    return np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else np.zeros(0, np.int64)


def _met(articles: Positions, first: Positions, rank: int, newer_than: int) -> Positions:
    """Each new article beside the one that stands at `rank` among those with the same fingerprint, if it is earlier."""
    places = np.arange(len(articles))
    wanted = (places > first + rank) & (articles > newer_than)
    return np.stack([articles[wanted], articles[first[wanted] + rank]], axis=1)
