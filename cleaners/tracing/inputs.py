"""Reads article records as inputs for tracing, one line at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cleaners.reading import check_paths
from cleaners.records.reader import NO_JSON, RejectedLine, article_files, read_file_as
from cleaners.records.row_files import RowFault
from cleaners.records.rows import Row
from cleaners.tracing.attribution import Attribution, attributions


@dataclass(frozen=True, slots=True)
class TraceInput:
    """What tracing needs of an article.

    `published` is in seconds since 1970; a day stands for its start. `replaces` is the id of the previous version of
    the article. `source` is the file and the number of the line.
    """

    id: str
    text: str
    published: float | None = None
    attributions: tuple[Attribution, ...] = ()
    replaces: str | None = None
    source: str = ""


def read_inputs(paths: Iterable[str]) -> Iterator[TraceInput | RejectedLine]:
    """The articles of files and folders, JSON Lines (plain, gzip or Zstandard) or Parquet; `-` is standard input.

    A line without an article, and the point where a file is cut off, yield the reason instead. Raises MissingPath at
    once if a path does not exist.
    """
    given = list(paths)
    check_paths(given)
    return (record for path in given for file in article_files(path) for record in read_file_as(file, to_input))


def to_input(record: Row | RowFault, source: str) -> TraceInput | RejectedLine:
    """A row as an article to trace, or the reason why it is none. A record of any version needs an id and a text."""
    if isinstance(record, RowFault):
        if record.code == "no-json":
            return RejectedLine(source, record.code, NO_JSON)
        return RejectedLine(source, "no-record", "The line is JSON, but no record of an article.")
    identifier, text = record.get("id"), record.get("text")
    if not isinstance(identifier, str) or not identifier.strip():
        return RejectedLine(source, "no-id", "The record has no id. Clean the page again with `copydesk clean`.")
    if not isinstance(text, str) or not text.strip():
        return RejectedLine(source, "no-text", f"The record {identifier[:80]} has no text.")
    replaces = record.get("replaces")
    earlier = replaces if isinstance(replaces, str) and replaces.strip() else None
    return TraceInput(identifier, text, _seconds(record), attributions(record), earlier, source)


def _seconds(record: Mapping[str, Any]) -> float | None:
    """When the article was published. A time without an offset counts as UTC: it only serves to order articles."""
    stated = record.get("date_published")
    if not isinstance(stated, str):
        return None
    try:
        moment = datetime.fromisoformat(stated)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
