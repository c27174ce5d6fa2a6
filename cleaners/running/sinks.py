"""Where rows go: a file that appears when it is whole, a folder of articles, a stream."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Literal, Protocol, cast

from cleaners.errors import CannotResume
from cleaners.records.markdown import markdown_file
from cleaners.records.parquet import UnreadableParquet, parquet_lines, to_parquet
from cleaners.records.rows import json_line
from cleaners.running.atomic_files import atomic_file, part_name
from cleaners.running.batch import CleanedLines
from cleaners.running.checksums import (
    CHUNK,
    EMPTY,
    Checksum,
    HashedFile,
    checksum_of,
    checksum_of_bytes,
    difference,
)
from cleaners.running.locks import open_locked
from cleaners.running.packing import Packer, empty_frame, packer_for

RowKind = Literal["articles", "audit", "rejects"]
Split = Literal["json", "md"]

LINES: dict[RowKind, Callable[[CleanedLines], bytes]] = {
    "articles": lambda page: b"".join(map(json_line, page.articles)),
    "audit": lambda page: page.audit,
    "rejects": lambda page: json_line(page.rejected) if page.rejected else b"",
}
"""The lines of a page, by what is asked for."""


class Sink(Protocol):
    """Where the rows of pages go."""

    def write(self, page: CleanedLines) -> None:
        """Take the rows of a page."""

    def save(self) -> Mapping[str, Checksum]:
        """Bring everything to the disk; the checksums of what has changed, by names that the journal notes."""

    def seal(self) -> Mapping[str, Checksum]:
        """Complete the file that `finish` puts in its place; the checksum of that file."""

    def finish(self) -> None:
        """Put the sealed file in its place."""

    def discard(self) -> None:
        """Remove what is unfinished."""

    def close(self) -> None:
        """Leave it as it is."""


class PartFile:
    """An output file. Until it is finished its lines stand beside it under a hidden name (`part_name`): packed as they
    will be, or plain where they become Parquet in the end."""

    def __init__(self, target: str, rows: RowKind) -> None:
        """Open the part, which is locked. Nothing in it is changed before `begin`, `resume` or `take_up`."""
        self.target = target
        self.part = part_name(target)
        self.rows = rows
        self.is_sealed = False
        self._pack = packer_for(target) if not _is_parquet(target) else None
        self._frame: Packer | None = None
        self._file = HashedFile(open_locked(self.part))

    def begin(self) -> None:
        """Begin anew."""
        self._file.keep(0)

    def resume(self, expected: Checksum) -> None:
        """Continue behind what was saved. Raises CannotResume if it is not there any more."""
        size = os.path.getsize(self.part)
        found = self._file.keep(expected.size) if size >= expected.size else Checksum(size, "")
        if found != expected:
            raise CannotResume(f"{self.part} {difference(found, expected)}: put it back, or --overwrite begins anew")

    def take_up(self) -> None:
        """Continue what is finished: its lines come into the part."""
        self._file.keep(0)
        if not os.path.exists(self.target):
            return
        try:
            for lines in parquet_lines(self.target) if _is_parquet(self.target) else _chunks(self.target):
                self._file.write(lines)
        except UnreadableParquet as error:
            raise CannotResume(f"{self.target} cannot be read ({error}): --overwrite begins anew") from error

    def write(self, page: CleanedLines) -> None:
        """Take the rows of a page."""
        if not (lines := LINES[self.rows](page)):
            return
        if self._pack and not self._frame:
            self._frame = self._pack(cast(IO[bytes], self._file))
        (self._frame or self._file).write(lines)

    def save(self) -> Mapping[str, Checksum]:
        """Bring everything to the disk."""
        if self._frame:
            self._frame.close()
            self._frame = None
        self._file.flush()
        os.fsync(self._file.file.fileno())
        return {self.rows: self._file.checksum}

    def seal(self) -> Mapping[str, Checksum]:
        """Complete the file: convert it to Parquet, or give a packed file without rows its empty frame."""
        sealed = self.save()[self.rows]
        if not sealed.size and (empty := empty_frame(self.target)):
            self._file.write(empty)
            sealed = self.save()[self.rows]
        if _is_parquet(self.target):
            to_parquet(self.part, sealed_name(self.target), self.rows)
            sealed = checksum_of(sealed_name(self.target)) or EMPTY
        self.is_sealed = True
        return {self.rows: sealed}

    def finish(self) -> None:
        """Put the sealed file in its place. The part is locked until then, so that no other run begins to write it."""
        if os.name != "posix":  # where no open file can be moved
            self._file.file.close()
        os.replace(sealed_name(self.target), self.target)
        Path(self.part).unlink(missing_ok=True)
        self._file.file.close()

    def discard(self) -> None:
        """Remove what is unfinished."""
        if os.name == "posix":
            Path(self.part).unlink(missing_ok=True)
        self.close()
        if os.name != "posix":
            Path(self.part).unlink(missing_ok=True)

    def close(self) -> None:
        """Leave it as it is; what cannot be written any more is not part of what was saved."""
        for file in (self._frame, self._file.file):
            try:
                if file:
                    file.close()
            except OSError:  # the disk is full, which was reported when it was noticed
                continue
        if _is_parquet(self.target) and not self.is_sealed:
            Path(sealed_name(self.target)).unlink(missing_ok=True)


def part_size(target: str) -> int:
    """How many bytes of an output are there from a run that did not finish."""
    part = part_name(target)
    return os.path.getsize(part) if os.path.exists(part) else 0


def sealed_name(target: str) -> str:
    """Where the complete file stands before it is put in its place: the part, or beside it what became Parquet."""
    return f"{part_name(target)}.parquet" if _is_parquet(target) else part_name(target)


def _chunks(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _is_parquet(name: str) -> bool:
    return name.endswith(".parquet")


class ArticleFolder:
    """A folder with a file for each article, named by its id; each appears when it is whole."""

    def __init__(self, path: str, split: Split) -> None:
        self.path = path
        self.split = split
        self._unsaved: dict[str, Checksum] = {}

    def check(self, expected: Mapping[str, Checksum]) -> None:
        """Raise CannotResume if a file that was saved is not as it was."""
        for name, checksum in expected.items():
            file = os.path.join(self.path, name)
            if (found := checksum_of(file)) != checksum:
                raise CannotResume(f"{file} {difference(found, checksum)}: put it back, or --overwrite begins anew")

    def write(self, page: CleanedLines) -> None:
        """Write the files of a page's articles."""
        for number, record in enumerate(page.articles):
            if self.split == "md":
                text = markdown_file(record, page.markdown[number])
            else:
                text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            content = text.encode("utf-8", "backslashreplace")
            name = f"{record['id']}.{self.split}"
            with atomic_file(os.path.join(self.path, name)) as file:
                file.write(content)
            self._unsaved[name] = checksum_of_bytes(content)

    def save(self) -> Mapping[str, Checksum]:
        """The files since the last time."""
        saved, self._unsaved = self._unsaved, {}
        return saved

    def seal(self) -> Mapping[str, Checksum]:
        """Every file is complete already."""
        return self.save()

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

    def save(self) -> Mapping[str, Checksum]:
        """There is nothing to return to."""
        return {}

    def seal(self) -> Mapping[str, Checksum]:
        """All was handed on."""
        return {}

    def finish(self) -> None:
        """All was handed on."""

    def discard(self) -> None:
        """Nothing can be taken back."""

    def close(self) -> None:
        """The process closes it."""
