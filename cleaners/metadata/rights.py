"""What the markup of a page says about its use."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from cleaners.data import Signal
from cleaners.metadata import schema_org
from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.json_ld import JsonObject
from cleaners.rights.signals import directive_signals, speaks_of_use, tdm_signals, terms, usage_signals

MOST_LINKS = 5
"""Links to licences that are told: a page states one, and galleries one a picture."""

_NAMED_LICENSES = ("license", "dcterms.license", "dc.rights.license", "copyright-license")


def markup_signals(head: HtmlHead, tree: etree._Element, article: JsonObject, url: str | None) -> tuple[Signal, ...]:
    """The signals of meta tags, of links to a licence, and of JSON-LD; `article` is what JSON-LD says of the story."""
    return (*_meta_signals(head, url), *_license_signals(head, tree, article, url))


def _meta_signals(head: HtmlHead, url: str | None) -> Iterator[Signal]:
    for name, values in head.meta.items():
        for value in values:
            if name == "tdm-reservation":
                yield from tdm_signals(value, None, "meta")
            elif name == "tdm-policy":
                yield from tdm_signals(None, _absolute(value, url), "meta")
            elif name in ("content-usage", "content-signal"):
                yield from usage_signals(value, "meta", name)
            elif name == "x-robots-tag":
                yield from directive_signals(value, "meta")
            elif speaks_of_use(name):
                yield from directive_signals(value.replace(":", " "), "meta", name)


def _license_signals(head: HtmlHead, tree: etree._Element, article: JsonObject, url: str | None) -> Iterator[Signal]:
    links = (link for link in tree.iter("a", "link") if "icense" in (rel := link.get("rel", "")) and _is_license(rel))
    for link in islice(links, MOST_LINKS):
        yield from terms("license", _absolute(link.get("href"), url), "link")
    for stated in islice(head.values(*_NAMED_LICENSES), MOST_LINKS):
        yield from terms("license", stated, "meta")
    for stated in islice(_addresses(article.get("license"), article.get("usageInfo")), MOST_LINKS):
        yield from terms("license", stated, "json-ld")


def _is_license(rel: str) -> bool:
    return "license" in rel.lower().split()


def _addresses(*values: Any) -> Iterator[str]:
    """The addresses of licences: as they are, or those of objects."""
    for value in values:
        for each in schema_org.flat(value):
            stated = each.get("url") or each.get("@id") if isinstance(each, dict) else each
            if isinstance(stated, str):
                yield stated


def _absolute(href: str | None, url: str | None) -> str | None:
    try:
        return urljoin(url or "", (href or "").strip())
    except ValueError:
        return None
