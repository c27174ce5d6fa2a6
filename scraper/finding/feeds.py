"""Feeds: RSS and Atom by feedparser, JSON Feed by json, and the feeds that an HTML page names.

feedparser (kept up; 6.0.14 as of this writing) takes feeds that are broken, as many are: what can be read of them is
read. It is given bytes only, since it would take a text for an address or a file to open, and the HTML inside the feed
is left alone. It reads no external entities, and entities that grow make it give up on the document's declarations.
"""

from __future__ import annotations

import calendar
import io
import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser
from lxml import etree

from scraper.finding.moments import read_moment

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"})
"""What `<link rel="alternate" type=…>` calls a feed."""

MOST_FEEDS = 20
"""Feeds that are taken from one page: the largest front pages name about ten."""

_ROOTS = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_LOOKS_LIKE_FEED = re.compile(
    r"(?:^|[/.?=_-])(?:rss|atom|feed|feeds)(?:2|20)?(?:\.xml|\.json|\.php)?/?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: its link as written (empty if it has none), and when it was last changed, in UTC."""

    link: str
    changed: datetime | None = None


def is_feed(body: bytes) -> bool:
    """Whether a document is a feed, by its first kilobytes: what servers call them is often wrong."""
    start = body[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return b"jsonfeed.org" in start or b'"items"' in body[:65_536]
    return bool(_ROOTS.search(start))


def read_feed(body: bytes, content_type: str = "", url: str = "") -> list[Entry]:
    """The entries of an RSS, Atom or JSON feed, in its order; empty where the document holds none.

    `content_type` is the header that it came with and `url` where it is from.
    """
    if body[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return list(_json_entries(body))
    headers = {"content-type": content_type, "content-location": url}
    try:
        found = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # what it asks about an unknown encoding fails on a few bytes of nonsense, in some versions
        return []
    return [Entry(_link(entry), _changed(entry)) for entry in found.entries]


def _link(entry: Any) -> str:
    """An entry's own page; the address behind one that only counts clicks, where the feed tells it."""
    return str(entry.get("feedburner_origlink") or entry.get("link") or "")


def _changed(entry: dict[str, Any]) -> datetime | None:
    """The later of an entry's dates. Asked in its own way, feedparser gives one for the other, and warns of it."""
    moments = (_moment(dict.get(entry, field)) for field in ("updated_parsed", "published_parsed"))
    return max((moment for moment in moments if moment), default=None)


def _moment(parsed: time.struct_time | None) -> datetime | None:
    """feedparser's time, which is in UTC."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (OverflowError, OSError, ValueError):
        return None


def _json_entries(body: bytes) -> Iterator[Entry]:
    """The items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return
    items = document.get("items") if isinstance(document, dict) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield Entry(_text(item.get("url")) or _text(item.get("external_url")), _changed_item(item))


def _changed_item(item: dict[str, Any]) -> datetime | None:
    moments = (read_moment(_text(item.get(field))) for field in ("date_modified", "date_published"))
    return max((moment for moment in moments if moment), default=None)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def feed_links(tree: etree._Element) -> list[str]:
    """The feeds that an HTML page names in its head, as written, else those that it links to and that look like one."""
    named = [
        link.get("href", "")
        for link in tree.iter("link")
        if "alternate" in link.get("rel", "").lower().split() and _type_of(link) in FEED_TYPES
    ]
    linked = (anchor.get("href", "") for anchor in tree.iter("a"))
    return _first(named or (href for href in linked if len(href) < 500 and _LOOKS_LIKE_FEED.search(href)))


def _type_of(link: etree._Element) -> str:
    return link.get("type", "").partition(";")[0].strip().lower()


def _first(links: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(link.strip() for link in links if link.strip()))[:MOST_FEEDS]
