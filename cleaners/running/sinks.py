"""Where rows go: a file that appears when it is whole, a folder of articles, a stream."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Literal, Protocol, cast

from cleaners.errors import CannotResume
from cleaners.reading.files import source_name
from cleaners.records.file_names import file_stem
from cleaners.records.formats import OPENINGS, Format, story_file
from cleaners.records.parquet import UnreadableParquet, parquet_lines, to_parquet
from cleaners.records.rows import json_line
from cleaners.running.atomic_files import atomic_file, errors_name, part_name
from cleaners.running.batch import CleanedLines, written_as
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
Split = Literal["json", "md", "txt", "html"]

LINES: dict[RowKind, Callable[[CleanedLines], bytes]] = {
    "articles": lambda page: page.written or b"".join(map(json_line, page.articles)),
    "audit": lambda page: page.audit,
    "rejects": lambda page: json_line(page.rejected) if page.rejected else b"",
}
"""The lines of a page, by what is asked for."""


def rows_in(shape: Format, rows: RowKind, page: CleanedLines) -> bytes:
    """The rows of a page in a format; what becomes Parquet in the end stands in lines until then."""
    if rows != "articles":
        return LINES[rows](page)
    return page.written or written_as(shape, page.articles, page.bodies)


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
    """An output file. Until it is finished its rows stand beside it under a hidden name (`part_name`): packed as they
    will be, or as plain lines where they become Parquet in the end."""

    def __init__(self, target: str, rows: RowKind, shape: Format = Format.JSONL) -> None:
        """Open the part, which is locked. Nothing in it is changed before `begin`, `resume` or `take_up`."""
        self.target = target
        self._shown = source_name(target)
        self.part = part_name(target)
        self.rows = rows
        self.shape = shape
        self.is_sealed = False
        self._is_parquet = shape is Format.PARQUET
        self._pack = None if self._is_parquet else packer_for(target)
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
            for lines in parquet_lines(self.target) if self._is_parquet else _chunks(self.target):
                self._file.write(lines)
        except UnreadableParquet as error:
            raise CannotResume(f"{self.target} cannot be read ({error}): --overwrite begins anew") from error
        self._file.flush()

    def write(self, page: CleanedLines) -> None:
        """Take the rows of a page."""
        if rows := rows_in(self.shape, self.rows, page):
            self._append(rows)

    def _append(self, content: bytes) -> None:
        opening = b"" if self._file.size else OPENINGS.get(self.shape, b"")
        if self._pack and not self._frame:
            self._frame = self._pack(cast(IO[bytes], self._file))
        with errors_name(self._shown):
            (self._frame or self._file).write(opening + content)

    def save(self) -> Mapping[str, Checksum]:
        """Bring everything to the disk."""
        with errors_name(self._shown):
            if self._frame:
                self._frame.close()
                self._frame = None
            self._file.flush()
            os.fsync(self._file.file.fileno())
        return {self.rows: self._file.checksum}

    def seal(self) -> Mapping[str, Checksum]:
        """Complete the file: convert it to Parquet, or give one without rows its opening or its empty frame."""
        sealed = self.save()[self.rows]
        if not sealed.size and self.shape in OPENINGS:
            self._append(b"")
            sealed = self.save()[self.rows]
        if not sealed.size and (empty := empty_frame(self.target)):
            self._file.write(empty)
            sealed = self.save()[self.rows]
        if self._is_parquet:
            to_parquet(self.part, self._sealed_name, self.rows)
            sealed = checksum_of(self._sealed_name) or EMPTY
        self.is_sealed = True
        return {self.rows: sealed}

    def finish(self) -> None:
        """Put the sealed file in its place. The part is locked until then, so that no other run begins to write it."""
        if os.name != "posix":  # where no open file can be moved
            self._file.file.close()
        os.replace(self._sealed_name, self.target)
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
        if self._is_parquet and not self.is_sealed:
            Path(self._sealed_name).unlink(missing_ok=True)

    @property
    def _sealed_name(self) -> str:
        return sealed_name(self.target, self.shape)


def part_size(target: str) -> int:
    """How many bytes of an output are there from a run that did not finish."""
    part = part_name(target)
    return os.path.getsize(part) if os.path.exists(part) else 0


def sealed_name(target: str, shape: Format) -> str:
    """Where the complete file stands before it is put in its place: the part, or beside it what became Parquet."""
    return f"{part_name(target)}.parquet" if shape is Format.PARQUET else part_name(target)


def _chunks(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


class ArticleFolder:
    """A folder with a file for each article, named by day and headline; each appears when it is whole."""

    def __init__(self, path: str, split: Split, *, replaces: bool = False) -> None:
        """`replaces` says whether files may be replaced that another run left there."""
        self.path = path
        self.split = split
        self.replaces = replaces
        self._names: set[str] = set()
        self._unsaved: dict[str, Checksum] = {}

    def check(self, expected: Mapping[str, Checksum]) -> None:
        """Raise CannotResume if a file that was saved is not as it was."""
        for name, checksum in expected.items():
            file = os.path.join(self.path, name)
            if (found := checksum_of(file)) != checksum:
                raise CannotResume(f"{file} {difference(found, checksum)}: put it back, or --overwrite begins anew")
        self._names.update(expected)

    def write(self, page: CleanedLines) -> None:
        """Write the files of a page's articles."""
        bodies = page.bodies or [""] * len(page.articles)
        for record, body in zip(page.articles, bodies, strict=True):
            content = story_file(self.split, record, body)
            name = self._name(record, content)
            with atomic_file(os.path.join(self.path, name)) as file:
                file.write(content)
            self._names.add(name)
            self._unsaved[name] = checksum_of_bytes(content)

    def _name(self, record: Mapping[str, Any], content: bytes) -> str:
        """A name that no other article has, and no file that is not ours: where two meet, with the id."""
        stem = file_stem(record)
        plain, longer = f"{stem}.{self.split}", f"{stem}-{record['id']}.{self.split}"
        return longer if plain in self._names or not self._is_free(plain, record, content) else plain

    def _is_free(self, name: str, record: Mapping[str, Any], content: bytes) -> bool:
        """Whether a file may be written: none is there, or one that a run wrote of this article and did not save."""
        file = Path(self.path, name)
        if self.replaces or not os.path.lexists(file):
            return True
        if not file.is_file():
            return False
        with file.open("rb") as there:
            found = there.read(len(content) + 1)  # the id stands at the beginning
        return found == content or str(record["id"]).encode() in found

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

    def __init__(self, file: IO[bytes], rows: RowKind, shape: Format = Format.JSONL) -> None:
        self.file = file
        self.rows = rows
        self.shape = shape
        self._opening = OPENINGS.get(shape, b"")

    def write(self, page: CleanedLines) -> None:
        """Hand on the rows of a page at once: whoever reads them may be waiting."""
        if rows := rows_in(self.shape, self.rows, page):
            self._hand_on(rows)

    def _hand_on(self, content: bytes) -> None:
        with errors_name(_name_of(self.file)):
            self.file.write(self._opening + content)
            self._opening = b""
            self.file.flush()

    def save(self) -> Mapping[str, Checksum]:
        """There is nothing to return to."""
        return {}

    def seal(self) -> Mapping[str, Checksum]:
        """All was handed on."""
        return {}

    def finish(self) -> None:
        """All was handed on, but an opening behind which no row came."""
        if self._opening:
            self._hand_on(b"")

    def discard(self) -> None:
        """Nothing can be taken back."""

    def close(self) -> None:
        """The process closes it."""


