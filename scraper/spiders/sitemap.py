"""Articles that sitemaps name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from cleaners.data import Input
from scraper.finding.links import web_address
from scraper.finding.sitemaps import USUAL_PLACES, sitemaps_in_robots
from scraper.outlets import Outlet, read_entry_points, read_hosts, read_max_age, read_since
from scraper.requests import callback, hub_request, source_of
from scraper.spiders.listings import ListingSpider

_ROBOTS = "/robots.txt"


class SitemapSpider(ListingSpider):
    """Articles that sitemaps name: found through robots.txt, or given; indexes, news sitemaps and gzip files too.

    url: sites (https://example.com), robots.txt files, or sitemaps.
    file: files with an address a line.
    hosts: further hosts that its articles may be on, such as sport.gazette.example, or any.
    since: leave out what the sitemap knows to be older than this day, such as 2026-01-01.
    max_age: fetch an article again when the last fetch is older, such as 12h or 7d; otherwise only when it has changed.
    """

    name = "sitemap"

    def __init__(
        self, url: str = "", file: str = "", hosts: str = "", since: str = "", max_age: str = "", **kwargs: Any
    ) -> None:
        outlet = Outlet(
            self.name,
            sitemaps=read_entry_points(url, file),
            hosts=read_hosts(hosts),
            since=read_since(since),
            max_age=read_max_age(max_age),
        )
        super().__init__([outlet], **kwargs)

    def entry_requests(self, outlet: Outlet) -> Iterator[Request]:
        """The sitemaps of the outlet, and the robots.txt of each site that it names."""
        for url in outlet.sitemaps:
            path = urlsplit(url).path
            if path in ("/", _ROBOTS):
                yield hub_request(urljoin(url, _ROBOTS), self.parse_robots, self.no_robots, source=outlet.name)
            else:
                yield self.hub(url, self.parse_sitemap, outlet)

    @callback
    async def parse_robots(self, response: Response) -> AsyncIterator[Request | Input]:
        """The sitemaps that a robots.txt names, else the first of those at the usual places."""
        outlet = self.outlet_of(response)
        found = [web_address(link, response.url) for link in await self.in_worker(sitemaps_in_robots, response.body)]
        for address in dict.fromkeys(filter(None, found)):
            yield self.hub(address, self.parse_sitemap, outlet)
        if not any(found):
            for request in self.at_usual_places(response.url, USUAL_PLACES, outlet.name):
                yield request

    @callback
    def no_robots(self, failure: Failure) -> Iterator[Request | Input]:
        """The first sitemap at the usual places, where there is no robots.txt."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it before it calls an errback
        yield from self.at_usual_places(request.url, USUAL_PLACES, source_of(request) or self.name)
