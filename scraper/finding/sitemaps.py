"""Sitemaps: indexes, lists of pages and news sitemaps, packed or not, and where robots.txt says they are.

A sitemap is read as a sequence of tags (see `scraper.finding.markup`). Scrapy has a helper for sitemaps too, but says
that it may change without notice, and it leaves out the dates of news sitemaps. The format:
https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from protego import Protego

from cleaners.data import Rejection
from scraper.finding.feeds import is_feed, read_feed
from scraper.finding.markup import ATTRIBUTES, plain_markup, root_of, text_of, value_of
from scraper.finding.moments import latest_change

MOST_BYTES = 50 * 1024**2
"""What is read of a sitemap, unpacked: the protocol allows no more. The rest of a longer one is left out."""

MOST_ROBOTS_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309, section 2.5)."""

USUAL_PLACES = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml")
"""Where a site's sitemap usually is, the commonest first; asked only where robots.txt names none."""

GZIP = b"\x1f\x8b"

_PIECE = 1024**2
_MOST_VALUE = 10_000
"""Characters of an element that are read: an address has at most 2,048, each of which may be escaped."""

_SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
_LISTED = frozenset({"url", "sitemap"})
_MEDIA = frozenset({"image", "video"})
_TAG = re.compile(
    r"<(/?)((?:[\w.-]{1,40}:)?)(urlset|sitemapindex|url|sitemap|loc|lastmod|publication_date|image|video)"
    rf"(?=[\s/>])({ATTRIBUTES})",
    re.IGNORECASE,
)
_CUT_OFF = Rejection(
    "cut-off",
    "The sitemap ends in the middle, or an address in it does; the whole addresses are read. Try again later.",
)


class Location(NamedTuple):
    """What a sitemap names: a page, or another sitemap; its address as written, and when it was last changed, in UTC.

    Where several dates are stated the latest counts: a news sitemap states when a page was published, `lastmod` when it
    was corrected. A tuple, as hundreds of thousands of them come from a worker process.
    """

    kind: Literal["page", "sitemap"]
    address: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names, in its order, and why some of it may be missing."""

    locations: tuple[Location, ...] = ()
    fault: Rejection | None = None


def sitemaps_in_robots(body: bytes) -> list[str]:
    """The sitemaps that a robots.txt names, as written.

    >>> sitemaps_in_robots(b"\\xef\\xbb\\xbfSitemap: https://news.example/map.xml")
    ['https://news.example/map.xml']
    """
    return list(Protego.parse(text_of(body[:MOST_ROBOTS_BYTES])).sitemaps)


def is_sitemap(body: bytes) -> bool:
    """Whether a document is a sitemap in XML, by its content.

    >>> is_sitemap(b"<urlset><url>"), is_sitemap(b"<!doctype html><title>Not found</title>")
    (True, False)
    """
    return root_of(text_of(unpacked(body)[:_PIECE])) in _SITEMAP_ROOTS


def read_sitemap(body: bytes, charset: str | None = None, url: str = "") -> Sitemap:
    """What a sitemap names: XML, plain text with an address a line, or a feed, either of them packed or not.

    `charset` is that of the HTTP header, and `url` where the sitemap is from. Nothing where the document is no sitemap.
    Never raises.

    >>> read_sitemap(b"<urlset><url><loc>https://news.example/?a=1&amp;b=2</loc></url></urlset>").locations[0].address
    'https://news.example/?a=1&b=2'
    """
    content, is_whole = _unpacked(body)
    if is_feed(content, charset):
        feed = read_feed(content, charset, url)
        return Sitemap(tuple(Location("page", entry.link, entry.changed) for entry in feed.entries), feed.fault)
    text = text_of(content, charset)
    root = root_of(text)
    if root in _SITEMAP_ROOTS:
        reader = _SitemapReader(plain_markup(text))
        locations = tuple(reader.locations())
        return Sitemap(locations, None if is_whole and reader.is_whole else _CUT_OFF)
    return Sitemap() if root else _read_lines(text, is_whole)


def unpacked(body: bytes) -> bytes:
    """The first MOST_BYTES of a sitemap, unpacked if it is a gzip file; what can be read of a broken one."""
    return _unpacked(body)[0]


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The content, and whether it is all of it."""
    if not body.startswith(GZIP):
        return body[:MOST_BYTES], len(body) <= MOST_BYTES
    content, is_whole = bytearray(), True
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        try:
            while len(content) <= MOST_BYTES and (piece := file.read1(_PIECE)):
                content += piece
        except (EOFError, OSError, zlib.error):
            is_whole = False
    return bytes(content[:MOST_BYTES]), is_whole and len(content) <= MOST_BYTES


def _read_lines(text: str, is_whole: bool) -> Sitemap:
    """The addresses of a text sitemap, one a line. Text without any address is not a sitemap. Other lines are entries,
    too, so that they are reported, unless they are remarks. The last line of a cut file may be half an address."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in (lines if is_whole else lines[:-1]) if line and not line.startswith(("#", "//", ";"))]
    if not any(_is_web(line) for line in lines):
        return Sitemap()
    locations = (Location("page", address) for line in lines for address in _addresses_in(line))
    return Sitemap(tuple(locations), None if is_whole else _CUT_OFF)


def _addresses_in(line: str) -> list[str]:
    """The addresses of a line, which may have other columns; the line itself where it has none."""
    return [word for word in line.split() if _is_web(word)] or [line]


def _is_web(text: str) -> bool:
    return text[:8].lower().startswith(("http://", "https://"))


@dataclass(slots=True)
class _Listed:
    """An entry that is being read: the namespace prefix of its tags, its address and its dates."""

    kind: Literal["page", "sitemap"]
    prefix: str
    address: str = ""
    dates: list[str] = field(default_factory=list)

    def location(self) -> Iterator[Location]:
        if self.address:
            yield Location(self.kind, self.address, latest_change(self.dates))


class _SitemapReader:
    """Reads the tags of a sitemap. Afterwards `is_whole` says whether the root and all addresses were closed."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._has_end = self._has_half_address = False

    @property
    def is_whole(self) -> bool:
        return self._has_end and not self._has_half_address

    def locations(self) -> Iterator[Location]:
        """One after another. The addresses of a page's pictures and videos are not among them."""
        entry = _Listed("page", "")
        opened, start, in_media = "", 0, False
        for tag in _TAG.finditer(self._markup):
            is_end, prefix, name = bool(tag[1]), tag[2], tag[3].lower()
            is_start = not is_end and not tag[4].endswith("/>")
            if opened and not (is_end and name == opened):
                self._has_half_address |= opened == "loc"
                opened = ""
            if name in _SITEMAP_ROOTS:
                self._has_end = is_end
            elif name in _LISTED:
                yield from entry.location()
                entry, in_media = _Listed("page" if name == "url" else "sitemap", prefix), False
            elif name in _MEDIA:
                in_media = is_start
            elif is_start and not in_media and (name != "loc" or prefix == entry.prefix):
                opened, start = name, tag.end()
            elif opened:
                value = value_of(self._markup[start : min(tag.start(), start + _MOST_VALUE)])
                opened = ""
                if name != "loc":
                    entry.dates.append(value)
                    continue
                yield from entry.location()
                entry = _Listed(entry.kind, entry.prefix, value)
        self._has_half_address |= opened == "loc"
        yield from entry.location()
