"""Written articles to records again: JSON Lines files, plain or compressed, and folders of them.

What is wrong with a line or a file is named and costs that line, or what follows the place where a file was cut off.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from cleaners.reading import check_paths
from cleaners.reading.files import STDIN, source_name
from cleaners.reading.unpacking import DAMAGED, unpacked
from cleaners.records.rows import Record

MOST_LINE_BYTES = 128 * 1024 * 1024
"""Longer lines are refused, with all that follows: no article is this long."""

_UNREADABLE = (OSError, EOFError, *DAMAGED)
_NAMES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")

_T = TypeVar("_T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that holds no article, or the place from which a file cannot be read.

    `source` is the file and the number of the line, `code` a word to count by, `reason` a sentence that a person can
    act on.
    """

    source: str
    code: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        """The refusal as a row of a rejects file."""
        return asdict(self)


def warn(refused: Refused) -> None:
    """Say by a log message what was refused."""
    log.warning("%s: %s", refused.source, refused.reason)


def read_articles(
    path: str | Path | Iterable[str | Path], *, refuse: Callable[[Refused], object] = warn
) -> Iterator[Record]:
    """The article records of a file, a folder or several of them, as plain dicts, one at a time, in the files' order.

    Files are JSON Lines, plain, gzip or Zstandard, told apart by their content. Of a folder, the files that end in
    `.jsonl` (or `.ndjson`) are read, also `.gz` and `.zst`, but for those that begin with a record of another kind,
    such as an audit. A record is any JSON object with a text and an id, so that the records of older versions are read
    too.

    A line that holds no article, and the place where a file is cut off, are handed to `refuse`, and reading goes on;
    unless told otherwise they are logged as warnings. Raises MissingPath at once if a path does not exist.
    """
    paths = [str(given) for given in ([path] if isinstance(path, str | os.PathLike) else path)]
    check_paths(paths)
    return _articles(paths, refuse)


def _articles(paths: Iterable[str], refuse: Callable[[Refused], object]) -> Iterator[Record]:
    for path in paths:
        for file in article_files(path):
            yield from read_rows(file, is_article, refuse=refuse)


def read_rows(
    path: str, is_wanted: Callable[[Record], bool], *, refuse: Callable[[Refused], object] = warn
) -> Iterator[Record]:
    """The wanted records of one file, such as an audit; what is none, or cannot be read, is handed to `refuse`."""
    for found in read_file(path, is_wanted):
        if isinstance(found, Refused):
            refuse(found)
        else:
            yield found


def is_article(record: Record) -> bool:
    """Whether a record is that of an article, of whatever schema: what counts is that it has an id and a text."""
    return isinstance(record.get("id"), str) and isinstance(record.get("text"), str)


def article_files(path: str) -> Iterator[str]:
    """The path itself, or the files of articles below a folder: none that is hidden, no pipe, which might not end."""
    if not os.path.isdir(path):
        yield path
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        files = [os.path.join(folder, name) for name in sorted(names) if _is_wanted(name)]
        yield from (file for file in files if os.path.isfile(file) and not _holds_other_records(file))


def _is_wanted(name: str) -> bool:
    return name.endswith(_NAMES) and not name.startswith(".")


def _holds_other_records(path: str) -> bool:
    """Whether the first line of a file is a record, but not that of an article."""
    return getattr(next(read_file(path), None), "code", None) == "not-wanted"


def read_file(path: str, is_wanted: Callable[[Record], bool] = is_article) -> Iterator[Record | Refused]:
    """The wanted records of one file, and in the place of what is none the reason."""
    return read_lines(path, lambda line, source: to_record(line, source, is_wanted))


def read_lines(path: str, parse: Callable[[bytes, str], _T]) -> Iterator[_T | Refused]:
    """What `parse` makes of each line of a file (- is standard input) and of its place, `FILE:NUMBER`.

    The file may be packed. A line that is too long, and the place from which the file cannot be read, give the reason.
    """
    name, number = source_name(path), 0
    try:
        with open(0 if path == STDIN else path, "rb", closefd=path != STDIN) as packed:
            file = unpacked(packed)
            while line := file.readline(MOST_LINE_BYTES + 1):
                number += 1
                if len(line) > MOST_LINE_BYTES:
                    yield Refused(f"{name}:{number}", "too-large", "The line is longer than any article.")
                    return
                if line.strip():
                    yield parse(line, f"{name}:{number}")
    except _UNREADABLE as error:
        reason = getattr(error, "strerror", None) or str(error).rstrip(".") or "it is cut off"
        yield Refused(f"{name}:{number + 1}", "unreadable", f"From here on the file cannot be read: {reason}.")


def to_record(line: bytes, source: str, is_wanted: Callable[[Record], bool] = is_article) -> Record | Refused:
    """One line as a record of the wanted kind."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Refused(source, "no-json", "The line is no JSON. A file that was cut off ends in one like it.")
    if not (isinstance(record, dict) and is_wanted(record)):
        return Refused(source, "not-wanted", "The line is JSON, but no record of the kind that is read here.")
    return record
