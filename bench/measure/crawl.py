"""Pages a second of a crawl with full cleaning, beside bare Scrapy and trafilatura in the callback.

With --long the memory of a long crawl is measured instead, with --frontier the cost of a request in the frontier. A
local server answers with pages of a corpus. Each crawl is a process of its own; the crawls take turns, so that a slow
moment of the machine affects all of them alike.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

from bench.pages.corpora import NEWS, Sample, read_jsonl
from bench.paths import ROOT
from bench.tables import Cell, table
from scraper.frontier import Commit, Fetch, Frontier, Lease, QueuedRequest, open_frontier

FULL_SPEED = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "ROBOTSTXT_OBEY": "False",
    "CONCURRENT_REQUESTS": "32",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "32",
}
BARE, TRAFILATURA = "Scrapy alone, addresses only", "Scrapy, trafilatura with metadata in the callback"
OURS, WITHOUT_ARCHIVE = "copydesk", "copydesk without archive"
DEEP = 5_000
"""Pages after which memory must no longer grow."""

SECONDS_BETWEEN_READINGS = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("path", type=Path, nargs="?", default=NEWS, help="pages in our own layout; default: news-world")
    parser.add_argument("--pages", type=int, default=600, help="requests of a crawl; default: 600")
    parser.add_argument("--largest", type=int, default=100, metavar="KB", help="leave out larger pages; default: 100")
    parser.add_argument("--rounds", type=int, default=3, help="default: 3")
    parser.add_argument("--long", type=int, metavar="N", help="measure memory over N short files instead")
    parser.add_argument("--frontier", type=int, metavar="N", help="measure N requests in the frontier instead")
    parser.add_argument("--redis", metavar="URL", help="with --frontier: the Redis to measure; default: SQLite")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table of what the options ask for."""
    if options.frontier:
        yield frontier_cost(options.frontier, options.redis)
    elif options.long:
        yield long_crawl([short_page(number) for number in range(200)], options.long)
    else:
        samples = [sample for sample in read_jsonl(options.path) if len(sample.html) <= 1000 * options.largest]
        yield report(samples, options.pages, options.rounds)


class PageServer:
    """Serves pages in a cycle under `/NUMBER.html`, and records when the first request came."""

    def __init__(self, pages: Sequence[bytes]) -> None:
        self._answers = [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page)
            + page
            for page in pages
        ]
        self.first: float | None = None
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it is closed."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.first = self.first or time.perf_counter()
                number = int(head.split(b" ", 2)[1].strip(b"/").partition(b".")[0] or 0)
                writer.write(self._answers[number % len(self._answers)])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            pass
        finally:
            writer.close()


@contextmanager
def served(pages: Sequence[bytes]) -> Iterator[PageServer]:
    """A server of the pages, in a thread of this process."""
    site, loop = PageServer(pages), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(site.answer, "127.0.0.1", 0))
    site.port = server.sockets[0].getsockname()[1]
    with running_in_thread(loop):
        yield site


