"""A page that goes by another address is not fetched again if the crawl has the article from there."""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from scraper.finding.variants import names_same_article
from scraper.refusals import Duplicate
from scraper.requests import OWN_ADDRESS
from scraper.storage.store import patiently, store_of

SECONDS = 10.0
"""The longest wait for a page's own address, which was asked for before: it waits for its cleaning only."""

SECONDS_BETWEEN = 0.1


class OwnAddresses:
    """Downloader middleware: refuses a request for a page as it is, if its own address gave the article."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OwnAddresses:
        """Make the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, unless its page is known from its own address. Raises Duplicate."""
        own: str | None = request.meta.get(OWN_ADDRESS)
        if own is None or not names_same_article(request.url, own):
            return
        await self._until_written(own)
        store = store_of(self.crawler)
        if await patiently(lambda: store.has_article(own)):
            raise Duplicate(f"The article is fetched from {own}.")

    async def _until_written(self, own: str) -> None:
        """Wait until nothing of the page's own address is on its way."""
        engine: Any = self.crawler.engine
        is_under_way = getattr(engine._slot and engine._slot.scheduler, "is_under_way", None)
        for _ in range(round(SECONDS / SECONDS_BETWEEN)):
            if is_under_way is None or not is_under_way(Request(own)):
                return
            await asyncio.sleep(SECONDS_BETWEEN)
