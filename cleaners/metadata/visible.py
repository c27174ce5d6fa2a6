"""The visible facts of a page: its `h1` headings, the lines that name its author, its dates.

They are read where structured data is missing or not enough. The page is walked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from cleaners.blocks.elements import HEADINGS, NOT_TEXT
from cleaners.words.dates import is_about_something_else
from cleaners.words.folding import one_line, squeeze

MAX_HEADINGS = 8
"""`h1` elements read. A page has one or two; some mark up each teaser with one."""

MAX_STRINGS = 4_000
"""Text nodes read. A news page has about 1,500."""

MAX_ELEMENTS = 200
"""Elements of one kind that are read, and elements inside one of them; hostile pages nest them without end."""

MAX_BOXES = 4
"""Nested elements that begin with the headline, which are searched for the element above them."""

MAX_BEHIND = 14
"""Lines right behind the headline, where a byline needs no other sign."""

MAX_TIME_LEAD = 40
"""Characters in front of a `time` element that may say what it is the time of."""

MAX_IN_FRONT = 3
"""Lines right in front of the headline that are read."""

MAX_LINKS = 10
"""Links of an element that names authors."""

MAX_HEADLINE = 500
"""Characters of a heading that are read."""

FEWEST_HEADLINE_WORDS = 5
"""Words of a link from which on it may be another story's headline."""

MAX_LINE = 300
"""Characters of a line that may hold a byline or a date."""

_XML_SPACE = " \t\r\n"
_UNSEEN = NOT_TEXT | {"option"}
_AUTHOR = re.compile(
    r"author|byline|by-line|\bautor(?:e|en|in|es|a)?\b|\bwriter|verfasser|redakteur|\bfirma\b|reporter|contributor"
    r"|posted-?by|signature|redactor|journalist",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"comment|related|bio\b|biograph|avatar|image|photo|picture|descr|social|teaser|card|widget|\bform|follow"
    r"|caption|credit|sidebar|footer|recommend|popular|trending|promo|\btitle|\brole|job",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:e[ns]?)?|auteurs?|journalists?|redaktion|redakteure?)/[^/?#]", re.IGNORECASE
)
_DATED = etree.XPath(
    "/descendant-or-self::*[starts-with(@itemprop, 'date')]"
    " | //*[self::abbr or self::span][@title][contains(@class, 'published') or contains(@class, 'updated')]"
)
_ISO_TITLE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


class Time(NamedTuple):
    """What a `time` element or a date in microdata states, and its property or class."""

    value: str
    hint: str


