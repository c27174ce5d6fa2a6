"""Exchanges to be kept in web archives, and a strict reader of what was kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator as FastIterator
from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

URL = "http://news.example/story?id=1"
PAGE = b"<html><p>A story</p></html>"
HEADERS = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(PAGE))}


def response(body: bytes = PAGE, url: str = URL, **kwargs: Any) -> Response:
    return Response(url, **{"headers": HEADERS, "body": body, **kwargs})


def read(content: bytes) -> list[tuple[ArcWarcRecord, bytes]]:
    """The records and their blocks as warcio has them, with every digest checked, after FastWARC has read them too."""
    for record in ArchiveIterator(BytesIO(content), check_digests="raise"):
        record.content_stream().read()
    records = ArchiveIterator(BytesIO(content), no_record_parse=True)
    found = [(record, record.raw_stream.read()) for record in records]
    other = [
        (record.record_id, record.verify_block_digest()) for record in FastIterator(BytesIO(content), parse_http=False)
    ]
    assert other == [(record.rec_headers.get_header("WARC-Record-ID"), True) for record, _ in found]
    return found


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "archive").iterdir())
