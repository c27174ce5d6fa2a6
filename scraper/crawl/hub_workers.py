"""Worker processes that take hubs apart, so that none of them stops the crawl.

They are not the processes that clean pages: a hub never waits for a slow page, nor a page for a slow hub.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler

from cleaners.running.workers import WorkerDied, Workers
from scraper.crawl.stopping import ABANDONED
from scraper.refusals import TooMuchMemory, TooSlow, WorkerCrash

_T = TypeVar("_T")


class HubWorkers:
    """A pool for one crawl, which begins with the first hub and ends with the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._settings = crawler.settings
        self._workers: Workers | None = None
        for signal in (signals.spider_closed, ABANDONED):
            crawler.signals.connect(self.close, signal=signal)

    async def call(self, function: Callable[..., _T], *arguments: object) -> _T:
        """What a function of a module gives. Raises TooSlow, TooMuchMemory or WorkerCrash for what ended it."""
        if self._workers is None:
            self._workers = Workers(
                self._settings.getint("CLEANING_PROCESSES") or None,
                seconds=self._settings.getfloat("HUB_SECONDS"),
                megabytes=self._settings.getint("CLEANING_MEGABYTES"),
            )
        try:
            return await asyncio.wrap_future(self._workers.call(function, *arguments))
        except TimeoutError:
            raise TooSlow(f"Reading it was given up after {self._workers.seconds:g} seconds (HUB_SECONDS).") from None
        except MemoryError:
            raise TooMuchMemory("Reading it takes more memory than one process may have.") from None
        except WorkerDied:
            raise WorkerCrash("It ended the process that read it, which is a bug: please report it.") from None

    def close(self) -> None:
        """End the processes; what they are at is given up."""
        if self._workers:
            self._workers.close()


_WORKERS: WeakKeyDictionary[Crawler, HubWorkers] = WeakKeyDictionary()


def hub_workers_of(crawler: Crawler) -> HubWorkers:
    """The pool of a crawl."""
    if crawler not in _WORKERS:
        _WORKERS[crawler] = HubWorkers(crawler)
    return _WORKERS[crawler]
