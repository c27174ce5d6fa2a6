"""Where in a block's text its links, its emphasis and its table cells stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaners.blocks.elements import STRONG
from cleaners.data import Block, Span, SpanKind
from cleaners.words.addresses import web_address
from cleaners.words.patterns import lazy_pattern

_WORD = lazy_pattern(r"\S+")


def block_spans(block: Block, base: str | None) -> tuple[Span, ...]:
    """The links and the emphasis of a block, outer ones first; links that lead nowhere on the web are left out.

    `base` is the address by which links are made absolute.
    """
    inside = block.surroundings and block.surroundings.inside
    if not inside or not inside.marks:
        return ()
    places = _places(inside.parts, [part for part, _, _ in inside.marks])
    spans: list[tuple[int, Span]] = []
    open_marks: list[tuple[int, int, str, str]] = []
    for number, (_, tag, href) in enumerate(inside.marks):
        if tag:
            open_marks.append((number, places[number][0], tag, href))
        elif open_marks:
            spans += _span(*open_marks.pop(), places[number][1], base)
    while open_marks:
        spans += _span(*open_marks.pop(), len(block.text), base)
    return tuple(span for _, span in sorted(spans, key=lambda found: found[0]))


def _span(number: int, start: int, tag: str, href: str, stop: int, base: str | None) -> Iterable[tuple[int, Span]]:
    if start >= stop:
        return
    if tag != "a":
        kind: SpanKind = "strong" if tag in STRONG else "emphasis"
        yield number, Span(start, stop, kind)
    elif address := web_address(href, base):
        yield number, Span(start, stop, "link", address)


def block_cells(block: Block) -> tuple[tuple[int, int], ...]:
    """Where each cell of a row's text begins and ends; empty cells count."""
    inside = block.surroundings and block.surroundings.inside
    if not inside or not inside.cells:
        return ((0, len(block.text)),)
    places = _places(inside.parts, inside.cells)
    starts = [0, *(start for start, _ in places[1:])]
    stops = [*(stop for _, stop in places[1:]), len(block.text)]
    return tuple((start, max(start, stop)) for start, stop in zip(starts, stops, strict=True))


def _places(parts: Sequence[str], numbers: Sequence[int]) -> list[tuple[int, int]]:
    """For each number of parts, where in the folded text they end: what begins there, and what ends there, leave out
    the white space between."""
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    wanted = [offsets[number] for number in numbers]
    places: list[tuple[int, int]] = []
    folded = 0  # the end of the words so far in the folded text
    for word in _WORD.finditer("".join(parts)):
        begin = folded + 1 if folded else 0
        while len(places) < len(wanted) and wanted[len(places)] < word.end():
            inside = max(0, wanted[len(places)] - word.start())
            places.append((begin + inside, begin + inside if inside else folded))
        folded = begin + word.end() - word.start()
    return places + [(folded, folded)] * (len(wanted) - len(places))
