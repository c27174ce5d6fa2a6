"""Crawls that keep what they fetch, and that are cleaned again from their archives."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaners.data import Page
from cleaners.reading.warc import read_warc
from tests.support.archives import files, read
from tests.support.bad_pages import SOUND
from tests.support.fetching_spider import FETCHING, QUICK
from tests.support.local_server import Answer, serving
from tests.support.paths import ROOT
from tests.support.site import Site


def answer(path: str) -> Answer:
    story = SOUND.replace("<", "").encode()
    html = {"Content-Type": "text/html; charset=utf-8"}
    plain = {"Content-Type": "text/plain"}
    answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"}),
        "/one": Answer(story, headers={"Content-Type": "text/plain; charset=utf-8"}),
        "/packed": Answer(gzip.compress(b"packed " + story), headers={**plain, "Content-Encoding": "gzip"}),
        "/cut": Answer(gzip.compress(b"cut " + story)[:-100], headers={**plain, "Content-Encoding": "gzip"}),
        "/chunked": Answer(b"chunked " + story, headers={**plain, "Transfer-Encoding": "chunked"}),
        "/moved": Answer(b"", 302, {**html, "Location": "/elsewhere"}),
        "/elsewhere": Answer(b"moved " + story),
        "/feed": Answer(b"<rss><channel>A feed</channel></rss>", headers={"Content-Type": "application/rss+xml"}),
    }
    return answers["/one"] if path.startswith("/story/") else answers.get(path, Answer(b"<h1>Not found</h1>", 404))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a crawl."""
    data = tmp_path_factory.mktemp("crawl")
    with serving(answer) as (site, _):
        urls = ",".join(f"{site}/{name}" for name in ("one", "packed", "cut", "chunked", "moved", "gone"))
        assert fetch("-a", f"url={urls}", "-a", f"hub={site}/feed", data=data).returncode == 0
    return data


def scrapy(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "crawl", *arguments, "-s", f"DATA_DIR={data}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def fetch(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return scrapy(*FETCHING, "-a", "named=127.0.0.1", *arguments, *QUICK, data=data)


def rows(path: Path) -> list[dict[str, Any]]:
    return sorted((json.loads(line) for line in path.read_text("utf-8").splitlines()), key=lambda row: str(row["url"]))


def test_a_crawl_keeps_all_that_it_fetched(crawled: Path) -> None:
    (path,) = files(crawled)
    kept = [record for record, _ in read(path.read_bytes()) if record.rec_type == "response"]
    paths = [record.rec_headers.get_header("WARC-Target-URI").split("/", 3)[3] for record in kept]
    assert sorted(paths) == ["chunked", "cut", "elsewhere", "feed", "gone", "moved", "one", "packed", "robots.txt"]
    assert {record.rec_headers.get_header("WARC-IP-Address") for record in kept} >= {"127.0.0.1"}
    requests = [block for record, block in read(path.read_bytes()) if record.rec_type == "request"]
    assert all(b"\r\nAccept-Encoding: gzip" in block and b"\r\nHost: 127.0.0.1:" in block for block in requests)


def test_an_archive_gives_the_records_that_its_crawl_gave(crawled: Path, tmp_path: Path) -> None:
    assert scrapy("warc", "-a", f"file={crawled / 'archive'}", data=tmp_path).returncode == 0
    records = rows(crawled / "articles.jsonl")
    assert len(records) == 4
    assert rows(tmp_path / "articles.jsonl") == records
    assert {record["source"] for record in records} == {"fetching"}
    cut, gone = rows(tmp_path / "rejected.jsonl")
    assert gone["url"].endswith("/gone")
    assert (cut["url"].rpartition("/")[2], cut["code"]) == ("cut", "cut-off")
    assert [row["url"] for row in rows(crawled / "rejected.jsonl")] == [cut["url"], gone["url"]]
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
        run = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)
        assert run.returncode == 2
        (line,) = run.stderr.splitlines()
        assert message in line