class Shown(NamedTuple):
    """A line, the element whose text it is or ends, and the outermost one around it that begins behind the headline
    (None where the line stands directly in a box of the headline)."""

    line: str
    element: etree._Element
    top: etree._Element | None


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
        for element, text, leads in islice(_strings(self.tree, self._other_stories), MAX_STRINGS):
            if leads and element.tag in _UNSEEN:
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
        """The first `h1` that holds the title."""
        key = squeeze(title or "")
        own = (element for element in self._h1s if key in squeeze(text_of(element)[:MAX_HEADLINE]))
        return next(own, None) if key else None

    def behind(self, title: str | None) -> list[str]:
        """The few lines behind the `h1` that holds the title, none without one. The rest of the page is not read."""
        return [shown.line for shown in self._shown_behind(title)]

    def _shown_behind(self, title: str | None) -> list[Shown]:
        key = title or ""
        if key not in self._behind:
            heading = self.heading(title)
            shown = () if heading is None else islice(_texts_behind(heading), MAX_BEHIND)
            self._behind[key] = [each for each in shown if not self._is_other_story(each.element)]
        return self._behind[key]

    def is_own(self, title: str | None, index: int) -> bool:
        """Whether a line behind the `h1`, by its index in `behind`, is the page's own: of no teaser, form or picture.

        Lines behind a headline that is no `h1` are taken for the page's own. A teaser's line stands in its box, or
        beside or in the link to its story.
        """
        shown = self._shown_behind(title)
        if not shown:
            return True
        around = shown[max(0, index - 1) : index + 2]
        return not any(map(_links_to_a_story, around)) and not any(map(_is_no_part_of_the_story, _boxes(shown[index])))

    def in_front(self, title: str | None) -> list[str]:
        """The few lines right in front of the `h1` that holds the title, the nearest one first."""
        heading = self.heading(title)
        return [] if heading is None else list(islice(_texts_in_front(heading), MAX_IN_FRONT))

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
            _time(element) for element in elements if self._is_own_fact(element) and not _is_of_something_else(element)
        ]

    @cached_property
    def dated(self) -> list[Time]:
        """What the elements with a date in microdata state, `time` elements or not."""
        return [_time(element) for element in _DATED(self.tree)[:MAX_ELEMENTS] if self._is_own_fact(element)]

    def author_texts(self) -> Iterator[str]:
        """The texts of the elements that say by `rel`, `itemprop` or class that they name an author, surest first."""
        sure, named = [], []
        for element in self.tree.iter(etree.Element):  # half of the time that XPath takes to find the attributes
            if _names_an_author(element.get("class", "")):
                named.append(element)
            elif element.get("rel") == "author" or element.get("itemprop") == "author":
                sure.append(element)
        for element in sorted((sure + named)[:MAX_ELEMENTS], key=self._is_elsewhere):
            if self._is_own_fact(element) and 1 < len(text := _author_text(element)) <= MAX_LINE:
                yield text

    def _is_own_fact(self, element: etree._Element) -> bool:
        """Whether an element belongs to no comment, teaser or other story."""
        return not _foreign(element) and not self._is_other_story(element)

    def _is_other_story(self, element: etree._Element) -> bool:
        others = self._other_stories
        return bool(others) and not others.isdisjoint(islice(element.iterancestors(), MAX_ELEMENTS))

    @cached_property
    def _other_stories(self) -> frozenset[etree._Element]:
        """The `article` elements with a heading of their own beside the one that holds the page's heading, and the
        boxes of readers' comments."""
        if not self._h1s:
            return frozenset()
        around = frozenset(islice(self._h1s[0].iterancestors(), MAX_ELEMENTS))
        own = next((box for box in self._h1s[0].iterancestors("article")), None)
        articles = islice(self.tree.iter("article"), MAX_ELEMENTS) if own is not None else ()
        others = [box for box in articles if box not in around and not _holds(own, box) and _has_heading(box)]
        boxes = (
            box for box in self.tree.iter(*_COMMENT_TAGS) if _names_comments(box.get("id") or box.get("class", ""))
        )
        return frozenset(others) | frozenset(box for box in islice(boxes, MAX_ELEMENTS) if box not in around)

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


