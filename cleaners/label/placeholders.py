"""Boxes in the place of what a page does not show: a video that needs a cookie, a player that needs another browser.

Their words are data, `placeholders.toml`. Such a box names a thing and speaks to the reader about a condition; it is
short, and no quotation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Set
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cleaners.data import Label
from cleaners.label.passage import Passage
from cleaners.words.shapes import composed
from cleaners.words.word_scan import WordScan

LONGEST = 500
"""Characters of such a box, at most."""


class _Words(NamedTuple):
    things: frozenset[str]
    conditions: frozenset[str]
    views: frozenset[str]


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("cleaners.label") / "placeholders.toml").read_text("utf-8"))


@cache
def _words() -> tuple[_Words, ...]:
    return tuple(
        _Words(*(frozenset(map(composed, table.get(kind, ()))) for kind in _Words._fields))
        for table in _tables().values()
        if "things" in table
    )


@cache
def _signs() -> tuple[str, ...]:
    """One of these stands in every condition, so that most pages are not searched."""
    return tuple(_tables()["shared"]["signs"])


@cache
def _cookies() -> re.Pattern[str]:
    """A word for cookies, in all languages, folded."""
    return re.compile("|".join(map(re.escape, _tables()["shared"]["cookies"])))


@cache
def _word_scan() -> WordScan:
    return WordScan(word for words in _words() for kind in words for word in kind)


def placeholder(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line that stands for a video, a post or a map, and tells the reader what it needs to be shown."""
    kept = [index for index in passage.kept() if len(passage.blocks[index].text) <= LONGEST]
    signs = _sign_scan().found_in("\n".join(passage.blocks[index].text for index in kept).casefold())
    if signs:
        yield from ((index, Label.PROMO, 0.85) for index in kept if is_placeholder(passage.blocks[index].text, signs))


@cache
def _sign_scan() -> WordScan:
    return WordScan(_signs(), table=True)


def is_placeholder(text: str, signs: Iterable[str] | None = None) -> bool:
    """Whether a line is the words of such a box; `signs` are those that may stand in it, all unless they are given.

    >>> is_placeholder("Um das Video zu sehen, aktivieren Sie bitte JavaScript.")
    True
    >>> is_placeholder("The court ruled on cookies that browsers accept.")
    False
    """
    small = text.casefold()
    if not any(map(small.__contains__, _signs() if signs is None else signs)) or any(map(text.__contains__, _QUOTES)):
        return False
    folded = composed(text)
    cookies = _cookies().search(folded) is not None
    found = _word_scan().found_in(folded)
    return any(_is_box(words, found, cookies) for words in _words())


def _is_box(words: _Words, found: Set[str], cookies: bool) -> bool:
    if words.things.isdisjoint(found):
        return False
    return not words.conditions.isdisjoint(found) or (cookies and not words.views.isdisjoint(found))


_QUOTES = ('"', "“", "”", "„", "「")
