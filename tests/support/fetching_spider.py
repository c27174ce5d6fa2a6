"""A spider for tests, which fetches given URLs as the spiders of the project do (`scrapy crawl fetching`)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from cleaners.data import Page, RejectedInput, Rejection
from scraper.requests import callback

FETCHING = ["fetching", "-s", "SPIDER_MODULES=tests.support.fetching_spider"]
"""The arguments of `scrapy crawl` that run the spider."""

QUICK = ["-s", "DOWNLOAD_DELAY=0.01", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONTACT=mailto:a@b.example"]
QUICK += ["-s", "FAILED_RESTS=", "-s", "TDMREP=False"]
"""Settings for crawls of a local server: without delays, and each failure is final."""


class FetchingSpider(Spider):
    """Takes `url` for pages and `hub` for listings, several separated by commas; `browser` asks by browser at once."""

    name = "fetching"

    def __init__(self, url: str = "", hub: str = "", browser: str = "", named: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls, self.hubs = url.split(","), hub.split(",")
        self.by_browser = bool(browser)
        self.named_hosts = frozenset(named.split(","))

    async def start(self) -> AsyncIterator[Request]:
        for url in filter(None, self.hubs):
            yield Request(url, self.listing, errback=self.failed, meta={"hub": True})
        for url in filter(None, self.urls):
            yield Request(url, errback=self.failed, meta={"playwright": True} if self.by_browser else {})

    @callback
    def listing(self, response: Response) -> None:
        """Nothing but a listing."""

    @callback
    def parse(self, response: Response) -> Iterator[Page]:
        stated = (response.headers.get("Content-Type") or b"").decode("latin-1")
        charset = stated.partition("charset=")[2] or None
        retrieved_at = response.meta.get("retrieved_at")
        yield Page(response.body, response.url, source=self.name, retrieved_at=retrieved_at, charset=charset)

    @callback
    def failed(self, failure: Any) -> Iterator[RejectedInput]:
        page = Page(b"", failure.request.url, source=self.name)
        yield RejectedInput(page, Rejection("failed", f"{type(failure.value).__name__}: {failure.value}"[:300]))
