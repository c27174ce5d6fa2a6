"""Queues of texts by name, which spill to disk."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Self


class DiskQueues:
    """A queue of texts for each name: texts of one name come out in the order in which they were put in.

    They are in a temporary SQLite database, which keeps a few megabytes in memory and the rest in a file that SQLite
    deletes at the end.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # SQLite's name for a temporary file
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE texts (number INTEGER PRIMARY KEY, name BLOB, text BLOB)")
        self._database.execute("CREATE INDEX names ON texts (name, number)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def put(self, name: str, text: str) -> None:
        """Add a text to the queue of a name."""
        self._database.execute("INSERT INTO texts (name, text) VALUES (?, ?)", (_bytes(name), _bytes(text)))

    def holds(self, name: str) -> bool:
        """Whether the queue of a name has a text."""
        return (
            self._database.execute("SELECT 1 FROM texts WHERE name = ? LIMIT 1", (_bytes(name),)).fetchone() is not None
        )

    def take(self, name: str) -> str | None:
        """Remove and return the first text of a name; None if there is none."""
        found = self._database.execute(
            "SELECT number, text FROM texts WHERE name = ? ORDER BY number LIMIT 1", (_bytes(name),)
        ).fetchone()
        return self._taken(found)

    def take_any(self) -> str | None:
        """Remove and return the oldest text of all names; None if there is none."""
        return self._taken(self._database.execute("SELECT number, text FROM texts ORDER BY number LIMIT 1").fetchone())

    def _taken(self, found: tuple[int, bytes] | None) -> str | None:
        if found is None:
            return None
        number, text = found
        self._database.execute("DELETE FROM texts WHERE number = ?", (number,))
        return text.decode("utf-8", "surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
