"""A response, its request and what a crawl knows about both as the records of a web archive.

Every response becomes three records, each a gzip member of its own: the request as it was sent (without credentials),
what the crawl knew about it, and the response with its body as it came over the wire, content encoding included. What
stands in an archive otherwise than it came is named: a transfer encoding that the client has undone moves to
`X-Crawler-Transfer-Encoding`, a length that was wrong to `X-Crawler-Content-Length`. A page that a browser has made
is a `resource` record, since no server sent it.

See https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/ for the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.message import Message
from hashlib import sha1
from http import HTTPStatus
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from scrapy import Request
from scrapy.http import Response
from scrapy.http.headers import Headers
from scrapy.http.request import NO_CALLBACK

from cleaners.reading.files import now
from cleaners.reading.http_bodies import HttpMessage, body_start
from cleaners.version import VERSION
from scraper.archive.payload_types import START, payload_type
from scraper.finding.landing import led_elsewhere

LONGEST_LINE = 30_000
"""Bytes of a line of a record's head that every reader takes (FastWARC's bound is 32,768)."""

COMPRESSION = 3
"""Less than half the time of zlib's own middle, 6, for archives a tenth larger."""

SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Fields of a request that let in whoever has them: an archive is made to be passed on."""

BY_BROWSER = "playwright"
"""The flag of responses that a browser has made."""

_SPACES = dict.fromkeys([*range(32), 127], " ")


class _Field(NamedTuple):
    name: str
    value: str


def exchange(request: Request, response: Response, source: str) -> bytes:
    """The records of a request and its response: the request, what is known about both, and the response."""
    response_id, media_type = _new_id(), payload_type(_start(response))
    target = _Field("WARC-Target-URI", _one_line(response.url))
    about = [target, _Field("WARC-Concurrent-To", response_id)]
    kept = [target, _Field("WARC-Record-ID", response_id), _Field("WARC-Identified-Payload-Type", media_type)]
    noted = {
        "role": _role(request),
        "source": source,
        "retrieved_at": str(request.meta.get("retrieved_at") or now()),
        "fetchTimeMs": str(round(1000 * request.meta.get("download_latency", 0.0))),
        "identified-payload-type": media_type,
    }
    return _sent(request, about) + _noted(noted, about) + _kept(response, kept)


def _sent(request: Request, fields: list[_Field]) -> bytes:
    fields = [*fields, _Field("Content-Type", "application/http; msgtype=request")]
    return _record(WarcRecordType.request, fields, _request_head(request) + request.body)


def _noted(facts: dict[str, str], fields: list[_Field]) -> bytes:
    fields = [*fields, _Field("Content-Type", "application/warc-fields")]
    return _record(WarcRecordType.metadata, fields, _warc_fields(facts))


def _kept(response: Response, fields: list[_Field]) -> bytes:
    """The response as it came; the page that a browser has made of it as a resource, which has no head."""
    body = response.body
    if response.ip_address:
        fields = [*fields, _Field("WARC-IP-Address", str(response.ip_address))]
    if {"dataloss", "partial"} & set(response.flags):
        fields = [*fields, _Field("WARC-Truncated", "disconnect")]
    if BY_BROWSER in response.flags:
        fields = [*fields, _Field("Content-Type", _content_type(response))]
        return _record(WarcRecordType.resource, fields, body, payload=body)
    fields = [*fields, _Field("Content-Type", "application/http; msgtype=response")]
    return _record(WarcRecordType.response, fields, _response_head(response) + body, payload=body)


def warcinfo(name: str) -> bytes:
    """The record that begins a file."""
    noted = {"software": f"copydesk/{VERSION}", "format": "WARC File Format 1.1", "conformsTo": _FORMAT}
    fields = [_Field("WARC-Filename", name), _Field("Content-Type", "application/warc-fields")]
    return _record(WarcRecordType.warcinfo, fields, _warc_fields(noted))


_FORMAT = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def _record(kind: WarcRecordType, fields: Iterable[_Field], block: bytes, *, payload: bytes | None = None) -> bytes:
    """One record with its digests as a gzip member of its own; the writer has to be finished for each."""
    record = WarcRecord()
    record.init_headers(kind, content_length=len(block))
    record.headers["WARC-Record-ID"] = _new_id()
    for name, value in fields:
        record.headers[name] = value
    record.set_bytes_content(block)
    member = BytesIO()
    writer = GzipWriter(member, compression_level=COMPRESSION)
    digest = None if payload is None else sha1(payload, usedforsecurity=False).digest()
    record.write(writer, checksum_data=True, payload_digest=digest)
    writer.finish()
    return member.getvalue()


def _role(request: Request) -> str:
    """What a response is to the crawl: a page, a listing that leads to pages, or nothing to clean.

    That is robots.txt, and the front page to which the address of a removed article leads.
    """
    if request.callback is NO_CALLBACK:
        return "aside"
    if request.meta.get("hub"):
        return "hub"
    first = request.meta.get("redirect_urls", [request.url])[0]
    return "aside" if led_elsewhere(first, request.url) else "page"


def _request_head(request: Request) -> bytes:
    """The head of a request as HTTP/1.1 has it, with the host, without what lets others in."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = [] if "Host" in request.headers else [_Field("Host", parts.netloc.rpartition("@")[2])]
    sent = [field for field in _fields(request.headers) if field.name.lower() not in SECRET]
    return _http_head(f"{request.method} {target} HTTP/1.1", [*host, *sent])


def _response_head(response: Response) -> bytes:
    """The status line and the fields; those that the body no longer bears out have another name."""
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = "Unknown"
    fields = [
        _Field(f"X-Crawler-{name}", value) if _is_untrue(name, value, response.body) else _Field(name, value)
        for name, value in _fields(response.headers)
    ]
    return _http_head(f"HTTP/1.1 {response.status} {phrase}", fields)


def _is_untrue(name: str, value: str, body: bytes) -> bool:
    """Whether a field says of the body what is no longer so, or never was."""
    length = name.lower() == "content-length" and value.strip() != str(len(body))
    return length or name.lower() == "transfer-encoding"


def _http_head(first_line: str, fields: Iterable[_Field]) -> bytes:
    lines = [_one_line(first_line)]
    for name, value in fields:
        line = f"{_one_line(name)}: {_one_line(value)}"
        lines.append(line if len(line) <= LONGEST_LINE else f"X-Crawler-Left-Out: {_one_line(name)[:100]}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _fields(headers: Headers) -> Iterator[_Field]:
    for name, values in headers.items():
        for value in values:
            yield _Field(name.decode("latin-1"), value.decode("latin-1"))


def _warc_fields(noted: dict[str, str]) -> bytes:
    """Lines of `name: value`, as `application/warc-fields` has them."""
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in noted.items()).encode()


def _start(response: Response) -> bytes:
    """The first bytes of the body, unpacked."""
    fields = Message()
    if BY_BROWSER not in response.flags:
        for value in response.headers.getlist("Content-Encoding"):
            fields["Content-Encoding"] = _one_line(value.decode("latin-1"))
    return body_start(HttpMessage(response.status, fields, response.body), START)


def _content_type(response: Response) -> str:
    stated = response.headers.get("Content-Type")
    return _one_line(stated.decode("latin-1"))[:LONGEST_LINE] if stated else "text/html; charset=utf-8"


def _one_line(value: str) -> str:
    """A value that cannot begin a line of its own."""
    return value.translate(_SPACES).strip()


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"
