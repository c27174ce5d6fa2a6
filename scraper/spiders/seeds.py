"""Pages that lie on disk: `scrapy crawl seeds`, or `scrapy crawl seeds -a path=FILE_OR_FOLDER`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from cleaners.reading import check_paths, read_pages
from scraper.items import PageItem

PAGES_AHEAD = 8
"""How many pages may be read and not yet written: enough to keep the cleaners busy, few enough for any memory."""


class SeedsSpider(Spider):
    """Reads the pages of a file or a folder, in the order of their names, without touching the network."""

    name = "seeds"

    def __init__(self, path: str = "seeds", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.path = path
        self._room = asyncio.Semaphore(PAGES_AHEAD)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SeedsSpider:
        """Make the spider, and have it told when a page has been dealt with."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        for done in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.make_room, signal=done)
        return spider

    @classmethod
    def check_arguments(cls, path: str = "seeds", **_: str) -> None:
        """Raise MissingPath if there is nothing at `path`."""
        check_paths([path])

    async def start(self) -> AsyncIterator[PageItem]:
        """Read page by page, as fast as they are written."""
        pages = read_pages([self.path])
        while (page := await asyncio.to_thread(next, pages, None)) is not None:
            await self._room.acquire()
            yield page
        for _ in range(PAGES_AHEAD):  # Scrapy looks only every five seconds whether start() left anything undone
            await self._room.acquire()

    def make_room(self) -> None:
        """One page less is on its way."""
        self._room.release()
