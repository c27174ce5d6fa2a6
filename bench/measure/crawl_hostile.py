"""A crawl of sound outlets, alone and beside four that are made to blow up; and how soon Ctrl-C ends it.

The four are a feed, a sitemap, a page of links and an article with a huge tag. Each outlet is a server of its own on
this machine. Counted are the seconds until the last article of the sound outlets is written; the crawls take turns.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.measure.crawl import FULL_SPEED, running_in_thread, short_page
from bench.paths import ROOT
from bench.tables import Cell, table

LONGEST = 600.0
"""Seconds after which a crawl counts as hanging."""

BEFORE_CTRL_C = 3.0
"""Seconds from the first answer of a hostile server to Ctrl-C: the worst of it is being read then."""

SECONDS_BETWEEN_LOOKS = 0.05

Settings = Mapping[str, str]
"""The settings of the crawl that are not the usual ones."""

Pages = Callable[[str, str], bytes]
"""What a server answers, by its address and the path."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--outlets", type=int, default=20, help="sound ones; default: 20")
    parser.add_argument("--articles", type=int, default=25, help="of each; default: 25")
    parser.add_argument("--rounds", type=int, default=3, help="default: 3")
    parser.add_argument("--full-speed", action="store_true", help="without the delays between requests to one host")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table, and how soon Ctrl-C ends such a crawl."""
    wanted, settings = options.outlets * options.articles, FULL_SPEED if options.full_speed else {}
    sound = [Outlet("feeds", "/feed", sound_feed(options.articles)) for _ in range(options.outlets)]
    alone, beside, lost = list[float](), list[float](), list[int]()
    for _ in range(options.rounds):
        for seconds, hostile in ((alone, []), (beside, HOSTILE)):
            with served([*sound, *hostile]) as site:
                taken, written = seconds_taken(site, settings, options.outlets, wanted)
            seconds.append(taken)
            lost.append(wanted - written)
    rows: list[list[Cell]] = [
        [f"{options.outlets} sound outlets", median(alone), 1.0, max(lost[::2])],
        ["beside four hostile ones", median(beside), median(map(_ratio, beside, alone)), max(lost[1::2])],
    ]
    yield table(("", "seconds", "times as long", "articles lost"), rows)
    with served([*sound, *HOSTILE]) as site:
        yield f"\nCtrl-C ends it within {seconds_to_end(site, settings):.1f} s"


def _ratio(beside: float, alone: float) -> float:
    return beside / alone


# --- The outlets -------------------------------------------------------------------------------------------------


class Outlet(NamedTuple):
    """An outlet: how its entry point is named in an outlets file, the path of that, and its pages."""

    kind: str
    path: str
    pages: Pages


def sound_feed(articles: int) -> Pages:
    """A feed of so many articles, and the articles."""

    def answer(base: str, path: str) -> bytes:
        if path != "/feed":
            return short_page(int(path.rpartition("-")[2] or 0))
        items = "".join(f"<item><link>{base}/town-{number}</link></item>" for number in range(articles))
        return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()

    return answer


def _hostile_feed(base: str, path: str) -> bytes:
    """An author of a megabyte, and 160,000 entries."""
    items = "".join(f"<item><link>{base}/{number}</link></item>" for number in range(160_000))
    author = f"<item><author>{'a' * 10**6}</author></item>"
    return f"<rss version='2.0'><channel><title>News</title>{author}{items}</channel></rss>".encode()


def _hostile_sitemap(base: str, path: str) -> bytes:
    """A small file that holds 100 MB of addresses."""
    entry = f"<url><loc>{base}/{'a' * 40}/%06d</loc></url>"
    length = len(entry % 0)
    return gzip.compress(("<urlset>" + "".join(entry % number for number in range(10**8 // length))).encode(), 1)


def _hostile_links(base: str, path: str) -> bytes:
    """100,000 links, and a tag of 340 KB."""
    tag = "<div " + " ".join(f"a{number}='<'" for number in range(30_000)) + ">"
    links = "".join(
        f"<article><h2><a href=/a-story-of-number-{n}>The story of number {n}</a></h2>" for n in range(10**5)
    )
    return f"<html><body>{links}{tag}".encode()


def _hostile_tag(base: str, path: str) -> bytes:
    """An article behind a tag of 340 KB, with a script of broken JSON-LD and deep elements."""
    tag = "<div " + " ".join(f"a{number}='<'" for number in range(30_000)) + ">"
    data = "<script type='application/ld+json'>" + '{"a":[' * 50_000 + "</script>"
    return f"<html><head>{data}</head><body>{tag}{'<div>' * 50_000}".encode() + short_page(0)


HOSTILE = (
    Outlet("feeds", "/feed", _hostile_feed),
    Outlet("sitemaps", "/sitemap.xml.gz", _hostile_sitemap),
    Outlet("sites", "/", _hostile_links),
    Outlet("urls", "/a-story", _hostile_tag),
)


class Site:
    """The servers of some outlets. `bases` are their addresses, `struck` is when the first hostile answer was given."""

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self._outlets = outlets
        self._made: dict[str, bytes] = {}
        self._servers: list[asyncio.Server] = []
        self.bases: list[str] = []
        self.struck: float | None = None

    async def open(self) -> None:
        """Begin to serve. Hostile documents, which take long to make, are made now."""
        for outlet in self._outlets:
            number = len(self.bases)
            server = await asyncio.start_server(partial(self._answer, number), "127.0.0.1", 0)
            self._servers.append(server)
            base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self.bases.append(base)
            if outlet in HOSTILE:
                self._made[base] = outlet.pages(base, outlet.path)

    async def close(self) -> None:
        """Serve no more, and drop what is being answered."""
        for server in self._servers:
            server.close()
        answering = asyncio.all_tasks() - {asyncio.current_task()}
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)

    async def _answer(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                body = self._body(self._outlets[number], self.bases[number], path)
                status = "200 OK" if body else "404 Not Found"
                kind = "text/xml" if path.startswith(("/feed", "/sitemap")) else "text/html"
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                )
                writer.write(body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _body(self, outlet: Outlet, base: str, path: str) -> bytes:
        if base not in self._made:
            return b"" if path == "/robots.txt" else outlet.pages(base, path)
        if path != outlet.path:
            return b""
        self.struck = self.struck or time.perf_counter()
        return self._made[base]

    def outlets_file(self) -> str:
        """The outlets as a crawl reads them, the hostile ones first, so that they do their worst."""
        entries = [
            f'[[outlet]]\nname = "{base}"\n{outlet.kind} = "{base}{outlet.path}"\n'
            for outlet, base in zip(self._outlets, self.bases, strict=True)
        ]
        return "\n".join(reversed(entries))


@contextmanager
def served(outlets: Sequence[Outlet]) -> Iterator[Site]:
    """The servers, in a thread of this process."""
    site, loop = Site(outlets), asyncio.new_event_loop()
    loop.run_until_complete(site.open())
    try:
        with running_in_thread(loop):
            yield site
    finally:
        loop.run_until_complete(site.close())
        loop.close()


# --- The crawls --------------------------------------------------------------------------------------------------


@contextmanager
def _crawling(site: Site, settings: Settings) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A crawl of the outlets, and its file of articles."""
    with tempfile.TemporaryDirectory() as folder:
        file, data = Path(folder, "outlets.toml"), Path(folder, "data")
        file.write_text(site.outlets_file(), "utf-8")
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "cleaners", "crawl", "sources", "-a", f"file={file}", "-d", str(data)]
        with subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.DEVNULL) as crawl:
            try:
                yield crawl, data / "articles.jsonl"
            finally:
                crawl.kill()


