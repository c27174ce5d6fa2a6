"""A download handler that lets a Chromium make the pages that ask for it, by scrapy-playwright.

Requests with `meta={"playwright": True}` go to the browser, all others the way that they always go. The browser reaches
the network through `scraper.browser.proxy` alone, runs nothing but the page's own scripts (no pictures, films or
fonts), and has the crawl's limits of time and size. What the page is when it has come to rest is the response.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import Request as BrowserRequest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from scraper.browser.proxy import REFUSED, GuardedProxy
from scraper.manners.addresses import why_refused
from scraper.refusals import RefusedAddress, TooLarge

NOT_LOADED = frozenset({"image", "media", "font", "texttrack", "eventsource", "manifest"})
"""What no text comes from."""

REST_SECONDS = 5.0
"""How long a page that has loaded may go on loading before it is taken as it is."""

CLOSE_SECONDS = 10.0

ARGUMENTS = (
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # else a page reaches addresses past the proxy
    "--gaia-url=https://browser.invalid",  # whether anybody is logged in to Google is no business of a crawl
    "--disable-dev-shm-usage",  # containers have little shared memory
)


_of_crawl: WeakKeyDictionary[Crawler, BrowserDownloadHandler] = WeakKeyDictionary()


class PageLost(Exception):
    """The page left for an address that gave nothing."""

    def __init__(self) -> None:
        super().__init__("The page's script led to an address that does not answer.")


class BrowserDownloadHandler(ScrapyPlaywrightDownloadHandler):
    """scrapy-playwright's handler, with a guard in front of the browser and limits around each page."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._named_hosts = frozenset(getattr(crawler.spider, "named_hosts", ()))
        self._proxy = GuardedProxy(self._named_hosts)
        self._is_open = True
        self._seconds = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._most_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self.abort_request = self._is_left_out
        crawler.signals.connect(self._open_proxy, signals.engine_started)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserDownloadHandler:
        """The crawl's handler: one for http and https, or each would have a browser."""
        if crawler not in _of_crawl:
            _of_crawl[crawler] = cls(crawler)
        return _of_crawl[crawler]

    async def _open_proxy(self) -> None:
        options = self.config.launch_options
        options["proxy"] = {"server": await self._proxy.start()}
        options["args"] = [*ARGUMENTS, *options.get("args", [])]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.setdefault("chromium_sandbox", False)  # Chromium's own sandbox does not work for the superuser

    async def close(self) -> None:
        """End the browser and its proxy, when the first of both schemes is closed."""
        if self._is_open:
            self._is_open = False
            await super().close()
            await self._proxy.close()

    async def download_request(self, request: Request) -> Response:
        """What the network or a browser has at the request's address.

        Raises RefusedAddress where the browser was led to an address that pages may not lead to, TooLarge for a page
        above the limit, and TimeoutError for one that does not come to an end.
        """
        if not request.meta.get("playwright"):
            response: Response = await super().download_request(request)
            return response
        pages: list[BrowserPage] = []
        refusals = self._proxy.refusals
        try:
            async with asyncio.timeout(self._seconds):
                response = await super().download_request(_as_browsers_do(request, pages))
        except PlaywrightError as error:
            if self._proxy.refusals > refusals and "ERR_TUNNEL_CONNECTION_FAILED" in str(error):
                raise RefusedAddress(self._proxy.last_refusal) from error
            raise
        except TimeoutError:
            await _close(pages)
            raise
        if reason := response.headers.get(REFUSED):
            raise RefusedAddress(reason.decode("latin-1"))
        if not response.url.startswith(("http://", "https://")):  # the browser's own page about what went wrong
            raise RefusedAddress(self._proxy.last_refusal) if self._proxy.refusals > refusals else PageLost()
        if self._most_bytes and len(response.body) > self._most_bytes:
            raise TooLarge(f"The page that the browser made is longer than {self._most_bytes:,} bytes.")
        return response.replace(request=request)

    def _is_left_out(self, request: BrowserRequest) -> bool:
        """Whether the browser does not ask for something at all."""
        return request.resource_type in NOT_LOADED or bool(why_refused(request.url, self._named_hosts))


def _as_browsers_do(request: Request, pages: list[BrowserPage]) -> Request:
    """The request as scrapy-playwright takes it; the page that it opens is put into `pages`.

    What a request carries between runs is plain JSON, so the steps are added here and not by whoever asks.
    """

    async def keep(page: BrowserPage, _: Request) -> None:
        pages.append(page)

    steps = {"playwright_page_init_callback": keep, "playwright_page_methods": [PageMethod(_come_to_rest)]}
    return request.replace(meta={**request.meta, **steps})


async def _come_to_rest(page: BrowserPage) -> None:
    """Wait until half a second has passed without a request, but not for ever."""
    with suppress(PlaywrightError):
        await page.wait_for_load_state("networkidle", timeout=1000 * REST_SECONDS)


async def _close(pages: list[Any]) -> None:
    """Close pages that do not come to an end, one whose script never rests included."""
    with suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(CLOSE_SECONDS):
            for page in pages:
                await page.close()
