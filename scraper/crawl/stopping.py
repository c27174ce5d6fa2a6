"""Ends a crawl soon after Ctrl-C, whatever is on its way.

Scrapy waits for every download and every page, which may take minutes. Here they have a moment. What is not done by
then stays in the frontier, and the next run does it.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

from scrapy import signals
from scrapy.crawler import Crawler

ABANDONED = object()
"""The signal that nothing is waited for any more: whoever has processes or files closes them."""

SECONDS_OF_GRACE = 2.0
"""Most of what is on its way is done by then, and a person who has pressed Ctrl-C still waits."""

_SECONDS_BETWEEN = 0.2


class Stopping:
    """Watches for a stop that was asked for, and ends the crawl if it has not ended by itself."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._watching: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopping:
        """Make the extension."""
        stopping = cls(crawler)
        crawler.signals.connect(stopping.begin, signal=signals.engine_started)
        crawler.signals.connect(stopping.end, signal=signals.engine_stopped)
        return stopping

    def begin(self) -> None:
        """Watch from now on."""
        self._watching = asyncio.ensure_future(self._watch())

    def end(self) -> None:
        """The crawl has ended by itself."""
        if self._watching:
            self._watching.cancel()

    async def _watch(self) -> None:
        while self._crawler.crawling:
            await asyncio.sleep(_SECONDS_BETWEEN)
        await asyncio.sleep(SECONDS_OF_GRACE)
        self._crawler.signals.send_catch_log(signal=ABANDONED)
        asyncio.get_running_loop().call_soon(_stop_reactor)


def _stop_reactor() -> None:
    reactor = sys.modules["twisted.internet.reactor"]  # which Scrapy has installed; importing it installs another
    with suppress(RuntimeError):  # it is at its end already
        reactor.stop()
