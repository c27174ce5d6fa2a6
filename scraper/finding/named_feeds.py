"""The feeds that an HTML page names: in its head, in a `Link` header, or among its links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scraper.finding.links import web_address
from scraper.finding.markup import attributes_of
from scraper.finding.pages import MOST_LINKS, base_address

MOST_FEEDS = 200
"""Feeds that are taken from one page. Front pages name about ten; the page of a large site's feeds has some hundred."""

USUAL_PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
"""Where a site's feed usually is, the commonest first; asked only where a page names none."""

_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json"
    " application/xml application/x-rss+xml application/x-atom+xml text/xml text/rss+xml text/rss text/atom+xml"
    " text/rdf+xml".split()
)
"""What `<link rel="alternate" type=…>` calls a feed."""

_NO_FEED = re.compile(r"/wp-json(?:[/?]|$)|[?&]rest_route=|oembed|xmlrpc|opensearch", re.IGNORECASE)
"""Alternates of these types that are no feed: WordPress names the JSON of each page in its head."""

_FEED_FILE = re.compile(
    r"\.(?:rss|atom|rdf)$|[/._-](?:rss|atom|rdf|feeds?)(?:[/._-].{0,200})?\.(?:xml|json|php|aspx?)$", re.IGNORECASE
)
_FEED_NAME = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?)(?:2|20)?/?$|/(?:rss|feeds)/[^/.]{1,100}/?$", re.IGNORECASE)
_FEED_QUERY = re.compile(r"(?:^|&)(?:\w{1,20}=)?(?:rss|atom|feeds?)(?:2|20)?(?:&|=|$)", re.IGNORECASE)
_FEED_HOST = re.compile(r"^(?:feeds?|rss)\d?\.", re.IGNORECASE)

_LINK_HEADER = re.compile(r'<([^<>]{1,2000})>((?:\s?;\s?[\w*-]{1,30}\s?=\s?(?:"[^"]{0,200}"|[^\s,;"<>]{1,200}))*)')


def feed_links(tree: etree._Element, url: str, link_headers: Iterable[str] = ()) -> list[str]:
    """The addresses of the feeds that the page at `url` names, at most MOST_FEEDS and one more.

    Those of its `Link` headers and its head come first, then links to files of feeds, as a page that lists feeds has
    them. Only where there are none, links that merely look like a feed.
    """
    base = base_address(tree, url)
    hrefs = [anchor.get("href", "") for anchor in islice(tree.iter("a", "area"), MOST_LINKS)]
    linked = _distinct(hrefs, base)
    named = _distinct((*_in_headers(link_headers), *_in_head(tree)), base)
    certain = dict.fromkeys((*named, *(link for link in linked if _is_feed_file(link))))
    return list(islice(certain or (link for link in linked if _looks_like_feed(link)), MOST_FEEDS + 1))


def _in_head(tree: etree._Element) -> Iterator[str]:
    for link in islice(tree.iter("link"), MOST_LINKS):
        href = link.get("href", "")
        if _names_feed(link.get("rel", ""), link.get("type", ""), href):
            yield href


def _in_headers(values: Iterable[str]) -> Iterator[str]:
    """The feeds in `Link` headers (RFC 8288)."""
    for value in values:
        for href, parameters in _LINK_HEADER.findall(value[:10_000]):
            found = attributes_of(parameters.replace(";", " "))
            if _names_feed(found.get("rel", ""), found.get("type", ""), href):
                yield href


def _names_feed(rel: str, kind: str, href: str) -> bool:
    relations = rel.lower().split()
    if _NO_FEED.search(href):
        return False
    media_type = kind.partition(";")[0].strip().lower()
    return ("alternate" in relations and media_type in _TYPES) or ("feed" in relations and not media_type)


def _is_feed_file(address: str) -> bool:
    """Whether an address is a feed's by its file, as far as an address can show."""
    return bool(_FEED_FILE.search(urlsplit(address).path)) and not _NO_FEED.search(address)


def _looks_like_feed(address: str) -> bool:
    parts = urlsplit(address)
    return not _NO_FEED.search(address) and bool(
        _FEED_NAME.search(parts.path) or _FEED_QUERY.search(parts.query) or _FEED_HOST.search(parts.netloc)
    )


def _distinct(links: Iterable[str], base: str) -> list[str]:
    return list(dict.fromkeys(address for link in links if link.strip() and (address := web_address(link, base))))
