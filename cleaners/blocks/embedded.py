"""The text of a story that stands only in a page's data, where a script takes it from.

Sources, in the order in which they are asked: the JSON-LD `articleBody`; the values of scripts, such as
`__NEXT_DATA__`, and of attributes (`blocks.script_values`); the rows that Next streams; `<template>` and `<noscript>`.
What is found is given as the HTML of its paragraphs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from lxml import etree

from cleaners.blocks.html import parse
from cleaners.blocks.script_values import json_value, script_values
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import count_words

MOST_JSON = 40_000_000
"""Characters of the scripts of a page that are read."""

FEWEST_BESIDE = 60
"""Words of a text from which on it may be a story."""

FEWEST_ALONE = 25
"""The same where the page shows no text, and of an `articleBody`, which is no other text."""

CHARACTERS_A_SIGN = 60
"""Characters of prose for each sign that code is full of, at least."""

SHORTEST_STORY = 50
"""Characters of such a text."""

PROSE_WORDS = 10
"""Words of a paragraph."""

SHORTEST_DATA = 300
"""Characters of an attribute, or of a text inside other data, from which on it is read as JSON."""

MOST_NESTED = 8
"""Levels at which the text of one paragraph may stand."""

EMBEDDING = (
    b"json", b"__next_f", b"<template", b"<noscript", b"window.__", b"window[", b"__NUXT__", b"JSON.parse", b"Fusion.",
    b"sveltekit", b"-props=", b"data-page=", b"data-state=",
)  # fmt: skip
"""What a page contains that has text in its data."""

MARKER = "embedded-story"
"""Class of the element in which the text is put into the page."""

_TEXT_KEYS = ("text", "content", "html", "value", "body", "children", "paragraph", "spans", "data", "rendered")
_TEASER_KEYS = frozenset({"title", "headline", "slug", "href", "url", "link", "permalink", "username"})
_TITLES = frozenset({"title", "headline", "slug"})
FEWEST_LISTED = 3

_OTHER = lazy_pattern(
    r"relat|recommend|comment|repl(?:y|ies)|teaser|cookie|consent|polic|terms|legal|footer|promo|\bnav|menu|translation"
    r"|i18n|locale|message|summary|description|excerpt|bio\b|author|caption",
    re.IGNORECASE,
)
"""Names of values in which no story is looked for."""

_PROPERTIES = lazy_pattern(r"data-(?:.*-)?(?:props|page|state|story|article|json)")
"""Attributes in which components of a page get their data."""
_PUSH = lazy_pattern(r'self\.__next_f\.push\((\[1,\s*"(?:[^"\\]|\\.)*+"\])\)')
_PARAGRAPH = lazy_pattern(r"<p[\s>]", re.I)
_TAG = lazy_pattern(r"<[^<>]{1,2000}>")


class Embedded(NamedTuple):
    """The HTML of a story in a page's data, and the source's name."""

    source: str
    html: str
    words: int


def find_embedded(tree: etree._Element, article_body: str | None, fewest: int = FEWEST_BESIDE) -> Embedded | None:
    """The longest story in a page's data, None where there is none of `fewest` words; FEWEST_ALONE are enough for the
    JSON-LD `articleBody`."""
    found = [_embedded("script", text) for text in _in_scripts(tree, fewest)]
    found += [_embedded("attribute", text) for text in _in_attributes(tree, fewest)]
    found += [_embedded(str(element.tag), _markup(element)) for element in tree.iter("template", "noscript")]
    found = [story for story in found if story.words >= fewest]
    found += [_embedded("markup", text) for text in _in_json_ld(tree)]
    found += [_embedded("markup", article_body)] if article_body else []
    best = max(found, key=lambda story: story.words, default=None)
    return best if best and best.words >= FEWEST_ALONE else None


def put_into_page(tree: etree._Element, story: Embedded) -> None:
    """Puts a story below the headline of a page, or at its beginning, in an element with the class MARKER."""
    box = next(parse(f'<div class="{MARKER}">{story.html}</div>').iter("div"), None)
    if box is None:
        return
    box.tag = "article"
    box.tail = None
    headline = next(filter(_is_shown, tree.iter("h1")), None)
    if headline is not None and headline.getparent() is not None:
        headline.addnext(box)
    else:
        next(tree.iter("body"), tree).insert(0, box)


def _is_shown(element: etree._Element) -> bool:
    return next(element.iterancestors("template", "noscript"), None) is None


def _embedded(source: str, text: str) -> Embedded:
    """A text, plain or HTML, as HTML of which only paragraphs of prose are counted."""
    if _PARAGRAPH.search(text):
        pieces = _PARAGRAPH.split(text)
        return Embedded(source, text, sum(map(_prose_words, map(_plain, pieces))))
    if _is_code(text):
        return Embedded(source, "", 0)
    lines = [line for line in map(_plain, text.splitlines()) if line]
    return Embedded(source, "".join(f"<p>{escape(line)}</p>" for line in lines), sum(map(_prose_words, lines)))


def _plain(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())


def _prose_words(text: str) -> int:
    words = count_words(text)
    return words if words >= PROSE_WORDS and not _is_code(text) else 0


def _is_code(text: str) -> bool:
    """Whether a text is a script or a style sheet, which state objects hold too.

    >>> _is_code("const names = {}; let count = 0; // as above"), _is_code("It reopened; traffic was light.")
    (True, False)
    """
    return sum(map(text.count, "{}=;<>")) * CHARACTERS_A_SIGN > len(text) + CHARACTERS_A_SIGN


def _markup(element: etree._Element) -> str:
    inner = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return (element.text or "") + "".join(inner)


# Scripts


def _in_scripts(tree: etree._Element, fewest: int) -> Iterator[str]:
    budget = MOST_JSON
    rows = []
    for script in tree.iter("script"):
        text = script.text or ""
        if not text or (budget := budget - len(text)) < 0:
            continue
        if script.get("type") == JSON_LD:
            continue
        if "__next_f" in text:
            rows += [_loaded(match[1]) for match in _PUSH.finditer(text)]
        elif "json" in script.get("type", ""):
            yield from _stories(json_value(text), fewest)
        else:
            for value in script_values(text):
                yield from _stories(value, fewest)
    yield from _streamed("".join(row[1] for row in rows if row and isinstance(row[1], str)), fewest)


JSON_LD = "application/ld+json"


def _in_json_ld(tree: etree._Element) -> Iterator[str]:
    budget = MOST_JSON
    for script in tree.iter("script"):
        text = script.text or ""
        if script.get("type") == JSON_LD and "articleBody" in text and (budget := budget - len(text)) >= 0:
            yield from _article_bodies(_loaded(text))


def _article_bodies(value: Any) -> Iterator[str]:
    """Every `articleBody` in JSON-LD, with its line ends, which part the paragraphs."""
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, dict):
            if isinstance(body := here.get("articleBody"), str):
                yield body
            stack.extend(here.values())
        elif isinstance(here, list):
            stack.extend(here)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _in_attributes(tree: etree._Element, fewest: int) -> Iterator[str]:
    """Texts in the data of the components that name the page's headline; others show other stories."""
    heading = next(tree.iter("h1"), None)
    headline = "" if heading is None else " ".join("".join(map(str, heading.itertext())).split())
    budget = MOST_JSON if headline else 0
    for element in tree.iter("*"):
        for name, text in element.attrib.items():
            if len(text) >= SHORTEST_DATA and text[0] in "{[" and _PROPERTIES.fullmatch(name):
                if (budget := budget - len(text)) < 0:
                    return
                value = json_value(text)
                yield from _stories(value, fewest) if _names(value, headline) else ()


