"""Where an article's address leads: to the article, or to a front page or a section because the article is gone."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from scraper.finding.links import ARTICLE_FROM, Link, article_points, same_page
from scraper.finding.pages import states_article

MOST_PARAGRAPHS = 2_000
"""Paragraphs of a page that are looked at."""

LONG = 80
"""Characters from which a paragraph is one of a text. Teasers are shorter, or each has a box of its own."""

SIDE_BY_SIDE = 3
"""Long paragraphs side by side that make a text."""

_INDEX = re.compile(r"^(?:index|default|home|start)(?:\.\w{2,5})?$", re.IGNORECASE)
_EDITION = re.compile(r"^[a-z]{2}(?:[-_][a-z]{2})?$", re.IGNORECASE)
_NAMES_PAGE = frozenset("p id nid aid sid page_id post article articleid story storyid newsid".split())
_PARTS = 20
"""Pieces of a paragraph's text that are looked at."""


def led_elsewhere(asked: str, landed: str, tree: etree._Element | None = None) -> str | None:
    """Why the page at `landed` is not the article that `asked` named, as a sentence; None if nothing says so.

    `tree` is the page, if it is HTML: a section is known by its address and by what stands on the page.

    >>> led_elsewhere("https://g.example/bridge-opens-1", "https://g.example/")
    'The address leads to the front page https://g.example/: the article was removed, or it has moved.'
    """
    if same_page(asked, landed) or is_front(asked):
        return None
    if is_front(landed):
        return f"The address leads to the front page {landed}: the article was removed, or it has moved."
    if tree is not None and _looks_like_section(asked, landed) and not reads_as_article(tree):
        return f"The address leads to the section page {landed}: the article was removed, or it has moved."
    return None


def is_front(url: str) -> bool:
    """Whether an address is the front page's, or that of an edition in another language.

    >>> is_front("https://g.example/"), is_front("https://g.example/en/"), is_front("https://g.example/?p=123")
    (True, True, False)
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > 1 or _names_page(parts.query):
        return False
    return not segments or bool(_INDEX.match(segments[0]) or _EDITION.match(segments[0]))


def _names_page(query: str) -> bool:
    """Whether a query names one page, as in `/?p=123`."""
    return any(name.lower() in _NAMES_PAGE for name, _ in parse_qsl(query[:2_048]))


def _looks_like_section(asked: str, landed: str) -> bool:
    """Whether an address is less of an article's than the one that was asked for, or a folder around it."""
    if _names_page(urlsplit(landed).query):
        return False
    points = article_points(Link(landed))
    around, inner = (urlsplit(url).path.rstrip("/") + "/" for url in (landed, asked))
    is_around = around != "/" and inner.startswith(around)
    return points < ARTICLE_FROM and (is_around or points < article_points(Link(asked)))


def reads_as_article(tree: etree._Element) -> bool:
    """Whether a page states that it is an article, or has several long paragraphs side by side."""
    if states_article(tree):
        return True
    beside: Counter[etree._Element | None] = Counter()
    for paragraph in islice(tree.iter("p"), MOST_PARAGRAPHS):
        if sum(map(len, islice(paragraph.itertext(), _PARTS))) >= LONG:
            beside[paragraph.getparent()] += 1
    return max(beside.values(), default=0) >= SIDE_BY_SIDE
