"""Pages out of web archives, as if they were fetched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from scrapy import Request
from scrapy.http import Response

from cleaners.blocks.html import parse
from cleaners.data import Input, Page, RejectedInput, page_of
from cleaners.reading import read_archives
from cleaners.reading.archived_pages import ArchivedPage
from cleaners.reading.rejects import rejected
from scraper.finding.landing import is_front
from scraper.finding.links import same_page
from scraper.finding.pages import canonical_address, states_article
from scraper.finding.variants import names_same_article
from scraper.hosts import host_and_port, is_on_host
from scraper.outlets import BadArgument, read_outlets, read_paths
from scraper.requests import callback
from scraper.spiders.base import CopydeskSpider, content_for
from scraper.storage.store import store_of


class WarcSpider(CopydeskSpider):
    """Pages of web archives (WARC, ARC) without touching the network: of crawls, of CC-NEWS, of other archives.

    An archive of Copydesk's own gives the records that the crawl gave, with the source and the time that it noted.

    file: the files, and folders of them.
    sources: the outlets files of a crawl of `sources`, for the selectors and the language of each outlet.
    """

    name = "warc"

    def __init__(self, file: str = "", sources: str = "", **kwargs: Any) -> None:
        if not (paths := read_paths(file)):
            raise BadArgument("no archive to read: give -a file=FILE_OR_FOLDER")
        super().__init__(chain.from_iterable(map(read_outlets, read_paths(sources))), **kwargs)
        self.paths = paths

    async def start(self) -> AsyncIterator[Request]:
        """Ask for an empty page, so that the pages in archives are what a callback makes of a response (see
        SeedsSpider)."""
        yield Request("data:,", dont_filter=True)

    @callback
    async def parse(self, response: Response) -> AsyncIterator[Input]:
        """Read page by page, each when there is room for it, until the crawl is stopped."""
        store = store_of(self.crawler)
        pages = replayed(self.paths)
        while self.crawler.engine.running and (found := await asyncio.to_thread(next, pages, None)) is not None:
            page = self._as_its_outlet_has_it(self._unless_known(*found, store.has_article))
            if isinstance(page, Page) and store.is_written(page):
                self.crawler.stats.inc_value("copydesk/pages_unchanged")
            else:
                yield page

    def _unless_known(self, page: Input, own: str | None, has_article: Callable[[str], bool]) -> Input:
        """A page, rejected if it goes by another address that gave the article."""
        known = page_of(page)
        if own and names_same_article(known.url or "", own) and has_article(own):
            return rejected("duplicate", f"The article is read from {own}.", known.source, known.url)
        return page

    def _as_its_outlet_has_it(self, page: Input) -> Input:
        """A page as the spider would have made it of its response."""
        outlet = self._by_name.get(page.source or "") if isinstance(page, Page) else None
        if outlet is None or isinstance(page, RejectedInput) or isinstance(page.content, str):
            return page
        content = content_for(page.content, page.charset, outlet)
        return replace(page, content=content, language=outlet.language)


def replayed(paths: tuple[str, ...]) -> Iterator[tuple[Input, str | None]]:
    """The pages of archives that a crawl took for articles, those last that go by another address; and that address.

    A crawl leaves out an article that it found at another address than its own if it has that of its own too. Which
    one came first is not what decides here either, so the archives are read a second time if there are any such.
    """
    elsewhere = False
    for archived in read_archives(paths):
        if own_address(archived) is not None:
            elsewhere = True
        elif is_taken(archived):
            yield archived.page, None
    if elsewhere:
        for archived in read_archives(paths):
            if (own := own_address(archived)) is not None and is_taken(archived):
                yield archived.page, own


def is_taken(archived: ArchivedPage) -> bool:
    """Whether a page is one to clean: a listing only if it says that it is an article, and is no front page."""
    if archived.role != "hub" or isinstance(archived.page, RejectedInput):
        return True
    if is_front(archived.page.url or "x"):
        return False
    return states_article(parse(archived.page.content, archived.page.charset))


def own_address(archived: ArchivedPage) -> str | None:
    """The address of its host that a page of a crawl of ours names as the one that it goes by, if that is another."""
    page = archived.page
    if archived.role is None or isinstance(page, RejectedInput) or not page.url:
        return None
    own = canonical_address(parse(page.content, page.charset), page.url)
    is_other = own is not None and is_on_host(own, host_and_port(page.url)) and not same_page(own, page.url)
    return own if is_other else None
