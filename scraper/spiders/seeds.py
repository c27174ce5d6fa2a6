"""Pages that lie on disk: `scrapy crawl seeds`, or `scrapy crawl seeds -a path=FILE_OR_FOLDER`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from cleaners.data import Page
from cleaners.reading import check_paths, read_pages
from scraper.items import PageItem
from scraper.store import patiently, store_of


class SeedsSpider(Spider):
    """Reads the pages of a file or a folder, in the order of their names, without touching the network.

    A page that was written before is read and left as it is, unless it or the cleaners have changed.
    """

    name = "seeds"

    def __init__(self, path: str = "seeds", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.path = path

    @classmethod
    def check_arguments(cls, path: str = "seeds", **_: str) -> None:
        """Raise MissingPath if there is nothing at `path`."""
        check_paths([path])

    async def start(self) -> AsyncIterator[Request]:
        """Ask for an empty page, so that the pages on disk are what a callback makes of a response.

        Items that start() yields itself are not waited for at Ctrl-C: depending on its version Scrapy loses them or
        hangs (https://github.com/scrapy/scrapy/issues/7029).
        """
        yield Request("data:,", dont_filter=True)

    async def parse(self, response: Response) -> AsyncIterator[PageItem]:
        """Read page by page, each when there is room for it, until the crawl is stopped."""
        store = store_of(self.crawler)
        pages = read_pages([self.path])
        while self.crawler.engine.running and (page := await asyncio.to_thread(next, pages, None)) is not None:
            if isinstance(page, Page) and await patiently(partial(store.is_written, page)):
                self.crawler.stats.inc_value("copydesk/pages_unchanged")
            else:
                yield page
