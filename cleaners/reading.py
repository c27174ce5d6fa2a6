"""Files, folders and standard input to Pages, one at a time and always in the same order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from cleaners.data import Cleaned, Page, Rejection
from cleaners.errors import MissingPath

MAX_PAGE_BYTES = 128 * 1024 * 1024
"""Larger files are rejected: no page is this long, and decoded it takes several times the memory."""

STDIN = "-"
"""The path that stands for standard input."""


def read_pages(paths: Iterable[str | Path]) -> Iterator[Page | Cleaned]:
    """The pages of files and, file by file in the order of their names, of folders; there, hidden files are left out.

    A file that cannot be read gives a rejected Cleaned in its place. Raises MissingPath at once, before anything is
    read, if one of the paths does not exist.
    """
    given_paths = [str(path) for path in paths]
    check_paths(given_paths)
    return (read_page(path) for given in given_paths for path in _files(given))


def check_paths(paths: Iterable[str | Path]) -> None:
    """Raise MissingPath for the first of the paths that does not exist."""
    for path in paths:
        if str(path) != STDIN and not os.path.exists(path):
            raise MissingPath(f"no such file or folder: {path}")


def read_page(path: str) -> Page | Cleaned:
    """One file as a page, or the reason why it could not be read."""
    source = source_name(path)
    try:
        content = _read(path)
    except OSError as error:
        reason = f"The file cannot be read: {error.strerror or error}."
        return Cleaned(_page(b"", source), rejection=Rejection("unreadable", reason))
    if len(content) > MAX_PAGE_BYTES:
        limit = f"{MAX_PAGE_BYTES // 1024**2} MB"
        reason = f"The file is larger than {limit}, which no page is. Split it into one file per page."
        return Cleaned(_page(b"", source), rejection=Rejection("too-large", reason))
    return _page(content, source)


def source_name(path: str) -> str:
    """How a record names the file: relative to the working directory if it is below it, else as given."""
    if path == STDIN:
        return "stdin"
    below = Path(path).absolute()
    return (below.relative_to(Path.cwd()) if below.is_relative_to(Path.cwd()) else Path(path)).as_posix()


def _page(content: bytes, source: str) -> Page:
    return Page(content, source=source, retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"))


def _read(path: str) -> bytes:
    """The file's bytes, at most one more than a page may have."""
    if path == STDIN:
        return _bounded(sys.stdin.buffer)
    with open(path, "rb") as file:
        return _bounded(file)


def _bounded(file: BinaryIO) -> bytes:
    return file.read(MAX_PAGE_BYTES + 1)


def _files(given: str) -> Iterator[str]:
    """The path itself, or the files below a folder. Links to folders are not followed, so no walk goes in circles."""
    waiting = [given]
    while waiting:
        path = waiting.pop()
        if os.path.isdir(path) and (names := _listed(path)) is not None:
            waiting.extend(os.path.join(path, name) for name in reversed(names))
        else:
            yield path


def _listed(folder: str) -> list[str] | None:
    """The names in a folder that are read, sorted, or None if it may not be listed (reading it then says why)."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if _is_wanted(entry))
    except OSError:
        return None


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Whether a folder's entry is read: nothing hidden, no link to a folder, no pipe or device, which might not end."""
    if entry.name.startswith("."):
        return False
    broken_link = entry.is_symlink() and not os.path.exists(entry.path)
    return entry.is_dir(follow_symlinks=False) or entry.is_file() or broken_link
