"""Reads written articles back as records: files of JSON Lines or Parquet, and folders of them.

A line that is no record is reported and skipped. So is the rest of a file from the point where it is cut off.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from cleaners.reading import check_paths
from cleaners.reading.files import STDIN, source_name
from cleaners.records.row_files import RowFault, numbered_rows
from cleaners.records.rows import Row

_NAMES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst", ".parquet")

_ONE_ARTICLE = ".json"
_UNREADABLE = {".md": "Markdown", ".html": "HTML", ".csv": "CSV"}
"""The endings of the files of articles that hold no records, and the names of their formats."""

_T = TypeVar("_T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that holds no article, or the place from which a file cannot be read.

    `source` is the file and the number of the line, `code` a word to count by, `reason` a sentence that a person can
    act on.
    """

    source: str
    code: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        """The rejection as a row of a rejects file."""
        return asdict(self)


def warn(rejected: RejectedLine) -> None:
    """Log a warning that names the line and the reason."""
    log.warning("%s: %s", rejected.source, rejected.reason)


def read_articles(
    path: str | Path | Iterable[str | Path], *, refuse: Callable[[RejectedLine], object] = warn
) -> Iterator[Row]:
    """The article records of a file, a folder or several of them, as plain dicts, one at a time, in the files' order.

    Files are JSON Lines (plain, gzip or Zstandard) or Parquet as `copydesk clean -o articles.parquet` writes it; the
    format is detected from content. Parquet needs pyarrow (`copydesk[parquet]`). In a folder, the files that end in
    `.jsonl` or `.ndjson` (also with `.gz` or `.zst`) or in `.parquet` are read, except those that begin with a record
    of another kind, such as an audit. So are the files of `--split json`, but not those in Markdown, text or
    HTML. A record is any JSON object with a text and an id, so the records of older versions are read too.

    A line that holds no article, and the point where a file is cut off, are passed to `refuse`, and reading continues.
    Without `refuse` they are logged as warnings. Raises MissingPath at once if a path does not exist.

    >>> from tempfile import NamedTemporaryFile
    >>> with NamedTemporaryFile(suffix=".jsonl") as file:
    ...     _ = file.write(b'{"id": "1", "text": "The bridge is open."}')
    ...     file.flush()
    ...     [record["text"] for record in read_articles(file.name)]
    ['The bridge is open.']
    """
    paths = [str(given) for given in ([path] if isinstance(path, str | os.PathLike) else path)]
    check_paths(paths)
    return _articles(paths, refuse)


def _articles(paths: Iterable[str], refuse: Callable[[RejectedLine], object]) -> Iterator[Row]:
    for path in paths:
        for file in article_files(path):
            yield from read_rows(file, is_article, refuse=refuse)


def read_rows(
    path: str, is_wanted: Callable[[Row], bool], *, refuse: Callable[[RejectedLine], object] = warn
) -> Iterator[Row]:
    """The wanted records of one file, such as an audit; what is none, or cannot be read, is passed to `refuse`."""
    for found in read_file(path, is_wanted):
        if isinstance(found, RejectedLine):
            refuse(found)
        else:
            yield found


def is_article(record: Row) -> bool:
    """Whether a record is that of an article, of whatever schema: what counts is that it has an id and a text."""
    return isinstance(record.get("id"), str) and isinstance(record.get("text"), str)


def article_files(path: str) -> Iterator[str]:
    """The path itself, or the files of articles below a folder: none that is hidden, no pipe, which might not end.

    A folder that holds only files of a format without records gives the first of them, for which `read_file` says that
    it cannot be read.
    """
    if not os.path.isdir(path):
        yield path
        return
    unreadable, found = None, False
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for file in (os.path.join(folder, name) for name in sorted(names) if not name.startswith(".")):
            if _holds_articles(file):
                found = True
                yield file
            elif file.endswith(tuple(_UNREADABLE)):
                unreadable = unreadable or file
    if unreadable and not found:
        yield unreadable


def _holds_articles(path: str) -> bool:
    """Whether a file in a folder is read: one of many rows unless it begins with another record, one of JSON only if it
    is an article."""
    if not path.endswith((*_NAMES, _ONE_ARTICLE)) or not os.path.isfile(path):
        return False
    first = next(read_file(path), None)
    if path.endswith(_ONE_ARTICLE):
        return isinstance(first, dict)
    return getattr(first, "code", None) != "not-wanted"


def read_file(path: str, is_wanted: Callable[[Row], bool] = is_article) -> Iterator[Row | RejectedLine]:
    """The wanted records of one file, and in the place of what is none the reason."""
    return read_file_as(path, lambda row, source: to_record(row, source, is_wanted))


def read_file_as(path: str, convert: Callable[[Row | RowFault, str], _T]) -> Iterator[_T | RejectedLine]:
    """What `convert` makes of each row of a file (- is standard input) and of its source, `FILE:NUMBER`.

    The point from which a file cannot be read yields the reason.
    """
    name = source_name(path)
    if shape := _UNREADABLE.get(os.path.splitext(path)[1]):
        yield RejectedLine(name, shape.lower(), FOR_PEOPLE.format(shape=shape))
        return
    try:
        with open(0 if path == STDIN else path, "rb", closefd=path != STDIN) as file:
            for number, row in numbered_rows(file):
                if isinstance(row, RowFault) and row.code in ("too-large", "unreadable"):
                    yield RejectedLine(f"{name}:{number}", row.code, _REASONS[row.code].format(cause=row.cause))
                else:
                    yield convert(row, f"{name}:{number}")
    except OSError as error:
        cause = error.strerror or str(error)
        yield RejectedLine(f"{name}:1", "unreadable", _REASONS["unreadable"].format(cause=cause))


def to_record(row: Row | RowFault, source: str, is_wanted: Callable[[Row], bool] = is_article) -> Row | RejectedLine:
    """A row as a record of the wanted kind."""
    if isinstance(row, RowFault) and row.code == "no-json":
        return RejectedLine(source, row.code, NO_JSON)
    if isinstance(row, RowFault) or not is_wanted(row):
        return RejectedLine(source, "not-wanted", "The line is JSON, but no record of the kind that is read here.")
    return row


FOR_PEOPLE = "{shape} is for people, and no record can be read from it. Clean with --split json or -o FILE.jsonl."

NO_JSON = "The line is no JSON. A file that was cut off ends in one like it."

_REASONS = {
    "too-large": "The line is longer than any article.",
    "unreadable": "From here on the file cannot be read: {cause}.",
}
