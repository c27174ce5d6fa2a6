"""What a crawl fetches, kept in web archives that any reader of WARC takes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

from cleaners.data import Page
from cleaners.reading.warc import read_warc
from scraper.archive import middleware as archive
from scraper.archive.middleware import Archive, ArchiveMiddleware
from scraper.archive.warc_records import exchange
from tests.support.archives import URL, files, read, response
from tests.support.fetching_spider import FetchingSpider


def archive_of(tmp_path: Path, **settings: Any) -> ArchiveMiddleware:
    settings = {"DATA_DIR": str(tmp_path), "ARCHIVE": True, "ARCHIVE_FILE_BYTES": 10**9} | settings
    crawler = Crawler(FetchingSpider, Settings(settings))
    crawler.stats = StatsCollector(crawler)
    return ArchiveMiddleware.from_crawler(crawler)


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
