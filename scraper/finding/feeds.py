"""Feeds: what RSS, Atom and JSON Feed name, and when it was changed.

Only the address and the dates of an entry are read. So a feed is a sequence of tags here, and other elements cost
nothing, however long they are (see `scraper.finding.markup`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from cleaners.data import Rejection
from scraper.finding.links import web_address
from scraper.finding.markup import ATTRIBUTES, attributes_of, plain_markup, root_of, text_of, value_of
from scraper.finding.moments import latest_change

MOST_ENTRIES = 20_000
"""Entries that are read of a feed. Real feeds have some hundreds, and this many take about a second."""

FEED_ROOTS = frozenset({"rss", "feed", "rdf"})

_MOST_VALUE = 10_000
"""Characters of an element that are read: an address has at most 2,048, each of which may be escaped."""

_SNIFFED = 1 << 18
"""Bytes of a document in which its kind is looked for."""

_DATES = frozenset({"pubdate", "published", "updated", "modified", "issued", "created", "date"})
_TAG = re.compile(
    r"<(/?)(?:[\w.-]{1,40}:)?(rss|feed|rdf|item|entry|source|link|origLink|guid|id|pubDate|published|updated|modified"
    rf"|issued|created|date)(?=[\s/>])({ATTRIBUTES})",
    re.IGNORECASE,
)
_ENTRIES = frozenset({"item", "entry"})
_CUT_OFF = Rejection("cut-off", "The feed ends in the middle; the entries before that are read. Try again later.")
_TOO_LONG = Rejection("too-large", f"The feed has more than {MOST_ENTRIES:,} entries; the others are left out.")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed: its address (empty if it has none), and when it was last changed, in UTC."""

    link: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed in its order, and why some may be missing."""

    entries: tuple[FeedEntry, ...] = ()
    fault: Rejection | None = None


def is_feed(body: bytes, charset: str | None = None) -> bool:
    """Whether a document is a feed, by its content: what servers call them is often wrong.

    >>> is_feed(b"<?xml version='1.0'?><rss version='2.0'>"), is_feed(b"<!doctype html><title>rss</title>")
    (True, False)
    """
    start = text_of(body[:_SNIFFED], charset).lstrip()
    if start.startswith("{"):
        return "jsonfeed.org" in start[:4_096] or '"items"' in start
    return root_of(start) in FEED_ROOTS


def read_feed(body: bytes, charset: str | None = None, url: str = "") -> Feed:
    """The entries of an RSS, Atom or JSON feed; none where the document holds none.

    `charset` is that of the HTTP header, and `url` where the feed is from. Never raises.

    >>> read_feed(b"<rss><item><guid>https://news.example/a</guid></item></rss>").entries[0].link
    'https://news.example/a'
    """
    text = text_of(body, charset).lstrip()
    if text.startswith("{"):
        return _read_json(text)
    if root_of(text) not in FEED_ROOTS:
        return Feed()
    return _read_markup(plain_markup(text), url)


# --- RSS and Atom ------------------------------------------------------------------------------------------------


def _read_markup(markup: str, url: str) -> Feed:
    reader = _FeedReader(markup, url)
    found = list(islice(reader.entries(), MOST_ENTRIES + 1))
    entries = tuple(FeedEntry(_link(fields), latest_change(fields.dates)) for fields in found[:MOST_ENTRIES])
    if len(found) > MOST_ENTRIES:
        return Feed(entries, _TOO_LONG)
    return Feed(entries, None if reader.is_whole else _CUT_OFF)


class _Fields:
    """What stands in one entry: the addresses that it may go by, by their kinds, what they are relative to, and its
    dates."""

    def __init__(self, attributes: dict[str, str], base: str) -> None:
        self.base = _joined(base, attributes.get("xml:base", ""))
        self.addresses: dict[str, str] = {"about": about} if (about := attributes.get("rdf:about")) else {}
        self.dates: list[str] = []

    def add(self, name: str, value: str) -> None:
        if name in _DATES:
            self.dates.append(value)
        elif value:  # an empty one does not hide another
            self.addresses.setdefault(name, value)


class _FeedReader:
    """Reads the tags of a feed. Afterwards `is_whole` says whether its root was closed."""

    def __init__(self, markup: str, url: str) -> None:
        self._markup = markup
        self._base = url
        self.is_whole = False

    def entries(self) -> Iterator[_Fields]:
        """The fields of one entry after another. What stands in an Atom `source` is about another feed."""
        entry: _Fields | None = None
        opened, start, in_source = "", 0, False
        for tag in _TAG.finditer(self._markup):
            name, is_end = tag[2].lower(), bool(tag[1])
            if name in FEED_ROOTS:
                self.is_whole = is_end
                self._base = _joined(self._base, attributes_of(tag[3]).get("xml:base", ""))
            elif name in _ENTRIES:
                if entry:
                    yield entry
                entry = None if is_end else _Fields(attributes_of(tag[3]), self._base)
                opened, in_source = "", False
            elif name == "source":
                in_source = not is_end and not _is_empty(tag[3])
            elif entry is None or in_source:
                continue
            elif not is_end:
                opened, start = _opened(entry, name, tag[3]), tag.end()
            elif name == opened:
                entry.add(name, value_of(self._markup[start : min(tag.start(), start + _MOST_VALUE)]))
                opened = ""
        if entry:
            yield entry


def _opened(entry: _Fields, name: str, attributes: str) -> str:
    """The element whose text is to be read; a link of Atom has its address in an attribute."""
    if name == "link" and (found := attributes_of(attributes)).get("href"):
        if found.get("rel", "alternate").lower() == "alternate":
            entry.add("link", found["href"])
        return ""
    return "" if _is_empty(attributes) else name


def _is_empty(attributes: str) -> bool:
    return attributes.endswith("/>")


def _link(fields: _Fields) -> str:
    """An entry's own page: the address behind one that only counts clicks, its link, else what identifies it, if that
    is an address."""
    links = [_joined(fields.base, fields.addresses[name]) for name in ("origlink", "link") if name in fields.addresses]
    names = [fields.addresses[name] for name in ("guid", "about", "id") if name in fields.addresses]
    if len(links) == 1 and not names:
        return links[0]
    usable = (link for link in links if web_address(link, "https://feed.invalid/"))
    return next(usable, None) or next(filter(web_address, names), None) or next(iter(links), "")


def _joined(base: str, link: str) -> str:
    """An address relative to another, which may be empty; the link as it stands where one of them is malformed."""
    try:
        return urljoin(base, link) if base else link
    except ValueError:
        return link


# --- JSON Feed ---------------------------------------------------------------------------------------------------


def _read_json(text: str) -> Feed:
    """The items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return Feed()
    items = document.get("items") if isinstance(document, dict) else None
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    entries = tuple(FeedEntry(_item_link(item), _item_changed(item)) for item in found[:MOST_ENTRIES])
    return Feed(entries, _TOO_LONG if len(found) > MOST_ENTRIES else None)


def _item_link(item: dict[str, Any]) -> str:
    named = next(filter(None, (_text(item.get(name)) for name in ("url", "external_url"))), "")
    identity = _text(item.get("id"))
    return named or (identity if web_address(identity) else "")


def _item_changed(item: dict[str, Any]) -> datetime | None:
    return latest_change(_text(item.get(name)) for name in ("date_modified", "date_published"))


def _text(value: Any) -> str:
    """A text, or a number, which is what some write for a time."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
