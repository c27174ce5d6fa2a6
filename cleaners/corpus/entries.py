"""What a run knows of each record of its input, on disk: why it is left out, or for which record it is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple, get_args

from cleaners.errors import CannotResume
from cleaners.tracing.attribution import WHOLE
from cleaners.tracing.index import IndexedArticle
from cleaners.tracing.inputs import TraceInput
from cleaners.words.agencies import agency_named

Prefer = Literal["earliest", "longest", "agency"]
"""Which record of a cluster is kept: the one published first, the one with the most words, or the agency's own (on the
agency's own pages, else one that it signs as a whole). Equal ones: the earliest, then the first of the input."""

PREFERENCES: tuple[Prefer, ...] = get_args(Prefer)

_EARLIEST = "published IS NULL, published, position"
_ORDERS: dict[Prefer, str] = {
    "earliest": _EARLIEST,
    "longest": f"words DESC, {_EARLIEST}",
    "agency": f"agency_rank, {_EARLIEST}",
}

_TABLES = """
CREATE TABLE IF NOT EXISTS entry (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    reason TEXT,
    published REAL,
    agency_rank INTEGER,
    words INTEGER,
    same INTEGER,
    cluster INTEGER,
    kept INTEGER
);
CREATE INDEX IF NOT EXISTS entry_id ON entry (id);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Outcome(NamedTuple):
    """What became of the record at a position: `reason` None means that it is kept; `kept` is the id of the record
    that stands for it."""

    id: str
    reason: str | None
    kept: str | None


class Entries:
    """The entries of a run, in a file. Nothing is there for good before `commit`."""

    def __init__(self, path: str) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Close the file; what was not committed is lost."""
        self._database.close()

    def commit(self, done: int) -> None:
        """Make all entries so far permanent; the first `done` records are read."""
        self._set("done", done)
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    @property
    def done(self) -> int:
        """How many records were read and committed."""
        return int(self._get("done") or 0)

    def begin(self, settings: dict[str, Any]) -> None:
        """Note what the run was asked for. Raises CannotResume if an interrupted run was asked for something else."""
        wanted, earlier = json.dumps(settings, sort_keys=True), self._get("settings")
        if earlier not in (None, wanted):
            raise CannotResume(
                "the folder holds an interrupted run with other inputs or options: --overwrite begins anew"
            )
        self._set("settings", wanted)
        self.commit(self.done)

    def add(self, position: int, id: str, reason: str | None) -> None:
        """A record that is left out, and why; or what `take` found no reason against."""
        self._database.execute("INSERT INTO entry (position, id, reason) VALUES (?, ?, ?)", [position, id, reason])

    def take(self, position: int, article: TraceInput, publisher: object) -> None:
        """A record that is to be compared with others."""
        signed = any(mark.evidence in WHOLE for mark in article.attributions)
        rank = 0 if isinstance(publisher, str) and agency_named(publisher) else 1 if signed else 2
        row = [position, article.id, article.published, rank]
        self._database.execute("INSERT INTO entry (position, id, published, agency_rank) VALUES (?, ?, ?, ?)", row)

    def has(self, id: str) -> bool:
        """Whether a record with this id was taken."""
        found = self._database.execute("SELECT 1 FROM entry WHERE id = ? AND reason IS NULL LIMIT 1", [id])
        return found.fetchone() is not None

    def choose(self, articles: Iterable[IndexedArticle], prefer: Prefer) -> None:
        """Keep one entry of each cluster, and let the others point to it."""
        self._database.executemany(
            "UPDATE entry SET words = ?, same = ?, cluster = ? WHERE id = ? AND reason IS NULL",
            ((each.words, each.same, each.cluster, each.id) for each in articles),
        )
        ordered = f"SELECT cluster, position FROM entry WHERE cluster IS NOT NULL ORDER BY cluster, {_ORDERS[prefer]}"
        for _, members in groupby(self._database.execute(ordered), key=itemgetter(0)):
            positions = [position for _, position in members]
            self._database.executemany(
                "UPDATE entry SET kept = ? WHERE position = ?", [(positions[0], each) for each in positions]
            )
        self.commit(self.done)

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each record, in the order of the input."""
        question = (
            "SELECT one.id, one.reason, one.position = one.kept, one.same = first.same, first.id FROM entry AS one"
            " LEFT JOIN entry AS first ON first.position = one.kept ORDER BY one.position"
        )
        for id, reason, is_kept, is_same, kept in self._database.execute(question):
            if reason == "same-record":
                yield Outcome(id, reason, self._kept_for(id))
            elif reason:
                yield Outcome(id, reason, None)
            elif is_kept:
                yield Outcome(id, None, id)
            else:
                yield Outcome(id, "same-text" if is_same else "near-duplicate", kept)

    def _kept_for(self, id: str) -> str | None:
        found = self._database.execute(
            "SELECT first.id FROM entry AS one JOIN entry AS first ON first.position = one.kept WHERE one.id = ?", [id]
        ).fetchone()
        return found[0] if found else None

    def _get(self, name: str) -> str | None:
        found = self._database.execute("SELECT value FROM state WHERE name = ?", [name]).fetchone()
        return found[0] if found else None

    def _set(self, name: str, value: object) -> None:
        self._database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", [name, str(value)])
