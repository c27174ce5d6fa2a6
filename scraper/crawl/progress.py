"""A line that shows how a crawl goes, while a person watches."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections import Counter
from typing import TextIO

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from cleaners.running.batch import CleanedLines
from scraper.frontier import FrontierAway
from scraper.requests import host_key
from scraper.storage.store import store_of

SECONDS_BETWEEN = 0.5
BUSIEST_HOSTS = 2


class Progress:
    """Pages, articles, rejects, rate, the busiest hosts and what is still to be fetched, twice a second.

    Nothing is shown where standard error is no terminal.
    """

    def __init__(self, crawler: Crawler, terminal: TextIO) -> None:
        self.crawler = crawler
        self.terminal = terminal
        self.pages = self.articles = self.rejected = 0
        self.answers: Counter[str] = Counter()
        self._begun = time.monotonic()
        self._showing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Make the extension, unless nobody watches or QUIET is on."""
        if not sys.stderr.isatty() or crawler.settings.getbool("QUIET"):
            raise NotConfigured
        progress = cls(crawler, sys.stderr)
        for method, signal in (
            (progress.begin, signals.spider_opened),
            (progress.count, signals.item_scraped),
            (progress.count_answer, signals.response_received),
            (progress.end, signals.spider_closed),
        ):
            crawler.signals.connect(method, signal=signal)
        return progress

    def begin(self) -> None:
        """Show the line from now on."""
        self._showing = asyncio.ensure_future(self._show())

    def end(self) -> None:
        """Take the line away."""
        if self._showing:
            self._showing.cancel()
        self.terminal.write("\r\x1b[K")
        self.terminal.flush()

    def count(self, item: CleanedLines) -> None:
        """Add a page that was written."""
        self.pages += 1
        self.articles += len(item.articles)
        self.rejected += item.rejected is not None

    def count_answer(self, response: Response) -> None:
        """Add an answer of a host."""
        if response.request is not None:
            self.answers[host_key(response.request)] += 1

    def line(self, width: int, open_requests: int | None) -> str:
        """The line as it is now, no longer than the terminal is wide."""
        seconds = max(time.monotonic() - self._begun, 0.001)
        parts = [f"{self.pages:,} pages", f"{self.articles:,} articles", f"{self.rejected:,} rejects"]
        parts.append(f"{self.pages / seconds:.1f}/s")
        if open_requests is not None:
            parts.append(f"{open_requests:,} to fetch")
        parts += [f"{host} {count:,}" for host, count in self.answers.most_common(BUSIEST_HOSTS)]
        return " · ".join(parts)[: width - 1]

    async def _show(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN)
            width = shutil.get_terminal_size().columns
            self.terminal.write("\r\x1b[K" + self.line(width, self._open_requests()))
            self.terminal.flush()

    def _open_requests(self) -> int | None:
        try:
            return store_of(self.crawler).frontier.open_count()
        except FrontierAway:
            return None
