"""Which elements of a page are none of its own story's: comments, teasers, forms, other stories."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from lxml import etree

from cleaners.blocks.elements import HEADINGS
from cleaners.metadata.visible_text import MAX_ELEMENTS, Shown
from cleaners.words.patterns import lazy_pattern

FEWEST_HEADLINE_WORDS = 5
"""Words of a link from which on it may be another story's headline."""


class OtherStories:
    """The `article` elements with a heading of their own beside the one that holds the page's heading, the boxes of
    readers' comments, and quoted posts, which have dates of their own. An element is looked at when it is asked for:
    few of a page's elements are."""

    def __init__(self, heading: etree._Element) -> None:
        self._around = frozenset(islice(heading.iterancestors(), MAX_ELEMENTS))
        self._own = next(heading.iterancestors("article"), None)
        self._articles: dict[etree._Element, bool] = {}
        self._held: dict[etree._Element, bool] = {}

    def begins_at(self, box: etree._Element) -> bool:
        """Whether an element is one of them."""
        tag = box.tag
        if tag == "article":
            return self._is_other_article(box)
        if tag == "blockquote":
            return _POST.search(box.get("class", "")) is not None
        return (
            tag in _COMMENT_TAGS and _names_comments(box.get("id") or box.get("class", "")) and box not in self._around
        )

    def _is_other_article(self, box: etree._Element) -> bool:
        """Each is searched for a heading once, and no more of them than a page has unless it is hostile."""
        if box not in self._articles and len(self._articles) < MAX_ELEMENTS:
            beside = self._own is not None and box not in self._around and not _holds(self._own, box)
            self._articles[box] = beside and _has_heading(box)
        return self._articles.get(box, False)

    def holds(self, element: etree._Element) -> bool:
        """Whether an element stands in one of them."""
        passed = []
        held = False
        for box in islice(element.iterancestors(), MAX_ELEMENTS):
            if (known := self._held.get(box)) is not None:
                held = known
                break
            passed.append(box)
            if held := self.begins_at(box):
                break
        self._held.update(dict.fromkeys(passed, held))
        return held


_POST = lazy_pattern(
    r"(?:^|[\s_-])(?:twitter|instagram|tiktok|facebook|fb|bluesky|mastodon|threads|telegram)[\s_-]", re.IGNORECASE
)
_COMMENT_TAGS = frozenset({"section", "div", "ol", "ul"})
_COMMENTS = lazy_pattern(
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


def is_of_another_part(shown: Sequence[Shown], index: int) -> bool:
    """Whether a line behind the headline, by its index, is of a teaser, a form or a picture. A teaser's line stands in
    its box, or beside or in the link to its story."""
    around = shown[max(0, index - 1) : index + 2]
    return any(map(_links_to_a_story, around)) or any(map(_is_no_part_of_the_story, _boxes(shown[index])))


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


def is_foreign(element: etree._Element) -> bool:
    """Whether the element belongs to a comment, a teaser or another page furniture."""
    return any(_is_furniture(ancestor) for _, ancestor in zip(range(6), element.iterancestors(), strict=False))


def _is_no_part_of_the_story(box: etree._Element) -> bool:
    """Whether a box behind the headline is none of the story's. `aside` and `footer` may hold its date."""
    return box.tag in _NO_STORY or bool(_TEASER.search(box.get("class") or ""))


def _is_furniture(element: etree._Element) -> bool:
    return element.tag in _FOREIGN or bool(_COMMENT.search(element.get("class") or ""))


_FOREIGN = frozenset({"aside", "footer", "nav", "form", "figure", "figcaption"})
_COMMENT = lazy_pattern(
    r"comment|related|recommend|popular|trending|sidebar|\bcard|teaser|promo|\bmore-", re.IGNORECASE
)
_NO_STORY = frozenset({"nav", "form", "figure", "figcaption"})
_TEASER = lazy_pattern(
    r"related|recommend|popular|trending|teaser|promo|read-?(?:more|also|next)|\bcomments?\b", re.IGNORECASE
)
