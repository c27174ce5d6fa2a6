"""What a crawl fetches, kept in web archives that any reader of WARC takes, and cleaned again from them."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from cleaners.data import Cleaned, Page
from cleaners.warc import read_warc
from scraper import archive
from scraper.archive import Archive, ArchiveMiddleware
from scraper.payload_types import payload_type
from scraper.warc_records import exchange
from tests.bad_pages import SOUND
from tests.fetching_spider import FETCHING, QUICK, FetchingSpider
from tests.local_server import Answer, serving
from tests.site import Site

ROOT = Path(__file__).parents[1]
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


def pages(content: bytes, path: Path) -> list[Page | Cleaned]:
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
    requests = [Request(URL, meta={"hub": True}), Request(URL, callback=NO_CALLBACK)]
    contents = [exchange(request, response(), "valley") for request in requests]
    assert [read(content)[1][1].splitlines()[0] for content in contents] == [b"role: hub", b"role: aside"]
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


def archive_of(tmp_path: Path, **settings: Any) -> ArchiveMiddleware:
    settings = {"DATA_DIR": str(tmp_path), "ARCHIVE": True, "ARCHIVE_FILE_BYTES": 10**9} | settings
    crawler = Crawler(FetchingSpider, Settings(settings))
    crawler.stats = StatsCollector(crawler)
    return ArchiveMiddleware.from_crawler(crawler)


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "archive").iterdir())


def test_files_are_rolled_by_size_and_begin_with_what_they_are(tmp_path: Path) -> None:
    middleware = archive_of(tmp_path, ARCHIVE_FILE_BYTES=4000)
    for _ in range(9):
        middleware.process_response(Request(URL), response())
    middleware.flush()
    middleware.close()
    kinds = [[record.rec_type for record, _ in read(path.read_bytes())] for path in files(tmp_path)]
    assert len(kinds) > 2
    assert {tuple(found[:4]) for found in kinds} == {("warcinfo", "request", "metadata", "response")}
    assert sum(found.count("response") for found in kinds) == 9
    info, block = read(files(tmp_path)[-1].read_bytes())[0]
    assert info.rec_headers.get_header("WARC-Filename") == files(tmp_path)[-1].name
    assert b"software: copydesk/" in block


def test_what_did_not_come_from_the_network_is_not_kept(tmp_path: Path) -> None:
    middleware = archive_of(tmp_path)
    for answer in (response(url="data:,"), response(url="file:///etc/passwd"), response(flags=["cached"])):
        assert middleware.process_response(Request("data:,"), answer) is answer
    middleware.close()
    assert not (tmp_path / "archive").exists()


def test_two_archives_in_one_folder_do_not_meet(tmp_path: Path) -> None:
    for _ in range(2):
        middleware = archive_of(tmp_path)
        middleware.process_response(Request(URL), response())
        middleware.close()
    assert len(files(tmp_path)) == 2
    assert all(len(read(path.read_bytes())) == 4 for path in files(tmp_path))


@pytest.mark.parametrize("path", ["a" * 29_000, "%0D%0AX:%20y/../../../x"], ids=["long", "odd"])
def test_hostile_addresses_are_kept(tmp_path: Path, path: str) -> None:
    url = f"http://news.example/{path}"
    middleware = archive_of(tmp_path)
    middleware.process_response(Request(url), response(url=url))
    (file,) = files(tmp_path)
    assert file.parent == tmp_path / "archive"
    assert read(file.read_bytes())[3][0].rec_headers.get_header("WARC-Target-URI") == url
    (page,) = read_warc(str(file))
    assert isinstance(page, Page)
    assert page.url == url


def test_an_address_that_no_reader_takes_is_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    middleware = archive_of(tmp_path)
    url = "http://news.example/" + "a" * 100_000
    middleware.process_response(Request(url), response(url=url))
    middleware.process_response(Request(URL), response())
    middleware.flush()
    (path,) = files(tmp_path)
    assert len(read(path.read_bytes())) == 4
    (message,) = caplog.messages
    assert "Not archived" in message
    assert len(message) < 300


def test_records_are_on_their_way_to_the_disk_before_the_page_goes_on(tmp_path: Path) -> None:
    middleware = archive_of(tmp_path)
    middleware.process_response(Request(URL), response())
    (path,) = files(tmp_path)
    assert len(read(path.read_bytes())) == 4


def test_no_part_of_a_record_is_left_where_there_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path, 10**9)
    archive.append(exchange(Request(URL), response(), "valley"))
    room = 200

    def write(descriptor: int, content: memoryview) -> int:
        nonlocal room
        if not room:
            raise OSError(28, "No space left on device")
        written = real_write(descriptor, content[:room])
        room -= written
        return written

    real_write = os.write
    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="No space"):
        archive.append(exchange(Request(URL), response(), "valley"))
    monkeypatch.undo()
    archive.append(exchange(Request(URL), response(), "valley"))
    archive.close()
    (path,) = tmp_path.iterdir()
    assert len(read(path.read_bytes())) == 7


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


def answer(path: str) -> Answer:
    story = SOUND.replace("<", "").encode()
    html = {"Content-Type": "text/html; charset=utf-8"}
    plain = {"Content-Type": "text/plain"}
    answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"}),
        "/one": Answer(story, headers={"Content-Type": "text/plain; charset=utf-8"}),
        "/packed": Answer(gzip.compress(b"packed " + story), headers={**plain, "Content-Encoding": "gzip"}),
        "/chunked": Answer(b"chunked " + story, headers={**plain, "Transfer-Encoding": "chunked"}),
        "/moved": Answer(b"", 302, {**html, "Location": "/one?moved"}),
        "/one?moved": Answer(b"moved " + story),
        "/feed": Answer(b"<rss><channel>A feed</channel></rss>", headers={"Content-Type": "application/rss+xml"}),
    }
    return answers["/one"] if path.startswith("/story/") else answers.get(path, Answer(b"<h1>Not found</h1>", 404))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a crawl."""
    data = tmp_path_factory.mktemp("crawl")
    with serving(answer) as (site, _):
        urls = ",".join(f"{site}/{name}" for name in ("one", "packed", "chunked", "moved", "gone"))
        assert fetch("-a", f"url={urls}", "-a", f"hub={site}/feed", data=data).returncode == 0
    return data


