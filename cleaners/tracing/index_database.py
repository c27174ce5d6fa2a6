"""The file of an index: an SQLite file that is made where there is none, and refused where it cannot be used."""

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

_APPLICATION = 0x436F7079  # "Copy", where SQLite files say whose they are
_CACHE_KIB = 64 * 1024
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
    """The index at a path, a new one where the file is empty or not there; a temporary one where the path is empty.

    Raises BadIndex, which calls the file by its name, where it cannot be opened, is damaged, is no index, or was made
    by a version with other fingerprints.
    """
    with database_errors(name):
        base = sqlite3.connect(path, isolation_level=None)
        base.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if _one(base, "PRAGMA page_count") or _holds_a_byte(path):
            _check(base, name)
        else:  # it is new, or a run was killed while it was made
            _create(base)
        return base


def _holds_a_byte(path: str | Path) -> bool:
    """Whether there is more in a file than SQLite sees, which takes one of a single byte for an empty one."""
    return os.path.exists(path) and os.path.getsize(path) > 0


@contextmanager
def database_errors(name: str) -> Iterator[None]:
    """SQLite's errors as what a person can do about them."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise BadIndex(f"{name} cannot be used: {error}") from error
    except sqlite3.DatabaseError as error:
        raise BadIndex(f"{name} is damaged or no index ({error}): {_ADVICE}") from error


def _create(base: sqlite3.Connection) -> None:
    base.execute("PRAGMA page_size = 8192")
    base.execute("BEGIN IMMEDIATE")
    for statement in (_TABLES + posting_runs.TABLES).split(";"):
        base.execute(statement)
    base.execute("INSERT INTO state VALUES ('algorithm', ?)", [ALGORITHM])
    base.execute(f"PRAGMA application_id = {_APPLICATION}")
    base.execute("COMMIT")


def _check(base: sqlite3.Connection, name: str) -> None:
    """Refuse what is no index of ours, or one whose fingerprints do not meet ours."""
    if _one(base, "PRAGMA application_id") != _APPLICATION:
        raise BadIndex(f"{name} is no index of copydesk trace")
    if os.path.getsize(name) < _one(base, "PRAGMA page_count") * _one(base, "PRAGMA page_size"):
        raise BadIndex(f"{name} is cut off: {_ADVICE}")  # SQLite takes what lacks of the last page for zeros
    algorithm = _one(base, "SELECT value FROM state WHERE name = 'algorithm'")
    if algorithm != ALGORITHM:
        reason = f"was made by another version ({algorithm}, this one has {ALGORITHM})"
        raise BadIndex(f"{name} {reason}: make a new one from the article files")


def _one(base: sqlite3.Connection, question: str) -> Any:
    """The one value that a query gives."""
    return base.execute(question).fetchone()[0]
