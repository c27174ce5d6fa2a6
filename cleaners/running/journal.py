"""The journal of a run: which pages are written, and how large the outputs were when they were.

A line of settings, then a line for each time that the outputs were saved. It is written after the outputs are on the
disk, so that a run which was interrupted, in whatever way, goes on from its last line that is whole.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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

    def read(self, there: Sequence[int]) -> Written:
        """What is written, up to the last line at which the outputs were finished or no larger than they are now.

        `there` are their sizes now. What stands behind that line is forgotten.
        """
        entries = list(self._whole_entries())
        sound = [number for number, (entry, _) in enumerate(entries) if _is_sound(entry, there)]
        taken = entries[: sound[-1] + 1] if sound else []
        written = Written()
        for entry, _ in taken:
            _take(entry, written)
        self._file.truncate(taken[-1][1] if taken else 0)
        return written

    def _whole_entries(self) -> Iterator[tuple[dict[str, Any], int]]:
        """The lines that are whole, each with the place where it ends."""
        end = 0
        self._file.seek(0)
        for line in self._file:
            end += len(line)
            try:
                entry = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                return
            if entry is None:
                return
            yield entry, end

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


def _is_sound(entry: dict[str, Any], there: Sequence[int]) -> bool:
    """Whether the outputs can be taken back to what they were at this line."""
    if "settings" in entry or entry["finished"]:
        return True
    return all(size <= now for size, now in zip(entry["sizes"], there, strict=True))


def _take(entry: dict[str, Any], written: Written) -> None:
    """Add a line to what is written."""
    if "settings" in entry:
        written.settings = entry["settings"]
        return
    written.pages.update(int(page, 16) for page in entry["pages"])
    written.sizes, written.tally, written.finished = tuple(entry["sizes"]), entry["tally"], entry["finished"]


def _lock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # only Unix has it
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
