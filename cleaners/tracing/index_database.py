"""The SQLite file of an index: created where there is none, refused where it cannot be used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cleaners.errors import BadIndex
from cleaners.tracing import posting_runs
from cleaners.tracing.fingerprints import ALGORITHM

_APPLICATION = 0x436F7079  # "Copy", in the field where SQLite files name their application
_CACHE_KIB = 64 * 1024  # pages of the file that SQLite keeps in memory, beside what the system caches
_ADVICE = "take it from a backup, or make a new one from the article files"

_TABLES = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key INTEGER NOT NULL,
    same INTEGER,               -- the first article with the same text, NULL where this is it
    words INTEGER NOT NULL,
    published REAL,
    signed TEXT NOT NULL,       -- agency TAB evidence, a line each
    replaces TEXT,              -- the id of the version before
    text BLOB NOT NULL,
    cluster INTEGER NOT NULL
);
CREATE INDEX article_key ON article (key) WHERE same IS NULL;
CREATE INDEX article_same ON article (same) WHERE same IS NOT NULL;
CREATE INDEX article_cluster ON article (cluster);
CREATE TABLE source (same INTEGER, agency TEXT, number INTEGER NOT NULL, PRIMARY KEY (same, agency)) WITHOUT ROWID;
CREATE TABLE cluster (number INTEGER PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE candidate (later INTEGER, earlier INTEGER, PRIMARY KEY (later, earlier)) WITHOUT ROWID;
CREATE TABLE passage (
    one INTEGER, other INTEGER, start INTEGER, other_start INTEGER, words INTEGER NOT NULL,
    PRIMARY KEY (one, start, other, other_start)
) WITHOUT ROWID;                -- in words, and each passage stands here twice, once from either side
CREATE TABLE state (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
"""


def open_index(path: str | Path, name: str) -> sqlite3.Connection:
    """The index at a path: a new one if the file is empty or missing, a temporary one if the path is empty.

    Raises BadIndex, with `name` for the file, if the file cannot be opened, is damaged, is not an index, or has
    fingerprints that were computed otherwise.
    """
    with database_errors(name):
        database = sqlite3.connect(path, isolation_level=None)
        database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if _one(database, "PRAGMA page_count") or _holds_a_byte(path):
            _check(database, name)
        else:  # the file is new, or a run was killed while it created it
            _create(database)
        return database


def _holds_a_byte(path: str | Path) -> bool:
    """Whether a file is not empty. SQLite takes a file of a single byte for an empty one and would overwrite it."""
    return os.path.exists(path) and os.path.getsize(path) > 0


@contextmanager
def database_errors(name: str) -> Iterator[None]:
    """Turn errors of SQLite into BadIndex, with advice on what to do about them."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise BadIndex(f"{name} cannot be used: {error}") from error
    except sqlite3.DatabaseError as error:
        raise BadIndex(f"{name} is damaged or no index ({error}): {_ADVICE}") from error


def _create(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA page_size = 8192")
    database.execute("BEGIN IMMEDIATE")
    for statement in (_TABLES + posting_runs.TABLES).split(";"):
        database.execute(statement)
    database.execute("INSERT INTO state VALUES ('algorithm', ?)", [ALGORITHM])
    database.execute(f"PRAGMA application_id = {_APPLICATION}")
    database.execute("COMMIT")


def _check(database: sqlite3.Connection, name: str) -> None:
    """Refuse a file that is not our index, is cut off, or has fingerprints that were computed otherwise."""
    if _one(database, "PRAGMA application_id") != _APPLICATION:
        raise BadIndex(f"{name} is no index of copydesk trace")
    if os.path.getsize(name) < _one(database, "PRAGMA page_count") * _one(database, "PRAGMA page_size"):
        raise BadIndex(f"{name} is cut off: {_ADVICE}")  # SQLite reads a missing part of the last page as zeros
    algorithm = _one(database, "SELECT value FROM state WHERE name = 'algorithm'")
    if algorithm != ALGORITHM:
        reason = f"was made by another version ({algorithm}, this one has {ALGORITHM})"
        raise BadIndex(f"{name} {reason}: make a new one from the article files")


def _one(database: sqlite3.Connection, question: str) -> Any:
    """The single value that a query returns."""
    return database.execute(question).fetchone()[0]
