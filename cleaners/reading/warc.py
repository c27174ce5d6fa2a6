"""Web archives (WARC, ISO 28500) to Pages: those of Copydesk's own crawls, of CC-NEWS, and of other crawlers.

    records ─► sound ones (length, digest) ─► the response without its encodings ─► Page

A record is handed on only when it is whole. Readers of WARC give a record that was cut off as if nothing were missing,
so its length and digest are checked here, and a cut gzip member ends the file. What is wrong with a record becomes a
rejected page that says so; the records before it are kept.

See https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/ for the format.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterator
from io import BufferedIOBase
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from cleaners.data import ContentType, Input, Page, RejectedInput
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
    read_archive,
    signals_of,
    time_of,
    too_large,
    unpacked_head,
    without_listings,
    without_members,
)
from cleaners.reading.files import MAX_PAGE_BYTES
from cleaners.reading.http_bodies import HttpMessage, parse_response, parsed_fields, payloads
from cleaners.reading.unpacking import DAMAGED, Stream
from cleaners.rights.hosts import Hosts

_START = re.compile(rb"WARC/\d+\.\d+\r?\n")
_LENGTH = re.compile(r"[0-9]{1,18}")
_WITH_PAGES = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
_ROLES = (None, "page", "hub")


class Facts(NamedTuple):
    """What a crawl of Copydesk noted about a response, in the metadata record in front of it.

    `role` is "page" for what was asked for as one, "hub" for a listing that leads to pages, and another word for what
    is neither.
    """

    about: str | None = None
    source: str | None = None
    retrieved_at: str | None = None
    role: str | None = None


def is_warc(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a WARC file, plain or gzip."""
    return bool(_START.match(unpacked_head(head)))


def read_warc(path: str, most_bytes: int = MAX_PAGE_BYTES) -> Iterator[Input]:
    """The pages of a WARC file, plain or packed, in its order; a page that cannot be used is a RejectedInput.

    Pages are the responses with a status of success and a type of text; of the archives of Copydesk's own crawls, what
    the crawl took for a page, with the source and the time that it noted. A response that says that there is no page
    is rejected as the status says, and redirects are passed over. No more than `most_bytes` of a page are unpacked.
    """
    return without_listings(read_archive(path, (WARC,), most_bytes))


def warc_pages(file: Stream, source: str, most_bytes: int, hosts: Hosts) -> Iterator[ArchivedPage]:
    """The pages of an open WARC file, plain or gzip, and the listings of a crawl; `source` names the file.

    `hosts` is what the files before it have told about hosts, and is kept up to date.
    """
    facts = Facts()
    position = 0
    segments = _Segments()
    in_hand: WarcRecord | None = None
    try:
        for record in ArchiveIterator(_Unpacked(file), parse_http=False, max_header_len=MAX_HEAD_BYTES):
            in_hand, position = record, record.stream_pos
            if record.record_type == WarcRecordType.revisit:  # refers to a page; its digests are those of that page
                in_hand = None
                continue
            about = _facts_about(record, facts, source)
            try:
                block = _sound_block(record, most_bytes)
                if record.record_type == WarcRecordType.metadata:
                    facts = _facts(record, block)
                elif (whole := segments.joined(record, block, about, most_bytes)) and (
                    page := _page(whole, most_bytes, hosts)
                ):
                    yield ArchivedPage(page, whole.facts.role)
            except UnsoundRecord as fault:
                yield ArchivedPage(_rejected(fault, source, record))
            in_hand = None
        for first in segments.unfinished():
            yield ArchivedPage(_rejected(UnsoundRecord("cut-off", _NO_END), source, first))
    except EOFError:
        yield ArchivedPage(_rejected(UnsoundRecord("cut-off", CUT_OFF), source, in_hand))
    except (OSError, *DAMAGED) as error:
        yield ArchivedPage(damaged_behind(position, error).rejected(source))


class _Unpacked(BufferedIOBase):
    """A WARC file as FastWARC reads it.

    Python's gzip unpacks, since it raises EOFError where a member is cut off; and no more is asked of it than what is
    there already, so that every record before the cut comes out.
    """

    def __init__(self, file: Stream) -> None:
        self._file = without_members(file)

    def read(self, size: int | None = -1) -> bytes:
        """At least one byte, at most `size`; none at the end."""
        return self._file.read1(-1 if size is None else size)

    def tell(self) -> int:
        """How many unpacked bytes were read."""
        return self._file.tell()


class _Whole(NamedTuple):
    """A record with its whole block, and what was noted about it."""

    record: WarcRecord
    block: bytes
    facts: Facts


