"""Looking for a feed or a sitemap at the usual places, one after another, where a site names none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from cleaners.data import Input
from cleaners.reading.rejects import rejected
from scraper.finding.feeds import is_feed
from scraper.finding.sitemaps import is_sitemap
from scraper.requests import callback, hub_request, source_of
from scraper.spiders.base import CopydeskSpider

_TRANSIENT = frozenset({429, *range(500, 600)})
"""Statuses that say nothing about whether there is something at an address."""

_NONE = "It names no {}, and there is none at the usual places. Give the address of one."


class UsualPlacesSpider(CopydeskSpider):
    """Asks for one usual place after another until there is a feed or a sitemap, and reports once if there is none.

    A subclass says in `read_usual_place` what is made of the document. `looked_on` is the page that named none, and
    `others` are the paths that have not been asked for yet.
    """

    def at_usual_places(self, looked_on: str, places: Sequence[str], source: str) -> Iterator[Request | Input]:
        """A request for the first of the places, or the rejection of the page where none is left."""
        if not places:
            if urlsplit(looked_on).path == "/robots.txt":
                yield rejected("no-sitemap", _NONE.format("sitemap"), source, looked_on)
            else:
                yield rejected("no-feed", _NONE.format("feed"), source, looked_on)
            return
        arguments: dict[str, Any] = {"looked_on": looked_on, "others": list(places[1:])}
        address = urljoin(looked_on, places[0])
        yield hub_request(address, self.parse_usual_place, self.not_at_usual_place, source=source, **arguments)

    @callback
    async def parse_usual_place(
        self, response: Response, looked_on: str, others: list[str]
    ) -> AsyncIterator[Request | Input]:
        """What stands at a usual place, if it is a feed or a sitemap: many sites answer with a page instead."""
        if is_feed(response.body) or is_sitemap(response.body):
            async for output in self.read_usual_place(response):
                yield output
        else:
            for output in self.at_usual_places(looked_on, others, self.outlet_of(response).name):
                yield output

    @callback
    def not_at_usual_place(self, failure: Failure) -> Iterator[Request | Input]:
        """The next place after one where there is nothing; after any other failure the rest would fail, too."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it before it calls an errback
        if _is_missing(failure.value):
            places: dict[str, Any] = request.cb_kwargs
            yield from self.at_usual_places(places["looked_on"], places["others"], source_of(request) or self.name)
        else:
            yield from self.failed(failure)

    def read_usual_place(self, response: Response) -> AsyncIterator[Request | Input]:
        """The articles of a document that was found."""
        raise NotImplementedError


def _is_missing(error: BaseException | None) -> bool:
    """Whether there is nothing to be had at an address, be it that robots.txt forbids it."""
    if isinstance(error, HttpError):
        return error.response.status not in _TRANSIENT
    return isinstance(error, IgnoreRequest) and getattr(error, "code", "robots") == "robots"
