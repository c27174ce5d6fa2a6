"""Articles that a feed or a sitemap lists, whichever of them a document turns out to be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from scrapy import Request
from scrapy.http import Response

from cleaners.data import Input, Rejection
from scraper.finding.hubs import ListingHub, read_listing
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
        hub = await self.in_worker(read_listing, response.body, charset_of(response), response.url, outlet.since)
        for rejection in self._faults(response, hub):
            yield rejection
        for location in hub.locations:
            if location.kind == "page":
                yield self.article(location.address, outlet, location.changed, hub.home)
            elif level < MOST_LEVELS:
                yield self.hub(location.address, self.parse_sitemap, outlet, location.changed, level=level + 1)
            else:
                yield self.reject(response, "too-deep", _TOO_DEEP)
                return

    def read_usual_place(self, response: Response) -> AsyncIterator[Request | Input]:
        """What a feed or a sitemap at a usual place names."""
        return self.parse_sitemap(response)

    def _faults(self, response: Response, hub: ListingHub) -> Iterator[Input]:
        """What is missing of a listing, and why: of all that is left out, so much is said that it can be looked up."""
        fault = hub.fault
        if not hub.count and fault is None:
            fault = _NO_ENTRIES if hub.is_feed else _NO_SITEMAP
        if fault:
            yield self.reject(response, fault.code, fault.reason)
        if hub.odd:
            yield self.reject_addresses(response, hub.odd, hub.count)
        since = self.outlet_of(response).since
        older, kind = (hub.older_sitemaps, "sitemaps") if hub.older_sitemaps else (hub.older_pages, "entries")
        if since and older and (hub.older_sitemaps or not hub.locations):
            reason = f"{older} of {hub.count} {kind} are older than since ({since:%Y-%m-%d}) and left out."
            yield self.reject(response, "older", reason)
