"""The head of an HTML page: meta tags, links, `<title>`, `<html lang>` and JSON-LD, gathered in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from cleaners.metadata.json_ld import JsonObject, objects
from cleaners.words.folding import one_line

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class HtmlHead:
    """What a head states.

    `meta` maps a lower-case name or property to its contents in document order, `links` a lower-case `rel` to its first
    `href`; `objects` are the JSON-LD objects.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str | None = None
    objects: list[JsonObject] = field(default_factory=list)

    def values(self, *names: str) -> Iterator[str]:
        """The contents of the meta tags with these names, the first name first, without empty ones."""
        return (text for name in names for value in self.meta.get(name, ()) if (text := one_line(value)))

    def first(self, *names: str) -> str | None:
        """The first content that is not empty."""
        return next(self.values(*names), None)


def read_head(tree: etree._Element) -> HtmlHead:
    """What the page's head states, wherever in the page its tags are."""
    meta: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    titles: list[str] = []
    scripts: list[str] = []
    for element in tree.iter("meta", "link", "title", "script"):
        match element.tag:
            case "meta":
                _add_meta(meta, element)
            case "link":
                if rel := element.get("rel"):
                    links.setdefault(rel.lower(), (element.get("href") or "").strip())
            case "title":
                titles.append(one_line(element.text or ""))
            case _:
                if "ld+json" in (element.get("type") or "").lower():
                    scripts.append(element.text or "")
    return HtmlHead(
        meta=meta,
        links=links,
        title=next((title for title in titles if title), ""),
        language=tree.get("lang") or tree.get(_XML_LANG),
        objects=objects(scripts),
    )


def _add_meta(meta: dict[str, list[str]], element: etree._Element) -> None:
    content = element.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        if name := element.get(attribute):
            meta.setdefault(name.strip().lower(), []).append(content)
