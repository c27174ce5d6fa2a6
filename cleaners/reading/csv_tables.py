"""Recognizes tables of pages in CSV, which are not read: as one page all of their cells would run together."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from cleaners.data import Input
from cleaners.reading.page_records import CONTENT_FIELDS, URL_FIELDS
from cleaners.reading.rejects import rejected
from cleaners.reading.unpacking import Stream

_LONGEST_NAME = 60
_AN_ADDRESS = re.compile("|".join(URL_FIELDS).encode())
"""What the names of columns hold: nearly all pages lack it in their first line, and need not be read as a table."""


def is_csv_table(head: bytes) -> bool:
    """Whether the first line names columns, among them one with an address and one with a page.

    >>> is_csv_table(b"url,html\\nhttps://gazette.example/a"), is_csv_table(b"The text, the body and the link\\n")
    (True, False)
    """
    line, end, _ = head.partition(b"\n")
    if not end or not _AN_ADDRESS.search(line):
        return False
    text = line.decode("utf-8-sig", "replace").strip()
    try:
        return any(_names_pages(next(csv.reader([text], delimiter=mark), [])) for mark in ",;\t")
    except csv.Error:  # a carriage return inside the line, or a cell without an end
        return False


def _names_pages(columns: list[str]) -> bool:
    has_both = not {*URL_FIELDS}.isdisjoint(columns) and not {*CONTENT_FIELDS}.isdisjoint(columns)
    return has_both and all(len(column) <= _LONGEST_NAME for column in columns)


def csv_table(_: Stream, source: str, __: str | None) -> Iterator[Input]:
    """The rejection of such a file."""
    yield rejected(
        "csv-table",
        "The file is a table of pages in CSV, which is not read. Write it as JSON Lines: with pandas,"
        " read_csv(file).to_json(lines, orient='records', lines=True).",
        source,
    )
