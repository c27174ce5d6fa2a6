"""Links in a byline that lead to sections of the site: `Local news | Sport | 7 January 2026` under a class `byline`."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from cleaners.metadata.visible_text import text_of
from cleaners.words.folding import squeeze
from cleaners.words.name_kinds import has_given_name
from cleaners.words.patterns import lazy_pattern

MOST_LINKS = 10
"""Links of an element that are read."""

MOST_AROUND = 12
"""Elements around a link, one in the other, among which a menu is looked for."""

MOST_ON_PAGE = 2_000
"""Links of a page among which those of its menus are looked for."""

_SECTION = lazy_pattern(
    r"/(?:sections?|categor(?:y|ie|ies|ia|ias|ía|ías)|kategor(?:ie|ien|ia|i|iya|ii)|rubri(?:k|ques?|ca|cas|ky|ka|ki|c)|topics?"
    r"|tags?|themen?|ressorts?|seccion(?:es)?|sezion[ei]|secoes|channels?)/[^/?#]",
    re.IGNORECASE,
)
_BYLINE, _AUTHOR = lazy_pattern(r"by-?line", re.IGNORECASE), lazy_pattern("aut[eh]?[ou]r|writer", re.IGNORECASE)
MENU = lazy_pattern(r"(?:^|[\s_-])(?:navi?|navbar|navigation|(?:main|top|sub)?-?menu)(?:$|[\s_-])", re.IGNORECASE)
"""A class name of a menu."""


def names_sections(element: etree._Element) -> bool:
    """Whether all that a byline says are links to sections: their addresses say so, are the words of the link, or
    stand in a menu of the page. A link that begins with a given name leads to a person, and so does one in an element
    whose class names an author: an author's address may be that name alone."""
    names = element.get("class") or ""
    if not _BYLINE.search(names) or _AUTHOR.search(names):
        return False
    links = list(islice(element.iter("a"), MOST_LINKS))
    texts = [text_of(link) for link in links]
    if not any(texts) or any(map(has_given_name, texts)) or squeeze(_beside(element, texts)):
        return False
    paths = [link.get("href") or "" for link in links]
    told = [_tells(path, text) for path, text in zip(paths, texts, strict=True)]
    if all(told):
        return True
    missing = {path for path, tells in zip(paths, told, strict=True) if not tells}
    return "" not in missing and missing <= _in_menus(element)


def _beside(element: etree._Element, links: list[str]) -> str:
    """What an element says beside its links and times."""
    said = [*links, *(text_of(time) for time in islice(element.iter("time"), MOST_LINKS))]
    rest = text_of(element)
    for text in said:
        rest = rest.replace(text, " ", 1) if text else rest
    return rest


def _tells(href: str, text: str) -> bool:
    """Whether an address names a section, or is a single part that says what its link says in a word: those of several
    words may be a person's."""
    path = unquote(urlsplit(href).path if href.isprintable() and "[" not in href else "")
    parts = [part for part in path.split("/") if part]
    alone = len(parts) == 1 and len(text.split()) == 1
    return bool(_SECTION.search(path)) or (alone and _plain(parts[0]) == _plain(text))


def _plain(text: str) -> str:
    """The letters of a text without their marks, as addresses spell them."""
    return squeeze(
        "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    )


def _in_menus(element: etree._Element) -> set[str]:
    """The addresses in the menus of the page."""
    tree = element.getroottree()
    links = islice(tree.iter("a"), MOST_ON_PAGE)
    return {link.get("href") or "" for link in links if _is_in_menu(link)}


def _is_in_menu(link: etree._Element) -> bool:
    around = islice(link.iterancestors(), MOST_AROUND)
    return any(box.tag == "nav" or MENU.search(box.get("class") or "") for box in around)
