"""An HTML page as blocks in reading order.

The page is parsed once, by lxml, and walked once, without recursion. A new block starts wherever a browser would
start a new line for an element, and at a line break in a run of text; what a reader does not see (scripts, styles,
hidden elements) gives no block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from cleaners.blocks.elements import CELLS, CONTROLS, HEADINGS, INLINE, MARKS, STRONG, UNSEEN, VOID
from cleaners.blocks.ruby import READINGS, empty_readings
from cleaners.blocks.safe_markup import safe_markup
from cleaners.blocks.visibility import HIDING, NEW_TAB_LENGTH, Wrappers, hidden, opens_new_tab, unseen_in_line
from cleaners.data import Block, Box, Inside, Surroundings
from cleaners.decoding.encodings import decode
from cleaners.errors import NotText

STREAMED_PART = b'<div hidden id="S:'
SHADOW = b"shadowroot"
"""What marks a `<template>` that browsers show in the place of its element."""

PATH_DEPTH = 48
"""Elements that a path names at most, so that the memory for a deeply nested page is linear in its size."""


def parse(content: str | bytes, charset: str | None = None) -> etree._Element:
    """The tree of a page, however broken its markup is; a page with nothing in it gives a bare `<html>`.

    Bytes are decoded as `decode` does, and `charset` is what the transport said; what is no text counts as nothing.
    Whoever parses a page of the web uses this or `parse_safe`, since libxml2 by itself takes minutes for some.

    >>> parse("<p>Harbour").findtext(".//p")
    'Harbour'
    """
    try:
        text = content if isinstance(content, str) else decode(content, charset, "html")
    except NotText:
        text = ""
    return parse_safe(safe_markup(text))


def parse_safe(html: bytes) -> etree._Element:
    """The tree of a page that `safe_markup` gave."""
    parser = _parser()
    root = _root(html, parser)
    if _stopped(parser):
        root = _root(_NESTING.sub(b" ", html), parser)
    if root is None:
        return etree.Element("html")
    # The parser has a table of the names on the page: to ask the tree for a tag that is not there takes no time, to
    # search the page's bytes for it takes as long as a quarter of the parse.
    if _has(root, "template", "noframes", *READINGS):
        _show_as_browsers_do(root, html)
    return root


def _show_as_browsers_do(root: etree._Element, html: bytes) -> None:
    """Changes elements of a few kinds so that they are read as browsers show them."""
    if _has(root, "template"):
        if STREAMED_PART in html:
            _seat_streamed_parts(root)
        if SHADOW in html:
            _show_shadows(root)
    if _has(root, "noframes"):
        _show_noframes(root)
    if _has(root, *READINGS):
        empty_readings(root)


def _has(root: etree._Element, *tags: str) -> bool:
    return next(root.iter(*tags), None) is not None


def _parser() -> etree.HTMLParser:
    """A parser without comments, processing instructions and the table of ids, which nothing here uses."""
    return etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)


def _root(content: bytes, parser: etree.HTMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(content, parser)
    except etree.ParserError:
        return None


_NESTING = re.compile(
    rb"</?(?!(?:p|h[1-6]|li|tr|td|br|title|meta|figcaption|script|style|noscript|template|html|head|body)[\s/>])[a-zA-Z][^<>]*>"
)
"""The tags that can be removed and leave paragraphs intact. libxml2 stops at 2,048 nested elements and drops the
rest of the page; such a page is parsed again without these tags."""


def _stopped(parser: etree.HTMLParser) -> bool:
    error = parser.error_log.last_error
    return error is not None and error.type_name == "ERR_RESOURCE_LIMIT"


def _seat_streamed_parts(root: etree._Element) -> None:
    """Moves what React streamed to the end of the page, `<div hidden id="S:1">`, to its `<template id="B:1">`.

    In a browser a script does this. Without it the story of such a page counts as hidden, or stands below the footer.
    """
    seats = {seat.get("id"): seat for seat in root.iter("template")}
    parts = [(part, number) for part in root.iter("div") if (number := part.get("id", "")).startswith("S:")]
    for part, number in parts:
        part.attrib.pop("hidden", None)
        seat = seats.get("B" + number[1:])
        if seat is not None and seat.getparent() is not None and part not in seat.iterancestors():
            part.tail = None  # white space between two streamed parts
            seat.addprevious(part)


def _show_shadows(root: etree._Element) -> None:
    """Makes the declarative shadow roots of a page boxes, as which browsers show them."""
    _show([seat for seat in root.iter("template") if seat.get("shadowrootmode") or seat.get("shadowroot")])


def _show_noframes(root: etree._Element) -> None:
    """Makes what a page says to browsers without frames a part of it. Newer parsers leave it as a string."""
    found = list(root.iter("noframes"))
    _show(found)
    for element in found:
        if len(element) == 0 and "<" in (element.text or ""):
            inner = _root((element.text or "").encode("utf-8", "replace"), _parser())
            if inner is not None:
                element.text = None
                element.extend(inner.iterchildren())


def _show(elements: Iterable[etree._Element]) -> None:
    for element in list(elements):
        element.tag = "div"


def show_noscript(tree: etree._Element) -> bool:
    """Makes the contents of `<noscript>` visible by changing the tree in place; returns whether there are any.

    Forums above all (Discourse, Flarum) build the page by a script and send the thread for crawlers in `<noscript>`.
    """
    found = [element for element in tree.iter("noscript") if "".join(element.itertext()).strip()]
    for element in found:
        element.tag = "div"
    return bool(found)


def html_blocks(tree: etree._Element) -> list[Block]:
    """The blocks of a parsed page, in reading order, each with its surroundings.

    >>> [(block.tag, block.text) for block in html_blocks(parse("<h1>Harbour</h1><p>It <b>reopened</b>.<br>Traffic"))]
    [('h1', 'Harbour'), ('p', 'It reopened.'), ('p', 'Traffic')]
    """
    typesetter = _Typesetter()
    wrappers = Wrappers(tree)
    walk = etree.iterwalk(tree, events=("start", "end"))
    skipped = False
    for event, element in walk:
        tag: str = element.tag  # type: ignore[assignment]  # the parser keeps no comments
        kind = _KINDS.get(tag)
        if event == "start":
            # Most elements have only a class. Asking for all names at once costs less than asking for each of them.
            attributes = () if kind is _SKIPPED else element.keys()
            if kind is _SKIPPED or (
                attributes
                and (
                    (not HIDING.isdisjoint(attributes) and hidden(element, wrappers))
                    or (typesetter.parts and tag in INLINE and unseen_in_line(element))
                )
            ):
                skipped = True
                walk.skip_subtree()
                continue
            if kind is None:
                names = _names(element, attributes) if attributes else ""
                typesetter.enter_box(tag, names, element.sourceline or 0)
            elif kind is _PLACED:
                typesetter.place(tag)
            else:
                typesetter.enter_inline(element, tag, element.get("class", "") if attributes else "")
            text = element.text
        else:
            if skipped:
                skipped = False
            elif kind is None:
                typesetter.leave_box(tag in CELLS)
            elif kind is _MARK:
                typesetter.leave_mark(tag)
            text = element.tail
        if text and (typesetter.parts or not text.isspace()):
            typesetter.write(text)
    return typesetter.end()


_SKIPPED, _MARK, _IN_LINE, _PLACED = range(4)
_KINDS = {
    **dict.fromkeys(UNSEEN, _SKIPPED),
    **dict.fromkeys(INLINE, _IN_LINE),
    **dict.fromkeys(MARKS, _MARK),
    **dict.fromkeys(VOID, _PLACED),
}
"""How the walk treats the elements that are no boxes: one look-up in place of four. One of unknown name is a box."""


def _names(element: etree._Element, attributes: Sequence[str]) -> str:
    """The class, the id and the itemprop of an element."""
    names = element.get("class", "")
    if len(attributes) > 1 or not names:
        for key in ("id", "itemprop"):
            if key in attributes and (name := element.get(key)):
                names = f"{names} {name}"
    return names


MOST_OPEN = 16
"""Links and emphasis around a line that are kept, the innermost ones: a page may leave a hundred thousand open."""


class _Typesetter:
    """Collects text until a line ends, and sets it as a block of the box that is open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._box = Box("", "", "", 0, 0, 0, None, 0)
        self._boxes = 1
        self._open_links = self._open_strong = self._open_emphasised = 0
        self._open: list[tuple[str, str]] = []
        self._cells: list[int] = []
        self._time = ""
        self._begin()

    def _begin(self) -> None:
        self.parts: list[str] = []
        self._href = ""
        self._names: list[str] = []
        self._linked = self._links = self._strong = self._emphasised = 0
        self._marks = [(0, tag, href) for tag, href in self._open[-MOST_OPEN:]] if self._open else []

    def enter_inline(self, element: etree._Element, tag: str, names: str) -> None:
        """An element begins that does not start a new line."""
        if tag in MARKS:
            href = ""
            if tag == "a":
                href = element.get("href", "")
                self._open_links += 1
                self._links += 1
                if self._links == 1:
                    self._href = href
            elif tag in STRONG:
                self._open_strong += 1
            else:
                self._open_emphasised += 1
            self._open.append((tag, href))
            self._marks.append((len(self.parts), tag, href))
        elif tag == "time":
            self._time = self._time or element.get("datetime", "")
        if names:
            self._names.append(names)

    def enter_box(self, tag: str, names: str, line: int) -> None:
        """An element begins that starts a new line."""
        if self.parts:
            self._end_line(tag in CELLS)
        elif self._names or self._links:
            self._begin()
        if tag in CELLS:
            self._cells.append(len(self.parts))
        elif self._cells and not self.parts:
            self._cells = []
        outer = self._box
        if tag in CONTROLS:
            outer.controls += 1
        path = f"{outer.path}/{tag}" if outer.depth < PATH_DEPTH else outer.path
        self._box = Box(tag, names, path, outer.depth + 1, self._boxes, line, outer, len(self.blocks))
        self._boxes += 1

    def leave_box(self, cell: bool) -> None:
        """Such an element ends."""
        box = self._box
        if self.parts:
            self._end_line(cell and len(self.blocks) == box.start)
        outer = box.parent
        assert outer is not None
        box.stop = len(self.blocks)
        if box.images:
            outer.images += box.images
        if box.controls:
            outer.controls += box.controls
        self._box = outer

    def leave_mark(self, tag: str) -> None:
        """A link or emphasis ends."""
        if tag == "a":
            self._open_links -= 1
        elif tag in STRONG:
            self._open_strong -= 1
        else:
            self._open_emphasised -= 1
        self._open.pop()
        self._marks.append((len(self.parts), "", ""))

    def place(self, tag: str) -> None:
        """A line break or a picture."""
        if tag == "img":
            self._box.images += 1
        elif self._box.tag in HEADINGS:
            self.parts.append(" ")
        else:
            self.flush()

    def write(self, text: str) -> None:
        """Text, in the element that is open; white space only inside a line."""
        if text.isspace():
            self.parts.append(" ")
            return
        if self._open_links and len(text) <= NEW_TAB_LENGTH and opens_new_tab(text):
            return
        self.parts.append(text)
        if self._open_links or self._open_strong or self._open_emphasised:
            self._measure(len(text.strip()))

    def flush(self) -> None:
        """The line ends: what was collected becomes a block."""
        text = " ".join("".join(self.parts).split())
        if text:
            self._set(text)
        self._begin()
        self._cells = []

    def end(self) -> list[Block]:
        """The page ends."""
        self.flush()
        self._box.stop = len(self.blocks)
        return self.blocks

    def _end_line(self, cell: bool) -> None:
        """Ends the line for a box; the cells of a row stand side by side."""
        if cell:
            self.parts.append(" ")
        else:
            self.flush()

    def _set(self, text: str) -> None:
        box = self._box
        inside = None
        if self._marks or len(self._cells) > 1 or "/pre" in box.path:
            inside = Inside(self.parts, self._marks, self._cells)
        around = Surroundings(
            box,
            " ".join(self._names),
            self._linked,
            self._links,
            self._strong,
            self._emphasised,
            self._href,
            inside,
            self._time,
        )
        self._time = ""
        density = min(1.0, self._linked / len(text)) if self._linked else 0.0
        self.blocks.append(Block(text, box.line, "", "", box.tag, box.path, density, around))

    def _measure(self, size: int) -> None:
        if self._open_links:
            self._linked += size
        if self._open_strong:
            self._strong += size
        if self._open_emphasised:
            self._emphasised += size
