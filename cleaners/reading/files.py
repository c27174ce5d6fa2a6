"""What holds for every file that pages are read from: how a record names it, and how long a page may be."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
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
    here = os.getcwd()
    folder, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir):
        return _shown(path, here)
    shown = _shown(folder, here)
    named = name if shown == os.curdir else f"{shown.rstrip('/')}/{name}"
    return os.curdir if named == here else named


@lru_cache(maxsize=64)  # most files stand in the folder of the one before
def _shown(path: str, folder: str) -> str:
    below = Path(folder, path)
    return (below.relative_to(folder) if below.is_relative_to(folder) else Path(path)).as_posix()


def now() -> str:
    """The time as `retrieved_at` states it: ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
