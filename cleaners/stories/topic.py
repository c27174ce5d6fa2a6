"""What a page's paragraphs are about, and how much of it continues across the joins between them.

Two passages about one topic share words and names. How many are shared is measured in windows that slide over the page,
as TextTiling does (Hearst, "TextTiling: Segmenting Text into Multi-paragraph Subtopic Passages", Computational
Linguistics 23:1, 1997), with sets of stems for its counts, since a story of ten paragraphs repeats little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import UNSPACED, comparable

STEM = 6
"""Letters of a word that are compared: most endings come after them."""

LONGEST = 4000
"""Characters of a paragraph that are examined."""

_LETTER = rf"[^\W\d_{UNSPACED}]"
_WORD = lazy_pattern(rf"({_LETTER}{{4,{STEM}}}){_LETTER}{{0,34}}")
_PLAIN_WORD = lazy_pattern(rf"([a-z]{{4,{STEM}}})[a-z]{{0,34}}")
"""`_WORD` for ASCII text, in half of the time."""

_WIDE = lazy_pattern(rf"[{UNSPACED}]{{2,400}}")
_NAME = lazy_pattern(rf" (?<=[\w,;] )([^\W\d_a-zß-ÿ][^\W\d_]{{2,{STEM - 1}}})[^\W\d_]{{0,35}}")
"""The space comes first because the search for it is fast."""


def stems(text: str, common: frozenset[str]) -> frozenset[str]:
    """What a paragraph is about: its stems without `common`, those that stand in articles about anything.

    >>> sorted(stems("Penguins and a penguin colony", common=frozenset({"colony"})))
    ['pengui']
    """
    return all_stems(text[:LONGEST]) - common


def all_stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, and pairs of characters in scripts without spaces.

    >>> sorted(all_stems("Penguins, 東京都"))
    ['pengui', '京都', '東京']
    """
    text = comparable(text)
    if text.isascii():
        return frozenset(_PLAIN_WORD.findall(text))
    found = set(_WORD.findall(text))
    found.update(run[index : index + 2] for run in _WIDE.findall(text) for index in range(len(run) - 1))
    return frozenset(found)


def names(text: str, common: frozenset[str]) -> frozenset[str]:
    """The beginnings of the words that are capitalised inside a sentence: people and places, all nouns in German.

    >>> sorted(names("Yesterday the mayor of Haverport met Tom.", common=frozenset()))
    ['haverp', 'tom']
    """
    return frozenset(word.casefold()[:STEM] for word in _NAME.findall(text[:LONGEST])) - common


STRETCH = 200
"""Joins that are processed together, which bounds the memory."""


def likeness(paragraphs: Sequence[frozenset[str]], sizes: Sequence[int], windows: Sequence[int]) -> list[list[float]]:
    """For each window and each place between two paragraphs, how alike the passages on both sides are: the cosine of
    their sets.

    `sizes` are the paragraphs' words. There is one value fewer than there are paragraphs. The cost is linear, since a
    window holds no more paragraphs than words.

    >>> likeness([frozenset("ab"), frozenset("bc"), frozenset("xy")], sizes=[10, 10, 10], windows=[10])
    [[0.5, 0.0]]
    """
    passages = [spans(sizes, window) for window in windows]
    found: list[list[float]] = [[] for _ in windows]
    for indices, low, high in stretches(passages):
        held = _as_bits(paragraphs[low:high])
        for figures, own in zip(found, passages, strict=True):
            for index in indices:
                first, after = own[index]
                above = reduce(or_, held[first - low : index + 1 - low])
                below = reduce(or_, held[index + 1 - low : after - low])
                most = above.bit_count() * below.bit_count()
                figures.append((above & below).bit_count() / most**0.5 if most else 0.0)
    return found


def stretches(passages: Sequence[Sequence[tuple[int, int]]]) -> Iterator[tuple[range, int, int]]:
    """Places that are looked at together, the first paragraph of all their passages, and the one after the last.

    `passages` are the spans of some windows at all places of a page.
    """
    end = len(passages[0]) if passages else 0
    for start in range(0, end, STRETCH):
        stop = min(start + STRETCH, end)
        yield range(start, stop), min(own[start][0] for own in passages), max(own[stop - 1][1] for own in passages)


def spans(sizes: Sequence[int], window: int) -> list[tuple[int, int]]:
    """For each place between two paragraphs, the first one of the passage above it and the one after the passage below
    it: as many paragraphs as reach the words of the window.

    >>> spans([10, 10, 10], window=10), spans([10, 10, 10], window=20)
    ([(0, 2), (1, 3)], [(0, 3), (0, 3)])
    """
    first = after = held_above = held_below = 0
    found = []
    for index, size in enumerate(sizes[:-1]):
        held_above += size
        while first < index and held_above - sizes[first] >= window:
            held_above -= sizes[first]
            first += 1
        held_below -= size if index < after else 0
        after = max(after, index + 1)
        while after < len(sizes) and held_below < window:
            held_below += sizes[after]
            after += 1
        found.append((first, after))
    return found


def _as_bits(paragraphs: Sequence[frozenset[str]]) -> list[int]:
    """Each set as a number with a bit for each word: unions and counts of these take a tenth of the time of sets."""
    bits = {word: 1 << index for index, word in enumerate(set().union(*paragraphs))}
    return [reduce(or_, map(bits.__getitem__, words), 0) for words in paragraphs]


def depths(figures: Sequence[float], reach: int = 6) -> list[float]:
    """How far each value lies below the highest ones within reach on both sides, on average: the depth of a valley.

    >>> depths([0.5, 0.0, 0.5])
    [0.0, 0.5, 0.0]
    """
    found = []
    for index, figure in enumerate(figures):
        left = max(figures[max(0, index - reach) : index + 1])
        right = max(figures[index : index + reach + 1])
        found.append((left + right) / 2 - figure)
    return found
