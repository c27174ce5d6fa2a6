"""The output of a crawl: three files of JSON Lines that only grow, and the lock on their folder.

A line is handed to the system in one piece, and is safe after `sync`. How long the files were at the last
acknowledgement stands in the frontier; what stands behind that after a kill belongs to pages that were not
acknowledged, and is cut off at the start: they are cleaned again.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import IO
from uuid import uuid4

from cleaners.errors import CopydeskError
from cleaners.records.reader import read_articles
from cleaners.records.rows import Row

ARTICLES, AUDIT, REJECTED = FILES = ("articles.jsonl", "audit.jsonl", "rejected.jsonl")

_LOCK = ".lock"
_WORKER = ".worker"


class FolderInUse(CopydeskError):
    """Another crawl writes to the data folder."""


class DataFolder:
    """A folder that one crawl at a time writes to; it is made if it is not there.

    Raises FolderInUse if another crawl has it, and OSError if it cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = _locked(path)
        self.worker = _kept_name(path / _WORKER)
        """A name that the folder keeps, by which a shared frontier knows what was leased for it."""

    def close(self) -> None:
        """Let another crawl have it."""
        self._lock.close()


def _locked(folder: Path) -> IO[bytes]:
    lock = (folder / _LOCK).open("ab")
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # not on Windows
        pass
    except BlockingIOError:
        lock.close()
        raise FolderInUse(f"another crawl writes to {folder}; end it, or give this one another DATA_DIR") from None
    return lock


def is_in_use(folder: Path) -> bool:
    """Whether a crawl writes to a data folder at this moment."""
    if not (folder / _LOCK).exists():
        return False
    try:
        _locked(folder).close()
    except FolderInUse:
        return True
    return False


def _kept_name(path: Path) -> str:
    if not (path.exists() and path.read_text("utf-8").strip()):
        path.write_text(f"{uuid4().hex}\n", "utf-8")
    return path.read_text("utf-8").strip()


class Output:
    """The three files, opened to be appended to.

    `offsets` is how long each was when the last page was acknowledged. Longer ones are cut to that length, an
    unknown one is kept but for a torn last line. Raises OSError if a file cannot be opened.
    """

    def __init__(self, folder: Path, offsets: Mapping[str, int]) -> None:
        self._files = {name: (folder / name).open("ab", buffering=0) for name in FILES}
        for name, file in self._files.items():
            _mend(file, folder / name, offsets.get(name))

    def write(self, name: str, lines: bytes) -> None:
        """Append whole lines to one of the files. Raises OSError, for example if the disk is full."""
        rest = memoryview(lines)
        while rest:  # what a disk that is almost full does not take at once
            rest = rest[self._files[name].write(rest) :]

    def sync(self) -> dict[str, int]:
        """Make sure that all that was written stays, even if the power fails; how long each file is."""
        for file in self._files.values():
            _sync(file)
        return {name: file.tell() for name, file in self._files.items()}

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()


def records(folder: Path) -> Iterator[Row]:
    """The records of an earlier crawl, without what is no record."""
    path = folder / ARTICLES
    return read_articles(path, refuse=lambda refused: None) if path.is_file() else iter(())


def is_missing(folder: Path, offsets: Mapping[str, int]) -> bool:
    """Whether a file is gone or shorter than it was at the last acknowledgement: somebody removed the output."""
    return any(not (folder / name).exists() or (folder / name).stat().st_size < size for name, size in offsets.items())


def _mend(file: FileIO, path: Path, length: int | None) -> None:
    """Cut off what was not acknowledged; where nothing is known of the file, a line that was torn."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    end = _end_of_last_line(path, size) if length is None else length
    if size > end:
        print(f"{path}: {size - end} bytes of a crawl that was cut short are written again", file=sys.stderr)
        file.truncate(end)
        file.seek(0, os.SEEK_END)


def _end_of_last_line(path: Path, size: int) -> int:
    with path.open("rb") as file:
        end = size
        while end > 0:
            start = max(0, end - 65536)
            file.seek(start)
            if (place := file.read(end - start).rfind(b"\n")) >= 0:
                return start + place + 1
            end = start
    return 0


def _sync(file: FileIO) -> None:
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a pipe or a device has nothing to sync
            raise
