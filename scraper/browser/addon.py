"""Pages that a script fills: asked for again by a browser, with the extra `copydesk[javascript]`.

With `-s JAVASCRIPT=True` a page that is an empty shell, as the cleaners see it, is asked for once more by an installed
Chromium. A spider can ask at once with `meta={"playwright": True}`. See `scraper.browser.handler` for how it is asked.
"""

from __future__ import annotations

import asyncio
import shutil
from importlib.util import find_spec

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Page
from cleaners.errors import CopydeskError
from cleaners.pipeline import clean_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The names under which systems install Chromium."""

SHELLS = frozenset({"no-text", "kind-script-shell"})
"""The codes of rejections that a script may be to blame for."""

MOST_TEXT = 2_000
"""Characters of text above which a page is no shell, and is not looked at any further."""


class MissingBrowser(CopydeskError):
    """Pages are to be made by a browser, and there is none, or the extra is not installed."""


class JavascriptAddon:
    """Sets Scrapy up for a browser where the setting `JAVASCRIPT` asks for it; else a crawl knows nothing of one.

    See https://docs.scrapy.org/en/latest/topics/addons.html.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Put the browser behind http and https. Raises MissingBrowser where that cannot work."""
        if not settings.getbool("JAVASCRIPT"):
            return
        path = browser_path(settings.get("BROWSER_PATH") or None)
        for scheme in ("http", "https"):
            settings.set("DOWNLOAD_HANDLERS", {**settings.getdict("DOWNLOAD_HANDLERS"), scheme: _HANDLER}, "addon")
        options = {"executable_path": path, **settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")}
        settings.set("PLAYWRIGHT_LAUNCH_OPTIONS", options, "addon")


_HANDLER = "scraper.browser.handler.BrowserDownloadHandler"


def check_browser(settings: BaseSettings) -> None:
    """Raise MissingBrowser if the settings ask for a browser that is not there."""
    if settings.getbool("JAVASCRIPT"):
        browser_path(settings.get("BROWSER_PATH") or None)


def browser_path(given: str | None = None) -> str:
    """The program to run. Raises MissingBrowser, with what to do about it, where there is none."""
    if find_spec("scrapy_playwright") is None:
        raise MissingBrowser("JAVASCRIPT needs an extra that is not installed: pip install 'copydesk[javascript]'")
    for name in (given,) if given else BROWSERS:
        if path := shutil.which(name):
            return path
    if given:
        raise MissingBrowser(f"there is no program at BROWSER_PATH: {given}")
    raise MissingBrowser(f"JAVASCRIPT needs an installed Chromium; none of {', '.join(BROWSERS)} is on the PATH")


class ShellMiddleware:
    """Asks a browser for what came as an empty shell.

    Stands where bodies are unpacked and redirects are followed. The second request is made here and now, as Scrapy
    asks for robots.txt, so that for the scheduler the page is one request.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._is_on = crawler.settings.getbool("JAVASCRIPT")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ShellMiddleware:
        """Make the middleware."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response, or what a browser makes of its address."""
        if not self._is_on or not await self._needs_browser(request, response):
            return response
        self._crawler.stats.inc_value("javascript/shells")
        engine = self._crawler.engine
        assert engine is not None
        return await engine.download_async(request.replace(meta={**request.meta, "playwright": True}))

    async def _needs_browser(self, request: Request, response: Response) -> bool:
        if request.meta.get("playwright") or request.callback is NO_CALLBACK or response.status != 200:
            return False
        return await asyncio.to_thread(is_shell, response.body, response.url)


def is_shell(content: bytes, url: str) -> bool:
    """Whether a page is one that a script fills in a browser: it has a script, and the cleaners find no text."""
    if b"<script" not in content.lower():
        return False
    blocks = html_blocks(parse(content))
    if sum(len(block.text) for block in blocks) > MOST_TEXT:
        return False
    rejection = clean_page(Page(content, url=url)).rejection
    return rejection is not None and rejection.code in SHELLS
