"""Postings on disk: sorted runs, each cut into blocks by the top bits of the fingerprints.

This is a log-structured merge tree (O'Neil, Cheng, Gawlick and O'Neil 1996, "The log-structured merge-tree"). New
postings are written as a run of their own, and runs are merged so that each is at least four times as long as the next.
The number of runs therefore grows with the logarithm of the number of postings: however large the index is, looking up
a fingerprint reads a few blocks, and adding one writes it a few times.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from cleaners.tracing.fingerprints import CONTEXT_BITS
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
"""The average number of postings in a block is between half of this and this. A few blocks share a page of the file, so
that looking up one fingerprint reads little more than its page."""

_AT_ONCE = 8192
"""Blocks that are read, and held in memory, at once."""

_RATIO = 4
"""Each run is at least this many times as long as the next. With 2, postings would be written half as often, but a
lookup would read half as many runs more, which costs more."""

_RUN_SHIFT = 32
"""A block's number is that of its run, shifted by this many bits, plus its own within the run."""

_BLOCKS = "SELECT content FROM json_each(?) CROSS JOIN block ON place = value"
"""One query for many blocks, in the order of the given numbers: a query for each would take longer than reading them.
SQLite does not reorder the tables of a cross join."""


class PostingRun(NamedTuple):
    """A sorted run: its number, its length in postings, and how many top bits of a fingerprint select the block."""

    number: int
    postings: int
    bits: int

    def blocks_of(self, hashes: Hashes) -> Hashes:
        """The numbers of the blocks that would hold the fingerprints."""
        return hashes >> np.uint64(64 - self.bits) | np.uint64(self.number << _RUN_SHIFT)


def find(database: sqlite3.Connection, wanted: Hashes) -> Postings:
    """All postings with the given keys, which must be sorted and unique."""
    return merged([rows for run in _runs(database) for rows in _in_run(database, run, wanted)])


def append(database: sqlite3.Connection, rows: Postings) -> None:
    """Add sorted postings, and merge them with earlier runs that are less than four times as long."""
    if not len(rows):
        return
    runs, total = _runs(database), len(rows)
    number = runs[-1].number + 1 if runs else 1
    shorter: list[PostingRun] = []
    while runs and runs[-1].postings < _RATIO * total:
        total += runs[-1].postings
        shorter.insert(0, runs.pop())
    run = PostingRun(number, total, max((total // _BLOCK).bit_length(), 1))
    database.execute("INSERT INTO run VALUES (?, ?, ?)", run)
    database.executemany("INSERT INTO block VALUES (?, ?)", _merged_blocks(database, run, shorter, rows))
    for old in shorter:
        database.execute("DELETE FROM block WHERE place BETWEEN ? AND ?", _span(old.number))
        database.execute("DELETE FROM run WHERE number = ?", [old.number])


def _runs(database: sqlite3.Connection) -> list[PostingRun]:
    return [PostingRun(*row) for row in database.execute("SELECT number, postings, bits FROM run ORDER BY number")]


def _in_run(database: sqlite3.Connection, run: PostingRun, wanted: Hashes) -> Iterator[Postings]:
    block_ids, firsts = np.unique(run.blocks_of(wanted << np.uint64(CONTEXT_BITS)), return_index=True)
    for start in range(0, len(block_ids), _AT_ONCE):
        stop = start + _AT_ONCE
        blocks = database.execute(_BLOCKS, [json.dumps(block_ids[start:stop].tolist())])
        end = firsts[stop] if stop < len(firsts) else len(wanted)
        yield matching(_rows(blocks), wanted[firsts[start] : end])


def _merged_blocks(
    database: sqlite3.Connection, run: PostingRun, runs: list[PostingRun], rows: Postings
) -> Iterator[tuple[int, bytes]]:
    """The blocks of a run merged from older runs and new postings, one part of the range of fingerprints at a time."""
    parts = max((1 << run.bits) // _AT_ONCE, 1)
    width = (1 << 64) // parts
    for part in range(parts):
        ends = np.array([part * width, (part + 1) * width - 1], dtype=np.uint64)
        together = merged([*(_cut(_between(database, old, ends), ends) for old in runs), _cut(rows, ends)])
        block_ids, starts = np.unique(run.blocks_of(np.ascontiguousarray(together["hash"])), return_index=True)
        stops = np.append(starts[1:], len(together))
        for block_id, start, stop in zip(block_ids.tolist(), starts.tolist(), stops.tolist(), strict=True):
            yield block_id, together[start:stop].tobytes()


def _between(database: sqlite3.Connection, run: PostingRun, ends: Hashes) -> Postings:
    """The postings of a run in the blocks from that of one fingerprint to that of another."""
    between = "SELECT content FROM block WHERE place BETWEEN ? AND ? ORDER BY place"
    return _rows(database.execute(between, run.blocks_of(ends).tolist()))


def _cut(rows: Postings, ends: Hashes) -> Postings:
    """Those of the sorted postings whose fingerprints lie between two ends, both included."""
    hashes = rows["hash"]
    return rows[np.searchsorted(hashes, ends[0], side="left") : np.searchsorted(hashes, ends[1], side="right")]


def _rows(blocks: Iterable[tuple[bytes]]) -> Postings:
    return np.frombuffer(b"".join(content for (content,) in blocks), dtype=POSTING)


def _span(number: int) -> tuple[int, int]:
    """The first and the last number that the blocks of a run may have."""
    return number << _RUN_SHIFT, (number + 1 << _RUN_SHIFT) - 1
