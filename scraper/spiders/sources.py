"""Articles of the outlets in a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from scrapy import Request

from cleaners.profiles import parse_profiles
from scraper.outlets import BadArgument, Outlet, read_outlets, read_own_profiles, read_paths
from scraper.spiders.base import CopydeskSpider
from scraper.spiders.feed import FeedSpider
from scraper.spiders.site import SiteSpider
from scraper.spiders.sitemap import SitemapSpider
from scraper.spiders.urls import UrlsSpider


class SourcesSpider(FeedSpider, SitemapSpider, SiteSpider, UrlsSpider):
    """Articles of the outlets in TOML files: each with its name, entry points, language, limits and selectors.

    file: the outlets files.
    """

    name = "sources"

    def __init__(self, file: str = "", **kwargs: Any) -> None:
        if not (paths := read_paths(file)):
            raise BadArgument("no outlets file: give -a file=outlets.toml")
        outlets = tuple(chain.from_iterable(read_outlets(path) for path in paths))
        names = [outlet.name for outlet in outlets]
        if len(set(names)) < len(names):
            raise BadArgument(f"several outlets of the same name in {file}")
        CopydeskSpider.__init__(self, outlets, **kwargs)
        self.files = ()
        tables = list(chain.from_iterable(map(read_own_profiles, paths)))
        self.profiles = parse_profiles(tables, file)
        """What the files say of lines that recur on the pages of their outlets."""

    def entry_requests(self, outlet: Outlet) -> Iterator[Request]:
        """The articles, feeds, sitemaps and start pages that an outlet names."""
        for spider in (UrlsSpider, FeedSpider, SitemapSpider, SiteSpider):
            yield from spider.entry_requests(self, outlet)
