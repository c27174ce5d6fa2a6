"""Articles that feeds name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from cleaners.data import Input
from scraper.finding.hubs import read_feed_hub
from scraper.finding.named_feeds import MOST_FEEDS, USUAL_PLACES
from scraper.hosts import ANY_HOST
from scraper.outlets import Outlet, read_entry_points, read_max_age, read_since
from scraper.requests import callback
from scraper.spiders.listings import ListingSpider


class FeedSpider(ListingSpider):
    """Articles that feeds name: RSS, Atom and JSON Feed, given by their addresses or by a page that links to them.

    url: feeds, or pages whose feeds are to be found.
    file: files with an address a line.
    since: leave out what the feed knows to be older than this day, such as 2026-01-01.
    max_age: fetch an article again when the last fetch is older, such as 12h or 7d; otherwise only when it has changed.
    """

    name = "feed"

    def __init__(self, url: str = "", file: str = "", since: str = "", max_age: str = "", **kwargs: Any) -> None:
        feeds = read_entry_points(url, file)
        outlet = Outlet(
            self.name, feeds=feeds, hosts=(ANY_HOST,), since=read_since(since), max_age=read_max_age(max_age)
        )
        super().__init__([outlet], **kwargs)

    def entry_requests(self, outlet: Outlet) -> Iterator[Request]:
        """The feeds of the outlet."""
        return (self.hub(url, self.parse_feed, outlet) for url in outlet.feeds)

    @callback
    async def parse_feed(self, response: Response, is_named: bool = False) -> AsyncIterator[Request | Input]:
        """The articles of a feed, or the feeds of a page. `is_named`: the address was found on a page."""
        page = response.text if isinstance(response, HtmlResponse) and not is_named else None
        headers = [header.decode("latin-1") for header in response.headers.getlist("Link")]
        feeds = await self.in_worker(read_feed_hub, response.body, response.url, page, headers)
        if feeds is None:
            async for output in self.parse_sitemap(response):
                yield output
        elif page is None:
            yield self.reject(response, "no-feed", "This is no feed: neither RSS, nor Atom, nor JSON Feed.")
        else:
            for output in self._feeds(response, feeds):
                yield output

    def _feeds(self, response: Response, found: list[str]) -> Iterator[Request | Input]:
        outlet = self.outlet_of(response)
        if not found:
            yield from self.at_usual_places(response.url, USUAL_PLACES, outlet.name)
        for address in found[:MOST_FEEDS]:
            yield self.hub(address, self.parse_feed, outlet, is_named=True)
        if len(found) > MOST_FEEDS:
            yield self.reject(
                response, "too-many", f"The page names more than {MOST_FEEDS} feeds, and the rest is left."
            )
