"""An audit file, as `copydesk clean --audit` and a crawl write it, to cleaned pages again, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from cleaners.data import Block, Cleaned, ContentType, Judged, Label, Page, Verdict
from cleaners.errors import CopydeskError
from cleaners.reading.unpacking import DAMAGED, Stream, unpacked

MOST_LINE_BYTES = 1024**3
"""Longer lines are refused. The largest page that is read, as one block that JSON escapes, is shorter."""


class BadRow(CopydeskError):
    """A line of a file is not what its writer writes: cut off, damaged, or of another kind of file."""


def read_audit(path: str) -> Iterator[Cleaned]:
    """The pages of an audit file, plain, gzip or Zstandard, with their blocks and verdicts, and without articles.

    Rows that follow each other under the same name are one page. Raises BadRow with the number of the line where one
    is no row of an audit, and OSError where the file cannot be read.
    """
    rows = ((row.get("page"), judged_of(row, place)) for place, row in numbered_rows(path))
    for name, page_rows in groupby(rows, key=lambda row: row[0]):
        yield _page(name, tuple(judged for _, judged in page_rows))


def _page(name: str | None, blocks: tuple[Judged, ...]) -> Cleaned:
    kind: ContentType = "html" if any(judged.block.tag for judged in blocks) else "text"
    url = name if name and name.startswith(("http://", "https://")) else None
    return Cleaned(Page("", url=url, kind=kind, source=None if url else name), blocks=blocks)


def judged_of(row: Mapping[str, Any], place: str) -> Judged:
    """One audit row as a block with its verdict. `place` says in the message of a BadRow where the row stands."""
    try:
        block = Block(
            text=_text(row["text"]),
            line=int(row["line"]),
            before=_text(row.get("before") or ""),
            raw=_text(row.get("raw") or ""),
            tag=_text(row.get("tag") or ""),
            path=_text(row.get("path") or ""),
        )
        first = _verdict(row["first"]) if row.get("first") else None
        story, sure = int(row.get("story", 0)), float(row.get("story_confidence", 1))
        _text(row["page"] or "")
        return Judged(block, _verdict(row, first), story, sure)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise BadRow(f"{place}: this is no row of an audit ({type(error).__name__}: {error})"[:300]) from error


def _verdict(row: Mapping[str, Any], first: Verdict | None = None) -> Verdict:
    return Verdict(Label(row["label"]), _text(row["rule"]), float(row["confidence"]), first)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where text should be")
    return value


def numbered_rows(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSON Lines file, each with its place, `FILE, line N`.

    Raises BadRow where a line is none, and where a compressed file is damaged.
    """
    number = 0
    with open(path, "rb") as packed:
        try:
            for number, line in enumerate(_lines(unpacked(packed)), start=1):
                if line.strip():
                    yield f"{path}, line {number:,}", _object(line, f"{path}, line {number:,}")
        except (EOFError, *DAMAGED) as error:
            raise BadRow(f"{path}, line {number + 1:,}: the file is cut off or damaged here ({error})") from error


def _lines(file: Stream) -> Iterator[bytes]:
    while line := file.readline(MOST_LINE_BYTES):
        yield line


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRow(f"{place}: this is no JSON; a file that was cut off ends so") from error
    if not isinstance(row, dict):
        raise BadRow(f"{place}: this is JSON, but no object")
    return row
