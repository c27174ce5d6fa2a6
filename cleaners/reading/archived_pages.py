"""A response of a web archive to the page in it; what the readers of WARC and of ARC share."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from gzip import GzipFile
from typing import NamedTuple

from cleaners.data import Input, Page, RejectedInput, Rejection, Signal
from cleaners.decoding.signatures import GZIP
from cleaners.reading.files import MAX_PAGE_BYTES, STDIN, source_name
from cleaners.reading.http_bodies import BadBody, CutBody, HttpMessage, TooLong, body_start, decoded_body
from cleaners.reading.rejects import unreadable
from cleaners.reading.unpacking import DAMAGED, Stream, unpacked
from cleaners.rights.headers import header_signals
from cleaners.rights.hosts import Hosts
from cleaners.rights.robots_txt import MOST_BYTES

HTTP_ADDRESSES = ("http://", "https://")
"""How the address of a page begins. Archives hold what name servers answered, and notes of the crawler, as well."""

MAX_HEAD_BYTES = 1 << 20
"""Bytes that the head of a record, and of the HTTP message in it, may take: addresses run to 100,000 characters."""

CUT_OFF = "The archive ends here in the middle of a record: it is cut off, or still being written."
"""Why the last record of a file gives no page."""

_NO_ARCHIVE = "The file is not a web archive (WARC or ARC), plain or packed."

_PAGE_TYPES = re.compile(r"text/(?:html|plain)|application/xhtml\+xml", re.IGNORECASE)
"""The media types of pages. Archives hold style sheets, scripts and pictures as well, which are none."""

_HEAD = 4096
_WITHOUT_BODY = (204, 205)


class ArchivedPage(NamedTuple):
    """A page of an archive, or its rejection, and what its response was to the crawl: "page", or "hub" for a listing
    that leads to pages and may be one; None in the archives of others."""

    page: Input
    role: str | None = None


class ArchiveFormat(NamedTuple):
    """How a format of web archives is known by its first bytes, and read: from the open file, its name in records, the
    most bytes that a page may have, and what hosts have stated so far."""

    accepts: Callable[[bytes], bool]
    read: Callable[[Stream, str, int, Hosts], Iterator[ArchivedPage]]


class UnsoundRecord(Exception):
    """A record that cannot be used; `code` and the message make its rejection."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code

    def rejected(self, source: str, url: str | None = None, retrieved_at: str | None = None) -> RejectedInput:
        """The rejection of the record with this address and time, in the file `source`."""
        return RejectedInput(Page(b"", url, None, source, retrieved_at), Rejection(self.code, str(self)))


def read_archive(
    path: str, formats: Iterable[ArchiveFormat], most_bytes: int = MAX_PAGE_BYTES, hosts: Hosts | None = None
) -> Iterator[ArchivedPage]:
    """The pages and listings of a web archive in one of these formats; a rejection, if it is in none or unreadable.

    `hosts` is what the files before it have told about hosts, and is kept up to date.
    """
    source = source_name(path)
    try:
        with open(0 if path == STDIN else path, "rb", closefd=path != STDIN) as packed:
            file = unpacked(packed)
            head = _first_bytes(file)
            if read := next((each.read for each in formats if each.accepts(head)), None):
                yield from read(file, source, most_bytes, hosts or Hosts())
            else:
                yield ArchivedPage(UnsoundRecord("not-warc", _NO_ARCHIVE).rejected(source))
    except EOFError:
        yield ArchivedPage(UnsoundRecord("cut-off", CUT_OFF).rejected(source))
    except DAMAGED as error:
        yield ArchivedPage(UnsoundRecord("damaged", f"The packed file is damaged: {error}").rejected(source))
    except OSError as error:
        yield ArchivedPage(unreadable(source, error))


def without_listings(pages: Iterable[ArchivedPage]) -> Iterator[Input]:
    """The pages alone."""
    return (archived.page for archived in pages if archived.role != "hub")


