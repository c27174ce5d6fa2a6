"""Crawls of pages that a script fills, with a real browser, which reaches no address that pages may not lead to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scraper.browser.addon import MissingBrowser, browser_path
from tests.support.fetching_spider import FETCHING, QUICK
from tests.support.local_server import Answer, Seen, serving
from tests.support.made_pages import STORY
from tests.support.paths import ROOT
from tests.support.shell_pages import SHELL, TEXT, script_page


def story_json() -> bytes:
    html = f"<article><h1>{STORY.headline}</h1>{TEXT}</article>"
    return json.dumps({"title": STORY.headline, "html": html}).encode()


try:
    browser_path()
except MissingBrowser as missing:
    WITHOUT_BROWSER = str(missing)
else:
    WITHOUT_BROWSER = ""

needs_browser = pytest.mark.skipif(bool(WITHOUT_BROWSER), reason=WITHOUT_BROWSER or "there is a browser")


def crawl(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "crawl", *FETCHING, "-s", f"DATA_DIR={data}", *QUICK]
    settings = ["-s", "JAVASCRIPT=True", "-s", "DOWNLOAD_TIMEOUT=120", "-s", "RETRY_ENABLED=False"]
    run = subprocess.run([*command, *settings, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    return run


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Seen], list[Seen]]:
    """A crawl of shells and of a page that needs no browser, on a host that was named, beside one that was not."""
    data = tmp_path_factory.mktemp("javascript")
    with serving(lambda path: Answer(b"secret")) as (private, private_log):
        secret = private.replace("127.0.0.1", "localhost")

        def answer(path: str) -> Answer:
            pages = {
                "/robots.txt": Answer(b"User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"}),
                "/shell": Answer(script_page("/story").encode()),
                "/story": Answer(story_json(), headers={"Content-Type": "application/json"}),
                "/whole": Answer(f"<title>B</title><article><h1>B</h1>{TEXT}<script>1</script></article>".encode()),
                "/to-secret": Answer(f"{SHELL}location.href = '{secret}/page'</script>".encode()),
                "/by-redirect": Answer(f"{SHELL}location.href = '/redirect'</script>".encode()),
                "/redirect": Answer(b"", 302, {"Location": f"{secret}/redirected"}),
                "/fetches-secret": Answer(f"{SHELL}fetch('{secret}/fetched', {{mode: 'no-cors'}})</script>".encode()),
                "/endless": Answer(f"{SHELL}while (true) {{}}</script>".encode()),
            }
            return pages.get(path, Answer(b"", 404))

        with serving(answer) as (site, log):
            names = ("shell", "whole", "to-secret", "by-redirect", "fetches-secret", "endless")
            urls = ",".join(f"{site}/{name}" for name in names)
            crawl(data, "-a", f"url={urls}", "-a", "named=127.0.0.1", "-s", "DOWNLOAD_TIMEOUT=30")
    return data, log, private_log


def name_of(row: dict[str, Any]) -> str:
    return row["url"].rpartition("/")[2]


@needs_browser
def test_a_shell_gives_the_article_that_its_script_shows(crawled: tuple[Path, list[Seen], list[Seen]]) -> None:
    data, log, _ = crawled
    articles = {name_of(row): row for row in rows(data / "articles.jsonl")}
    assert set(articles) == {"shell", "whole"}
    assert articles["shell"]["text"].split("\n") == list(STORY.body)
    assert articles["shell"]["title"] == STORY.headline
    paths = [seen.path for seen in log]
    assert paths.count("/shell") == 2, "once as any page, once by the browser"
    assert paths.count("/whole") == 1
    assert paths.count("/story") == 1


@needs_browser
def test_the_browser_is_led_to_no_private_address(crawled: tuple[Path, list[Seen], list[Seen]]) -> None:
    data, log, private_log = crawled
    assert private_log == []
    assert "/redirect" in [seen.path for seen in log]
    rejected = {name_of(row): row["reason"] for row in rows(data / "rejected.jsonl")}
    assert set(rejected) == {"to-secret", "by-redirect", "fetches-secret", "endless"}
    for name in ("to-secret", "by-redirect"):
        assert rejected[name].startswith("RefusedAddress: localhost is at "), rejected[name]


@needs_browser
def test_a_script_without_end_costs_its_time_and_no_more(crawled: tuple[Path, list[Seen], list[Seen]]) -> None:
    (row,) = [row for row in rows(crawled[0] / "rejected.jsonl") if name_of(row) == "endless"]
    assert "Timeout" in row["reason"]


@needs_browser
def test_a_spider_can_ask_for_the_browser_at_once_and_the_archive_has_what_it_made(tmp_path: Path) -> None:
    answers = {"/shell": Answer(script_page("/story").encode()), "/story": Answer(story_json())}
    with serving(lambda path: answers.get(path, Answer(b"", 404))) as (site, log):
        crawl(tmp_path, "-a", f"url={site}/shell", "-a", "named=127.0.0.1", "-a", "browser=yes")
    assert [seen.path for seen in log].count("/shell") == 1
    (article,) = rows(tmp_path / "articles.jsonl")
    command = [sys.executable, "-m", "scrapy", "crawl", "warc", "-a", f"file={tmp_path / 'archive'}"]
    replay = [*command, "-s", f"DATA_DIR={tmp_path / 'again'}"]
    subprocess.run(replay, cwd=ROOT, check=True, capture_output=True, timeout=300)
    assert rows(tmp_path / "again" / "articles.jsonl") == [article]
