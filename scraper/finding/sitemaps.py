"""Sitemaps: indexes, lists of pages and news sitemaps, packed or not, and where robots.txt says they are.

Read with lxml, which here loads nothing from outside and expands no entity. Scrapy has a helper for sitemaps too, but
says that it may change without notice, and it leaves out the dates of news sitemaps. The format:
https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lxml import etree
from protego import Protego

from cleaners.decoding.signatures import GZIP
from scraper.finding.moments import read_moment

MOST_BYTES = 50 * 1024**2
"""What is read of a sitemap, unpacked: the protocol allows no more. The rest of a longer one is left out."""

MOST_ROBOTS_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309, section 2.5)."""


_PIECE = 1024**2
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,12};)")  # a parser that mends would leave out the parameter behind it
_DATES = ("lastmod", "publication_date")


@dataclass(frozen=True, slots=True)
class Location:
    """What a sitemap names: a page, or another sitemap; its address as written, and when it was last changed."""

    kind: Literal["page", "sitemap"]
    address: str
    changed: datetime | None = None


def sitemaps_in_robots(body: bytes) -> list[str]:
    """The sitemaps that a robots.txt names, as written."""
    return list(Protego.parse(body[:MOST_ROBOTS_BYTES].decode("utf-8", "replace")).sitemaps)


def read_sitemap(body: bytes) -> Iterator[Location]:
    """What a sitemap names, in its order: XML, or plain text with an address a line, either of them packed or not.

    Nothing where the document is no sitemap. One that is broken or cut off gives what stands before the break.
    """
    content = unpacked(body)
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:4].lower() == b"http":
        yield from (Location("page", line) for line in content.decode("utf-8-sig", "replace").split())
    else:
        yield from _locations(_BARE_AMPERSAND.sub(b"&amp;", content))


def unpacked(body: bytes) -> bytes:
    """The first MOST_BYTES of a sitemap, unpacked if it is a gzip file; what can be read of a broken one."""
    if not body.startswith(GZIP):
        return body[:MOST_BYTES]
    content = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        try:
            while len(content) < MOST_BYTES and (piece := file.read1(_PIECE)):
                content += piece
        except (EOFError, OSError, zlib.error):
            pass
    return bytes(content[:MOST_BYTES])


def _locations(content: bytes) -> Iterator[Location]:
    """Element by element; each is dropped when it has been read, so that a long sitemap needs little memory."""
    parser = etree.iterparse(
        io.BytesIO(content),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in parser:
            yield from _location(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]  # type: ignore[union-attr]  # what has something before it has a parent
    except (etree.XMLSyntaxError, ValueError):  # the latter for names of elements that are no text
        return


def _location(element: etree._Element) -> Iterator[Location]:
    address, changed = "", None
    for child in element.iter():
        name = _local_name(child)
        if name == "loc" and not address and child.getparent() is element:
            address = (child.text or "").strip()
        elif name in _DATES:
            changed = changed or read_moment(child.text or "")
    if address:
        yield Location("sitemap" if _local_name(element) == "sitemap" else "page", address, changed)


def _local_name(element: etree._Element) -> str:
    """The name of an element without its namespace. A document that was mended has names that lxml's QName refuses."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
