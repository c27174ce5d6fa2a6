"""Articles that sitemaps name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from cleaners.data import Input
from scraper.finding.links import web_address
from scraper.finding.moments import is_older
from scraper.finding.sitemaps import read_sitemap, sitemaps_in_robots
from scraper.outlets import Outlet, read_entry_points, read_hosts, read_max_age, read_since
from scraper.requests import hub_request, source_of
from scraper.spiders.base import CopydeskSpider

MOST_LEVELS = 3
"""Indexes inside one another. The protocol allows one; some sites have an index of indexes."""

_ROBOTS = "/robots.txt"
_USUAL = "/sitemap.xml"


class SitemapSpider(CopydeskSpider):
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

    def parse_robots(self, response: Response) -> Iterator[Request | Input]:
        """The sitemaps that a robots.txt names, else the one at the usual place."""
        outlet = self.outlet_of(response)
        found = [web_address(link, response.url) for link in sitemaps_in_robots(response.body)]
        for address in [url for url in found if url] or [urljoin(response.url, _USUAL)]:
            yield self.hub(address, self.parse_sitemap, outlet)

    def no_robots(self, failure: Failure) -> Iterator[Request | Input]:
        """The sitemap at the usual place, where there is no robots.txt."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it before it calls an errback
        source = source_of(request) or self.name
        yield hub_request(urljoin(request.url, _USUAL), self.parse_sitemap, self.failed, source=source)

    def parse_sitemap(self, response: Response, level: int = 1) -> Iterator[Request | Input]:
        """The articles and the sitemaps that a sitemap names; `level` counts the indexes around it, and this one."""
        outlet, locations = self.outlet_of(response), list(read_sitemap(response.body))
        odd = [each.address for each in locations if web_address(each.address, response.url) is None]
        if not locations:
            yield self.reject(response, "no-sitemap", "This is no sitemap, or it names nothing.")
        if odd:
            yield self.reject_addresses(response, odd, len(locations))
        for location in locations:
            address = web_address(location.address, response.url)
            if address is None or is_older(location.changed, outlet.since):
                continue
            if location.kind == "page":
                yield self.article(address, outlet, location.changed)
            elif level < MOST_LEVELS:
                yield self.hub(address, self.parse_sitemap, outlet, level=level + 1)
            else:
                reason = f"A sitemap index below {MOST_LEVELS - 1} others; what it names is not fetched."
                yield self.reject(response, "too-deep", reason)
                return