def scrapy(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "crawl", *arguments, "-s", f"DATA_DIR={data}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def fetch(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return scrapy(*FETCHING, "-a", "named=127.0.0.1", *arguments, *QUICK, data=data)


def rows(path: Path) -> list[dict[str, Any]]:
    return sorted((json.loads(line) for line in path.read_text("utf-8").splitlines()), key=lambda row: str(row["url"]))


def test_a_crawl_keeps_all_that_it_fetched(crawled: Path) -> None:
    (path,) = files(crawled)
    kept = [record for record, _ in read(path.read_bytes()) if record.rec_type == "response"]
    paths = [record.rec_headers.get_header("WARC-Target-URI").split("/", 3)[3] for record in kept]
    assert sorted(paths) == ["chunked", "feed", "gone", "moved", "one", "one?moved", "packed", "robots.txt"]
    assert {record.rec_headers.get_header("WARC-IP-Address") for record in kept} >= {"127.0.0.1"}
    requests = [block for record, block in read(path.read_bytes()) if record.rec_type == "request"]
    assert all(b"\r\nAccept-Encoding: gzip" in block and b"\r\nHost: 127.0.0.1:" in block for block in requests)


def test_an_archive_gives_the_records_that_its_crawl_gave(crawled: Path, tmp_path: Path) -> None:
    assert scrapy("warc", "-a", f"file={crawled / 'archive'}", data=tmp_path).returncode == 0
    records = rows(crawled / "articles.jsonl")
    assert len(records) == 4
    assert rows(tmp_path / "articles.jsonl") == records
    assert {record["source"] for record in records} == {"fetching"}
    (gone,) = rows(tmp_path / "rejected.jsonl")
    assert gone["url"].endswith("/gone")
    assert not (tmp_path / "archive").exists()


def test_an_archive_of_a_site_gives_what_the_spider_took_for_articles(tmp_path: Path) -> None:
    """Listings are left out, and of an article that stands under several addresses, its own is taken."""
    crawl, again = tmp_path / "crawl", tmp_path / "again"
    with Site(articles=15) as site:
        assert scrapy("site", "-a", f"url={site.url}", "-a", "depth=3", *QUICK, data=crawl).returncode == 0
    assert scrapy("warc", "-a", f"file={crawl / 'archive'}", data=again).returncode == 0
    records = {row["url"]: row for row in rows(crawl / "articles.jsonl")}
    assert len(records) >= 15
    assert {row["url"]: row for row in rows(again / "articles.jsonl")} == records


def test_the_archive_can_be_switched_off(tmp_path: Path) -> None:
    with serving(answer) as (site, _):
        fetch("-a", f"url={site}/one", "-s", "ARCHIVE=False", data=tmp_path)
    assert len(rows(tmp_path / "articles.jsonl")) == 1
    assert not (tmp_path / "archive").exists()


def test_a_crawl_that_cannot_write_its_archive_ends_and_the_next_one_goes_on(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way")
    with serving(answer) as (site, log):
        stories = {f"{site}/story/{number}" for number in range(30)}
        command = ["-a", f"url={','.join(sorted(stories))}"]
        run = fetch(*command, data=tmp_path)
        assert run.returncode == 1
        (line,) = [line for line in run.stderr.splitlines() if line.startswith("scrapy crawl:")]
        assert "the output cannot be written: File exists: " in line
        assert len(log) < 30
        (tmp_path / "archive").unlink()
        assert fetch(*command, data=tmp_path).returncode == 0
    assert {row["url"] for row in rows(tmp_path / "articles.jsonl")} == stories
    (path,) = files(tmp_path)
    assert {page.url for page in read_warc(str(path)) if isinstance(page, Page)} == stories


def test_wrong_arguments_are_said_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "crawl", "warc", "-s", f"DATA_DIR={tmp_path}"]
    cases = (([], "no archive to read"), (["-a", "file=nope"], "no such file or folder: nope"))
    for arguments, message in cases:
        run = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert run.returncode == 2
        (line,) = run.stderr.splitlines()
        assert message in line


def test_what_could_not_be_written_is_told_once_and_to_whoever_flushes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").write_text("in the way")
    middleware = archive_of(tmp_path)
    given_up = []

    class GivenUp:
        def give_up(self, failure: OSError) -> None:
            given_up.append(failure)

    monkeypatch.setattr(archive, "store_of", lambda crawler: GivenUp())
    middleware.flush()
    for _ in range(3):
        middleware.process_response(Request(URL), response())
        with pytest.raises(FileExistsError):
            middleware.flush()
    assert len(given_up) == 1
