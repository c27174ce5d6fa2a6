"""What holds for every file that pages are read from: how a record names it, and how long a page may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

MAX_PAGE_BYTES = 128 * 1024 * 1024
"""Larger files are rejected: no page is this long, and decoded it takes several times the memory."""

STDIN = "-"
"""The path that stands for standard input."""


@dataclass(frozen=True, slots=True)
class Known:
    """What whoever gives a single page knows of it: its address, and when it was fetched (ISO 8601)."""

    url: str | None = None
    retrieved_at: str | None = None


def source_name(path: str) -> str:
    """How a record names the file: relative to the working directory if it is below it, else as given."""
    if path == STDIN:
        return "stdin"
    below = Path(path).absolute()
    return (below.relative_to(Path.cwd()) if below.is_relative_to(Path.cwd()) else Path(path)).as_posix()


def now() -> str:
    """The time as `retrieved_at` states it: ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
