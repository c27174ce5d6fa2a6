"""Pages that a script fills, asked for by a real browser, which is led to no address that pages may not lead to."""

from __future__ import annotations

import asyncio
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
from tests.support.local_server import Answer, serving
from tests.support.shell_pages import SHELL, TEXT, script_page


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
        (f"{SHELL}<p {' '.join(f'a{number}=1' for number in range(50_000))}>", True),
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
