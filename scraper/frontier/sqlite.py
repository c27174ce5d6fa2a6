"""The frontier of one crawl on one machine, in SQLite.

The lock on the data folder makes this process the only one, so leases are kept in memory. A row is deleted when its
request is acknowledged, and every row without a `retry_at` waits to be fetched when the file is opened. A row with one
has failed and rests until a later run. The write-ahead log is not synced at each commit: after a power cut the last
commits may be gone, but each of them as a whole, and what they held is fetched again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from cleaners.errors import CopydeskError
from scraper.frontier.base import (
    Commit,
    Counts,
    FailedRequest,
    Fetch,
    Frontier,
    Lease,
    PageState,
    QueuedRequest,
    failed_request,
    fetch_of,
    is_due,
    page_state_of,
)

VERSION = 2
"""The format of the tables, kept in the file's `user_version`. A file of format 1 is brought to this one when a crawl
opens it. It differs in `requests`, which had no `retry_at`."""

_TABLES = """
CREATE TABLE IF NOT EXISTS queues (queue TEXT PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS requests (
  number INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, key TEXT NOT NULL, host TEXT NOT NULL,
  urgent INTEGER NOT NULL, request TEXT NOT NULL, retry_at REAL, UNIQUE (queue, key)
);
CREATE INDEX IF NOT EXISTS requests_of_host ON requests (queue, host, urgent, number);
CREATE TABLE IF NOT EXISTS fetches (key TEXT PRIMARY KEY, failed INTEGER NOT NULL, fetch TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, records INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claims (identity TEXT PRIMARY KEY, page TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS offsets (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
"""

MOVE_AWAY = "Or move it away to start anew: the records that are there are kept, and none of them is written again"
"""What to do with a ledger that cannot be used. It ends a message."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


def _on_disk(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """The method, which raises OSError where the disk is full or the file damaged: SQLite has exceptions of its own."""

    @wraps(call)
    def on_disk(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return call(*args, **kwargs)
        except sqlite3.DatabaseError as error:
            raise OSError(f"the ledger: {error}") from error

    return on_disk


class SqliteFrontier(Frontier):
    """The frontier in a file. Raises CopydeskError if it is no such file or of another version."""

    def __init__(self, path: Path, queue: str) -> None:
        self.queue = queue
        try:
            self._db = _opened(path)
            self._waiting = Counter(dict(_open_by_host(self._db, queue)))
            self.run = self._begin()
            self._wake(time.time())
        except sqlite3.DatabaseError as error:
            raise CopydeskError(f"{path} cannot be used: {error}. {MOVE_AWAY}") from None
        self._leased: dict[str, int] = {}  # key to number
        self._reached: dict[tuple[str, int], int] = {}  # the last number leased, by host and urgency

    def _begin(self) -> int:
        """The number of the run that is resumed, or of a new one if nothing is open."""
        with self._db:
            row = self._db.execute("SELECT run FROM queues WHERE queue = ?", [self.queue]).fetchone()
            if row and self._waiting.total():
                return int(row[0])
            (last,) = self._db.execute("SELECT coalesce(max(run), 0) FROM queues").fetchone()
            self._db.execute("INSERT OR REPLACE INTO queues VALUES (?, ?)", [self.queue, last + 1])
        return int(last) + 1

    def _wake(self, now: float) -> None:
        """Let the requests wait that failed in an earlier run and have rested."""
        resting = self._db.execute(
            "SELECT number, key, host FROM requests WHERE queue = ? AND retry_at <= ?", [self.queue, now]
        ).fetchall()
        with self._db:
            for number, key, host in resting:
                last = self.fetched(key)
                if last and not last.failed:  # another crawl has fetched it meanwhile
                    self._db.execute("DELETE FROM requests WHERE number = ?", [number])
                elif last is None or last.run != self.run:
                    self._db.execute("UPDATE requests SET retry_at = NULL WHERE number = ?", [number])
                    self._waiting[host] += 1

    @_on_disk
    def add(self, requests: Sequence[QueuedRequest]) -> int:
        """See Frontier."""
        added, now = 0, time.time()
        with self._db:
            for request in requests:
                if is_due(request, self.fetched(request.key), self.run, now):
                    new = self._insert(request)
                    self._waiting[request.host] += new
                    added += new
        return added

    def _insert(self, request: QueuedRequest) -> int:
        """Add a request that is not open, be it one that rests; the number of rows."""
        self._db.execute(
            "DELETE FROM requests WHERE queue = ? AND key = ? AND retry_at IS NOT NULL", [self.queue, request.key]
        )
        return self._db.execute(
            "INSERT OR IGNORE INTO requests (queue, key, host, urgent, request) VALUES (?, ?, ?, ?, ?)",
            [self.queue, request.key, request.host, request.urgent, request.request],
        ).rowcount

    @_on_disk
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
                    "SELECT number, key, request FROM requests WHERE queue = ? AND host = ? AND urgent = ?"
                    " AND number > ? AND retry_at IS NULL ORDER BY number LIMIT ?",
                    [self.queue, host, urgent, self._reached.get((host, urgent), 0), count - len(rows)],
                ).fetchall()
            )
            if found:
                self._reached[host, urgent] = found[-1][0]
        self._leased |= {key: number for number, key, _ in rows}
        return rows

    @_on_disk
    def fetched(self, key: str) -> Fetch | None:
        """See Frontier."""
        row = self._db.execute("SELECT fetch FROM fetches WHERE key = ?", [key]).fetchone()
        return fetch_of(row[0]) if row else None

    @_on_disk
    def commit(self, commit: Commit) -> None:
        """See Frontier."""
        waited = self._waiting_of(commit.fetches.keys() - self._leased.keys())
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO fetches VALUES (?, ?, ?)",
                [(key, fetch.failed, json.dumps(asdict(fetch))) for key, fetch in commit.fetches.items()],
            )
            self._db.executemany(
                "DELETE FROM requests WHERE queue = ? AND key = ?",
                [(self.queue, key) for key, fetch in commit.fetches.items() if fetch.retry_at is None],
            )
            self._db.executemany(
                "UPDATE requests SET retry_at = ? WHERE queue = ? AND key = ?",
                [(at, self.queue, key) for key, fetch in commit.fetches.items() if (at := fetch.retry_at) is not None],
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?)",
                [(key, len(state.records), json.dumps(asdict(state))) for key, state in commit.pages.items()],
            )
            self._db.executemany("INSERT OR REPLACE INTO offsets VALUES (?, ?)", commit.offsets.items())
        for key in commit.fetches:
            self._leased.pop(key, None)
        if waited:
            self._waiting -= waited

    def _waiting_of(self, keys: Collection[str]) -> Counter[str]:
        """How many of some requests wait to be leased, by host."""
        waiting: Counter[str] = Counter()
        for key in keys:
            for number, host, urgent in self._db.execute(
                "SELECT number, host, urgent FROM requests WHERE queue = ? AND key = ? AND retry_at IS NULL",
                [self.queue, key],
            ):
                waiting[host] += number > self._reached.get((host, urgent), 0)
        return waiting

    def give_back(self, keys: Collection[str]) -> None:
        """See Frontier. A request that is not acknowledged waits as soon as the file is opened again."""
        for key in keys:
            self._leased.pop(key, None)

    def keep(self) -> None:
        """See Frontier. The lock on the data folder is what keeps others away."""

    def open_count(self) -> int:
        """See Frontier."""
        return len(self._leased) + self._waiting.total()

    @_on_disk
    def page(self, key: str) -> PageState | None:
        """See Frontier."""
        row = self._db.execute("SELECT state FROM pages WHERE key = ?", [key]).fetchone()
        return page_state_of(row[0]) if row else None

    @_on_disk
    def claim(self, identity: str, page: str) -> str:
        """See Frontier."""
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO claims VALUES (?, ?)", [identity, page])
        (holder,) = self._db.execute("SELECT page FROM claims WHERE identity = ?", [identity]).fetchone()
        return str(holder)

    def offsets(self) -> dict[str, int]:
        """See Frontier."""
        return dict(self._db.execute("SELECT file, bytes FROM offsets"))

    @_on_disk
    def counts(self) -> Counts:
        """See Frontier."""
        return _counts_of(self._db, self.queue)

    @_on_disk
    def forget(self) -> None:
        """See Frontier."""
        with self._db:
            for table in ("fetches", "pages", "claims", "offsets"):
                self._db.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """See Frontier."""
        self._db.close()


def ledger_counts(path: Path) -> list[Counts]:
    """How each crawl of a ledger stands, which another process may be writing. Changes nothing.

    Raises CopydeskError for a file that is no ledger, or one that this version cannot read.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            version = _checked_version(db, path)
            if version == 0:
                return []
            queues = [queue for (queue,) in db.execute("SELECT queue FROM queues ORDER BY run")]
            return [_counts_of(db, queue, version) for queue in queues]
    except sqlite3.DatabaseError as error:
        raise CopydeskError(f"{path} cannot be read: {error}") from None


def _counts_of(db: sqlite3.Connection, queue: str, version: int = VERSION) -> Counts:
    fetched, failed = db.execute("SELECT count(*), coalesce(sum(failed), 0) FROM fetches").fetchone()
    pages, records = db.execute("SELECT count(*), coalesce(sum(records), 0) FROM pages").fetchone()
    tried_again = _tried_again(db, queue) if version > 1 else ()
    return Counts(queue, dict(_open_by_host(db, queue, version)), tried_again, fetched, failed, pages, records)


def _open_by_host(db: sqlite3.Connection, queue: str, version: int = VERSION) -> Iterator[tuple[str, int]]:
    """The number of open requests of each host, the largest first."""
    is_open = "retry_at IS NULL" if version > 1 else "TRUE"
    return db.execute(
        f"SELECT host, count(*) FROM requests WHERE queue = ? AND {is_open} GROUP BY host ORDER BY 2 DESC", [queue]
    )


def _tried_again(db: sqlite3.Connection, queue: str) -> tuple[FailedRequest, ...]:
    rows = db.execute(
        "SELECT request, retry_at, fetch FROM requests JOIN fetches USING (key)"
        " WHERE queue = ? AND retry_at IS NOT NULL ORDER BY retry_at, number",
        [queue],
    )
    return tuple(failed_request(request, retry_at, fetch_of(fetch)) for request, retry_at, fetch in rows)


def _checked_version(db: sqlite3.Connection, path: Path) -> int:
    """The format of a ledger. Raises CopydeskError for one that only a newer version of Copydesk can read."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if not 0 <= version <= VERSION:
        raise CopydeskError(
            f"{path} was written by another version of Copydesk (format {version}, and this one reads formats up to "
            f"{VERSION}). Use the newer version. {MOVE_AWAY}"
        )
    return int(version)


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30)
    version = _checked_version(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    if version == 1:
        with db:  # both or neither, also when the process is killed
            db.execute("BEGIN")
            db.execute("ALTER TABLE requests ADD COLUMN retry_at REAL")
            db.execute("PRAGMA user_version = 2")
    db.executescript(_TABLES)
    db.execute(f"PRAGMA user_version = {VERSION}")
    return db
