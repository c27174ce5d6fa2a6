"""Hubs taken apart: bytes in, plain values out, so that a worker process can do it within limits.

A small feed or page can be made so that reading it takes hours. Nothing here is called in the thread that fetches.
"""

from __future__ import annotations

from dataclasses import dataclass

from cleaners.blocks.html import parse
from scraper.finding.feed_home import feed_home
from scraper.finding.feeds import is_feed
from scraper.finding.landing import led_elsewhere
from scraper.finding.links import Link
from scraper.finding.named_feeds import feed_links
from scraper.finding.pages import canonical_address, links_on, states_article
from scraper.finding.sitemaps import Sitemap, is_sitemap, read_sitemap


@dataclass(frozen=True, slots=True)
class ListingHub:
    """What a sitemap or a feed names, whether it is a feed, and the site that a feed names as its own."""

    found: Sitemap
    is_feed: bool
    home: str | None


@dataclass(frozen=True, slots=True)
class PageHub:
    """What a page of a site leads to, whether it states that it is an article, and the address that it goes by.

    `led_elsewhere` says why it is not the article that was asked for (see `scraper.finding.landing`).
    """

    links: list[Link]
    states_article: bool
    canonical: str | None
    led_elsewhere: str | None = None


def read_listing(body: bytes, charset: str | None, url: str) -> ListingHub:
    """What a sitemap or a feed names.

    >>> read_listing(b"https://example.org/a", None, "https://example.org/").found.locations[0].address
    'https://example.org/a'
    """
    return ListingHub(read_sitemap(body, charset, url), is_feed(body), feed_home(body, charset, url))


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
