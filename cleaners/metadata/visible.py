"""The visible facts of a page: its `h1` headings, the lines that name its author, its dates.

They are read where structured data is missing or not enough. The page is walked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, islice

from lxml import etree

from cleaners.metadata.other_parts import OtherStories, is_foreign, is_of_another_part
from cleaners.metadata.section_links import names_sections
from cleaners.metadata.time_elements import Time, is_of_something_else, time_of
from cleaners.metadata.visible_text import (
    MAX_ELEMENTS,
    MAX_LINE,
    UNSEEN,
    Shown,
    strings_of_body,
    text_of,
    texts_behind,
    texts_in,
    texts_in_front,
)
from cleaners.words.folding import one_line, squeeze
from cleaners.words.patterns import lazy_pattern

MAX_HEADINGS = 8
"""`h1` elements read. A page has one or two; some mark up each teaser with one."""

MAX_STRINGS = 4_000
"""Text nodes read. A news page has about 1,500."""

MAX_BOXES = 4
"""Nested elements that begin with the headline, which are searched for the element above them."""

MAX_BEHIND = 14
"""Lines right behind the headline, where a byline needs no other sign."""

MAX_IN_FRONT = 3
"""Lines right in front of the headline that are read."""

LONGEST_AND = 3
"""Characters between two elements that name authors: a comma, `and`, `und`."""

MAX_LINKS = 10
"""Links of an element that names authors."""

ISO_DAY = 10
"""Characters of a day in ISO 8601."""

MAX_HEADLINE = 500
"""Characters of a heading that are read."""

_AUTHOR = lazy_pattern(
    r"author|byline|by-line|\bautor(?:e|en|in|es|a)?\b|\bwriter|verfasser|redakteur|\bfirma\b|reporter|contributor"
    r"|posted-?by|signature|redactor|journalist",
    re.IGNORECASE,
)
_OTHERS = lazy_pattern(
    r"comment|related|bio\b|biograph|avatar|image|photo|picture|descr|social|teaser|card|widget|\bform|follow"
    r"|caption|credit|sidebar|footer|recommend|popular|trending|promo|\btitle|\brole|job",
    re.IGNORECASE,
)
_AUTHOR_PAGE = lazy_pattern(
    r"/(?:authors?|autor(?:e[ns]?)?|auteurs?|journalists?|redaktion|redakteure?)/[^/?#]", re.IGNORECASE
)
_DATED = etree.XPath(
    "/descendant-or-self::*[starts-with(@itemprop, 'date')]"
    " | //*[self::abbr or self::span][@title][contains(@class, 'published') or contains(@class, 'updated')]"
)


@dataclass(frozen=True)
class VisiblePage:
    """What a page shows. Properties that need a walk are computed on first use."""

    tree: etree._Element
    _title_indices: dict[str, int] = field(default_factory=dict)
    _behind: dict[str, list[Shown]] = field(default_factory=dict)

    @cached_property
    def _h1s(self) -> list[etree._Element]:
        return list(islice(self.tree.iter("h1"), MAX_HEADINGS))

    @cached_property
    def headings(self) -> list[str]:
        """The texts of the first `h1` elements, cut where they are too long for a headline."""
        texts = (text_of(element)[:MAX_HEADLINE] for element in self._h1s)
        return [text for text in texts if text]

    @property
    def subheadings(self) -> Iterator[str]:
        """The texts of the first `h2` elements, cut in the same way; few pages are asked for them."""
        return (text_of(element)[:MAX_HEADLINE] for element in self._h2s)

    @property
    def _h2s(self) -> Iterator[etree._Element]:
        return islice(self.tree.iter("h2"), MAX_HEADINGS)

    def pieces(self, heading: str) -> list[str]:
        """The texts of the elements in the `h1` with this text, in their order."""
        element = next((h1 for h1 in self._h1s if text_of(h1)[:MAX_HEADLINE] == heading), None)
        return [] if element is None else list(texts_in(element))

    @cached_property
    def lines(self) -> list[str]:
        """The text nodes of the body in reading order, each on one line."""
        return self._walk[0]

    @cached_property
    def _walk(self) -> tuple[list[str], dict[int, int]]:
        """The lines, and the index of the line with which each `h1` begins, by the number of the `h1`."""
        inside = {part: number for number, h1 in enumerate(self._h1s) for part in islice(h1.iter(), MAX_ELEMENTS)}
        lines: list[str] = []
        starts: dict[int, int] = {}
        other = self._other_stories.begins_at if self._other_stories else None
        for element, text, leads in islice(strings_of_body(self.tree, other), MAX_STRINGS):
            if leads and element.tag in UNSEEN:
                continue
            if element in inside and (leads or element.tag != "h1"):
                starts.setdefault(inside[element], len(lines))
            lines.append(one_line(text))
        return lines, starts

    def title_index(self, title: str | None) -> int:
        """The index of the title among the lines: where its `h1` begins, else the first line like it, else 0."""
        key = squeeze(title or "")
        if key not in self._title_indices:
            self._title_indices[key] = self._find(key) if key else 0
        return self._title_indices[key]

    def _find(self, key: str) -> int:
        lines, starts = self._walk
        for number, start in starts.items():
            if key in squeeze(text_of(self._h1s[number])[:MAX_HEADLINE]):
                return start
        alike = (index for index, line in enumerate(lines) if len(line) < MAX_LINE and squeeze(line) == key)
        return next(alike, 0)

    def heading(self, title: str | None) -> etree._Element | None:
        """The first `h1` that holds the title, else the first `h2` that is the title, maybe behind a kicker."""
        key = squeeze(title or "")
        own = (element for element in self._h1s if key in squeeze(text_of(element)[:MAX_HEADLINE]))
        below = (h2 for h2 in self._h2s if squeeze(text_of(h2)[:MAX_HEADLINE]).endswith(key))
        return next(chain(own, below), None) if key else None

    def behind(self, title: str | None) -> list[str]:
        """The few lines behind the `h1` that holds the title, none without one. The rest of the page is not read."""
        return [shown.line for shown in self._shown_behind(title)]

    def _shown_behind(self, title: str | None) -> list[Shown]:
        key = title or ""
        if key not in self._behind:
            heading = self.heading(title)
            shown = () if heading is None else islice(texts_behind(heading), MAX_BEHIND)
            self._behind[key] = [each for each in shown if not self._is_other_story(each.element)]
        return self._behind[key]

    def is_own(self, title: str | None, index: int) -> bool:
        """Whether a line behind the `h1`, by its index in `behind`, is the page's own: of no teaser, form or picture.

        Lines behind a headline that is no `h1` are taken for the page's own.
        """
        shown = self._shown_behind(title)
        if not shown:
            return True
        return not is_of_another_part(shown, index)

    def in_front(self, title: str | None) -> list[str]:
        """The few lines right in front of the `h1` that holds the title, the nearest one first."""
        heading = self.heading(title)
        return [] if heading is None else list(islice(texts_in_front(heading), MAX_IN_FRONT))

    def above(self, title: str | None) -> etree._Element | None:
        """The element right in front of the `h1` that holds the title, or in front of the boxes that begin with it."""
        box = self.heading(title)
        for _ in range(MAX_BOXES):
            if box is None:
                return None
            above = next(box.itersiblings(etree.Element, preceding=True), None)
            if above is not None:
                return above
            box = box.getparent()
        return None

    @cached_property
    def times(self) -> list[Time]:
        """What `time` elements state, without those of comments, teasers, other stories and events."""
        elements = islice(self.tree.iter("time"), MAX_ELEMENTS)
        return [
            time_of(element) for element in elements if self._is_own_fact(element) and not is_of_something_else(element)
        ]

    @property
    def other_days(self) -> frozenset[str]:
        """The days that all other `time` elements state in their attribute."""
        own = {time.value[:ISO_DAY] for time in self.times}
        elements = islice(self.tree.iter("time"), MAX_ELEMENTS)
        return frozenset(element.get("datetime", "")[:ISO_DAY] for element in elements) - own - {""}

    @cached_property
    def dated(self) -> list[Time]:
        """What the elements with a date in microdata state, `time` elements or not."""
        return [time_of(element) for element in _DATED(self.tree)[:MAX_ELEMENTS] if self._is_own_fact(element)]

    def author_texts(self) -> Iterator[str]:
        """The texts of the elements that say by `rel`, `itemprop` or class that they name an author, surest first."""
        sure, named = [], []
        for element in self.tree.iter(etree.Element):  # half of the time that XPath takes to find the attributes
            if _names_an_author(element.get("class", "")):
                named.append(element)
            elif element.get("rel") == "author" or element.get("itemprop") == "author":
                sure.append(element)
        for element in sorted((sure + named)[:MAX_ELEMENTS], key=self._is_elsewhere):
            if not self._is_own_fact(element) or names_sections(element):
                continue
            if 1 < len(text := "; ".join(map(_author_text, chain((element,), _alike_behind(element))))) <= MAX_LINE:
                yield text

    def _is_own_fact(self, element: etree._Element) -> bool:
        """Whether an element belongs to no comment, teaser or other story."""
        return not is_foreign(element) and not self._is_other_story(element)

    def _is_other_story(self, element: etree._Element) -> bool:
        return self._other_stories is not None and self._other_stories.holds(element)

    @cached_property
    def _other_stories(self) -> OtherStories | None:
        return OtherStories(self._h1s[0]) if self._h1s else None

    def _is_elsewhere(self, element: etree._Element) -> bool:
        """Whether the element stands outside the box that holds the page's heading: in a list of other stories."""
        return bool(self._own_boxes) and self._own_boxes.isdisjoint(islice(element.iterancestors(), MAX_ELEMENTS))

    @cached_property
    def _own_boxes(self) -> frozenset[etree._Element]:
        boxes = islice(self._h1s[0].iterancestors("article", "main"), MAX_BOXES) if self._h1s else ()
        return frozenset(boxes)