def seconds_taken(site: Site, settings: Settings, sound: int, wanted: int) -> tuple[float, int]:
    """Seconds from the start of a crawl until the articles of its sound outlets are written, and the number of them."""
    bases, begun, written, read = set(site.bases[:sound]), time.perf_counter(), set[str](), 0
    with _crawling(site, settings) as (crawl, articles):
        while len(written) < wanted and time.perf_counter() - begun < LONGEST:
            has_ended = crawl.poll() is not None
            if articles.exists():
                new = articles.read_bytes()[read:]
                new = new[: new.rfind(b"\n") + 1]
                read += len(new)
                written |= {row["url"] for row in map(json.loads, new.splitlines()) if row["source"] in bases}
            if has_ended:
                break
            time.sleep(SECONDS_BETWEEN_LOOKS)
    return time.perf_counter() - begun, len(written)


def seconds_to_end(site: Site, settings: Settings) -> float:
    """Seconds from Ctrl-C, some time after a hostile answer, to the end of the process."""
    begun = time.perf_counter()
    with _crawling(site, settings) as (crawl, _):
        while site.struck is None or time.perf_counter() - site.struck < BEFORE_CTRL_C:
            if crawl.poll() is not None or time.perf_counter() - begun > LONGEST:
                raise RuntimeError("the crawl ended, or asked for nothing, before it was stopped")
            time.sleep(SECONDS_BETWEEN_LOOKS)
        crawl.send_signal(signal.SIGINT)
        stopped = time.perf_counter()
        crawl.wait(LONGEST)
        return time.perf_counter() - stopped
