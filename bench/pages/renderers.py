"""Common ways to turn an HTML page into a plain dump, for training and measuring the scorer of text lines.

Each takes a page and returns all of its text with the page chrome; none tries to find the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup
from lxml import etree, html
from resiliparse.extract.html2text import extract_plain_text
from w3lib.encoding import html_to_unicode

INVISIBLE = frozenset({"head", "script", "style", "template", "noscript", "svg", "iframe", "object", "select"})
"""Elements without visible text. This list and INLINE are not those of `cleaners.blocks.elements`: they stand for the
simple converters that people write, and the weights were trained on their dumps."""

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""Elements that do not start a new line."""


def decoded(page: str | bytes) -> str:
    """The characters of a page; the encoding is detected as browsers do it."""
    return page if isinstance(page, str) else html_to_unicode(None, page)[1]


def soup(page: str | bytes) -> str:
    """BeautifulSoup's plain `get_text()`: the line breaks of the source, neighbouring elements without a space."""
    return BeautifulSoup(decoded(page), "lxml").get_text()


def soup_lines(page: str | bytes) -> str:
    """BeautifulSoup's `get_text("\\n")`: a line for each text node, so that a link inside a sentence is a line too."""
    return BeautifulSoup(decoded(page), "lxml").get_text("\n")


def blocks(page: str | bytes) -> str:
    """One line per block element, white space folded.

    >>> blocks("<p>It <b>opened</b> today.<p>Traffic was light.")
    'It opened today.\\nTraffic was light.'
    """
    return "\n".join(_lines(page))


def resiliparse(page: str | bytes) -> str:
    """resiliparse's full text, with its list bullets and indents."""
    return extract_plain_text(decoded(page), main_content=False)


RENDERERS: dict[str, Callable[[str | bytes], str]] = {
    "get_text()": soup,
    'get_text("\\n")': soup_lines,
    "blocks": blocks,
    "resiliparse": resiliparse,
}


def _lines(page: str | bytes) -> Iterator[str]:
    line: list[str] = []
    for piece in _pieces(page):
        if piece is not None:
            line.append(piece)
            continue
        text = " ".join("".join(line).split())
        line.clear()
        if text:
            yield text


def _pieces(page: str | bytes) -> Iterator[str | None]:
    """The pieces of text of a page in reading order, None where a line ends."""
    text = decoded(page)
    if not text.strip():
        return
    tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("start", "end") and element.tag not in INLINE:
            yield None
        if event != "start":
            yield element.tail or ""
        elif element.tag in INVISIBLE:
            walk.skip_subtree()
        else:
            yield element.text or ""
    yield None
