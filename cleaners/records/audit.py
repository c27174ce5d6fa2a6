"""An audit file, as `copydesk clean --audit` and a crawl write it, to cleaned pages again, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from cleaners.data import Block, Cleaned, ContentType, Judged, Label, Page, Verdict
from cleaners.errors import CopydeskError
from cleaners.records.reader import FOR_PEOPLE
from cleaners.records.row_files import RowFault, numbered_rows


class BadRow(CopydeskError):
    """A line of a file is not what its writer writes: cut off, damaged, or of another kind of file."""


def read_audit(path: str) -> Iterator[Cleaned]:
    """The pages of an audit file, plain, gzip or Zstandard, with their blocks and verdicts, and without articles.

    Rows that follow each other under the same name are one page. Raises BadRow with the number of the line where one
    is no row of an audit, and OSError where the file cannot be read.
    """
    rows = ((row.get("page"), judged_of(row, location)) for location, row in located_rows(path))
    for name, page_rows in groupby(rows, key=lambda row: row[0]):
        yield _page(name, tuple(judged for _, judged in page_rows))


def _page(name: str | None, blocks: tuple[Judged, ...]) -> Cleaned:
    kind: ContentType = "html" if any(judged.block.tag for judged in blocks) else "text"
    url = name if name and name.startswith(("http://", "https://")) else None
    return Cleaned(Page("", url=url, kind=kind, source=None if url else name), blocks=blocks)


def judged_of(row: Mapping[str, Any], location: str) -> Judged:
    """One audit row as a block with its verdict. `location` says in the message of a BadRow where the row stands."""
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
        raise BadRow(f"{location}: this is no row of an audit ({type(error).__name__}: {error})"[:300]) from error


def _verdict(row: Mapping[str, Any], first: Verdict | None = None) -> Verdict:
    return Verdict(Label(row["label"]), _text(row["rule"]), float(row["confidence"]), first)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where text should be")
    return value


def located_rows(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a file that Copydesk wrote, each with its location, `FILE, line N`.

    Raises BadRow where a line is no row, and where the file is damaged.
    """
    if path.endswith(".md"):
        raise BadRow(f"{path}: {FOR_PEOPLE.format(shape='Markdown')}")
    with open(path, "rb") as file:
        for number, row in numbered_rows(file):
            location = f"{path}, line {number:,}"
            if isinstance(row, RowFault):
                raise BadRow(f"{location}: {_WRONG[row.code].format(cause=row.cause)}") from row.error
            yield location, row


_WRONG = {
    "no-json": "this is no JSON; a file that was cut off ends so",
    "no-object": "this is JSON, but no object",
    "too-large": "the line is longer than any that Copydesk writes",
    "unreadable": "the file is cut off or damaged here ({cause})",
}
