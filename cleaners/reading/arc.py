"""Web archives of the years before WARC (ARC, of the Internet Archive) to Pages.

A record is a line that names its address, time and length, and as many bytes as it says:

    http://outlet.example/story 192.0.2.7 20040131120000 text/html 5120

The first record of a file, `filedesc:`, describes the file. There are no checksums: only lengths can be checked.

See https://archive.org/web/researcher/ArcFileFormat.php for the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaners.data import Page
from cleaners.reading.archived_pages import (
    CUT_OFF,
    HTTP_ADDRESSES,
    MAX_HEAD_BYTES,
    ArchivedPage,
    ArchiveFormat,
    UnsoundRecord,
    damaged_behind,
    holds_page,
    note_statement,
    page_content,
    signals_of,
    time_of,
    too_large,
    unpacked_head,
    without_members,
)
from cleaners.reading.http_bodies import parse_response
from cleaners.reading.unpacking import DAMAGED, Stream
from cleaners.rights.hosts import Hosts

_START = b"filedesc://"
_TIME = re.compile(r"\d{14}")
_LENGTH = re.compile(r"\d{1,18}")
_FEWEST_FIELDS = 5


class _Head(NamedTuple):
    """The line in front of a record; `length` is that of the record, in bytes."""

    url: str
    retrieved_at: str | None
    length: int


def is_arc(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an ARC file, plain or gzip."""
    return unpacked_head(head).startswith(_START)


def arc_pages(file: Stream, source: str, most_bytes: int, hosts: Hosts) -> Iterator[ArchivedPage]:
    """The pages of an open ARC file; `source` names it. Behind a damaged place, reading goes on at the next record.

    `hosts` is what the files before it have told about hosts, and is kept up to date.
    """
    lines = without_members(file)
    head: _Head | None = None
    is_damaged = False
    try:
        while line := lines.readline(MAX_HEAD_BYTES):
            if not line.strip():
                continue
            if not (head := _head(line)):
                if not is_damaged:
                    yield ArchivedPage(UnsoundRecord("damaged", _NO_HEAD).rejected(source))
                is_damaged = True
                continue
            is_damaged = False
            try:
                if page := _page(head, _block(lines, head, most_bytes), source, most_bytes, hosts):
                    yield ArchivedPage(page)
            except UnsoundRecord as fault:
                yield ArchivedPage(fault.rejected(source, head.url, head.retrieved_at))
            head = None
    except EOFError:
        cut = UnsoundRecord("cut-off", CUT_OFF)
        yield ArchivedPage(cut.rejected(source, head.url, head.retrieved_at) if head else cut.rejected(source))
    except (OSError, *DAMAGED) as error:
        yield ArchivedPage(damaged_behind(lines.tell(), error).rejected(source))


def _head(line: bytes) -> _Head | None:
    """What a line says of the record below it; None if it is no such line.

    The second version of the format has more fields between type and length, and some addresses hold spaces, so the
    time is looked for.

    >>> _head(b"http://a.example/b c 192.0.2.7 20040131120000 text/html 5120")
    _Head(url='http://a.example/b c', retrieved_at='2004-01-31T12:00:00+00:00', length=5120)
    """
    fields = line.decode("utf-8", "replace").split()
    if len(fields) < _FEWEST_FIELDS or not _LENGTH.fullmatch(fields[-1]) or ":" not in fields[0]:
        return None
    at = next((index for index, field in enumerate(fields[2:-1], 2) if _TIME.fullmatch(field)), None)
    if at is None:
        return None
    day, hour = fields[at][:8], fields[at][8:]
    return _Head(" ".join(fields[: at - 1]), time_of(f"{day}T{hour}Z"), int(fields[-1]))


def _block(file: Stream, head: _Head, most_bytes: int) -> bytes:
    """The bytes of a record; those of one that is too large are passed over. Raises EOFError where they are cut off."""
    if head.length > most_bytes + MAX_HEAD_BYTES:
        _pass_over(file, head.length)
        raise too_large(most_bytes)
    block = file.read(head.length)
    if len(block) < head.length:
        raise EOFError
    return block


def _pass_over(file: Stream, length: int) -> None:
    while length:
        if not (passed := len(file.read(min(length, MAX_HEAD_BYTES)))):
            raise EOFError
        length -= passed


def _page(head: _Head, block: bytes, source: str, most_bytes: int, hosts: Hosts) -> Page | None:
    """The page in a record, or None if it holds none. Raises UnsoundRecord for one that cannot be used."""
    if not head.url.startswith(HTTP_ADDRESSES):
        return None
    message = parse_response(block)
    note_statement(head.url, message, hosts)
    if not holds_page(message):
        return None
    content = page_content(message, most_bytes)
    signals = signals_of(head.url, message, hosts)
    charset = message.fields.get_content_charset()
    return Page(content, head.url, None, source, head.retrieved_at, charset, signals=signals)


_NO_HEAD = "The archive is damaged here: no record begins where the one before it says that it ends."

ARC = ArchiveFormat(is_arc, arc_pages)
"""Web archives of the format ARC."""
