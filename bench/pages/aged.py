"""Pages in the markup of an earlier time, for training: boxes as tables, paragraphs ended by line breaks, few names.

Most annotated pages are of 2015 or later, and a scorer that has seen nothing else relies on what pages have since then:
names of classes, `article`, metadata. An aged page has the words of its original, so that its annotation holds.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from lxml import etree

from cleaners.blocks.elements import HEADINGS

BOXES = frozenset({"div", "section", "article", "main", "header", "footer", "nav", "aside", "figure"})

NAMES = ("class", "id", "itemprop", "itemtype", "itemscope", "role", "property", "data-testid", "rel")
"""Attributes that say what an element is for."""


class Style(NamedTuple):
    """How a page was made: without names, with this share of its boxes as tables, with line breaks in place of
    paragraphs, with bold print in place of headings, and without metadata but for the description."""

    nameless: bool
    tables: float
    breaks: bool
    bold: bool
    bare: bool


def aged(tree: etree._Element, rng: Random) -> etree._Element:
    """The tree, changed in place to a style of an earlier time that the generator chooses.

    >>> from lxml import html
    >>> page = html.fromstring('<article class="story"><p>It opened.</p></article>')
    >>> etree.tostring(aged(page, Random(5)), encoding="unicode")
    '<table><tr><td><span>It opened.</span><br/><br/></td></tr></table>'
    """
    style = Style(
        nameless=rng.random() < 0.7,
        tables=rng.choice((0.0, 0.3, 0.7)),
        breaks=rng.random() < 0.6,
        bold=rng.random() < 0.4,
        bare=rng.random() < 0.7,
    )
    for element in list(tree.iter(etree.Element)):
        if style.bare and _is_metadata(element):
            _remove(element)
            continue
        if style.nameless:
            for name in NAMES:
                element.attrib.pop(name, None)
        _age(element, style, rng)
    return tree


def _age(element: etree._Element, style: Style, rng: Random) -> None:
    tag = element.tag
    if tag in BOXES:
        if rng.random() < style.tables:
            _to_table(element)
        else:
            element.tag = "div"
    elif tag == "figcaption":
        element.tag = rng.choice(("div", "font", "i"))
    elif tag == "p" and style.breaks:
        _to_lines(element, "font" if rng.random() < 0.5 else "span")
    elif tag in HEADINGS and style.bold:
        _to_lines(element, "b")
    elif tag == "time":
        element.tag = "span"


def _is_metadata(element: etree._Element) -> bool:
    if element.tag == "meta":
        return (element.get("name") or "").lower() != "description"
    return element.tag == "script" and "json" in (element.get("type") or "")


def _remove(element: etree._Element) -> None:
    """Remove an element and keep the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


def _to_table(element: etree._Element) -> None:
    """Make a box a table of one cell, which takes over its names."""
    row, cell = etree.Element("tr"), etree.Element("td")
    cell.text, element.text = element.text, None
    cell.extend(list(element))
    for name in ("class", "id"):
        if (value := element.attrib.pop(name, None)) is not None:
            cell.set(name, value)
    element.tag = "table"
    element.append(row)
    row.append(cell)


def _to_lines(element: etree._Element, tag: str) -> None:
    """Make a block an element within its line, and end the line by two line breaks."""
    element.tag = tag
    if element.getparent() is not None:
        first, second = etree.Element("br"), etree.Element("br")
        second.tail, element.tail = element.tail, None
        element.addnext(first)
        first.addnext(second)
