"""What a page says beside its article: that more pages of it follow, and that search engines should leave it out."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from scraper.finding.links import web_address
from scraper.finding.pages import MOST_LINKS
from scraper.hosts import host_and_port

_NEXT = re.compile(rb"""\brel\s{0,3}=\s{0,3}["']?[\w -]{0,40}\bnext\b""", re.IGNORECASE)
_ROBOTS = re.compile(rb"<meta\b[^<>]{0,300}\bnoindex\b[^<>]{0,300}>", re.IGNORECASE)
_ROBOTS_NAME = re.compile(rb"""\bname\s{0,3}=\s{0,3}["']?(?:robots|googlebot)\b""", re.IGNORECASE)
_NUMBER = re.compile(r"(?:/(?:page|seite|pagina|p)/?\d{1,3}|/\d{1,3}|[-_,]\d{1,3}(?=\.\w{2,5}$))/?(?=(?:\.\w{2,5})?$)")


def may_have_next(body: bytes) -> bool:
    """Whether it is worth while to look for a next page.

    >>> may_have_next(b'<link rel="next" href="/bridge/2">'), may_have_next(b"<p>next")
    (True, False)
    """
    return bool(_NEXT.search(body))


def next_page(tree: etree._Element, url: str) -> str | None:
    """The next page of the article at `url`. Blogs name the next article in the same way, which is none."""
    for link in islice(tree.iter("link", "a"), MOST_LINKS):
        if "next" in link.get("rel", "").lower().split():
            address = web_address(link.get("href", ""), url)
            if address and is_further_page(address, url):
                return address
    return None


def is_further_page(address: str, url: str) -> bool:
    """Whether two addresses differ in nothing but the number of a page.

    >>> is_further_page("https://g.example/bridge/2", "https://g.example/bridge")
    True
    >>> is_further_page("https://g.example/market", "https://g.example/bridge")
    False
    """
    return address != url and _without_number(address) == _without_number(url)


def _without_number(url: str) -> tuple[str, str]:
    path = urlsplit(url).path.rstrip("/")
    return host_and_port(url), _NUMBER.sub("", path).rstrip("/") if path.count("/") > 1 or "." in path else path


def says_noindex(body: bytes, header: str = "") -> bool:
    """Whether a page, or the X-Robots-Tag of its response, asks search engines to leave it out.

    >>> says_noindex(b'<meta name="robots" content="noindex, follow">'), says_noindex(b"", "noindex")
    (True, True)
    """
    named = (_ROBOTS_NAME.search(found[0]) for found in islice(_ROBOTS.finditer(body), 20))
    return "noindex" in header.lower() or any(named)
