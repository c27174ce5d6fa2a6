"""The frontier of one crawl on one machine, in SQLite.

The lock on the data folder makes this process the only one, so a lease is a place in memory: a row is deleted when its
request is acknowledged, and every row that is there when the file is opened waits to be fetched. The write-ahead log is
not synced at each commit: after a power cut the last commits may be gone, never a part of one, and what they held is
fetched again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path

from cleaners.errors import CopydeskError
from scraper.frontier.base import Commit, Counts, Entry, Fetch, Frontier, Lease, PageState, is_due

VERSION = 1
"""The shape of the tables, kept in the file's `user_version`."""

_TABLES = """
CREATE TABLE IF NOT EXISTS queues (queue TEXT PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS requests (
  number INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, key TEXT NOT NULL, host TEXT NOT NULL,
  urgent INTEGER NOT NULL, request TEXT NOT NULL, UNIQUE (queue, key)
);
CREATE INDEX IF NOT EXISTS requests_of_host ON requests (queue, host, urgent, number);
CREATE TABLE IF NOT EXISTS fetches (key TEXT PRIMARY KEY, failed INTEGER NOT NULL, fetch TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, records INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claims (identity TEXT PRIMARY KEY, page TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS offsets (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
"""


class SqliteFrontier(Frontier):
    """The frontier in a file. Raises CopydeskError if it is no such file or of another version."""

    def __init__(self, path: Path, queue: str) -> None:
        self.queue = queue
        try:
            self._db = _opened(path)
            self._waiting = Counter(
                dict(self._db.execute("SELECT host, count(*) FROM requests WHERE queue = ? GROUP BY host", [queue]))
            )
            self.run = self._begin()
        except sqlite3.DatabaseError as error:
            raise CopydeskError(f"{path} cannot be used: {error}. Move it away to start anew") from None
        self._leased: dict[str, int] = {}  # key to number
        self._reached: dict[tuple[str, int], int] = {}  # the last number leased, by host and urgency

    def _begin(self) -> int:
        """The number of the run that is gone on with, or of a new one if nothing is open."""
        with self._db:
            row = self._db.execute("SELECT run FROM queues WHERE queue = ?", [self.queue]).fetchone()
            if row and self._waiting.total():
                return int(row[0])
            (last,) = self._db.execute("SELECT coalesce(max(run), 0) FROM queues").fetchone()
            self._db.execute("INSERT OR REPLACE INTO queues VALUES (?, ?)", [self.queue, last + 1])
        return int(last) + 1

    def add(self, entries: Sequence[Entry]) -> int:
        """See Frontier."""
        added, now = 0, time.time()
        with self._db:
            for entry in entries:
                if is_due(entry, self.fetched(entry.key), self.run, now):
                    new = self._db.execute(
                        "INSERT OR IGNORE INTO requests (queue, key, host, urgent, request) VALUES (?, ?, ?, ?, ?)",
                        [self.queue, entry.key, entry.host, entry.urgent, entry.request],
                    ).rowcount
                    self._waiting[entry.host] += new
                    added += new
        return added

    def lease(self, per_host: int, hosts: int, without: Collection[str] = ()) -> list[Lease]:
        """See Frontier. In the order in which the requests were added, urgent ones first."""
        leases = []
        wanted = [host for host, count in self._waiting.items() if count > 0 and host not in without]
        for host in wanted[:hosts]:
            rows = self._next_of(host, per_host)
            self._waiting[host] -= len(rows)
            if self._waiting[host] > 0:  # to the end of the line
                self._waiting[host] = self._waiting.pop(host)
            else:
                del self._waiting[host]
            leases += [Lease(key, host, request, self.fetched(key)) for _, key, request in rows]
        return leases

    def _next_of(self, host: str, count: int) -> list[tuple[int, str, str]]:
        rows: list[tuple[int, str, str]] = []
        for urgent in (1, 0):
            rows += (
                found := self._db.execute(
                    "SELECT number, key, request FROM requests"
                    " WHERE queue = ? AND host = ? AND urgent = ? AND number > ? ORDER BY number LIMIT ?",
                    [self.queue, host, urgent, self._reached.get((host, urgent), 0), count - len(rows)],
                ).fetchall()
            )
            if found:
                self._reached[host, urgent] = found[-1][0]
        self._leased |= {key: number for number, key, _ in rows}
        return rows

    def fetched(self, key: str) -> Fetch | None:
        """See Frontier."""
        row = self._db.execute("SELECT fetch FROM fetches WHERE key = ?", [key]).fetchone()
        return Fetch(**json.loads(row[0])) if row else None

    def commit(self, commit: Commit) -> None:
        """See Frontier."""
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO fetches VALUES (?, ?, ?)",
                [(key, fetch.failed, json.dumps(asdict(fetch))) for key, fetch in commit.fetches.items()],
            )
            self._db.executemany(
                "DELETE FROM requests WHERE queue = ? AND key = ?", [(self.queue, key) for key in commit.fetches]
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?)",
                [(key, len(state.records), json.dumps(asdict(state))) for key, state in commit.pages.items()],
            )
            self._db.executemany("INSERT OR REPLACE INTO offsets VALUES (?, ?)", commit.offsets.items())
        for key in commit.fetches:
            self._leased.pop(key, None)

    def give_back(self, keys: Collection[str]) -> None:
        """See Frontier. A request that is not acknowledged waits as soon as the file is opened again."""
        for key in keys:
            self._leased.pop(key, None)

    def keep(self) -> None:
        """See Frontier. The lock on the data folder is what keeps others away."""

    def open_count(self) -> int:
        """See Frontier."""
        return len(self._leased) + self._waiting.total()

    def page(self, key: str) -> PageState | None:
        """See Frontier."""
        row = self._db.execute("SELECT state FROM pages WHERE key = ?", [key]).fetchone()
        return page_state(row[0]) if row else None

    def claim(self, identity: str, page: str) -> str:
        """See Frontier."""
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO claims VALUES (?, ?)", [identity, page])
        (holder,) = self._db.execute("SELECT page FROM claims WHERE identity = ?", [identity]).fetchone()
        return str(holder)

    def offsets(self) -> dict[str, int]:
        """See Frontier."""
        return dict(self._db.execute("SELECT file, bytes FROM offsets"))

    def counts(self) -> Counts:
        """See Frontier."""
        return counts_of(self._db, self.queue)

    def forget(self) -> None:
        """See Frontier."""
        with self._db:
            for table in ("fetches", "pages", "claims", "offsets"):
                self._db.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """See Frontier."""
        self._db.close()


def page_state(state: str) -> PageState:
    """A page's state from its JSON."""
    fields = json.loads(state)
    return PageState(**{**fields, "records": tuple((record, digest) for record, digest in fields["records"])})


def counts_of(db: sqlite3.Connection, queue: str) -> Counts:
    """How things stand, read from a ledger that another process may be writing."""
    fetched, failed = db.execute("SELECT count(*), coalesce(sum(failed), 0) FROM fetches").fetchone()
    pages, records = db.execute("SELECT count(*), coalesce(sum(records), 0) FROM pages").fetchone()
    rows = db.execute("SELECT host, count(*) FROM requests WHERE queue = ? GROUP BY host ORDER BY 2 DESC", [queue])
    return Counts(queue, dict(rows), fetched, failed, pages, records)


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30)
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version not in (0, VERSION):
        raise CopydeskError(f"{path} was written by another version of Copydesk. Move it away to start anew")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.executescript(_TABLES)
    db.execute(f"PRAGMA user_version = {VERSION}")
    return db