def _names(value: Any, headline: str) -> bool:
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, dict):
            stack.extend(here.values())
        elif isinstance(here, list):
            stack.extend(here)
        elif isinstance(here, str) and " ".join(here.split()) == headline:
            return True
    return False


def _stories(value: Any, fewest: int) -> Iterator[str]:
    """Every text in a value that may be a story: a long string, and a list of paragraphs."""
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, dict):
            for key, inner in here.items():
                if _tells_other(key):
                    continue
                if isinstance(inner, str):
                    yield from [inner] if _long(inner, fewest) else []
                    if len(inner) >= SHORTEST_DATA and inner[0] in "{[":
                        stack.append(json_value(inner))
                else:
                    stack.append(inner)
        elif isinstance(here, list) and not _is_listing(here):
            paragraphs = [_text_of(item) for item in here]
            if sum(_prose_words(_plain(text)) > 0 for text in paragraphs) > 1:
                yield "".join(map(_as_paragraph, paragraphs))
            stack.extend(item for item in here if isinstance(item, dict | list))


@lru_cache(maxsize=2_000)
def _tells_other(key: str) -> bool:
    return _OTHER.search(key) is not None


def _is_listing(items: list[Any]) -> bool:
    """Whether a list is one of other stories: several of its items have a title."""
    return sum(isinstance(item, dict) and not _TITLES.isdisjoint(item) for item in items) >= FEWEST_LISTED


