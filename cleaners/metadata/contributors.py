"""The names of those who contributed to a report, read from its credit lines."""

from __future__ import annotations

from cleaners.words.agencies import agency_named
from cleaners.words.name_words import PARTICLES, words_of
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import is_name

_SPLIT = lazy_pattern(r"[,;()\[\].:]|\b(?:and|und|et|y|e|en|with|in|from|at|for|to|by|par|por|aus|mit|à)\b")
_LOWER = lazy_pattern(rf"(?:^|\s)(?!(?:{'|'.join(sorted(PARTICLES))})\b)[^\W\d_A-ZÀ-Þ]\S*")
MOST_NAME_WORDS = 4
"""Words of a contributor's name; longer runs of capitalised words are institutions."""

LONGEST = 600
"""Characters of a line that are read; a longer line is no credit line."""

_JOB_WORDS = frozenset(words_of("credit_words"))


def credited_names(line: str) -> list[str]:
    """The people that a credit line names, in its order.

    The word before a name shows whether it is a place: what stands after *in* or *from* is where somebody wrote.

    >>> credited_names("Example Press writers Jane Doe in Berlin and John Roe in Kyiv, Ukraine contributed.")
    ['Jane Doe', 'John Roe']
    """
    names: list[str] = []
    line = line[:LONGEST]
    place_before = False
    start = 0
    for found in [*_SPLIT.finditer(line), None]:
        piece = line[start : found.start() if found else len(line)]
        name = _name_in(piece)
        if name and not place_before and name not in names:
            names.append(name)
        place_before = bool(found and found[0] in _BEFORE_PLACES) or (place_before and bool(found and found[0] == ","))
        start = found.end() if found else len(line)
    return names


_BEFORE_PLACES = frozenset({"in", "from", "at", "aus", "à", "en"})


def _name_in(piece: str) -> str | None:
    """The capitalised words that a piece ends with, without the words for a job or an agency before them."""
    words = _LOWER.sub("\n", piece).strip().split("\n")
    for run in words:
        kept = run.split()
        while kept and (kept[0] in _JOB_WORDS or kept[0].islower() or agency_named(kept[0])):
            kept.pop(0)
        name = " ".join(kept)
        if is_name(name, MOST_NAME_WORDS) and not agency_named(name) and not set(kept) & _JOB_WORDS:
            return name
    return None