class _Segments:
    """Puts records together that were written in segments (WARC 1.1, section 7).

    The first segment holds the head of the record; `continuation` records name it and follow in their order.
    """

    def __init__(self) -> None:
        self._begun: dict[str | None, tuple[_Whole, list[bytes]]] = {}

    def joined(self, record: WarcRecord, block: bytes, facts: Facts, most_bytes: int) -> _Whole | None:
        """The record if it is whole, and with its last segment the record that it belongs to; None before that.

        Raises UnsoundRecord for a segment without its predecessors, or when there is too much of them.
        """
        number = record.headers.get("WARC-Segment-Number")
        if record.record_type == WarcRecordType.continuation:
            return self._continued(record, block, number, most_bytes)
        if number:
            self._begun[record.record_id] = (_Whole(record, block, facts), [block])
            return None
        return _Whole(record, block, facts)

    def unfinished(self) -> Iterator[WarcRecord]:
        """The records whose last segment did not come."""
        return (first.record for first, _ in self._begun.values())

    def _continued(self, record: WarcRecord, block: bytes, number: str | None, most_bytes: int) -> _Whole | None:
        origin = record.headers.get("WARC-Segment-Origin-ID")
        begun = self._begun.get(origin)
        if begun is None or number != str(len(begun[1]) + 1):
            self._begun.pop(origin, None)
            raise UnsoundRecord("cut-off", _NO_BEGINNING)
        first, blocks = begun
        blocks.append(block)
        if sum(map(len, blocks)) > most_bytes + MAX_HEAD_BYTES:
            del self._begun[origin]
            raise too_large(most_bytes)
        if not record.headers.get("WARC-Segment-Total-Length"):
            return None
        del self._begun[origin]
        return first._replace(block=b"".join(blocks))


def _page(whole: _Whole | None, most_bytes: int, hosts: Hosts) -> Page | None:
    """The page in a record, or None if it holds none. Raises UnsoundRecord for one that cannot be used."""
    if whole is None:
        return None
    record, block, facts = whole
    url = _url(record) or ""
    if record.record_type not in _WITH_PAGES or not url.startswith(HTTP_ADDRESSES):
        return None
    message = _message(record, block)
    note_statement(url, message, hosts)
    if facts.role not in _ROLES or not holds_page(message, facts.role):
        return None
    if truncated := record.headers.get("WARC-Truncated"):
        raise UnsoundRecord("cut-off", _truncated(truncated))
    digest = record.headers.get("WARC-Payload-Digest")
    if digest and not any(_matches(payload, digest) for payload in payloads(message)):
        raise UnsoundRecord(
            "damaged", "The page is not the one of its payload digest: the file was damaged or changed."
        )
    kind: ContentType | None = "text" if record.record_type == WarcRecordType.conversion else None
    retrieved_at = facts.retrieved_at or time_of(record.headers.get("WARC-Date"))
    charset = message.fields.get_content_charset()
    content = page_content(message, most_bytes)
    signals = signals_of(url, message, hosts)
    return Page(content, url, kind, facts.source, retrieved_at, charset, signals=signals)


def _message(record: WarcRecord, block: bytes) -> HttpMessage:
    """The response in a record; a resource or a conversion has its type in the record's own head."""
    if record.record_type == WarcRecordType.response:
        return parse_response(block)
    fields = parsed_fields("")
    fields["Content-Type"] = " ".join((record.headers.get("Content-Type") or "").split())
    return HttpMessage(None, fields, block)


def _sound_block(record: WarcRecord, most_bytes: int) -> bytes:
    """All bytes of a record, which are as many as it says, with the digest that it states.

    Raises UnsoundRecord for any other, and EOFError where a gzip member is cut off.
    """
    stated = record.headers.get("Content-Length") or ""
    if not _LENGTH.fullmatch(stated):
        raise UnsoundRecord("damaged", f"The record states no length that can be read: {stated[:40]!r}.")
    if int(stated) > most_bytes + MAX_HEAD_BYTES:
        raise too_large(most_bytes)
    block = record.reader.read()
    if len(block) < int(stated):
        raise UnsoundRecord("cut-off", CUT_OFF)
    if not _matches(block, record.headers.get("WARC-Block-Digest")):
        raise UnsoundRecord(
            "damaged", "The record's bytes are not those of its digest: the file was damaged or cut off."
        )
    return block


def _matches(block: bytes, digest: str | None) -> bool:
    """Whether a block has the digest (`sha1:…`, in base 32 or 16); one of an unknown sort counts as right."""
    algorithm, _, stated = (digest or "").partition(":")
    if not (make := _ALGORITHMS.get(algorithm.strip().lower().replace("-", ""))):
        return True
    found = make(block).digest()
    return stated.strip().upper().rstrip("=") in (b32encode(found).decode().rstrip("="), found.hex().upper())


_ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}


def _facts(record: WarcRecord, block: bytes) -> Facts:
    """What a metadata record notes, and about which record."""
    fields = parsed_fields(block.decode("utf-8", "replace"))
    noted = {name: fields[name] for name in ("source", "retrieved_at", "role") if fields[name]}
    return Facts(about=record.headers.get("WARC-Concurrent-To"), **noted)


def _facts_about(record: WarcRecord, facts: Facts, source: str) -> Facts:
    """The facts if they are about this record, else what is known without any."""
    about_this = facts.about is not None and facts.about == record.record_id
    return facts._replace(source=facts.source or source) if about_this else Facts(source=source)


def _url(record: WarcRecord) -> str | None:
    """The address that was asked for; some crawlers put it into angle brackets."""
    url = record.headers.get("WARC-Target-URI")
    return url.strip("<> ") if url else None


def _rejected(fault: UnsoundRecord, source: str, record: WarcRecord | None = None) -> RejectedInput:
    return (
        fault.rejected(source, _url(record), time_of(record.headers.get("WARC-Date")))
        if record
        else (fault.rejected(source))
    )


_NO_BEGINNING = "The record continues another one, of which this file does not hold all that comes before."
_NO_END = "The record is continued in other records, which this file does not hold."


def _truncated(why: str) -> str:
    return f"The crawler that made the archive kept a part of this page only (WARC-Truncated: {why[:40]})."


WARC = ArchiveFormat(is_warc, warc_pages)
"""Web archives of the format WARC."""
