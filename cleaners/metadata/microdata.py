"""The articles that a page marks up with microdata, as objects of the shape that JSON-LD has.

    <div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">…</h1>…</div>

gives `{"@type": "NewsArticle", "headline": ["…"], …}`, so that one reader serves both.
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.time_elements import iso_title
from cleaners.metadata.visible_text import text_of
from cleaners.words.patterns import lazy_pattern

MAX_SCOPES = 50
"""Articles read on one page; a page may mark up each of its teasers."""

MAX_PROPERTIES = 200
"""Properties read of one article."""

MAX_DEPTH = 50
"""Elements between a property and its article."""

MAX_CHARACTERS = 1_000
"""Characters of a value that are read."""

PROPERTIES = frozenset(
    {
        "headline", "name", "description", "datePublished", "dateCreated", "dateModified", "author", "creator",
        "publisher", "articleSection", "inLanguage",
    }
)  # fmt: skip
"""The properties of an article that are read. Its text is not: the blocks of the page hold it better."""

_ARTICLE = lazy_pattern(r"(?:Article|Posting)/?\Z")
_TYPES = etree.XPath("//@itemtype")
"""To search for the attributes takes half of the time of asking each element, or of a search for elements with one."""

_PROPERTIES = etree.XPath(".//*[@itemprop]")
_NAMES = etree.XPath(".//*[@itemprop='name']")


def articles(tree: etree._Element) -> list[JsonObject]:
    """The articles in document order; nested scopes become objects with a type and names."""
    scopes = (kind.getparent() for kind in _TYPES(tree) if _ARTICLE.search(kind))
    return [_object(scope) for scope in islice(scopes, MAX_SCOPES)]


def _object(scope: etree._Element) -> JsonObject:
    found: JsonObject = {"@type": _type(scope)}
    firsts: dict[str, etree._Element] = {}
    for element in _PROPERTIES(scope)[:MAX_PROPERTIES]:
        for name in PROPERTIES.intersection(element.get("itemprop", "").split()):
            if _belongs(element, scope) and _is_beside(element, firsts.setdefault(name, element)):
                found.setdefault(name, []).append(_value(element))
    return found


def _is_beside(element: etree._Element, first: etree._Element) -> bool:
    """Whether the element is the first one of its property or stands beside it; authors of comments stand elsewhere."""
    return element is first or element.getparent() is first.getparent()


def _type(scope: etree._Element) -> str:
    return scope.get("itemtype", "").rstrip("/").rsplit("/", 1)[-1]


def _belongs(element: etree._Element, scope: etree._Element) -> bool:
    """Whether the scope is the nearest one around the element."""
    around = islice(element.iterancestors(), MAX_DEPTH)
    return next((above for above in around if above.get("itemscope") is not None), None) is scope


def _value(element: etree._Element) -> str | JsonObject:
    if element.get("itemscope") is not None:
        names = [_text(part) for part in _NAMES(element)[:MAX_PROPERTIES]]
        return {"@type": _type(element), "name": names or [_text(element)]}
    return _text(element)


def _text(element: etree._Element) -> str:
    stated = element.get("content") or element.get("datetime") or iso_title(element)
    return (stated or text_of(element))[:MAX_CHARACTERS]
