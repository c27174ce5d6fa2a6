"""Words in front of a headline or behind it that are none of it, such as a kicker in the same heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from cleaners.metadata.title_parts import MAX_SECTION_WORDS, beginnings, separators
from cleaners.words.folding import squeeze
from cleaners.words.shapes import count_words

MIN_BEHIND_KICKER = 12
"""Letters and digits of a text that ends an `h1`, at least, for the words before it to be a kicker."""

DIGITS_OF_DATE = 5
"""Digits of a date with its year, at least."""


def without_kicker(headings: Sequence[str], texts: Sequence[str]) -> str | None:
    """The headline that one text states alone and another behind a kicker (`Opinion | Harbour reopens`), where an `h1`
    runs both together (`Opinion Harbour reopens`). One with the same mark in it has that as a part of the headline."""
    shown = {squeeze(heading): heading for heading in headings}
    stated = (part for text in texts for part in (text, *beginnings(text)))
    whole = [(text, shown[key]) for text in stated if (key := squeeze(text)) in shown]
    ends = {
        squeeze(text[mark.end() :])
        for text, heading in whole
        for own in [set(map(squeeze, beginnings(heading)))]
        for mark in separators(text)
        if squeeze(text[: mark.start()]) not in own
    }
    return next((text for text in texts if squeeze(text) in ends and len(squeeze(text)) > MIN_BEHIND_KICKER), None)


def behind_kicker(headings: Sequence[str], texts: Sequence[str], pieces: Callable[[str], Sequence[str]]) -> str | None:
    """The text that ends a heading which has words of its own in front (`Premier League Everton beat Liverpool`), or
    that has other things of the page around it. They stand in elements of their own, or behind a separator."""
    for heading in headings:
        whole = squeeze(heading)
        for text in texts:
            wanted = squeeze(text)
            if len(wanted) <= MIN_BEHIND_KICKER:
                continue
            before, found, behind = whole.partition(wanted)
            if not found:
                continue
            edges = _edges(heading, pieces)
            is_subtitle = not before and len(wanted) in edges
            if is_subtitle or (_is_beside(before, behind) and edges.issuperset({len(before)} - {0})):
                return text
    return None


def _edges(heading: str, pieces: Callable[[str], Sequence[str]]) -> set[int]:
    """How many letters and digits of a heading stand before each of its separators and each end of an element."""
    marks = (len(squeeze(heading[: mark.start()])) for mark in separators(heading))
    return {*marks, *accumulate(len(squeeze(piece)) for piece in pieces(heading))}


def behind_short_kicker(headings: Sequence[str], heads: Sequence[str]) -> str | None:
    """The beginning of a `<title>` that ends a heading behind one or two words of its own."""
    long = [text for text in heads if len(squeeze(text)) > MIN_BEHIND_KICKER]
    ends = ((heading, text) for heading in headings for text in long if squeeze(heading).endswith(squeeze(text)))
    kickers = (text for heading, text in ends if 0 < count_words(heading) - count_words(text) <= MAX_SECTION_WORDS)
    return next(kickers, None)


def _is_beside(before: str, behind: str) -> bool:
    """Whether the squeezed texts before and behind a headline are none of it: a kicker, a date's parts on both sides,
    or a count (`… 87`) or a date behind it. A mere figure in front belongs to the headline."""
    if behind:
        return behind[-1].isdigit() or sum(map(str.isdigit, behind)) >= DIGITS_OF_DATE
    return not before.isdigit() or len(before) >= DIGITS_OF_DATE
