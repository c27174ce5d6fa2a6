"""Responses of any Scrapy project to what is written of their pages, in worker processes beside the crawl."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import TextResponse
from scrapy.settings import BaseSettings

from cleaners.data import Page
from cleaners.profiles import profiles_named
from cleaners.reading.files import now
from cleaners.running.batch import CleanedLines, CleaningOptions
from cleaners.running.workers import Workers
from scraper.spiders.base import charset_of, signals_of

OPTIONS = CleaningOptions(audit=False)
"""The articles alone."""


class ResponseCleaner:
    """Cleans responses, and counts in the stats of the crawl what came of them.

    The settings `COPYDESK_ANY_PAGE`, `COPYDESK_OUTLETS` and `COPYDESK_PROCESSES` are read; the workers end with the
    spider. Raises BadProfile or OSError for a file of profiles that is none or not there.
    """

    def __init__(self, crawler: Crawler, options: CleaningOptions = OPTIONS) -> None:
        assert crawler.stats
        self._stats = crawler.stats
        self._source = crawler.spidercls.name
        self._options = replace(options, any_page=crawler.settings.getbool("COPYDESK_ANY_PAGE"))
        self._profiles = profiles_named(crawler.settings.get("COPYDESK_OUTLETS"))
        self._processes = crawler.settings.getint("COPYDESK_PROCESSES", 1)
        self._workers: Workers | None = None
        crawler.signals.connect(self.close, signal=signals.spider_closed)

    async def clean(self, response: TextResponse) -> CleanedLines:
        """What is written of the page. Raises nothing: a page that cannot be cleaned is a rejection."""
        self._workers = self._workers or Workers(self._processes)
        page = Page(
            response.body,
            url=response.url,
            source=self._source,
            retrieved_at=now(),
            charset=charset_of(response),
            signals=signals_of(response),
        )
        cleaned = await asyncio.wrap_future(self._workers.clean(self._profiles.put_on(page), self._options))
        self._count(cleaned)
        return cleaned

    def _count(self, cleaned: CleanedLines) -> None:
        self._stats.inc_value("copydesk/pages")
        self._stats.inc_value("copydesk/articles", len(cleaned.articles))
        if cleaned.rejected:
            self._stats.inc_value(f"copydesk/rejected/{cleaned.rejected['code']}")

    def close(self) -> None:
        """End the workers."""
        if self._workers:
            self._workers.close()


def check_reactor(settings: BaseSettings, needing: str) -> None:
    """Raise NotConfigured where Scrapy runs without asyncio, on which the workers are waited for."""
    if "asyncio" not in (settings["TWISTED_REACTOR"] or ""):
        raise NotConfigured(f"{needing} needs Scrapy's asyncio reactor, which is its default")