@contextmanager
def running_in_thread(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """The loop runs in a thread of this process until the block ends."""
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def report(samples: Sequence[Sample], pages: int, rounds: int) -> str:
    """The table: pages a second of each contender, and the ratios to bare Scrapy and to trafilatura."""
    contents = [sample.html.encode() if isinstance(sample.html, str) else sample.html for sample in samples]
    rates: dict[str, list[float]] = {BARE: [], TRAFILATURA: [], OURS: [], WITHOUT_ARCHIVE: []}
    with served(contents) as site, tempfile.TemporaryDirectory() as folder:
        addresses = Path(folder) / "addresses.txt"
        addresses.write_text("".join(f"http://127.0.0.1:{site.port}/{number}.html\n" for number in range(pages)))
        for number in range(rounds):
            for name, own in rates.items():
                own.append(pages / _seconds(site, _command(name, addresses, Path(folder) / f"{name} {number}")))
    size = sum(map(len, contents)) / len(contents) / 1000
    rows: list[list[Cell]] = [
        [name, median(own), _ratio(own, rates[BARE]), _ratio(own, rates[TRAFILATURA])] for name, own in rates.items()
    ]
    title = f"{pages} pages of {size:.0f} KB, {rounds} rounds, {len(os.sched_getaffinity(0))} cores"
    return title + "\n" + table(("", "pages/s", "to Scrapy alone", "to trafilatura"), rows)


def _ratio(own: Sequence[float], yardstick: Sequence[float]) -> float:
    return median(mine / theirs for mine, theirs in zip(own, yardstick, strict=True))


def _command(name: str, addresses: Path, folder: Path) -> list[str]:
    if name in (BARE, TRAFILATURA):
        spider = "bare" if name == BARE else "trafilatura"
        return [sys.executable, "-m", "bench", "crawl-peer", spider, str(addresses)]
    settings = {**FULL_SPEED, "DATA_DIR": str(folder), "ARCHIVE": str(name == OURS)}
    return _crawl("urls", f"file={addresses}", settings)


def _crawl(spider: str, argument: str, settings: Mapping[str, str]) -> list[str]:
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", "crawl", spider, "-a", argument, *options]


def _seconds(site: PageServer, command: list[str]) -> float:
    """Seconds from the first request to the end of the process."""
    site.first = None
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    assert site.first is not None
    return time.perf_counter() - site.first


def short_page(number: int) -> bytes:
    """A made page of a few hundred words."""
    sentences = " ".join(f"The council of town {number} took decision {part} in a long meeting." for part in range(12))
    body = "".join(f"<p>{sentences}</p>" for _ in range(4))
    return f"<html><head><title>Town {number} decides</title></head><body><h1>Town {number} decides</h1>{body}".encode()


def long_crawl(pages: Sequence[bytes], count: int) -> str:
    """Crawl `count` files: pages a second and the memory of the crawl and of its workers, tenth by tenth."""
    with tempfile.TemporaryDirectory() as folder:
        files, data = Path(folder) / "files", Path(folder) / "data"
        files.mkdir()
        for number in range(count):
            (files / f"{number:07}.html").write_bytes(pages[number % len(pages)])
        crawl = subprocess.Popen(
            _crawl("seeds", f"path={files}", {"DATA_DIR": str(data)}), cwd=ROOT, stderr=subprocess.DEVNULL
        )
        readings = list(_readings(crawl, data / "articles.jsonl"))
    rows: list[list[Cell]] = []
    for wanted in [DEEP, *(count * tenth // 10 for tenth in range(1, 11))]:
        reading = next((one for one in readings if one[1] >= min(wanted, readings[-1][1])), readings[-1])
        rows.append([f"{reading[1]:,}", reading[1] / reading[0], reading[2], reading[3]])
    return table(("pages", "pages/s so far", "MB, crawl", "MB, workers"), rows)


def _readings(crawl: subprocess.Popen[bytes], articles: Path) -> Iterator[tuple[float, int, float, float]]:
    """Until the crawl ends: seconds, pages written, memory in MB of the crawl and of its child processes."""
    begun, read, lines = time.perf_counter(), 0, 0
    while crawl.poll() is None:
        if articles.exists():
            with articles.open("rb") as file:
                file.seek(read)
                new = file.read()
                read, lines = read + len(new), lines + new.count(b"\n")
            own, below = memory(crawl.pid)
            if lines and own:
                yield time.perf_counter() - begun, lines, own, below
        time.sleep(SECONDS_BETWEEN_READINGS)


def memory(pid: int) -> tuple[float, float]:
    """Resident megabytes of a process, and of all its descendants (Linux only)."""
    parents, resident = {}, {}
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in path.read_text().splitlines())
        except OSError:
            continue
        if "VmRSS" in fields:
            parents[int(fields["Pid"])] = int(fields["PPid"])
            resident[int(fields["Pid"])] = int(fields["VmRSS"].split()[0]) / 1024
    below = {pid}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    return resident.get(pid, 0.0), sum(resident.get(child, 0.0) for child in below - {pid})


def frontier_cost(count: int, url: str | None = None) -> str:
    """Microseconds that the frontier takes to add, lease and commit a request, tenth by tenth."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_frontier(Path(folder), url, "bench", "bench", 60)) as frontier,
    ):
        rows = [_frontier_tenth(frontier, tenth * count // 10, count // 10) for tenth in range(10)]
    return table(("requests", "µs to add", "µs to lease", "µs to commit"), rows)


def _frontier_tenth(frontier: Frontier, first: int, size: int) -> list[Cell]:
    """Add `size` requests, then fetch half as many, so that the queue keeps growing."""
    begun = time.perf_counter()
    for start in range(first, first + size, 100):
        frontier.add([_queued(number) for number in range(start, start + 100)])
    added = time.perf_counter()
    leases: list[Lease] = []
    while len(leases) < size // 2:
        leases += frontier.lease(16, 64)
    leased = time.perf_counter()
    frontier.commit(Commit({lease.key: Fetch(time.time(), frontier.run) for lease in leases}))
    committed = time.perf_counter()
    each = [(added - begun) / size, (leased - added) / len(leases), (committed - leased) / len(leases)]
    return [f"{first + size:,}", *(1e6 * seconds for seconds in each)]


def _queued(number: int) -> QueuedRequest:
    return QueuedRequest(
        f"{number:040x}", f"host-{number % 50}.example", f'{{"url":"http://host.example/{number}"}}' * 4
    )
