"""The site that a feed belongs to: services that serve feeds for others have a host of their own."""

from __future__ import annotations

import json
import re

from scraper.finding.feeds import is_feed
from scraper.finding.links import web_address
from scraper.finding.markup import ATTRIBUTES, attributes_of, plain_markup, text_of, value_of

MOST_BYTES = 1 << 16
"""Bytes of a feed that are read for its site: what describes the feed stands in front of its entries."""

_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_LINK = re.compile(rf"<link(?=[\s/>])({ATTRIBUTES})([^<]*)", re.IGNORECASE)
_HOME = re.compile(r'"home_page_url"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.){1,2048}")')


def feed_home(body: bytes, charset: str | None = None, url: str = "") -> str | None:
    """The address of the site that a feed at `url` names as its own; None if it names none, or is no feed.

    >>> feed_home(b"<rss><channel><link>https://news.example/</link><item><link>https://x.example/</link>")
    'https://news.example/'
    """
    if not is_feed(body[:MOST_BYTES], charset):
        return None
    text = text_of(body[:MOST_BYTES], charset)
    if text.lstrip().startswith("{"):
        found = _HOME.search(text)
        return web_address(_unescaped(found[1]), url) if found else None
    return _home_in_markup(plain_markup(text), url)


def _home_in_markup(text: str, url: str) -> str | None:
    first = _ENTRY.search(text)
    for link in _LINK.finditer(text, 0, first.start() if first else len(text)):
        attributes = attributes_of(link[1])
        address = web_address(attributes.get("href") or value_of(link[2]), url)
        if address and attributes.get("rel", "alternate").lower() == "alternate":
            return address
    return None


def _unescaped(quoted: str) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return ""
