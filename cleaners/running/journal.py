"""The journal of a run: which pages are written, and the checksums that the outputs had then.

A line of settings, then a line for each time that the outputs were saved. A line is written after the outputs are on
the disk, so a run that was interrupted, in whatever way, resumes from the last whole line. Each line ends in a checksum
of its own.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from cleaners.data import Page
from cleaners.errors import CannotResume
from cleaners.running.checksums import Checksum
from cleaners.running.locks import open_locked

Settings = Mapping[str, Any]


@dataclass
class JournalState:
    """What a journal says.

    `pages` counts how often each page (by `page_digest`) is written, `ids` holds the pages of the articles (by
    `id_digest`), and `checksums` has the outputs, by their kind, and the files of a folder, by their names. `replaces`
    says whether the run may replace files that exist, `finished` whether its outputs were complete.
    """

    settings: Settings | None = None
    replaces: bool = False
    pages: Counter[int] = field(default_factory=Counter)
    ids: set[int] = field(default_factory=set)
    checksums: dict[str, Checksum] = field(default_factory=dict)
    tally: dict[str, Any] | None = None
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Save:
    """What is noted when outputs are saved: the pages and ids that are new, and the checksums that changed."""

    pages: Sequence[int]
    ids: Sequence[int]
    checksums: Mapping[str, Checksum]
    tally: Mapping[str, Any]
    finished: bool = False
    replaces: bool = False


def page_digest(page: Page) -> int:
    """Eight bytes that distinguish a page of the input: by its file, or by its position in it, and its address."""
    return row_digest(page.source, page.url)


def row_digest(source: str | None, url: str | None) -> int:
    """The digest of the page that a row names."""
    return _digest(f"{source}\0{url}".encode("utf-8", "surrogatepass"))


def id_digest(article_id: str) -> int:
    """The digest of the page of an article: all articles of a page share it.

    >>> id_digest("00ff") == id_digest("00ff-1")
    True
    """
    return _digest(article_id.partition("-")[0].encode("utf-8", "surrogatepass"))


def _digest(name: bytes) -> int:
    return int.from_bytes(blake2b(name, digest_size=8).digest())


class Journal:
    """The journal file of a run, which no other run can have open meanwhile. Raises CannotResume if one has."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_new = not os.path.exists(path)
        self._file = open_locked(path)

    def read(self) -> JournalState:
        """What is noted. A last line that is not whole is forgotten. Raises CannotResume for any other damage."""
        state = JournalState()
        whole = 0
        for entry, end in self._entries():
            _take(entry, state)
            whole = end
        self._file.truncate(whole)
        return state

    def _entries(self) -> Iterator[tuple[dict[str, Any], int]]:
        """The lines, each with the position of its end."""
        end = 0
        self._file.seek(0)
        for number, line in enumerate(self._file, start=1):
            if not line.endswith(b"\n"):  # the run was killed while it wrote this
                return
            content, _, checksum = line[:-1].rpartition(b" ")
            if checksum != _line_checksum(content):
                raise CannotResume(
                    f"{self.path}, line {number:,}: the journal is damaged, or of another version of Copydesk:"
                    " --overwrite begins anew"
                )
            end += len(line)
            yield json.loads(content), end

    def begin(self, settings: Settings, *, replaces: bool) -> None:
        """Begin anew."""
        self._file.truncate(0)
        self._add({"settings": settings, "replaces": replaces})

    def add(self, save: Save) -> None:
        """Note what was saved."""
        self._add(
            {
                "pages": [f"{page:x}" for page in save.pages],
                "ids": [f"{page:x}" for page in save.ids],
                "checksums": save.checksums,
                "tally": save.tally,
                "finished": save.finished,
                "replaces": save.replaces,
            }
        )

    def close(self) -> None:
        """Let another run have it."""
        self._file.close()

    def discard(self) -> None:
        """Remove it."""
        os.unlink(self.path)
        self.close()

    def _add(self, entry: Mapping[str, Any]) -> None:
        content = json.dumps(entry, separators=(",", ":")).encode()
        self._file.write(content + b" " + _line_checksum(content) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def _line_checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=8).hexdigest().encode()


def _take(entry: dict[str, Any], state: JournalState) -> None:
    """Add a line to the state."""
    if "settings" in entry:
        state.settings, state.replaces = entry["settings"], entry["replaces"]
        return
    state.pages.update(int(page, 16) for page in entry["pages"])
    state.ids.update(int(page, 16) for page in entry["ids"])
    state.checksums.update({name: Checksum(*checksum) for name, checksum in entry["checksums"].items()})
    state.tally, state.finished = entry["tally"], entry["finished"]
    state.replaces = state.replaces or entry["replaces"]
