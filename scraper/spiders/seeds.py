"""Pages that lie on disk: `scrapy crawl seeds`, or `scrapy crawl seeds -a file=FILE_OR_FOLDER`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.http import Response

from cleaners.data import Input, Page
from cleaners.reading import check_paths, read_pages
from scraper.outlets import read_paths
from scraper.requests import callback
from scraper.spiders.base import CopydeskSpider
from scraper.storage.store import patiently, store_of


class SeedsSpider(CopydeskSpider):
    """Reads the pages of files and folders, in the order of their names, without touching the network.

    A page that was written before is read and left as it is, unless it or the cleaners have changed.

    file: the files, and folders of them; the folder `seeds` if nothing is said.
    path: the same for one file or folder, with any comma in its name.
    """

    name = "seeds"

    def __init__(self, file: str = "", path: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.paths = [*read_paths(file), *filter(None, [path])] or ["seeds"]
        check_paths(self.paths)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for an empty page, so that the pages on disk are what a callback makes of a response.

        Items that start() yields itself are not waited for at Ctrl-C: depending on its version Scrapy loses them or
        hangs (https://github.com/scrapy/scrapy/issues/7029).
        """
        yield Request("data:,", dont_filter=True)

    @callback
    async def parse(self, response: Response) -> AsyncIterator[Input]:
        """Read page by page, each when there is room for it, until the crawl is stopped."""
        store = store_of(self.crawler)
        pages = read_pages(self.paths)
        while self.crawler.engine.running and (page := await asyncio.to_thread(next, pages, None)) is not None:
            if isinstance(page, Page) and await patiently(partial(store.is_written, page)):
                self.crawler.stats.inc_value("copydesk/pages_unchanged")
            else:
                yield page