def _first_bytes(file: Stream) -> bytes:
    """The first bytes, unpacked; none of a packed file that is damaged at once. Raises EOFError for one that is cut."""
    try:
        return file.peek(_HEAD)
    except DAMAGED:
        return b""


def unpacked_head(head: bytes) -> bytes:
    """The beginning of what is in a file that begins with `head`: up to 32 bytes of it, if it is packed with gzip."""
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head[:_HEAD], 32)
    except zlib.error:
        return b""


def holds_page(message: HttpMessage, role: str | None = None) -> bool:
    """Whether a response with its status and media type holds a page; what a crawl took for one (`role`) does.

    Redirects and answers without a body hold none. Raises UnsoundRecord for one that says that there is no page.
    """
    status = message.status
    if status is not None and status >= 400:
        raise UnsoundRecord("http-error", f"The server answered with the status {status} when this was fetched.")
    if status is not None and not (200 <= status < 300 and status not in _WITHOUT_BODY):
        return False
    return role == "page" or bool(_PAGE_TYPES.match(message.fields.get("Content-Type", "text/html").strip()))


def page_content(message: HttpMessage, most_bytes: int) -> bytes:
    """The body of a response without its encodings. Raises UnsoundRecord for one that is cut, damaged or too large."""
    try:
        return decoded_body(message, most_bytes)
    except CutBody as error:
        raise UnsoundRecord("cut-off", f"The response broke off when it was fetched: {error}.") from error
    except TooLong:
        raise too_large(most_bytes) from None
    except BadBody as error:
        raise UnsoundRecord("bad-body", f"The response's body cannot be decoded: {error}.") from error


def note_statement(url: str, message: HttpMessage, hosts: Hosts) -> None:
    """Note what a response states about its host, if it is a file in which hosts do so."""
    if hosts.path_of(url):
        body = body_start(message, MOST_BYTES)
        hosts.note(url, message.status, message.fields.get("Location"), body)


def signals_of(url: str, message: HttpMessage, hosts: Hosts) -> tuple[Signal, ...]:
    """What a response and its host say about the use of the page."""
    return (*header_signals((name, str(value)) for name, value in message.fields.items()), *hosts.signals(url))


def ends_archive(rejection: Rejection) -> bool:
    """Whether a rejection says that the rest of an archive cannot be read, and not that one page is unsound.

    >>> ends_archive(Rejection("cut-off", CUT_OFF)), ends_archive(Rejection("cut-off", "The response broke off."))
    (True, False)
    """
    whole = (CUT_OFF, _NO_ARCHIVE, _DAMAGED_BEHIND, _DAMAGED_PACKING)
    return rejection.code == "unreadable" or rejection.reason.startswith(whole)


_DAMAGED_BEHIND = "The archive is damaged behind byte"
_DAMAGED_PACKING = "The packed file "
"""How the reasons begin for which the rest of a packed archive is not read."""


def too_large(most_bytes: int) -> UnsoundRecord:
    """What is wrong with a record of more than `most_bytes`."""
    return UnsoundRecord("too-large", f"The response is larger than {most_bytes // 1024**2} MB, which no page is.")


def damaged_behind(position: int, error: Exception) -> UnsoundRecord:
    """What is wrong with a file that cannot be unpacked from some byte on."""
    where = f"{_DAMAGED_BEHIND} {position:,} of its unpacked records"
    return UnsoundRecord("damaged", f"{where}; the rest is not read: {error}")


def without_members(file: Stream) -> Stream:
    """An archive without its inner gzip wrapping, one member a record. Reading raises EOFError where one is cut off."""
    return GzipFile(fileobj=file) if file.peek(2).startswith(GZIP) else file


def time_of(stated: str | None) -> str | None:
    """A time in ISO 8601, to the second; None where it is not stated in full.

    >>> time_of("2026-01-02T03:04:05Z")
    '2026-01-02T03:04:05+00:00'
    """
    try:
        return datetime.fromisoformat(stated or "").isoformat(timespec="seconds")
    except ValueError:
        return None
