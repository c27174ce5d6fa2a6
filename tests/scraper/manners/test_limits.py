"""Responses that are too large, too slow, broken or without end."""

from __future__ import annotations

import gzip
import random
import re
import socket
import struct
import time
import zlib
from collections.abc import Callable

import brotli
import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from scraper.manners.cookies import OfflineCookies
from tests.support.fetching import Handler, Server, answer, fetch, serve

Crawl = tuple[Server, dict[str, dict[str, object]]]
"""The server, and what became of each path."""

LIMIT = 200_000
BOMB = b"<p>all the same</p>" * (LIMIT // 4)


def start(handler: Handler, **headers: str) -> None:
    """Begin an answer of unknown length, which the end of the connection ends."""
    handler.close_connection = True
    handler.send_response(200)
    for name, value in {"Content_Type": "text/html", "Connection": "close", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def without_end(handler: Handler) -> None:
    start(handler)
    while True:
        handler.wfile.write(b"<p>and so on</p>" * 1000)


def drop_by_drop(handler: Handler) -> None:
    start(handler)
    for _ in range(600):
        handler.wfile.write(b"<p>")
        handler.wfile.flush()
        time.sleep(0.1)


def longer_than_it_is(handler: Handler) -> None:
    start(handler, Content_Length="5000")
    handler.wfile.write(b"<p>cut")


def reset(handler: Handler) -> None:
    start(handler, Content_Length="5000")
    handler.wfile.write(b"<p>cut")
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.shutdown(socket.SHUT_RDWR)


def packed(encoding: str, body: bytes) -> Callable[[Handler], None]:
    return lambda handler: answer(handler, body=body, Content_Encoding=encoding)


def again_and_again(handler: Handler) -> None:
    number = int(handler.path.partition("?")[2] or 0)
    answer(handler, 302, Location=f"/redirects?{number + 1}")


RELOADS = b'<meta http-equiv="refresh" content="60; url=/reloads"><p>News</p>'


def with_a_cookie(handler: Handler) -> None:
    """A site that looks whether cookies are kept."""
    if "seen=1" in handler.headers.get("Cookie", ""):
        answer(handler, body=b"<p>The page</p>")
    else:
        answer(handler, 302, Location=handler.path, Set_Cookie="seen=1")


HUB = b"<p>an entry of a sitemap</p>" * (LIMIT // 20)

SOUND = random.Random(0).randbytes(2_000).hex().encode()

PAGES: dict[str, Callable[[Handler], None]] = {
    "/large": lambda handler: answer(handler, body=BOMB),
    "/hub": lambda handler: answer(handler, body=HUB),
    "/hub-too-large": lambda handler: answer(handler, body=BOMB),
    "/hub.gz": packed("gzip", gzip.compress(HUB)),
    "/without-end": without_end,
    "/drop-by-drop": drop_by_drop,
    "/gzip": packed("gzip", gzip.compress(BOMB)),
    "/deflate": packed("deflate", zlib.compress(BOMB)),
    "/br": packed("br", brotli.compress(BOMB)),
    "/nested": packed("gzip, br", brotli.compress(gzip.compress(BOMB))),
    "/often": packed(",".join(["gzip"] * 4), gzip.compress(b"x")),
    "/twice": packed("br, gzip", gzip.compress(brotli.compress(b"<p>sound</p>"))),
    "/cut-gzip": packed("gzip", gzip.compress(SOUND)[:-200]),
    "/cut-br": packed("br", brotli.compress(SOUND)[:-200]),
    "/cut-deflate": packed("deflate", zlib.compress(SOUND)[:-200]),
    "/not-br": packed("br", b"\xff" * 50),
    "/not-gzip": packed("gzip", b"<p>plain</p>"),
    "/longer": longer_than_it_is,
    "/reset": reset,
    "/redirects": again_and_again,
    "/itself": lambda handler: answer(handler, 302, Location="/itself"),
    "/refreshes": lambda handler: answer(handler, body=b'<meta http-equiv="refresh" content="0; url=/refreshes">'),
    "/cookie": with_a_cookie,
    "/reloads": lambda handler: answer(handler, body=RELOADS),
}


@pytest.fixture(scope="module")
def crawl() -> Crawl:
    limits = {"DOWNLOAD_MAXSIZE": LIMIT, "HUB_MAXSIZE": 2 * LIMIT, "RETRY_TIMES": 1}
    with serve(PAGES) as site:
        urls = [site.url(path) for path in PAGES]
        slow = site.url("/drop-by-drop")
        found = fetch(*set(urls) - {slow}, CONCURRENT_REQUESTS_PER_DOMAIN=16, **limits)  # type: ignore[arg-type]
        found[slow] = fetch(slow, DOWNLOAD_TIMEOUT=2, **limits)[slow]  # type: ignore[arg-type]
    assert "Traceback" not in str(found["log"]["text"])
    return site, {path: found[site.url(path)] for path in PAGES} | {"log": found["log"]}


@pytest.mark.parametrize("path", "/large /hub-too-large /without-end /gzip /deflate /br /nested /often".split())
def test_what_is_too_large_packed_or_unpacked_is_refused(path: str, crawl: Crawl) -> None:
    assert crawl[1][path]["code"] == "too-large"
    assert crawl[0].paths().count(path) == 1, "what is too large today is so tomorrow: it is not asked for again"


@pytest.mark.parametrize(
    ("path", "length"),
    [("/hub", len(HUB)), ("/hub.gz", len(HUB)), ("/twice", 12), ("/cookie", 15), ("/reloads", len(RELOADS))],
)
def test_what_is_sound_is_taken_whole(path: str, length: int, crawl: Crawl) -> None:
    assert (crawl[1][path].get("status"), crawl[1][path].get("length")) == (200, length)


def test_cookies_are_kept_without_asking_the_web_whose_domain_it_is(crawl: Crawl) -> None:
    assert crawl[1]["/cookie"]["length"] == 15
    assert not re.search("publicsuffix|tldextract", str(crawl[1]["log"]["text"]))


@pytest.mark.parametrize(
    ("domain", "kept"), [("co.uk", False), ("example.co.uk", True), (".example.co.uk", True), ("", True)]
)
def test_a_cookie_for_everybody_s_domain_is_not_kept(domain: str, kept: bool) -> None:
    request, jar = Request("https://www.example.co.uk/"), CookieJar()
    header = "a=1" + (f"; Domain={domain}" if domain else "")
    response = Response(request.url, headers={"Set-Cookie": header})
    OfflineCookies()._process_cookies(jar.make_cookies(response, request), jar=jar, request=request)
    assert bool(len(jar)) is kept


@pytest.mark.parametrize("path", ["/not-br", "/not-gzip"])
def test_what_is_not_packed_as_it_says_is_refused(path: str, crawl: Crawl) -> None:
    assert crawl[1][path]["code"] == "broken-response"


@pytest.mark.parametrize("path", ["/cut-gzip", "/cut-br", "/cut-deflate"])
def test_a_packed_page_whose_end_is_missing_is_not_taken_for_whole(path: str, crawl: Crawl) -> None:
    assert crawl[1][path]["code"] == "cut-off"


@pytest.mark.parametrize("path", ["/drop-by-drop", "/longer", "/reset"])
def test_what_does_not_come_to_its_end_is_asked_for_once_more(path: str, crawl: Crawl) -> None:
    assert "error" in crawl[1][path]
    assert crawl[0].paths().count(path) == 2


@pytest.mark.parametrize("path", ["/redirects", "/itself", "/refreshes"])
def test_redirects_without_end_end(path: str, crawl: Crawl) -> None:
    assert crawl[1][path]["code"] == "redirects"
    assert sum(seen.startswith(path) for seen in crawl[0].paths()) == 11