def _name_of(file: IO[bytes]) -> str:
    """How a message names a stream; one without a name stands in for standard output."""
    name = getattr(file, "name", "<stdout>")
    return "standard output" if name in (1, "<stdout>") else str(name)


class ParquetStream(Stream):
    """Parquet to a stream: its index comes last, so the rows wait in a file for temporary use until all are there."""

    def __init__(self, file: IO[bytes], rows: RowKind) -> None:
        super().__init__(file, rows)
        self._folder = TemporaryDirectory(prefix="copydesk-")
        self._path = os.path.join(self._folder.name, "rows.jsonl")
        self._lines = open(self._path, "wb")  # noqa: SIM115

    def write(self, page: CleanedLines) -> None:
        """Put the rows of a page aside."""
        self._lines.write(LINES[self.rows](page))

    def finish(self) -> None:
        """Convert what came, and hand it on."""
        self._lines.flush()
        table = os.path.join(self._folder.name, "rows.parquet")
        to_parquet(self._path, table, self.rows)
        for chunk in _chunks(table):
            self.file.write(chunk)
        self.file.flush()
        self.close()

    def discard(self) -> None:
        """Forget what came."""
        self.close()

    def close(self) -> None:
        """Remove the file for temporary use."""
        self._lines.close()
        self._folder.cleanup()


def stream_of(file: IO[bytes], rows: RowKind, shape: Format) -> Stream:
    """The stream of rows in a format."""
    return ParquetStream(file, rows) if shape is Format.PARQUET else Stream(file, rows, shape)