@lru_cache(maxsize=20_000)
def _names_an_author(name: str) -> bool:
    """Whether an element of this class names an author. Cached: a site has a few hundred classes in all."""
    return bool(_AUTHOR.search(name) and not _OTHERS.search(name))


def _alike_behind(element: etree._Element) -> Iterator[etree._Element]:
    """The elements right behind one, but for a comma or an `and`, that say the same of themselves: of other authors."""
    for other in islice(element.itersiblings(etree.Element), MAX_LINKS):
        before = other.getprevious()
        between = "" if before is None else (before.tail or "").strip()
        if len(between) > LONGEST_AND or not all(
            other.get(key) == element.get(key) for key in ("class", "rel", "itemprop")
        ):
            return
        yield other


def _author_text(element: etree._Element) -> str:
    """The text of an element that names an author; of its links to authors' pages where it has any. Links one behind
    the other, with nothing between, are names of their own."""
    links = list(islice(element.iter("a"), MAX_LINKS))
    names = [text_of(link) for link in links if _AUTHOR_PAGE.search(link.get("href") or "")]
    if not names and len(links) > 1 and not any((link.tail or "").strip() for link in links[:-1]):
        whole, each = text_of(element), [text_of(link) for link in links]
        names = each if whole.startswith(" ".join(each)) else []
    return "; ".join(filter(None, names)) or text_of(element)