def _as_paragraph(text: str) -> str:
    return text if _PARAGRAPH.search(text) else f"<p>{escape(_plain(text))}</p>"


def _long(text: str, fewest: int) -> bool:
    return (
        len(text) >= SHORTEST_STORY and count_words(text) >= fewest and not text.lstrip().startswith(("{", "[", "http"))
    )


def _text_of(item: Any, level: int = 0) -> str:
    """The text of one paragraph, which a rich text format takes apart into runs; nothing for a teaser."""
    if isinstance(item, str):
        return item
    if level > MOST_NESTED:
        return ""
    if isinstance(item, list):
        return "" if item[:1] == ["$"] else "".join(_text_of(part, level + 1) for part in item)
    if not isinstance(item, dict) or not _TEASER_KEYS.isdisjoint(item):
        return ""
    if isinstance(listed := item.get("items"), list) and item.get("type") == "list":
        return "".join(_as_paragraph(_text_of(part, level + 1)) for part in listed)
    return "".join(_text_of(item[key], level + 1) for key in _TEXT_KEYS if key in item)


# Rows that Next streams


def _streamed(rows: str, fewest: int) -> Iterator[str]:
    """Texts among the rows: rows of text, which state their length in bytes, and the paragraphs of all other rows."""
    stream, paragraphs = rows.encode("utf-8", "replace"), []
    at = 0
    while at < len(stream):
        head = _BYTE_ROW.match(stream, at)
        if head and head[1]:
            end = head.end() + int(head[1], 16)
            yield stream[head.end() : end].decode("utf-8", "replace")
            at = end
            continue
        end = stream.find(b"\n", at)
        end = len(stream) if end < 0 else end
        if head:
            value = _loaded(stream[head.end() : end].decode("utf-8", "replace"))
            paragraphs += _elements(value)
            yield from _stories(value, fewest)
        at = end + 1
    yield "".join(f"<p>{escape(text)}</p>" for text in paragraphs)


_BYTE_ROW = re.compile(rb"[0-9a-f]{1,6}:(?:T([0-9a-f]{1,7}),)?")


def _elements(value: Any) -> list[str]:
    """The texts of the `p` elements in a row, each written as `["$", "p", key, {"children": …}]`."""
    found = []
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, list):
            if len(here) == 4 and here[0] == "$" and here[1] == "p" and isinstance(here[3], dict):
                found.append(_children(here[3].get("children")))
            else:
                stack.extend(reversed([part for part in here if isinstance(part, dict | list)]))
        elif isinstance(here, dict):
            stack.extend(reversed([part for part in here.values() if isinstance(part, dict | list)]))
    return [text for text in found if text]


def _children(value: Any, level: int = 0) -> str:
    if isinstance(value, str):
        return value
    if level > MOST_NESTED or not isinstance(value, list):
        return ""
    if len(value) == 4 and value[0] == "$":
        return _children(value[3].get("children"), level + 1) if isinstance(value[3], dict) else ""
    return "".join(_children(part, level + 1) for part in value)
