"""Hubs taken apart: bytes in, plain values out, so that a worker process can do it within limits.

A small feed or page can be made so that reading it takes hours. Nothing here is called in the thread that fetches.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from cleaners.blocks.html import parse
from cleaners.data import Rejection
from scraper.finding.feed_home import feed_home
from scraper.finding.feeds import is_feed
from scraper.finding.landing import led_elsewhere
from scraper.finding.links import Link, web_address
from scraper.finding.moments import is_older
from scraper.finding.named_feeds import feed_links
from scraper.finding.pages import canonical_address, links_on, states_article
from scraper.finding.sitemaps import Location, is_sitemap, read_sitemap


@dataclass(frozen=True, slots=True)
class ListingHub:
    """What a sitemap or a feed names, and the site that a feed names as its own.

    `locations` have whole addresses, as `web_address` writes them, and are not known to be older than was asked for;
    of the others, `odd` holds those that lead to no web address, as written, and `older_pages` and `older_sitemaps`
    count those that are too old. `fault` says why some may be missing.
    """

    locations: tuple[Location, ...]
    is_feed: bool
    home: str | None
    odd: tuple[str, ...] = ()
    older_pages: int = 0
    older_sitemaps: int = 0
    fault: Rejection | None = None

    @property
    def count(self) -> int:
        """How many entries it has, with those that are left out."""
        return len(self.locations) + len(self.odd) + self.older_pages + self.older_sitemaps


@dataclass(frozen=True, slots=True)
class PageHub:
    """What a page of a site leads to, whether it states that it is an article, and the address that it goes by.

    `led_elsewhere` says why it is not the article that was asked for (see `scraper.finding.landing`).
    """

    links: list[Link]
    states_article: bool
    canonical: str | None
    led_elsewhere: str | None = None


def read_listing(body: bytes, charset: str | None, url: str, since: datetime | None = None) -> ListingHub:
    """What a sitemap or a feed names; what it knows to be older than `since` is counted only.

    Each address is looked at here, and not by the spider: there may be a million of them.

    >>> read_listing(b"https://example.org/a?utm_source=x", None, "https://example.org/").locations[0].address
    'https://example.org/a'
    """
    found = read_sitemap(body, charset, url)
    older = Counter(each.kind for each in found.locations if is_older(each.changed, since))
    wanted = [each for each in found.locations if not is_older(each.changed, since)] if older else found.locations
    whole = [(each, web_address(each.address, url)) for each in wanted]
    return ListingHub(
        tuple(each._replace(address=address) for each, address in whole if address),
        is_feed(body),
        feed_home(body, charset, url),
        tuple(each.address for each, address in whole if not address),
        older["page"],
        older["sitemap"],
        found.fault,
    )


def read_feed_hub(body: bytes, url: str, text: str | None, link_headers: list[str]) -> list[str] | None:
    """The feeds that a page names; None for what is a feed or a sitemap itself. `text` is the decoded page, if any.

    >>> read_feed_hub(b"<p>no feed</p>", "https://example.org/", "<a href=/rss.xml>RSS</a>", [])
    ['https://example.org/rss.xml']
    """
    if is_feed(body) or is_sitemap(body):
        return None
    return feed_links(parse(text), url, link_headers) if text else []


def read_page_hub(text: str, url: str, asked: str | None = None) -> PageHub:
    """What a decoded page leads to; `asked` is the address of the article that was asked for, if it was one.

    >>> read_page_hub("<a href=/a>A</a>", "https://example.org/").links[0].url
    'https://example.org/a'
    """
    tree = parse(text)
    reason = led_elsewhere(asked, url, tree) if asked else None
    return PageHub(links_on(tree, url), states_article(tree), canonical_address(tree, url), reason)
