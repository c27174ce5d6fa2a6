"""Reads the rows of the files that Copydesk writes: articles, audits, rejects and traces, as JSON Lines or Parquet.

This is the one reader of our own outputs. A file may be packed (gzip, Zstandard) and begin with a byte order mark. What
is wrong with a line is yielded in its place, and the caller decides whether to skip it or to stop.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader
from typing import Literal, NamedTuple

from cleaners.reading.files import MAX_PAGE_BYTES
from cleaners.reading.parquet import is_parquet
from cleaners.reading.unpacking import DAMAGED, Stream, unpacked
from cleaners.records.parquet import UnreadableParquet, parquet_rows
from cleaners.records.rows import Row

MAX_LINE_BYTES = 12 * MAX_PAGE_BYTES + 1024**2
"""The rest of a file is not read from a longer line on. Our own writer writes none: a page has at most MAX_PAGE_BYTES,
JSON takes at most 6 bytes for one of them (a control character becomes `\\u0001`), an audit row of a text page may hold
a block twice (`text` and `raw`), and a megabyte is left for the names and the other fields."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_UNREADABLE = (OSError, EOFError, *DAMAGED)


class RowFault(NamedTuple):
    """Why there is no row on a line.

    After "too-large" and "unreadable" the rest of the file is not read; `error` is the cause of the latter.
    """

    code: Literal["no-json", "no-object", "too-large", "unreadable"]
    error: Exception | None = None

    @property
    def cause(self) -> str:
        """The cause in words, without a full stop."""
        return getattr(self.error, "strerror", None) or str(self.error or "").rstrip(".") or "it is cut off"


def numbered_rows(file: BufferedReader) -> Iterator[tuple[int, Row | RowFault]]:
    """The rows of an open file with the numbers of their lines, from 1. Blank lines are left out but counted."""
    if is_parquet(file.peek(8)):
        yield from _numbered_parquet_rows(file)
        return
    number = 0
    try:
        stream = unpacked(file)
        for number, line in enumerate(_lines(stream), start=1):
            if len(line) > MAX_LINE_BYTES:
                yield number, RowFault("too-large")
                return
            content = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
            if number == 1 and content.strip() == b"{":
                yield from _indented_row(content, stream)
                return
            if content.strip():
                yield number, parse_row(content)
    except _UNREADABLE as error:
        yield number + 1, RowFault("unreadable", error)


def parse_row(line: bytes) -> Row | RowFault:
    """One line of JSON as a row.

    >>> parse_row(b'{"id": "1"}')
    {'id': '1'}
    >>> parse_row(b'[1]').code
    'no-object'
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return RowFault("no-json", error)
    return row if isinstance(row, dict) else RowFault("no-object")


def _indented_row(first: bytes, file: Stream) -> Iterator[tuple[int, Row | RowFault]]:
    """The row of a file that holds one object over many lines, as `--split json` writes it; else, line by line."""
    rest = file.read(MAX_LINE_BYTES + 1)
    if len(rest) > MAX_LINE_BYTES:
        yield 1, RowFault("too-large")
        return
    whole = parse_row(first + rest)
    yield 1, whole
    if isinstance(whole, RowFault):
        for number, line in enumerate(rest.split(b"\n"), start=2):
            if line.strip():
                yield number, parse_row(line)


def _lines(file: Stream) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line


def _numbered_parquet_rows(file: BufferedReader) -> Iterator[tuple[int, Row | RowFault]]:
    number = 0
    try:
        for number, row in enumerate(parquet_rows(file), start=1):
            yield number, row
    except UnreadableParquet as error:
        yield number + 1, RowFault("unreadable", error)
