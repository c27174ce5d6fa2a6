"""Articles that feeds name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from cleaners.data import Input
from scraper.finding.feeds import Entry, feed_links, is_feed, read_feed
from scraper.finding.links import web_address
from scraper.finding.moments import is_older
from scraper.finding.pages import tree_of
from scraper.hosts import ANY_HOST
from scraper.outlets import Outlet, read_entry_points, read_max_age, read_since
from scraper.spiders.base import CopydeskSpider


class FeedSpider(CopydeskSpider):
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

    def parse_feed(self, response: Response, is_named: bool = False) -> Iterator[Request | Input]:
        """The articles of a feed, or the feeds of a page. `is_named`: the address was found on a page."""
        if is_feed(response.body):
            yield from self._articles(response)
        elif isinstance(response, HtmlResponse) and not is_named:
            yield from self._feeds(response)
        else:
            yield self.reject(response, "no-feed", "This is no feed: neither RSS, nor Atom, nor JSON Feed.")

    def _articles(self, response: Response) -> Iterator[Request | Input]:
        outlet = self.outlet_of(response)
        header = (response.headers.get("Content-Type") or b"").decode("latin-1")
        entries = read_feed(response.body, header, response.url)
        odd: list[Entry] = []
        for entry in entries:
            if (address := web_address(entry.link, response.url)) is None:
                odd.append(entry)
            elif not is_older(entry.changed, outlet.since):
                yield self.article(address, outlet, entry.changed)
        if not entries:
            yield self.reject(response, "no-entries", "The feed holds no entries, or nothing of it can be read.")
        if odd:
            yield self.reject_addresses(response, [entry.link for entry in odd], len(entries))

    def _feeds(self, response: HtmlResponse) -> Iterator[Request | Input]:
        outlet = self.outlet_of(response)
        found = [web_address(link, response.url) for link in feed_links(tree_of(response))]
        for address in filter(None, found):
            yield self.hub(address, self.parse_feed, outlet, is_named=True)
        if not any(found):
            yield self.reject(response, "no-feed", "The page is no feed, and names none. Look for one in its footer.")
