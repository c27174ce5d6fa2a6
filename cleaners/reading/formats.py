"""The formats that hold more than one page, detected from their first bytes; any other file is one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cleaners.data import Input
from cleaners.reading.arc import ARC
from cleaners.reading.archived_pages import ArchiveFormat, without_listings
from cleaners.reading.csv_tables import csv_table, is_csv_table
from cleaners.reading.files import MAX_PAGE_BYTES
from cleaners.reading.json_documents import is_json_document, json_document_pages
from cleaners.reading.json_lines import is_json_lines, json_line_pages
from cleaners.reading.own_output import is_own_article, is_own_document, own_article, own_document
from cleaners.reading.page_files import whole_page
from cleaners.reading.parquet import is_parquet, parquet_pages
from cleaners.reading.unpacking import Stream
from cleaners.reading.warc import WARC
from cleaners.rights.hosts import Hosts

HEAD = 4096
"""Bytes from which the format of a file is detected, at most."""

Read = Callable[[Stream, str, str | None, Hosts], Iterator[Input]]
"""The pages of an open file, from the file, its name in records, the field that was asked for, and what the files
before it have told about hosts."""


class Reader(NamedTuple):
    """How a format is known and read."""

    accepts: Callable[[bytes], bool]
    read: Read


def one_page(file: Stream, source: str, _field: str | None, _hosts: Hosts) -> Iterator[Input]:
    """The whole file as a page, unless it holds more bytes than a page may have."""
    yield whole_page(file, source)


def _reader_of_archives(archive: ArchiveFormat) -> Reader:
    def read(file: Stream, source: str, _: str | None, hosts: Hosts) -> Iterator[Input]:
        return without_listings(archive.read(file, source, MAX_PAGE_BYTES, hosts))

    return Reader(archive.accepts, read)


def _reader_of_pages(
    accepts: Callable[[bytes], bool], pages: Callable[[Stream, str, str | None], Iterator[Input]]
) -> Reader:
    """A reader of a format that holds pages alone, so that nothing is known of their hosts."""

    def read(file: Stream, source: str, field: str | None, _: Hosts) -> Iterator[Input]:
        return pages(file, source, field)

    return Reader(accepts, read)


READERS = (
    _reader_of_archives(WARC),
    _reader_of_archives(ARC),
    _reader_of_pages(is_own_article, own_article),
    _reader_of_pages(is_own_document, own_document),
    _reader_of_pages(is_json_lines, json_line_pages),
    _reader_of_pages(is_json_document, json_document_pages),
    _reader_of_pages(is_csv_table, csv_table),
    _reader_of_pages(is_parquet, parquet_pages),
)


def reader_of(file: Stream) -> Read:
    """The reader for what a file holds."""
    head = file.peek(HEAD)[:HEAD]
    return next((reader.read for reader in READERS if reader.accepts(head)), one_page)
