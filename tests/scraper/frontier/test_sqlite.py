"""The ledger of the frontier on SQLite: its formats, its damages, a full disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cleaners.errors import CopydeskError
from scraper.frontier import open_frontier
from scraper.frontier.sqlite import SqliteFrontier, ledger_counts
from tests.support.frontiers import entry, failed, leased

OLD_LEDGER = """
CREATE TABLE queues (queue TEXT PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE requests (
  number INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, key TEXT NOT NULL, host TEXT NOT NULL,
  urgent INTEGER NOT NULL, request TEXT NOT NULL, UNIQUE (queue, key)
);
CREATE TABLE fetches (key TEXT PRIMARY KEY, failed INTEGER NOT NULL, fetch TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (key TEXT PRIMARY KEY, records INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE claims (identity TEXT PRIMARY KEY, page TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE offsets (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO queues VALUES ('q', 3);
INSERT INTO requests (queue, key, host, urgent, request) VALUES ('q', '1', 'a.example', 0, '{"url":"http://a.example/"}');
INSERT INTO fetches VALUES ('0', 1, '{"at": 1.0, "run": 3, "etag": null, "last_modified": null, "lastmod": null,
  "failed": true}');
INSERT INTO offsets VALUES ('articles.jsonl', 7);
PRAGMA user_version = 1;
"""


def test_a_ledger_of_the_first_format_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OLD_LEDGER)
    (counts,) = ledger_counts(path)  # which changes nothing
    assert (dict(counts.open_by_host), counts.failed, counts.tried_again) == ({"a.example": 1}, 1, ())
    frontier = open_frontier(tmp_path, None, "q", "a", 60)
    assert (frontier.run, frontier.offsets()) == (3, {"articles.jsonl": 7})
    assert leased(frontier) == ["1"]
    failed(frontier, "1", retry_at=0.0)
    frontier.close()
    again = open_frontier(tmp_path, None, "q", "a", 60)
    assert leased(again) == ["1"]
    assert again.add([entry("0")]) == 1  # what had failed, when it is named again
    again.close()


def test_a_ledger_that_is_damaged_while_it_is_read_is_an_error_of_the_disk(tmp_path: Path) -> None:
    frontier = SqliteFrontier(tmp_path / "ledger.sqlite", "q")
    frontier._db.execute("DROP TABLE fetches")
    with pytest.raises(OSError, match="the ledger"):
        frontier.fetched("1")
    frontier.close()


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0 cut off"])
def test_a_ledger_that_is_none_is_said_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(content * 100)
    with pytest.raises(CopydeskError, match=r"ledger\.sqlite cannot be used"):
        open_frontier(tmp_path, None, "q", "a", 60)


def test_a_ledger_on_a_full_disk(tmp_path: Path) -> None:
    frontier = SqliteFrontier(tmp_path / "ledger.sqlite", "q")
    frontier._db.execute("PRAGMA max_page_count = 20")
    with pytest.raises(OSError, match="the ledger: database or disk is full"):
        frontier.add([entry(f"{number:0999}") for number in range(200)])
    frontier.close()


def test_a_ledger_of_another_version_is_said_in_one_line(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "ledger.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.commit()
    db.close()
    with pytest.raises(CopydeskError, match="another version"):
        open_frontier(tmp_path, None, "q", "a", 60)
