"""Where rows go: a file that appears when it is whole, a folder of articles, a stream."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO, Literal, Protocol

from cleaners.records.markdown import markdown_file
from cleaners.records.parquet import from_parquet, to_parquet
from cleaners.records.rows import json_line
from cleaners.running.batch import CleanedLines
from cleaners.running.packing import Packer, packer_for
from cleaners.running.whole_files import part_name

RowKind = Literal["articles", "audit", "rejects"]
Split = Literal["json", "md"]

LINES: dict[RowKind, Callable[[CleanedLines], bytes]] = {
    "articles": lambda page: b"".join(map(json_line, page.articles)),
    "audit": lambda page: page.audit,
    "rejects": lambda page: json_line(page.rejected) if page.rejected else b"",
}
"""The lines of a page, by what is asked for."""


class Sink(Protocol):
    """Where the rows of pages go.

    `save` makes what was written outlast the process, and gives a size to which `reopen` can go back; `finish` puts the
    whole in its place, and `discard` takes it away.
    """

    def write(self, page: CleanedLines) -> None:
        """Take the rows of a page."""

    def save(self) -> int:
        """Bring everything to the disk; how large it is."""

    def finish(self) -> None:
        """Put it in its place."""

    def discard(self) -> None:
        """Remove what is unfinished."""

    def close(self) -> None:
        """Let go of it as it is."""


class PartFile:
    """An output file. Until it is finished its lines stand beside it under a hidden name (`part_name`): packed as they
    will be, or plain where they become Parquet in the end."""

    def __init__(self, target: str, rows: RowKind, size: int = 0) -> None:
        """Begin to write behind the first `size` bytes of what is there."""
        self.target = target
        self.part = part_name(target)
        self.rows = rows
        self._pack = packer_for(target) if not _is_parquet(target) else None
        self._frame: Packer | None = None
        self._file = open(self.part, "ab")  # noqa: SIM115 (it lives as long as this)
        self._file.truncate(size)

    def write(self, page: CleanedLines) -> None:
        """Take the rows of a page."""
        if not (lines := LINES[self.rows](page)):
            return
        if self._pack and not self._frame:
            self._frame = self._pack(self._file)
        (self._frame or self._file).write(lines)

    def save(self) -> int:
        """Bring everything to the disk; how large it is."""
        if self._frame:
            self._frame.close()
            self._frame = None
        self._file.flush()
        os.fsync(self._file.fileno())
        return os.fstat(self._file.fileno()).st_size

    def finish(self) -> None:
        """Put it in its place."""
        self._file.close()
        if _is_parquet(self.target):
            whole = f"{self.part}.parquet"
            to_parquet(self.part, whole, self.rows)
            os.replace(whole, self.target)
            os.unlink(self.part)
        else:
            os.replace(self.part, self.target)

    def discard(self) -> None:
        """Remove what is unfinished."""
        self.close()
        Path(self.part).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of it as it is; what cannot be written any more is not part of what was saved."""
        for file in (self._frame, self._file):
            try:
                if file:
                    file.close()
            except OSError:  # the disk is full, which was said when it was noticed
                continue
        if _is_parquet(self.target):
            Path(f"{self.part}.parquet").unlink(missing_ok=True)


def part_size(target: str) -> int:
    """How much of an output is there from a run that did not finish."""
    part = part_name(target)
    return os.path.getsize(part) if os.path.exists(part) else 0


def take_up_finished(target: str) -> None:
    """Make the part of an output anew from what is finished, unless a part is there."""
    part = part_name(target)
    if os.path.exists(part) or not os.path.exists(target):
        return
    copy = f"{part}.copy"
    (from_parquet if _is_parquet(target) else shutil.copyfile)(target, copy)
    os.replace(copy, part)


def _is_parquet(name: str) -> bool:
    return name.endswith(".parquet")


class ArticleFolder:
    """A folder with a file for each article, named by its id; each appears when it is whole."""

    def __init__(self, path: str, split: Split) -> None:
        self.path = path
        self.split = split

    def write(self, page: CleanedLines) -> None:
        """Write the files of a page's articles."""
        for number, record in enumerate(page.articles):
            if self.split == "md":
                text = markdown_file(record, page.markdown[number])
            else:
                text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            target = os.path.join(self.path, f"{record['id']}.{self.split}")
            with open(part_name(target), "wb") as file:
                file.write(text.encode("utf-8", "backslashreplace"))
            os.replace(part_name(target), target)

    def save(self) -> int:
        """Nothing is left to do, and a file that is written again is the same."""
        return 0

    def finish(self) -> None:
        """Every file is in its place already."""

    def discard(self) -> None:
        """Whole articles stay."""

    def close(self) -> None:
        """No file is open."""


class Stream:
    """Standard output, a pipe or a device: what is written is gone."""

    def __init__(self, file: IO[bytes], rows: RowKind) -> None:
        self.file = file
        self.rows = rows

    def write(self, page: CleanedLines) -> None:
        """Hand on the rows of a page at once: whoever reads them may be waiting."""
        if lines := LINES[self.rows](page):
            self.file.write(lines)
            self.file.flush()

    def save(self) -> int:
        """There is nothing to go back to."""
        return 0

    def finish(self) -> None:
        """All was handed on."""

    def discard(self) -> None:
        """Nothing can be taken back."""

    def close(self) -> None:
        """The process closes it."""
