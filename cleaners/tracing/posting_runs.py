"""Postings on disk: sorted runs, each cut into blocks by the top bits of the fingerprints.

This is a log-structured merge (O'Neil, Cheng, Gawlick and O'Neil 1996, "The log-structured merge-tree"): what is new is
written as a run of its own, and runs are merged so that each is at least four times as long as the next. There are
then at most as many runs as the number of postings has grown fourfold, so that finding a fingerprint reads a few
blocks, and adding one writes it a few times, however large the index is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from cleaners.tracing.fingerprints import AROUND
from cleaners.tracing.folded_words import Hashes
from cleaners.tracing.postings import POSTING, Postings, matching, merged

TABLES = """
CREATE TABLE run (number INTEGER PRIMARY KEY, postings INTEGER NOT NULL, bits INTEGER NOT NULL);
CREATE TABLE block (
    place INTEGER PRIMARY KEY,  -- the number of the run, then 32 bits for the block
    content BLOB NOT NULL
);
"""

_BLOCK = 128
"""Postings that a block holds at most on average; at least half as many. A few of them share a page of the file, so
that finding a single fingerprint reads little more than its page."""

_AT_ONCE = 8192
"""Blocks that are read at once, for they are held in memory."""

_RATIO = 4
"""How many times as long as the next a run is at least. Were it 2, postings would be written half as often, but half as
many runs more would be read, which costs more."""

_RUN_SHIFT = 32

_BLOCKS = "SELECT content FROM json_each(?) CROSS JOIN block ON place = value"
"""One question for many blocks, in the order in which their places are given: a question each would take longer than
reading them. A cross join is one that SQLite does not turn round."""


class PostingRun(NamedTuple):
    """A sorted run: its number, its length, and how many of a fingerprint's top bits name the block."""

    number: int
    postings: int
    bits: int

    def blocks_of(self, hashes: Hashes) -> Hashes:
        """The places of the blocks in which fingerprints stand if the run has them."""
        return hashes >> np.uint64(64 - self.bits) | np.uint64(self.number << _RUN_SHIFT)


def find(base: sqlite3.Connection, wanted: Hashes) -> Postings:
    """All postings of some keys of fingerprints, which are sorted and each there once."""
    return merged([rows for run in _runs(base) for rows in _in_run(base, run, wanted)])


def append(base: sqlite3.Connection, rows: Postings) -> None:
    """Add sorted postings, and merge them with the runs before them that are not much longer."""
    if not len(rows):
        return
    runs, total = _runs(base), len(rows)
    number = runs[-1].number + 1 if runs else 1
    shorter: list[PostingRun] = []
    while runs and runs[-1].postings < _RATIO * total:
        total += runs[-1].postings
        shorter.insert(0, runs.pop())
    run = PostingRun(number, total, max((total // _BLOCK).bit_length(), 1))
    base.execute("INSERT INTO run VALUES (?, ?, ?)", run)
    base.executemany("INSERT INTO block VALUES (?, ?)", _merged_blocks(base, run, shorter, rows))
    for old in shorter:
        base.execute("DELETE FROM block WHERE place BETWEEN ? AND ?", _span(old.number))
        base.execute("DELETE FROM run WHERE number = ?", [old.number])


def _runs(base: sqlite3.Connection) -> list[PostingRun]:
    return [PostingRun(*row) for row in base.execute("SELECT number, postings, bits FROM run ORDER BY number")]


def _in_run(base: sqlite3.Connection, run: PostingRun, wanted: Hashes) -> Iterator[Postings]:
    block_ids, firsts = np.unique(run.blocks_of(wanted << np.uint64(AROUND)), return_index=True)
    for start in range(0, len(block_ids), _AT_ONCE):
        stop = start + _AT_ONCE
        blocks = base.execute(_BLOCKS, [json.dumps(block_ids[start:stop].tolist())])
        end = firsts[stop] if stop < len(firsts) else len(wanted)
        yield matching(_rows(blocks), wanted[firsts[start] : end])


def _merged_blocks(
    base: sqlite3.Connection, run: PostingRun, runs: list[PostingRun], rows: Postings
) -> Iterator[tuple[int, bytes]]:
    """The blocks of a run made of older runs and new postings, a part of the fingerprints' range at a time."""
    parts = max((1 << run.bits) // _AT_ONCE, 1)
    width = (1 << 64) // parts
    for part in range(parts):
        ends = np.array([part * width, (part + 1) * width - 1], dtype=np.uint64)
        together = merged([*(_cut(_between(base, old, ends), ends) for old in runs), _cut(rows, ends)])
        block_ids, starts = np.unique(run.blocks_of(np.ascontiguousarray(together["hash"])), return_index=True)
        stops = np.append(starts[1:], len(together))
        for block_id, start, stop in zip(block_ids.tolist(), starts.tolist(), stops.tolist(), strict=True):
            yield block_id, together[start:stop].tobytes()


def _between(base: sqlite3.Connection, run: PostingRun, ends: Hashes) -> Postings:
    """The blocks of a run from that of one fingerprint to that of another."""
    between = "SELECT content FROM block WHERE place BETWEEN ? AND ? ORDER BY place"
    return _rows(base.execute(between, run.blocks_of(ends).tolist()))


def _cut(rows: Postings, ends: Hashes) -> Postings:
    """The postings, among sorted ones, of the fingerprints from one to another."""
    hashes = rows["hash"]
    return rows[np.searchsorted(hashes, ends[0], side="left") : np.searchsorted(hashes, ends[1], side="right")]


def _rows(blocks: Iterable[tuple[bytes]]) -> Postings:
    return np.frombuffer(b"".join(content for (content,) in blocks), dtype=POSTING)


def _span(number: int) -> tuple[int, int]:
    """The first and the last place that a run's blocks may have."""
    return number << _RUN_SHIFT, (number + 1 << _RUN_SHIFT) - 1
