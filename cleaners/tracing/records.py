"""Files of article records to articles to trace, one line at a time."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any, cast

from cleaners.errors import CopydeskError
from cleaners.files import STDIN, source_name
from cleaners.reading import check_paths
from cleaners.tracing.agencies import Signed, signed

MOST_LINE_BYTES = 128 * 1024 * 1024
"""Longer lines are rejected: no article is this long."""


class NoZstandard(CopydeskError):
    """A .zst file was given, and nothing installed reads it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What tracing needs of an article. `published` is in seconds since 1970, of a day its start.

    `replaces` is the id of the article's version before this one.
    """

    id: str
    text: str
    published: float | None = None
    signed: tuple[Signed, ...] = ()
    replaces: str | None = None
    source: str = ""
    """The file and the line that it was read from."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that holds no article to trace: a code to count by, and a reason that a person can act on."""

    source: str
    code: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        """The row as it is written to the rejects."""
        return {"source": self.source, "code": self.code, "reason": self.reason}


def read_records(paths: Iterable[str]) -> Iterator[Record | Refused]:
    """The articles of JSON Lines files, plain, .gz or .zst, and - for standard input.

    A line that holds no article gives the reason in its place; so does the place where a cut-off file ends. Raises
    MissingPath at once if a file does not exist.
    """
    given = list(paths)
    check_paths(given)
    return (record for path in given for record in _read_file(path))


def to_record(line: bytes, source: str) -> Record | Refused:
    """One line as an article to trace, of whatever schema: what counts is that it has an id and a text."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Refused(source, "no-json", "The line is no JSON. A file that was cut off ends in one like it.")
    if not isinstance(record, dict):
        return Refused(source, "no-record", "The line is JSON, but no record of an article.")
    identifier, text = record.get("id"), record.get("text")
    if not isinstance(identifier, str) or not identifier.strip():
        return Refused(source, "no-id", "The record has no id. Clean the page again with `copydesk clean`.")
    if not isinstance(text, str) or not text.strip():
        return Refused(source, "no-text", f"The record {identifier[:80]} has no text.")
    replaces = record.get("replaces")
    earlier = replaces if isinstance(replaces, str) and replaces.strip() else None
    return Record(identifier, text, _seconds(record), signed(record), earlier, source)


def _seconds(record: Mapping[str, Any]) -> float | None:
    """When the article was published. A time without an offset is taken for UTC, which orders well enough."""
    stated = record.get("date_published")
    if not isinstance(stated, str):
        return None
    try:
        moment = datetime.fromisoformat(stated)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _read_file(path: str) -> Iterator[Record | Refused]:
    name, number = source_name(path), 0
    try:
        with _opened(path) as file:
            while line := file.readline(MOST_LINE_BYTES + 1):
                number += 1
                if len(line) > MOST_LINE_BYTES:
                    yield Refused(
                        f"{name}:{number}", "too-large", "The line is longer than any article. The rest is left."
                    )
                    return
                if line.strip():
                    yield to_record(line, f"{name}:{number}")
    except (OSError, EOFError, zlib.error, _zstandard_error()) as error:
        reason = getattr(error, "strerror", None) or str(error) or "it is cut off"
        yield Refused(f"{name}:{number + 1}", "unreadable", f"From here on the file cannot be read: {reason}.")


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    if path == STDIN:
        yield sys.stdin.buffer
        return
    with _open(path) as file:
        yield file


def _open(path: str) -> IO[bytes]:
    if path.endswith(".gz"):
        return cast(IO[bytes], gzip.open(path, "rb"))
    if path.endswith(".zst"):
        return cast(IO[bytes], _zstandard().open(path, "rb"))
    return open(path, "rb")


def _zstandard() -> Any:
    """Python's own module from 3.14 on, else the backport."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise NoZstandard("reading .zst needs Python 3.14 or `pip install backports.zstd`")


def _zstandard_error() -> type[Exception]:
    try:
        return cast(type[Exception], _zstandard().ZstdError)
    except NoZstandard:
        return EOFError
