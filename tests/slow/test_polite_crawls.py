"""Manners and safety of a crawl as a user runs it, in real time, with its own scheduler and records."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

from tests.support.fetching import ROOT, Handler, Server, answer, busy_once, serve

QUICK = {
    **{"DOWNLOAD_DELAY": 0.01, "AUTOTHROTTLE_ENABLED": False, "BACKOFF_FIRST": 0.05},
    **{"CONTACT": "mailto:a@b.example", "TDMREP": False},
}
QUICK["FAILED_RESTS"] = ""  # each failure is told at once

FAILURES = {"robots", "too-many-requests", "unreachable", "server-error", "timeout", "cut-off", "refused-address"}
"""Codes of what was not fetched; the others are of pages without an article."""


def crawl(data: Path, *urls: str, **settings: object) -> dict[str, str]:
    """The code of each rejected address of `scrapy crawl urls`, which are all: there is no article among them."""
    options = [part for item in {**QUICK, **settings}.items() for part in ("-s", "{}={}".format(*item))]
    command = [sys.executable, "-m", "tests.support.made_time", "crawl", "urls", "-a", "url=" + ",".join(urls)]
    run = subprocess.run(
        [*command, "-s", f"DATA_DIR={data}", *options], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    rows = [json.loads(line) for line in (data / "rejected.jsonl").read_text("utf-8").splitlines()]
    codes = {row["url"]: row["code"] for row in rows}
    assert len(codes) == len(rows)
    return codes


def on(site: Server, host: str, *paths: str) -> list[str]:
    return [site.url(path, host) for path in paths]


def test_a_host_that_asks_for_a_rest_gets_it_and_every_page_comes(tmp_path: Path) -> None:
    pages, asked = busy_once(429, "15")
    with serve(pages) as site:
        paths = ["/busy", *(f"/{number}" for number in range(6))]
        mine, others = on(site, "127.0.0.1", *paths), on(site, "localhost", *paths[1:])
        codes = crawl(tmp_path, *mine, *others)
    assert codes.keys() == {*mine, *others}
    assert not set(codes.values()) & FAILURES
    assert sorted(site.paths("127.0.0.1")) == sorted(["/robots.txt", "/busy", *paths])
    again = [when for when in site.times(host="127.0.0.1") if when > asked[0] + 0.5]
    assert again[0] - asked[0] > 14.8
    assert site.times(host="localhost")[-1] < again[0]


def test_crawl_delay_holds_up_its_own_host_only(tmp_path: Path) -> None:
    def robots(handler: Handler) -> None:
        slow = "Crawl-delay: 8" if "localhost" in handler.headers["Host"] else ""
        answer(handler, body=f"User-agent: *\nDisallow: /private\n{slow}".encode())

    with serve({"/robots.txt": robots}) as site:
        slow, fast = on(site, "localhost", "/1", "/2", "/3"), on(site, "127.0.0.1", *(f"/{n}" for n in range(12)))
        private = on(site, "127.0.0.1", "/private")
        codes = crawl(tmp_path, *slow, *private, *fast)
    assert codes.keys() == {*slow, *fast, *private}
    assert {url for url, code in codes.items() if code in FAILURES} == set(private)
    assert codes[private[0]] == "robots"
    times = site.times(host="localhost")
    assert len(times) == 3
    assert all(later - sooner > 7.8 for sooner, later in itertools.pairwise(times))
    assert site.times(host="127.0.0.1")[-1] < times[-1]


def test_what_is_refused_is_told_with_its_reason(tmp_path: Path) -> None:
    with serve({}) as inner:
        pages = {
            "/inside": lambda handler: answer(handler, 302, Location=inner.url("/secret", "127.0.0.2")),
            "/file": lambda handler: answer(handler, 302, Location="file:///etc/passwd"),
            "/round": lambda handler: answer(handler, 302, Location="/round"),
            "/large": lambda handler: answer(handler, body=b"<p>x</p>" * 10_000),
            "/broken": lambda handler: answer(handler, body=b"<p>x</p>", Content_Encoding="br"),
            "/failing": lambda handler: answer(handler, 500),
        }
        with serve(pages) as site:
            urls = on(site, "127.0.0.1", *pages)
            codes = crawl(tmp_path, *urls, DOWNLOAD_MAXSIZE=50_000, RETRY_TIMES=2)
    wanted = ["refused-address", "no-page", "redirects", "too-large", "broken-response", "server-error"]
    assert [codes[url] for url in urls] == wanted
    assert inner.log == []
    assert [site.paths().count(path) for path in pages] == [1, 1, 11, 1, 1, 3]


def test_a_page_whose_host_rests_when_the_crawl_is_stopped_comes_in_the_next(tmp_path: Path) -> None:
    asked: list[str] = []

    def busy(handler: Handler) -> None:
        asked.append(handler.path)
        answer(handler, 429, Retry_After="86400") if len(asked) == 1 else answer(handler, body=b"<p>Here I am</p>")

    with serve({"/busy": busy}) as site:
        urls = on(site, "127.0.0.1", "/busy", "/1", "/2")
        stopped = crawl(tmp_path, *urls, CLOSESPIDER_TIMEOUT=20, CONCURRENT_REQUESTS_PER_DOMAIN=1)
        resumed = crawl(tmp_path, *urls)
    assert not set(stopped.values()) & FAILURES
    assert urls[0] not in stopped
    assert resumed.keys() == set(urls)
    assert sorted(path for path in site.paths() if path != "/robots.txt") == sorted(["/busy", "/busy", "/1", "/2"])
