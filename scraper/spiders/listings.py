"""Articles that a feed or a sitemap lists, whichever of them a document turns out to be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from scrapy import Request
from scrapy.http import Response

from cleaners.data import Input, Rejection
from scraper.finding.hubs import ListingHub, read_listing
from scraper.finding.links import web_address
from scraper.finding.moments import is_older
from scraper.requests import callback
from scraper.spiders.base import charset_of
from scraper.spiders.usual_places import UsualPlacesSpider

MOST_LEVELS = 3
"""Indexes inside one another. The protocol allows one; some sites have an index of indexes."""

_NO_ENTRIES = Rejection("no-entries", "The feed holds no entries, or nothing of it can be read.")
_NO_SITEMAP = Rejection("no-sitemap", "This is no sitemap, or it names nothing.")
_TOO_DEEP = f"A sitemap index below {MOST_LEVELS - 1} others; what it names is not fetched."


class ListingSpider(UsualPlacesSpider):
    """What the spiders of feeds and of sitemaps have in common: people and pages take one for the other."""

    @callback
    async def parse_sitemap(self, response: Response, level: int = 1) -> AsyncIterator[Request | Input]:
        """The articles and the sitemaps that a sitemap or a feed names, and what is wrong with it.

        `level` counts the indexes around it, and this one.
        """
        outlet = self.outlet_of(response)
        hub = await self.in_worker(read_listing, response.body, charset_of(response), response.url)
        found = hub.found
        for rejection in self._faults(response, hub):
            yield rejection
        for location in found.locations:
            address = web_address(location.address, response.url)
            if address is None or is_older(location.changed, outlet.since):
                continue
            if location.kind == "page":
                yield self.article(address, outlet, location.changed, hub.home)
            elif level < MOST_LEVELS:
                yield self.hub(address, self.parse_sitemap, outlet, location.changed, level=level + 1)
            else:
                yield self.reject(response, "too-deep", _TOO_DEEP)
                return

    def read_usual_place(self, response: Response) -> AsyncIterator[Request | Input]:
        """What a feed or a sitemap at a usual place names."""
        return self.parse_sitemap(response)

    def _faults(self, response: Response, hub: ListingHub) -> Iterator[Input]:
        """What is missing of a listing, and why: of all that is left out, so much is said that it can be looked up."""
        found, fault = hub.found, hub.found.fault
        if not found.locations and fault is None:
            fault = _NO_ENTRIES if hub.is_feed else _NO_SITEMAP
        if fault:
            yield self.reject(response, fault.code, fault.reason)
        odd = [each.address for each in found.locations if web_address(each.address, response.url) is None]
        if odd:
            yield self.reject_addresses(response, odd, len(found.locations))
        since = self.outlet_of(response).since
        older = sum(is_older(each.changed, since) for each in found.locations)
        is_index = any(each.kind == "sitemap" for each in found.locations)
        if since and older and (is_index or older + len(odd) >= len(found.locations)):
            kind = "sitemaps" if is_index else "entries"
            reason = f"{older} of {len(found.locations)} {kind} are older than since ({since:%Y-%m-%d}) and left out."
            yield self.reject(response, "older", reason)
