"""What a page's paragraphs are about, and how much of it goes on across the places between them.

Two passages about one thing share its words and its names. How many are shared is read in windows that slide over the
page, as TextTiling does (Hearst, "TextTiling: Segmenting Text into Multi-paragraph Subtopic Passages", Computational
Linguistics 23:1, 1997), with sets of stems for its counts, since a story of ten paragraphs repeats little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

STEM = 6
"""Letters of a word that are compared: most endings lie behind them."""

LONGEST = 4000
"""Characters of a paragraph that are read."""

_WORD = re.compile(r"[^\W\d_\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]{4,40}")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]{2,400}")
_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-zß-ÿ][^\W\d_]{2,40}")


@cache
def _common() -> frozenset[str]:
    """Stems that stand in articles about anything."""
    return frozenset(files("cleaners.stories").joinpath("common_stems.txt").read_text("utf-8").split())


def stems(text: str) -> frozenset[str]:
    """What a paragraph is about: the beginnings of its longer words, pairs of characters in scripts without spaces."""
    text = text[:LONGEST].casefold()
    found = {word[:STEM] for word in _WORD.findall(text)}
    if not text.isascii():
        found |= {run[place : place + 2] for run in _WIDE.findall(text) for place in range(len(run) - 1)}
    return frozenset(found - _common())


def names(text: str) -> frozenset[str]:
    """The beginnings of the words that are capitalised inside a sentence: people and places, all nouns in German."""
    return frozenset(word.casefold()[:STEM] for word in _NAME.findall(text[:LONGEST])) - _common()


def likeness(paragraphs: Sequence[frozenset[str]], sizes: Sequence[int], window: int) -> list[float]:
    """For each place between two paragraphs, how alike the passages on both sides are: the cosine of their sets.

    `sizes` are the paragraphs' words; a passage is as many paragraphs as reach `window` words. There is one figure
    fewer than there are paragraphs. The cost is linear, since a window holds no more paragraphs than words.
    """
    first = after = held_above = held_below = 0
    figures = []
    for place, size in enumerate(sizes[:-1]):
        held_above += size
        while first < place and held_above - sizes[first] >= window:
            held_above -= sizes[first]
            first += 1
        held_below -= size if place < after else 0
        after = max(after, place + 1)
        while after < len(paragraphs) and held_below < window:
            held_below += sizes[after]
            after += 1
        above, below = set().union(*paragraphs[first : place + 1]), set().union(*paragraphs[place + 1 : after])
        figures.append(len(above & below) / (len(above) * len(below)) ** 0.5 if above and below else 0.0)
    return figures


def carried_over(paragraphs: Sequence[frozenset[str]]) -> tuple[list[float], list[float]]:
    """For each place between two paragraphs: the share of what the few paragraphs below it hold that stood anywhere
    above, and of what the few above it hold that stands anywhere below."""
    down = _known_before(paragraphs)
    up = _known_before(paragraphs[::-1])
    return down, up[::-1]


FEW = 4
"""Paragraphs beside a place whose words are looked for on the whole other side of it."""


def _known_before(paragraphs: Sequence[frozenset[str]]) -> list[float]:
    known: set[str] = set()
    figures = []
    for place in range(1, len(paragraphs)):
        known |= paragraphs[place - 1]
        few = set().union(*paragraphs[place : place + FEW])
        figures.append(len(few & known) / len(few) if few else NOTHING_TO_COMPARE)
    return figures


NOTHING_TO_COMPARE = 0.5
"""Stands for a share where there is nothing to take it of."""


def depths(figures: Sequence[float], reach: int = 6) -> list[float]:
    """How far each figure lies below the highest ones within reach on both sides, on average: a valley's depth."""
    found = []
    for place, figure in enumerate(figures):
        left = max(figures[max(0, place - reach) : place + 1])
        right = max(figures[place : place + reach + 1])
        found.append((left + right) / 2 - figure)
    return found
