"""Pages out of web archives, as if they were fetched: `scrapy crawl warc -a file=FILE_OR_FOLDER`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from cleaners.data import Page
from cleaners.errors import CopydeskError
from cleaners.reading import check_paths, read_archives
from scraper.items import PageItem
from scraper.store import store_of


class WarcSpider(Spider):
    """Replays WARC files, plain or gzip, without touching the network: the archives of crawls, CC-NEWS and others.

    `file` names files and folders, several separated by commas. An archive of Copydesk's own gives the records that
    the crawl gave, with the source and the time that the crawl noted.
    """

    name = "warc"

    def __init__(self, file: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.paths = _paths(file)

    @classmethod
    def check_arguments(cls, file: str = "", **_: str) -> None:
        """Raise a CopydeskError if no file is named, or one that does not exist."""
        if not _paths(file):
            raise CopydeskError("name the archives to read: -a file=FILE_OR_FOLDER, several separated by commas")
        check_paths(_paths(file))

    async def start(self) -> AsyncIterator[Request]:
        """Ask for an empty page, so that the pages in archives are what a callback makes of a response."""
        yield Request("data:,", dont_filter=True)

    async def parse(self, response: Response) -> AsyncIterator[PageItem]:
        """Read page by page, each when there is room for it, until the crawl is stopped."""
        store = store_of(self.crawler)
        pages = read_archives(self.paths)
        while self.crawler.engine.running and (page := await asyncio.to_thread(next, pages, None)) is not None:
            if isinstance(page, Page) and store.is_written(page):
                self.crawler.stats.inc_value("copydesk/pages_unchanged")
            else:
                yield page


def _paths(file: str) -> list[str]:
    return [path.strip() for path in file.split(",") if path.strip()]
