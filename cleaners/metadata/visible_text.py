"""The text nodes in, behind and in front of an element, as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from cleaners.blocks.elements import NOT_TEXT
from cleaners.words.folding import one_line

MAX_ELEMENTS = 200
"""Elements of one kind that are read, and elements inside one of them; hostile pages nest them without end."""

MAX_LINE = 300
"""Characters of a line that may hold a byline or a date."""

_XML_SPACE = " \t\r\n"
UNSEEN = NOT_TEXT | {"option"}
"""Elements whose text no reader sees on the page."""


class Shown(NamedTuple):
    """A line, the element whose text it is or ends, and the outermost one around it that begins behind the headline
    (None where the line stands directly in a box of the headline)."""

    line: str
    element: etree._Element
    top: etree._Element | None


def strings_of_body(
    tree: etree._Element, skipped: Callable[[etree._Element], bool] | None = None
) -> Iterator[tuple[etree._Element, str, bool]]:
    """The text nodes of the body in reading order, each with the element that it leads (True) or follows (False), but
    for those in elements that are `skipped`."""
    body = next(tree.iter("body"), None)
    if body is None:
        return
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        leads = event == "start"
        if leads:
            if skipped and skipped(element):
                walk.skip_subtree()
                continue
            text = element.text
        else:
            text = element.tail if element is not body else None
        if text and text.strip(_XML_SPACE):
            yield element, text, leads


def text_of(element: etree._Element) -> str:
    """The text of an element as a reader sees it, on one line.

    A space stands between its text nodes, since class names set many of them as lines of their own, but not where a
    mark closes or opens a word in an element: `<i>Harbour</i>’s`.
    """
    parts: list[str] = []
    last = ""
    for text in texts_in(element):
        if line := one_line(text):
            if parts and not (_touch(last, text) and (line[0] in _CLOSES or parts[-1][-1] in _OPENS)):
                parts.append(" ")
            parts.append(line)
        last = text
    return "".join(parts)


_WIDE = "：、。，！？）」』》】（「『《【"
"""Marks as wide as a character, which have no space beside them."""

_CLOSES = frozenset("'’”»,.:;!?)]…" + _WIDE)
_OPENS = frozenset("([“„«‘" + _WIDE)


def _touch(one: str, other: str) -> bool:
    return not (one[-1:].isspace() or other[:1].isspace())


def texts_in_front(element: etree._Element) -> Iterator[str]:
    """The text nodes in front of an element against the reading order, each on one line."""
    for _ in range(MAX_ELEMENTS):
        before, parent = element.getprevious(), element.getparent()
        if before is not None:
            texts: Iterable[str | None] = chain((before.tail,), _texts_backwards(before))
        else:
            texts = () if parent is None else (parent.text,)
        yield from filter(None, (one_line(text) for text in texts if text))
        if (element := before if before is not None else parent) is None:  # type: ignore[assignment]
            return


def _texts_backwards(element: etree._Element, depth: int = 0) -> Iterator[str | None]:
    if element.tag in UNSEEN or not isinstance(element.tag, str) or depth > MAX_ELEMENTS:
        return
    for child in element.iterchildren(reversed=True):
        yield child.tail
        yield from _texts_backwards(child, depth + 1)
    yield element.text


def texts_behind(element: etree._Element) -> Iterator[Shown]:
    """The text nodes behind an element in reading order, each on one line."""
    for _ in range(MAX_ELEMENTS):
        parent = element.getparent()
        if parent is not None and (line := one_line(element.tail or "")):
            yield Shown(line, parent, None)
        following = element.getnext()
        if following is not None:
            for owner, text in islice(_seen_strings(following), MAX_ELEMENTS):
                if line := one_line(text):
                    yield Shown(line, owner, following)
            element = following
        elif parent is None:
            return
        else:
            element = parent


def texts_in(element: etree._Element) -> Iterator[str]:
    """The text nodes in an element in reading order; of a huge element only the first ones."""
    unseen = next(element.iter(*UNSEEN), None) is not None
    texts = (text for _, text in _seen_strings(element)) if unseen else element.itertext()
    return islice(texts, MAX_ELEMENTS)


def _seen_strings(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The text nodes in an element but for those of scripts and the like, each with the element that it stands in."""
    depth = 0  # inside how many of them the walk is
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        unseen = node.tag in UNSEEN
        depth += unseen if event == "start" else -unseen if event == "end" else 0
        text = node.text if event == "start" else node.tail if node is not element else None
        owner = node if event == "start" else node.getparent()
        if text and not depth and owner is not None:
            yield owner, text
