"""The markup of a page without what makes a parser slow: everything that parses a page of the web begins here."""

from __future__ import annotations

import re

LONG_TAG = 50_000
"""Bytes of a tag from which on its attributes are removed; real tags are shorter, except for inlined pictures,
whose data is no text."""

MOST_ATTRIBUTES = 1_000
"""Attributes of a tag above which they are removed. libxml2 compares each with every other."""

LONG_NAME = 200
"""Bytes of a tag's name above which it gets another: no element has such a name."""

_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d,}+>" % LONG_TAG)
_NAME = re.compile(rb"<([a-zA-Z][^\s<>/]*+)")

_ATTRIBUTE = rb"""[^\s>/][^\s>/=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
_COMMENT = rb"!--(?:[^-]++|-(?!->))*+(?:-->|\Z)"
_SCRIPT = rb"(?i:script|style)[\s>](?:[^<]++|<(?!/[sS]))*+"
_TAG = rb"[a-zA-Z][^\s>/]*+(?:[\s/]++|%s)" % _ATTRIBUTE
_USUAL_TAG = rb"""(?![sS][cCtT])[a-zA-Z][a-zA-Z0-9]*+(?:\s[a-zA-Z_-]++="[^"]*+"){0,20}+>"""
"""A tag as most are, which has few attributes; the pattern takes half of the time of the one for all tags."""

_ORDINARY = re.compile(
    rb"[^<]*+(?:<(?:/|%s|%s|%s|(?![a-zA-Z])|%s{0,%d}+(?:>|\Z))[^<]*+)*+"
    % (_USUAL_TAG, _COMMENT, _SCRIPT, _TAG, 2 * MOST_ATTRIBUTES)
)
"""All up to a tag of more attributes; between two of them stands white space, which counts, too. Every part of the
pattern ends at the page's end at the latest, so that nothing is read twice."""

_CROWDED_TAG = re.compile(rb"<%s*+(?:>|\Z)" % _TAG, re.I)


def safe_markup(text: str) -> bytes:
    """A page in UTF-8, which lxml reads in linear time: without NUL, at which it stops, and without huge tags.

    A tag of more than LONG_TAG bytes or MOST_ATTRIBUTES attributes loses these, of which a reader sees nothing.

    >>> safe_markup("<p " + "x " * 50_000 + ">Harbour</p>")
    b'<p>Harbour</p>'
    """
    return without_huge_tags(text.encode("utf-8", "replace").replace(b"\0", b""))


def without_huge_tags(html: bytes) -> bytes:
    """The same for a page that is encoded in UTF-8 already."""
    html = _LONG_TAG.sub(_bare, html) if _has_long_tag(html) else html
    return _without_crowded_tags(html)


def _bare(tag: re.Match[bytes]) -> bytes:
    """A tag without its attributes. A name is kept whole, since its characters may be several bytes long."""
    name = _NAME.match(tag[0])
    return b"<%s>" % (name[1] if name and len(name[1]) <= LONG_NAME else b"x")


def _has_long_tag(html: bytes) -> bool:
    """Whether LONG_TAG bytes or more follow a `<` without another `<` or a `>`.

    Only stretches of half that length are searched: every such tag covers a whole one, and most stretches show a `<`
    within a few bytes.
    """
    half = LONG_TAG // 2
    for start in range(0, len(html) - half, half):
        if html.find(b"<", start, start + half) < 0:
            opening = html.rfind(b"<", max(0, start - half), start)
            if opening >= 0 and html.find(b">", opening, opening + LONG_TAG) < 0:
                return True
    return False


def _without_crowded_tags(html: bytes) -> bytes:
    parts = []
    start = 0
    while (ordinary := _ORDINARY.match(html, start)) and ordinary.end() < len(html):
        crowded = _CROWDED_TAG.match(html, ordinary.end())
        assert crowded is not None
        parts += [html[start : ordinary.end()], _bare(crowded)]
        start = crowded.end()
    return b"".join([*parts, html[start:]]) if parts else html
