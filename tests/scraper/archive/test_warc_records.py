"""The records in which an archive keeps what was asked and answered."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.http.request import NO_CALLBACK
from warcio.archiveiterator import ArchiveIterator

from cleaners.data import Input, Page
from cleaners.reading.warc import read_warc
from scraper.archive.payload_types import payload_type
from scraper.archive.warc_records import exchange
from tests.support.archives import HEADERS, PAGE, URL, read, response


def pages(content: bytes, path: Path) -> list[Input]:
    path.write_bytes(content)
    return list(read_warc(str(path)))


def test_the_records_of_a_response() -> None:
    request = Request(URL, headers={"User-Agent": "copydesk", "Cookie": "secret", "Authorization": "secret"})
    request.meta.update(retrieved_at="2026-01-02T03:04:05+00:00", download_latency=0.25)
    content = exchange(request, response(), "valley")
    (sent, sent_block), (noted, noted_block), (kept, kept_block) = read(content)
    assert [record.rec_type for record in (sent, noted, kept)] == ["request", "metadata", "response"]
    assert sent_block == b"GET /story?id=1 HTTP/1.1\r\nHost: news.example\r\nUser-Agent: copydesk\r\n\r\n"
    assert noted_block.decode().splitlines() == [
        "role: page",
        "source: valley",
        "retrieved_at: 2026-01-02T03:04:05+00:00",
        "fetchTimeMs: 250",
        "identified-payload-type: text/html",
    ]
    assert kept_block == (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 27\r\n\r\n" + PAGE
    )
    headers = kept.rec_headers
    assert headers.get_header("WARC-Identified-Payload-Type") == "text/html"
    assert headers.get_header("WARC-Payload-Digest").startswith("sha1:")
    response_id = headers.get_header("WARC-Record-ID")
    assert {record.rec_headers.get_header("WARC-Concurrent-To") for record in (sent, noted)} == {response_id}
    assert {record.rec_headers.get_header("WARC-Target-URI") for record in (sent, noted, kept)} == {URL}
    assert b"secret" not in gzip.decompress(content)


def test_each_record_is_a_gzip_member_of_its_own() -> None:
    content = exchange(Request(URL), response(), "valley")
    records = ArchiveIterator(BytesIO(content))
    offsets = [records.get_record_offset() for _ in records]
    assert len(offsets) == 3
    for start, kind in zip(offsets, (b"request", b"metadata", b"response"), strict=True):
        assert gzip.GzipFile(fileobj=BytesIO(content[start:])).read().startswith(b"WARC/1.1\r\nWARC-Type: " + kind)


def test_a_body_stays_as_it_came(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    headers = {**HEADERS, "Content-Length": "5", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    content = exchange(Request(URL), response(packed, headers=headers), "valley")
    head, _, body = read(content)[2][1].partition(b"\r\n\r\n")
    assert body == packed
    lines = set(head.split(b"\r\n"))
    assert lines >= {b"Content-Encoding: gzip", b"X-Crawler-Transfer-Encoding: chunked", b"X-Crawler-Content-Length: 5"}
    assert not any(line.startswith((b"Transfer", b"Content-Length")) for line in lines)
    (page,) = pages(content, tmp_path / "a")
    assert isinstance(page, Page)
    assert (page.content, page.url, page.source, page.charset) == (PAGE, URL, "valley", "utf-8")


def test_the_page_of_a_browser_is_a_resource(tmp_path: Path) -> None:
    made = HtmlResponse(URL, headers=HEADERS, body=PAGE, flags=["playwright"])
    content = exchange(Request(URL), made, "valley")
    record, block = read(content)[2]
    assert (record.rec_type, record.rec_headers.get_header("Content-Type")) == ("resource", HEADERS["Content-Type"])
    assert block == PAGE
    (page,) = pages(content, tmp_path / "a")
    assert isinstance(page, Page)
    assert (page.content, page.charset, page.source) == (PAGE, "utf-8", "valley")


def test_what_is_no_page_is_kept_and_not_replayed(tmp_path: Path) -> None:
    led = Request("https://gazette.example/", meta={"redirect_urls": ["https://gazette.example/bridge-opens-1.html"]})
    requests = [Request(URL, meta={"hub": True}), Request(URL, callback=NO_CALLBACK), led]
    contents = [exchange(request, response(), "valley") for request in requests]
    assert [read(content)[1][1].splitlines()[0] for content in contents] == [b"role: hub", *[b"role: aside"] * 2]
    assert pages(b"".join(contents), tmp_path / "a") == []


def test_an_incomplete_body_is_marked() -> None:
    record, _ = read(exchange(Request(URL), response(flags=["dataloss"]), "valley"))[2]
    assert record.rec_headers.get_header("WARC-Truncated") == "disconnect"


HOSTILE = {
    "line ends": {"X-A": "a\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK", "X-\nB": "b"},
    "controls": {"X-A": "\0\x01\x7f\x1b"},
    "no ASCII": {"X-A": "Größe", "Größe": "x"},
    "long": {"X-A": "a" * 100_000, "Content-Type": "text/html; " + "x" * 100_000},
    "long name": {"X" * 100_000: "a"},
    "many": {f"X-{number}": "a" for number in range(5_000)},
    "lies": {"Content-Type": "text/html", "Content-Encoding": "no such, gzip", "Content-Length": "-1"},
    "dots": {"Content-Disposition": "attachment; filename=../../../etc/passwd"},
}


@pytest.mark.parametrize("headers", HOSTILE.values(), ids=HOSTILE)
def test_hostile_headers(headers: dict[str, str]) -> None:
    for flags in ([], ["playwright"]):
        answer = response(headers=headers, status=999, flags=flags)
        content = exchange(Request(URL, headers=headers), answer, "a\r\nrole: hub")
        records = read(content)
        assert len(records) == 3
        assert records[2][1].endswith(PAGE)
        assert records[1][1].count(b"role:") == 2
        assert len(records[1][1].splitlines()) == 5


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"<!doctype html><html>", "text/html"),
        (b"<p>a</p><p>b</p>", "text/html"),
        (b"A story of the valley.", "text/plain"),
        (b'<?xml version="1.0"?><rss version="2.0">', "application/rss+xml"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "application/atom+xml"),
        (b'<?xml version="1.0"?><urlset xmlns="x">', "application/xml"),
        (b'<?xml version="1.0"?><html xmlns="x">', "application/xhtml+xml"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "application/json"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (bytes(range(32)), "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_type_of_a_payload(start: bytes, expected: str) -> None:
    assert payload_type(start) == expected
