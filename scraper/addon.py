"""Copydesk in another Scrapy project: `ADDONS = {"scraper.addon.Copydesk": 300}` in its settings.

Every page that a spider's callback gets is cleaned as well, and each story of it becomes an item, a dict with the
fields of the record. Pipelines and feed exports see it like any item of the spider. Settings of the project:

    COPYDESK_ANY_PAGE   take the main content of pages that are no articles, too (False)
    COPYDESK_OUTLETS    a file of profiles that `copydesk outlets learn` has written (none)
    COPYDESK_PROCESSES  worker processes that clean (1)

A request with `meta={"copydesk": False}` leaves its page to the spider alone. The stats count `copydesk/pages`,
`copydesk/articles` and `copydesk/rejected/CODE`.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from scrapy.utils.python import global_object_name

from scraper.responses import ResponseCleaner, check_reactor

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
        self._cleaner = ResponseCleaner(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleaningMiddleware:
        """Make the middleware. Raises NotConfigured where Scrapy runs without asyncio."""
        check_reactor(crawler.settings, "scraper.addon.Copydesk")
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterable[Any]) -> AsyncIterator[Any]:
        """All that the spider yields, then the stories of the page."""
        async for found in result:
            yield found
        if not isinstance(response, TextResponse) or response.meta.get("copydesk") is False:
            return
        for article in (await self._cleaner.clean(response)).articles:
            yield article
