"""What an HTML page says to a crawler: its links, whether it is an article, and its canonical address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree
from scrapy.http import TextResponse

from cleaners.blocks.html import parse
from cleaners.metadata.html_head import read_head
from cleaners.metadata.schema_org import is_article
from scraper.finding.links import Link, web_address

MOST_LINKS = 5_000
"""Links that are looked at on one page: the longest front pages have about a thousand."""

_MOST_WORDS = 300
"""Characters of a link's words that are looked at."""

_PARTS = 20
"""Elements inside a link, or around it, that are looked at: links nested in each other are not read to their ends."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})


def tree_of(response: TextResponse) -> etree._Element:
    """The elements of a response. Scrapy's selector fails on a page whose `<base>` is no address."""
    return parse(response.text)


def links_on(tree: etree._Element, url: str) -> list[Link]:
    """The links of the page at `url`, in their order: each address once, with its longest words."""
    base = base_address(tree, url)
    found: dict[str, Link] = {}
    for anchor in islice(tree.iter("a", "area"), MOST_LINKS):
        if address := web_address(anchor.get("href", ""), base):
            link = Link(address, _words(anchor), _is_heading(anchor))
            before = found.get(address)
            if before is None or len(link.text) > len(before.text):
                found[address] = link
    return list(found.values())


def base_address(tree: etree._Element, url: str) -> str:
    """What the links of the page at `url` are relative to: its `<base>`, unless that is no web address."""
    for base in islice(tree.iter("base"), 1):
        return web_address(base.get("href", ""), url) or url
    return url


def states_article(tree: etree._Element) -> bool:
    """Whether the page's JSON-LD or Open Graph says that it is an article."""
    head = read_head(tree)
    return any(is_article(item) for item in head.objects) or "article" in head.values("og:type")


def canonical_address(tree: etree._Element, url: str) -> str | None:
    """The canonical address of the page at `url`; None if it names none."""
    for link in islice(tree.iter("link"), MOST_LINKS):
        if link.get("rel", "").strip().lower() == "canonical":
            return web_address(link.get("href", ""), base_address(tree, url))
    return None


def _words(anchor: etree._Element) -> str:
    """The words of a link, else those that are read out for its picture."""
    text = " ".join("".join(islice(_texts(anchor), _PARTS)).split())
    return (text or anchor.get("title", "") or anchor.get("aria-label", ""))[:_MOST_WORDS]


def _texts(anchor: etree._Element) -> Iterator[str]:
    return (text[:_MOST_WORDS] for text in anchor.itertext(etree.Element) if isinstance(text, str))


def _is_heading(anchor: etree._Element) -> bool:
    near = (*islice(anchor.iterancestors(), 3), *islice(anchor.iterdescendants(), _PARTS))
    return any(element.tag in _HEADINGS for element in near)
