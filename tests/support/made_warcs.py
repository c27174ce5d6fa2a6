"""WARC and ARC files made by hand, byte by byte, so that nothing that is tested has made them."""

from __future__ import annotations

import gzip
from base64 import b32encode
from collections.abc import Mapping
from hashlib import sha1
from uuid import NAMESPACE_URL, uuid5

URL = "http://news.example/story"
DATE = "2026-01-02T03:04:05Z"
HTML = {"Content-Type": "text/html; charset=iso-8859-2"}


def warc_record(block: bytes, type: str = "response", url: str = URL, **fields: str) -> bytes:
    """One record with its digest; fields are added or replaced by name, with `_` for `-`."""
    head = {
        "WARC-Type": type,
        "WARC-Record-ID": record_id(url, type),
        "WARC-Date": DATE,
        "WARC-Target-URI": url,
        "Content-Type": f"application/http; msgtype={type}" if type in ("request", "response") else "text/plain",
        "WARC-Block-Digest": f"sha1:{b32encode(sha1(block).digest()).decode()}",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def record_id(url: str, type: str = "response") -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, type + url)}>"


def http_response(body: bytes, status: str = "200 OK", fields: Mapping[str, str] = HTML) -> bytes:
    """A response as it came over the wire."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def arc_record(block: bytes, url: str = URL, type: str = "text/html", time: str = "20040131120000") -> bytes:
    """One record of the older format."""
    return f"{url} 192.0.2.7 {time} {type} {len(block)}\n".encode() + block + b"\n"


ARC_START = arc_record(
    b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n", "filedesc://news.arc", "text/plain"
)
"""The first record of an ARC file, which describes the file."""


def zipped(*records: bytes) -> bytes:
    """An archive with one gzip member a record."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
