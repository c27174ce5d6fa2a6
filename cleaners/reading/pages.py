"""Paths to Pages: the one place that sees files, packings and formats together."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from cleaners.data import Input, Page, RejectedInput, Waiting
from cleaners.reading.arc import ARC
from cleaners.reading.archived_pages import ArchivedPage, read_archive
from cleaners.reading.files import STDIN, Known, source_name
from cleaners.reading.formats import Read, one_page, reader_of
from cleaners.reading.page_files import FAULTS, found_file, read_waiting, why_unread
from cleaners.reading.paths import FileIdentity, check_paths, files_of, identity
from cleaners.reading.rejects import rejected
from cleaners.reading.unpacking import Stream, unpacked
from cleaners.reading.warc import WARC
from cleaners.rights.hosts import Hosts

MANY_PAGES = "What is known of one page (--url, --retrieved-at) cannot hold for a file of many"
"""Why a web archive or a file of records is rejected if an address was given with it."""


@dataclass
class BytesRead:
    """How many bytes of the files, packed as they are, have been read so far."""

    count: int = 0


def read_pages(
    paths: Iterable[str | Path],
    *,
    field: str | None = None,
    leave_out: Collection[FileIdentity] = (),
    bytes_read: BytesRead | None = None,
    known: Known | None = None,
) -> Iterator[Input]:
    """The pages of files, of folders file by file in the order of their names (hidden files are left out), and of what
    matches patterns.

    A file may hold one page (HTML or a plain dump) or many (WARC, ARC, JSON Lines, Parquet), plain or packed (gzip,
    Zstandard): its first bytes say. `field` names the field of a record that holds the page. Files and folders of the
    identities `leave_out` are not read, and `bytes_read` is kept up to date. `known` is what is known of a single page;
    a file of many is rejected then.

    What cannot be read gives a RejectedInput in its place, and what came before it is kept. Raises MissingPath at
    once, before anything is read, if a path does not exist.
    """
    found = find_pages(paths, field=field, leave_out=leave_out, bytes_read=bytes_read, known=known)
    return map(read_waiting, found)


def find_pages(
    paths: Iterable[str | Path],
    *,
    field: str | None = None,
    leave_out: Collection[FileIdentity] = (),
    bytes_read: BytesRead | None = None,
    known: Known | None = None,
) -> Iterator[Waiting]:
    """The same pages as `read_pages`, but a file that holds one page is found and not read."""
    given = [str(path) for path in paths]
    check_paths(given)
    read, hosts = bytes_read or BytesRead(), Hosts()
    files = files_of(given, leave_out)
    return (page for path in files for page in _pages_of(path, field, leave_out, read, hosts, known))


def read_archives(paths: Iterable[str | Path]) -> Iterator[ArchivedPage]:
    """The pages and listings of web archives, and of those in folders, in the order of their names.

    A file that is no archive gives a RejectedInput. Raises MissingPath, before anything is read, for a path that
    does not exist.
    """
    given = [str(path) for path in paths]
    check_paths(given)
    hosts = Hosts()
    return (page for path in files_of(given) for page in read_archive(path, (WARC, ARC), hosts=hosts))


def _pages_of(
    path: str,
    field: str | None,
    leave_out: Collection[FileIdentity],
    bytes_read: BytesRead,
    hosts: Hosts,
    known: Known | None,
) -> Iterator[Waiting]:
    source = source_name(path)
    before = bytes_read.count
    try:
        with open(0 if path == STDIN else path, "rb", closefd=path != STDIN) as file:
            status = os.fstat(file.fileno())
            if leave_out and identity(status) in leave_out:
                return
            stream = unpacked(file)
            read = reader_of(stream)
            if read is one_page and known is None and (found := found_file(path, source, status)):
                bytes_read.count = before + found.size
                yield found
                return
            for page in _read(read, stream, source, field, hosts, known):
                bytes_read.count = before + _position(file)
                yield page
    except FAULTS as error:
        yield why_unread(error, source)


def _read(
    read: Read, stream: Stream, source: str, field: str | None, hosts: Hosts, known: Known | None
) -> Iterator[Input]:
    """The pages of an open file, with what is known of the only one."""
    if known is None:
        yield from read(stream, source, field, hosts)
    elif read is not one_page:
        yield rejected("many-pages", f"{MANY_PAGES}.", source)
    else:
        for page in read(stream, source, field, hosts):
            yield page if isinstance(page, RejectedInput) else _stated(page, known)


def _stated(page: Page, known: Known) -> Page:
    return replace(page, url=known.url or page.url, retrieved_at=known.retrieved_at or page.retrieved_at)


def _position(file: BufferedReader) -> int:
    return file.raw.tell() if file.seekable() else 0