_COMMENT_TAGS = ("section", "div", "ol", "ul")
_COMMENTS = re.compile(
    r"(?:^|\s)(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties|replies|disqus(?:[-_]thread)?)"
    r"(?:[-_]?(?:list|area|section|thread|wrapper|container|box))?(?:$|\s)",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def _names_comments(name: str) -> bool:
    return _COMMENTS.search(name) is not None


def _has_heading(box: etree._Element) -> bool:
    return next(box.iter(*HEADINGS), None) is not None


def _holds(box: etree._Element | None, inner: etree._Element) -> bool:
    return any(outer is box for outer in inner.iterancestors("article"))


def _strings(
    tree: etree._Element, skipped: frozenset[etree._Element] = frozenset()
) -> Iterator[tuple[etree._Element, str, bool]]:
    """The text nodes of the body in reading order, each with the element that it leads (True) or follows (False), but
    for those in the skipped elements."""
    body = next(tree.iter("body"), None)
    if body is None:
        return
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        leads = event == "start"
        if leads and element in skipped:
            walk.skip_subtree()
            continue
        text = element.text if leads else element.tail if element is not body else None
        if text and text.strip(_XML_SPACE):
            yield element, text, leads


def text_of(element: etree._Element) -> str:
    """The text of an element as a reader sees it, on one line."""
    return " ".join(_texts_in(element))


def _texts_in_front(element: etree._Element) -> Iterator[str]:
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
    if element.tag in _UNSEEN or not isinstance(element.tag, str) or depth > MAX_ELEMENTS:
        return
    for child in element.iterchildren(reversed=True):
        yield child.tail
        yield from _texts_backwards(child, depth + 1)
    yield element.text


def _texts_behind(element: etree._Element) -> Iterator[Shown]:
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


def _links_to_a_story(shown: Shown) -> bool:
    """Whether the line is a link of as many words as a headline has."""
    return len(shown.line.split()) >= FEWEST_HEADLINE_WORDS and any(box.tag == "a" for box in _boxes(shown))


def _boxes(shown: Shown) -> Iterator[etree._Element]:
    """The elements around a line, from the inside out, up to those that also hold the headline."""
    if shown.top is None:
        return
    for box in chain((shown.element,), shown.element.iterancestors()):
        yield box
        if box is shown.top:
            return


def _texts_in(element: etree._Element) -> Iterator[str]:
    """The text nodes in an element in reading order, each on one line; of a huge element only the first ones."""
    unseen = next(element.iter(*_UNSEEN), None) is not None
    texts = (text for _, text in _seen_strings(element)) if unseen else element.itertext()
    return filter(None, map(one_line, islice(texts, MAX_ELEMENTS)))


def _seen_strings(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The text nodes in an element but for those of scripts and the like, each with the element that it stands in."""
    depth = 0  # inside how many of them the walk is
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        unseen = node.tag in _UNSEEN
        depth += unseen if event == "start" else -unseen if event == "end" else 0
        text = node.text if event == "start" else node.tail if node is not element else None
        owner = node if event == "start" else node.getparent()
        if text and not depth and owner is not None:
            yield owner, text


def _time(element: etree._Element) -> Time:
    value = element.get("datetime") or element.get("content") or iso_title(element) or text_of(element)[:MAX_LINE]
    return Time(value, element.get("itemprop") or element.get("class") or "")


def _is_of_something_else(element: etree._Element) -> bool:
    """Whether the words right in front of a `time` element say that it is no date of publishing."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        words = (before.tail or "").strip() or (before.text or "" if isinstance(before.tag, str) else "")
    else:
        words = "" if parent is None else parent.text or ""
    lead = one_line(words[-MAX_TIME_LEAD:])
    return bool(lead) and is_about_something_else(lead)


def iso_title(element: etree._Element) -> str | None:
    """The date that an element shows in other words and states in its title, as microformats and blogs do."""
    title = element.get("title") or ""
    return title if _ISO_TITLE.match(title) else None


def _author_text(element: etree._Element) -> str:
    """The text of an element that names an author; of its links to authors' pages where it has any."""
    links = islice(element.iter("a"), MAX_LINKS)
    names = [text_of(link) for link in links if _AUTHOR_PAGE.search(link.get("href") or "")]
    return "; ".join(filter(None, names)) or text_of(element)


def _foreign(element: etree._Element) -> bool:
    """Whether the element belongs to a comment, a teaser or another page furniture."""
    return any(_is_furniture(ancestor) for _, ancestor in zip(range(6), element.iterancestors(), strict=False))


def _is_no_part_of_the_story(box: etree._Element) -> bool:
    """Whether a box behind the headline is none of the story's. `aside` and `footer` may hold its date."""
    return box.tag in _NO_STORY or bool(_TEASER.search(box.get("class") or ""))


def _is_furniture(element: etree._Element) -> bool:
    return element.tag in _FOREIGN or bool(_COMMENT.search(element.get("class") or ""))


_FOREIGN = frozenset({"aside", "footer", "nav", "form", "figure", "figcaption"})
_COMMENT = re.compile(r"comment|related|recommend|popular|trending|sidebar|\bcard|teaser|promo|\bmore-", re.IGNORECASE)
_NO_STORY = frozenset({"nav", "form", "figure", "figcaption"})
_TEASER = re.compile(
    r"related|recommend|popular|trending|teaser|promo|read-?(?:more|also|next)|\bcomments?\b", re.IGNORECASE
)
