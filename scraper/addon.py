"""Copydesk in another Scrapy project: `ADDONS = {"scraper.addon.Copydesk": 300}` in its settings.

Every page that a spider's callback gets is cleaned as well, and each story of it becomes an item, a dict with the
fields of the record. Pipelines and feed exports see it like any item of the spider. Settings of the project:

    COPYDESK_ANY_PAGE   take the main content of pages that are no articles, too (False)
    COPYDESK_PROCESSES  worker processes that clean (1)

A request with `meta={"copydesk": False}` leaves its page to the spider alone. The stats count `copydesk/pages`,
`copydesk/articles` and `copydesk/rejected/CODE`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from scrapy.utils.python import global_object_name

from cleaners.data import Page
from cleaners.reading.files import now
from cleaners.running.batch import CleanedLines, CleaningOptions
from cleaners.running.workers import Workers
from scraper.spiders.base import charset_of

MIDDLEWARES = "SPIDER_MIDDLEWARES"
PLACE = 950
"""The place among spider middlewares: next to the spider, so that what is added passes those of the project."""


class Copydesk:
    """The add-on: it puts the middleware below in its place."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the middleware, unless the project has put it somewhere itself."""
        middlewares = settings.getdict(MIDDLEWARES)
        if not {CleaningMiddleware, global_object_name(CleaningMiddleware)} & middlewares.keys():
            priority = settings.getpriority(MIDDLEWARES) or 0  # a lower one would change nothing
            settings.set(MIDDLEWARES, {**middlewares, CleaningMiddleware: PLACE}, priority)


class CleaningMiddleware:
    """Adds the stories of a page to what the spider makes of it."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._source = crawler.spidercls.name
        self._options = CleaningOptions(any_page=crawler.settings.getbool("COPYDESK_ANY_PAGE"), audit=False)
        self._processes = crawler.settings.getint("COPYDESK_PROCESSES", 1)
        self._workers: Workers | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleaningMiddleware:
        """Make the middleware. Raises NotConfigured where Scrapy runs without asyncio."""
        if not crawler.settings["TWISTED_REACTOR"] or "asyncio" not in crawler.settings["TWISTED_REACTOR"]:
            raise NotConfigured("scraper.addon.Copydesk needs Scrapy's asyncio reactor, which is its default")
        middleware = cls(crawler)
        crawler.signals.connect(middleware.close, signal=signals.spider_closed)
        return middleware

    async def process_spider_output(self, response: Response, result: AsyncIterable[Any]) -> AsyncIterator[Any]:
        """All that the spider yields, then the stories of the page."""
        async for found in result:
            yield found
        if not isinstance(response, TextResponse) or response.meta.get("copydesk") is False:
            return
        cleaned = await self._clean(response)
        self._count(cleaned)
        for article in cleaned.articles:
            yield article

    async def _clean(self, response: TextResponse) -> CleanedLines:
        self._workers = self._workers or Workers(self._processes)
        page = Page(
            response.body, url=response.url, source=self._source, retrieved_at=now(), charset=charset_of(response)
        )
        return await asyncio.wrap_future(self._workers.clean(page, self._options))

    def _count(self, cleaned: CleanedLines) -> None:
        self._stats.inc_value("copydesk/pages")
        self._stats.inc_value("copydesk/articles", len(cleaned.articles))
        if cleaned.rejected:
            self._stats.inc_value(f"copydesk/rejected/{cleaned.rejected['code']}")

    def close(self) -> None:
        """End the workers."""
        if self._workers:
            self._workers.close()
