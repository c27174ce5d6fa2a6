"""A page without the parts that an outlet's selectors name: for the rare site that the cleaners get wrong.

This happens to the response, before a Page is made of it: the cleaners take a page as it is, and know no outlets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from cssselect import HTMLTranslator
from lxml import etree

from cleaners.blocks.html import parse
from cleaners.decoding.encodings import decode


def without_parts(content: bytes, charset: str | None, keep: Sequence[str], drop: Sequence[str]) -> str:
    """The HTML page with only those elements of its body that one of `keep` selects, and without those of `drop`.

    Both are CSS selectors, `charset` is what the transport said. What states facts about the page stays: its head,
    and meta tags and JSON-LD in its body. Where `keep` selects nothing the whole body stays, since such a page is not
    of the kind that the selectors were written for. Raises NotText for what is no text.
    """
    tree = parse(decode(content, charset, "html"))
    for element in _selected(tree, drop):
        _remove(element)
    if kept := _selected(tree, keep):
        _keep_only(tree, kept)
    html: str = etree.tostring(tree, encoding="unicode", method="html")
    return html


@cache
def xpath_of(selector: str) -> str:
    """A CSS selector as XPath. Raises cssselect.SelectorError for one that is none."""
    return HTMLTranslator().css_to_xpath(selector)


def _selected(tree: etree._Element, selectors: Iterable[str]) -> list[etree._Element]:
    """The elements inside the body that one of the selectors selects, each once."""
    selected = {element for selector in selectors for element in tree.xpath(xpath_of(selector))}
    return [element for element in tree.xpath("/html/body/descendant::*") if element in selected] if selected else []


def _keep_only(tree: etree._Element, kept: list[etree._Element]) -> None:
    """Make the body of what states facts, and of the kept elements that are not inside another, in their order."""
    wanted = set(kept)
    outermost = {element for element in kept if wanted.isdisjoint(element.iterancestors())}
    facts = {
        element
        for element in tree.xpath("/html/body/descendant::*[self::meta or self::link or self::script]")
        if _states_facts(element) and wanted.isdisjoint(element.iterancestors())
    }
    chosen = [element for element in tree.iter() if element in outermost or element in facts]
    for element in chosen:
        element.tail = "\n"
    body, *others = tree.findall("body")  # several, where a page was put together from parts
    body.text = None
    body[:] = chosen
    for other in others:
        tree.remove(other)


def _states_facts(element: etree._Element) -> bool:
    return element.tag != "script" or "ld+json" in (element.get("type") or "")


def _remove(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it, which lxml counts to the element, stays in its place."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)
