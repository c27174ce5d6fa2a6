"""Lines that ask the reader to subscribe, to follow or to register: `Sign up for our newsletter`.

Their words are data, `pitches.toml`. Such a line names what it offers and asks for something; it is short and quotes
nobody. A line below the shown part of a story that says who may read the rest is one, too. (A dump's lines are also
known by phrases, `phrases/*.toml`. On HTML the scorer keeps what stands between two paragraphs, whatever it says.)
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cleaners.data import Label
from cleaners.label.passage import Passage
from cleaners.words.shapes import composed, count_words
from cleaners.words.word_scan import WordScan

LONGEST = 260
"""Characters of such a line, at most."""

MOST_WORDS = 40
"""Words of such a line, at most."""

ALONE_WORDS = 4
"""Words of a line that says nothing but who may read the rest, at most."""

LAST = 3
"""Short kept lines at the end of a story among which stands who may read the rest. They are few, because the phrases
for it are many."""

_QUOTES = ('"', "“", "”", "„", "«", "「")


class _Words(NamedTuple):
    things: frozenset[str]
    asks: frozenset[str]
    unless: frozenset[str]


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("cleaners.label") / "pitches.toml").read_text("utf-8"))


@cache
def _words() -> tuple[_Words, ...]:
    return tuple(
        _Words(_all_composed(table["things"]), _all_composed(table["asks"]), _all_composed(table.get("unless", [])))
        for table in _tables().values()
        if "things" in table
    )


@cache
def _things() -> WordScan:
    return WordScan((thing for words in _words() for thing in words.things), table=True)


@cache
def _phrases() -> WordScan:
    return WordScan(phrase for words in _words() for kind in words for phrase in kind)


class _Walls(NamedTuple):
    """What a page says of a story that only subscribers may read to its end, and what it also says of other things."""

    phrases: frozenset[str]
    members: frozenset[str]
    reads: frozenset[str]


@cache
def _walls() -> _Walls:
    return _Walls(*(_all_composed(_tables()["walls"][kind]) for kind in _Walls._fields))


@cache
def _wall_scan() -> WordScan:
    return WordScan(phrase for kind in _walls() for phrase in kind)


def _all_composed(phrases: list[str]) -> frozenset[str]:
    return frozenset(map(composed, phrases))


def pitch(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line that offers a newsletter, a channel or a subscription, and asks the reader for it."""
    short = [
        index
        for index in passage.kept()
        if passage.shapes[index].words <= MOST_WORDS and len(passage.blocks[index].text) <= LONGEST
    ]
    if _things().found_in(composed("\n".join(passage.blocks[index].text for index in short))):
        yield from ((index, Label.PROMO, 0.85) for index in short if is_pitch(passage.blocks[index].text))
    yield from ((index, Label.PROMO, 0.85) for index in short[-LAST:] if is_wall(passage.blocks[index].text))


def is_pitch(text: str) -> bool:
    """Whether a line asks the reader for something in return for what it offers.

    >>> is_pitch("Subscribe to our newsletter and never miss a ferry.")
    True
    >>> is_pitch("The harbour prints a newsletter for its guests.")
    False
    """
    if any(map(text.__contains__, _QUOTES)):
        return False
    found = _phrases().found_in(composed(text))
    return bool(found) and any(
        not (found.isdisjoint(words.asks) or found.isdisjoint(words.things)) and found.isdisjoint(words.unless)
        for words in _words()
    )


def is_wall(text: str) -> bool:
    """Whether a line says that only subscribers may read the rest of a story, and quotes nobody.

    >>> is_wall("Acest articol este disponibil doar abonaților."), is_wall("Biletele se vând doar abonaților.")
    (True, False)
    """
    return not any(map(text.__contains__, _QUOTES)) and says_wall(text)


def says_wall(text: str) -> bool:
    """Whether a line says that, whatever it quotes."""
    walls = _walls()
    found = _wall_scan().found_in(composed(text))
    if not walls.phrases.isdisjoint(found):
        return True
    alone = count_words(text) <= ALONE_WORDS
    return not walls.members.isdisjoint(found) and (alone or not walls.reads.isdisjoint(found))
