"""Pages that a script fills, asked for by a real browser, which is led to no address that pages may not lead to."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from scraper.browser import addon as javascript
from scraper.browser import proxy as browser_proxy
from scraper.browser.addon import JavascriptAddon, MissingBrowser, browser_path, is_shell
from scraper.browser.proxy import REFUSED, GuardedProxy, read_target
from tests.support.fetching_spider import FETCHING, QUICK
from tests.support.local_server import Answer, Seen, serving
from tests.support.made_pages import STORY
from tests.support.paths import ROOT

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.body)
SHELL = "<!doctype html><title>A</title><div id=app></div><noscript>You need to enable JavaScript.</noscript><script>"


def script_page(path: str) -> str:
    """A page without a word in it, whose script asks for the story at `path` and shows it."""
    show = "document.title = story.title; document.getElementById('app').innerHTML = story.html"
    return f"{SHELL}fetch('{path}').then(answer => answer.json()).then(story => {{ {show} }})</script>"


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
    settings = ["-s", "JAVASCRIPT=True", "-s", "DOWNLOAD_TIMEOUT=20", "-s", "RETRY_ENABLED=False"]
    run = subprocess.run([*command, *settings, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=180)
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
            crawl(data, "-a", f"url={urls}", "-a", "named=127.0.0.1", "-s", "DOWNLOAD_TIMEOUT=8")
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
    subprocess.run(replay, cwd=ROOT, check=True, capture_output=True, timeout=60)
    assert rows(tmp_path / "again" / "articles.jsonl") == [article]


def test_a_missing_browser_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(javascript, "find_spec", lambda name: None)
    with pytest.raises(MissingBrowser, match=r"pip install 'copydesk\[javascript\]'"):
        browser_path()
    monkeypatch.setattr(javascript, "find_spec", lambda name: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingBrowser, match="needs an installed Chromium"):
        browser_path()
    with pytest.raises(MissingBrowser, match="there is no program at BROWSER_PATH: /no/such"):
        browser_path("/no/such")
    (tmp_path / "google-chrome").write_text("#!/bin/sh\n")
    (tmp_path / "google-chrome").chmod(0o755)
    assert browser_path() == str(tmp_path / "google-chrome")


def test_without_the_setting_a_crawl_knows_nothing_of_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings({"JAVASCRIPT": False})
    JavascriptAddon().update_settings(settings)
    assert not settings.getdict("DOWNLOAD_HANDLERS")
    monkeypatch.setattr(javascript, "browser_path", lambda given: "/usr/bin/chromium")
    settings = Settings({"JAVASCRIPT": True})
    JavascriptAddon().update_settings(settings)
    assert set(settings.getdict("DOWNLOAD_HANDLERS")) == {"http", "https"}
    assert settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS") == {"executable_path": "/usr/bin/chromium"}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (script_page("/story"), True),
        ("<html><div id=root></div><script src=app.js></script></html>", True),
        (f"<article><h1>A</h1>{TEXT}<script>1</script></article>", False),
        ("<html><div id=root></div></html>", False),
        ("", False),
        ("<script" * 100_000, False),
        (f"{SHELL}{'x' * 1_000_000}", True),
        ("\0<script>\0" * 1_000, False),
    ],
)
def test_what_a_shell_is(page: str, expected: bool) -> None:
    assert is_shell(page.encode(), "http://news.example/story") is expected


def test_where_a_request_of_the_browser_goes() -> None:
    tunnel = read_target(b"CONNECT news.example:8443 HTTP/1.1\r\nHost: news.example:8443\r\n\r\n")
    assert tunnel == ("news.example", 8443, b"", 0, True)
    plain = read_target(
        b"POST http://u:p@news.example:81/a?b=1 HTTP/1.1\r\nHost: news.example\r\nProxy-Connection: keep-alive\r\n"
        b"Connection: keep-alive\r\nContent-Length: 12\r\n\r\n"
    )
    sent = b"POST /a?b=1 HTTP/1.1\r\nConnection: close\r\nHost: news.example\r\nContent-Length: 12\r\n\r\n"
    assert plain == ("news.example", 81, sent, 12, False)
    assert read_target(b"CONNECT [::1]:443 HTTP/1.1\r\n\r\n").host == "::1"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET ftp://news.example/ HTTP/1.1\r\n\r\n",
        b"GET http:///x HTTP/1.1\r\n\r\n",
        b"GET http://news.example:99999999/ HTTP/1.1\r\n\r\n",
        b"CONNECT news.example:x HTTP/1.1\r\n\r\n",
        b"CONNECT \xff:1 HTTP/1.1\r\n\r\n",
        b"GET http://[/ HTTP/1.1\r\n\r\n",
        b"GET " + b"/" * 60_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_request_to_a_proxy(head: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_target(head)


@asynccontextmanager
async def proxy(*named: str) -> AsyncIterator[tuple[GuardedProxy, int]]:
    guarded = GuardedProxy(named)
    port = int((await guarded.start()).rpartition(":")[2])
    yield guarded, port
    await guarded.close()
    while served := asyncio.all_tasks() - {asyncio.current_task()}:  # a connection that is served closes its transport
        await asyncio.wait(served)
    await asyncio.sleep(0)


async def ask(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        writer.write_eof()
        return await asyncio.wait_for(reader.read(), 120)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_the_proxy_connects_to_no_private_address(host: str) -> None:
    async def through(port: int) -> None:
        async with proxy() as (guarded, proxy_port):
            for request in (f"GET http://{host}:{port}/x HTTP/1.1\r\n\r\n", f"CONNECT {host}:{port} HTTP/1.1\r\n\r\n"):
                answer = await ask(proxy_port, request.encode())
                assert answer.startswith(b"HTTP/1.1 403 ")
                assert REFUSED.encode() in answer
            assert guarded.refusals == 2

    with serving(lambda path: Answer(b"secret")) as (site, log):
        asyncio.run(through(int(site.rpartition(":")[2])))
    assert log == []


def test_the_proxy_connects_to_hosts_that_were_named() -> None:
    async def through(site: str) -> None:
        host = site.removeprefix("http://")
        async with proxy("127.0.0.1") as (_, port):
            answer = await ask(port, f"GET {site}/x HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            assert answer.endswith(b"seen")
            inner = f"GET /y HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            answer = await ask(port, f"CONNECT {host} HTTP/1.1\r\n\r\n{inner}".encode())
            assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK")

    with serving(lambda path: Answer(b"seen")) as (site, log):
        asyncio.run(through(site))
    assert [seen.path for seen in log] == ["/x", "/y"]


def test_the_address_that_is_checked_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that first resolves to a public address, and to a private one when it is asked again."""
    asked = []

    async def through() -> None:
        loop = asyncio.get_running_loop()

        async def look_up(host: str, port: int, **_: Any) -> list[Any]:
            asked.append(host)
            return [(2, 1, 6, "", ("192.0.2.1" if len(asked) == 2 else "93.184.215.14", port))]

        async def connect(host: str, port: int, **_: Any) -> Any:
            asked.append(host)
            raise ConnectionRefusedError

        monkeypatch.setattr(loop, "getaddrinfo", look_up)
        monkeypatch.setattr(browser_proxy.asyncio, "open_connection", connect)
        guarded = GuardedProxy()
        with pytest.raises(ConnectionRefusedError):
            await guarded._connect(read_target(b"CONNECT rebind.example:443 HTTP/1.1\r\n\r\n"))

    asyncio.run(through())
    assert asked == ["rebind.example", "93.184.215.14"]


@pytest.mark.parametrize("request_", [b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"x" * 200_000, b"CONNECT a:b"])
def test_the_proxy_answers_nonsense_with_an_error(request_: bytes) -> None:
    async def through() -> None:
        async with proxy() as (_, port):
            try:
                answer = await ask(port, request_)
            except ConnectionResetError:
                return
            assert answer == b"" or answer.startswith(b"HTTP/1.1 502 ")

    asyncio.run(through())
