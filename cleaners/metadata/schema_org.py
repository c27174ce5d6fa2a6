"""The article among a page's JSON-LD objects, and its properties from schema.org.

Publishers use values of every type: an author is a name, a person, a list of both, a reference to another object, or
null. The functions here read what they can and skip the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from cleaners.metadata.json_ld import JsonObject
from cleaners.words.agencies import agency_named
from cleaners.words.folding import one_line, squeeze

_ARTICLES = ("article", "posting", "blogpost", "report", "review", "analysis")
"""The last words of schema.org's types for what has a headline and an author."""

_ORGANIZATIONS = ("organization", "website", "corporation", "periodical", "newspaper", "localbusiness", "brand")
_MAX_VALUES = 200
"""Values read of one property. Articles have a few authors; hostile pages nest lists without end."""


def types(item: JsonObject) -> list[str]:
    """The schema.org types of an object, without a vocabulary in front.

    >>> types({"@type": ["https://schema.org/NewsArticle", "schema:Report"]})
    ['NewsArticle', 'Report']
    """
    stated = item.get("@type")
    names = [stated] if isinstance(stated, str) else strings(stated)
    return [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names]


def strings(value: Any) -> list[str]:
    """The strings in a value that should be one string: a string, or those of a list, without empty ones.

    >>> strings(["Harbour", ["  Coast "], None, ""])
    ['Harbour', 'Coast']
    """
    return [one_line(text) for text in flat(value) if isinstance(text, str) and text.strip()]


def flat(value: Any) -> Iterator[Any]:
    """The value, or those of a list and of the lists in it.

    >>> list(flat([1, [2, [3]]]))
    [1, 2, 3]
    """
    stack = [value]
    for _ in range(_MAX_VALUES):
        if not stack:
            return
        top = stack.pop()
        if isinstance(top, list):
            stack.extend(reversed(top[:_MAX_VALUES]))
        else:
            yield top


def plain(text: str) -> str:
    """The text on one line, with entities and tags decoded where it holds any.

    >>> plain("Fish &amp; <b>Chips</b>")
    'Fish & Chips'
    """
    if not (("&" in text and ";" in text) or "</" in text):
        return one_line(text)
    if "<" not in text:
        return one_line(unescape(text))
    from bs4 import BeautifulSoup  # it takes long to load, and few pages need it

    return one_line(BeautifulSoup(text, "lxml").get_text(" "))


def is_article(item: JsonObject) -> bool:
    """Whether the object is a text with a headline.

    >>> is_article({"@type": "NewsArticle"}), is_article({"@type": "WebSite"})
    (True, False)
    """
    return any(name.lower().endswith(_ARTICLES) for name in types(item))


def is_organization(item: JsonObject) -> bool:
    """Whether the object is an outlet, or its site.

    >>> is_organization({"@type": "NewsMediaOrganization"})
    True
    """
    return any(name.lower().endswith(_ORGANIZATIONS) for name in types(item))


def find_article(items: Sequence[JsonObject], titles: Sequence[str], *, only: bool = False) -> JsonObject:
    """The page's article: one whose headline is among the titles, else the first with a headline, else the first.

    An empty object where there is none. With `only` an article that no title confirms has to be the only one.

    >>> items = [{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Harbour reopens"}]
    >>> find_article(items, ["Harbour reopens"])["@type"]
    'NewsArticle'
    """
    articles = [item for item in items if is_article(item)]
    claimed = [squeeze(title) for title in titles if title]
    for item in articles:
        if any(headline and headline in title for headline in map(squeeze, headlines(item)) for title in claimed):
            return item
    if only and len(articles) > 1:
        return {}
    for item in articles:
        if headlines(item):
            return item
    return articles[0] if articles else {}


def headlines(item: JsonObject) -> list[str]:
    """The headline of an article, first choice first.

    >>> headlines({"headline": "Harbour reopens", "name": "Harbour"})
    ['Harbour reopens', 'Harbour']
    """
    return [plain(text) for key in ("headline", "name") for text in strings(item.get(key))]


def names(value: Any, items: Sequence[JsonObject]) -> list[str]:
    """The names of the persons or organizations in a value, references to other objects resolved.

    >>> names([{"@id": "#jane"}, "Max Roe"], [{"@id": "#jane", "name": "Jane Doe"}])
    ['Jane Doe', 'Max Roe']
    """
    by_id = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and _is_named(item)}
    found: list[str] = []
    stack = [value]
    for _ in range(_MAX_VALUES):
        if not stack:
            break
        top = stack.pop()
        if isinstance(top, list):
            stack.extend(reversed(top[:_MAX_VALUES]))
        elif isinstance(top, dict):
            target = top if _is_named(top) else by_id.get(str(top.get("@id")), {})
            stack.append(target.get("name") or _given_and_family(target))
        elif isinstance(top, str) and top.strip():
            found.append(plain(top))
    return found


def persons_of(value: Any) -> Any:
    """The persons and agencies in a list of authors that says of some that they are persons, and of others that they
    are none."""
    if not isinstance(value, list):
        return value
    stated = any(isinstance(item, dict) and "Person" in types(item) and _is_named(item) for item in value)
    return [item for item in value if not _is_outlet(item)] if stated else value


def _is_outlet(item: Any) -> bool:
    return isinstance(item, dict) and is_organization(item) and not agency_named(" ".join(strings(item.get("name"))))


def _is_named(item: JsonObject) -> bool:
    return "name" in item or "familyName" in item


def _given_and_family(person: JsonObject) -> str:
    """The name of a person whose parts are stated one by one."""
    parts = (part for key in ("givenName", "additionalName", "familyName") for part in strings(person.get(key))[:1])
    return " ".join(parts)
