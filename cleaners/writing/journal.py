"""The journal of a run: which pages are written, and how large the outputs were when they were.

A line of settings, then a line for each time that the outputs were saved. It is written after the outputs are on the
disk, so that a run which was interrupted, in whatever way, goes on from its last line that is whole.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import IO, Any

from cleaners.data import Page
from cleaners.errors import CannotResume

Settings = Mapping[str, Any]


@dataclass
class Written:
    """What a journal says: how often each page (by `page_digest`) is written, the sizes of the outputs, the tally at
    that time, and whether the outputs were finished."""

    settings: Settings | None = None
    pages: Counter[int] = field(default_factory=Counter)
    sizes: tuple[int, ...] = ()
    tally: dict[str, Any] | None = None
    finished: bool = False


def page_digest(page: Page) -> int:
    """Eight bytes that tell a page of the input from others: by its file, or by its place in it, and its address."""
    return row_digest(page.source, page.url)


def row_digest(source: str | None, url: str | None) -> int:
    """The digest of the page that a row names."""
    name = f"{source}\0{url}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=8).digest())


class Journal:
    """The journal file of a run, which no other run can have open meanwhile. Raises CannotResume if one has."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file: IO[bytes] = open(path, "a+b")  # noqa: SIM115 (it lives as long as the run)
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise CannotResume("another run is writing these outputs") from None

    def read(self, most: Sequence[int]) -> Written:
        """What is written, up to the last line by which no output is larger than what is there now (`most`).

        What stands behind that line is forgotten.
        """
        written = Written()
        end = 0
        self._file.seek(0)
        for line in self._file:
            try:
                entry = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                entry = None
            if entry is None or not _take(entry, written, most):
                break
            end += len(line)
        self._file.truncate(end)
        return written

    def begin(self, settings: Settings) -> None:
        """Start anew."""
        self._file.truncate(0)
        self._add({"settings": settings})

    def add(self, pages: Sequence[int], sizes: Sequence[int], tally: Mapping[str, Any], *, finished: bool) -> None:
        """Note that these pages are written as well, and the outputs as large as this."""
        self._add({"pages": [f"{page:x}" for page in pages], "sizes": sizes, "tally": tally, "finished": finished})

    def close(self) -> None:
        """Let another run have it."""
        self._file.close()

    def discard(self) -> None:
        """Remove it."""
        os.unlink(self.path)
        self.close()

    def _add(self, entry: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(entry, separators=(",", ":")).encode() + b"\n")
        self._file.flush()


def _take(entry: dict[str, Any], written: Written, most: Sequence[int]) -> bool:
    """Add a line to what is written; False if the outputs are shorter than it says."""
    if "settings" in entry:
        written.settings = entry["settings"]
        return True
    sizes = entry["sizes"]
    if not entry["finished"] and any(size > there for size, there in zip(sizes, most, strict=True)):
        return False
    written.pages.update(int(page, 16) for page in entry["pages"])
    written.sizes, written.tally, written.finished = tuple(sizes), entry["tally"], entry["finished"]
    return True


def _lock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # only Unix has it
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
