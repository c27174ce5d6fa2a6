"""Selects the pages that are most worth checking: those with the lowest confidence."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cleaners.records.rows import Row
from cleaners.words.display import shortened

MOST_PAGES = 25
MOST_BLOCKS = 150
MOST_CHARACTERS = 500
"""How many pages are kept, how many blocks of each, and how many characters of each block."""

FEWEST_WORDS = 50
"""Shorter pages are left out: a single uncertain line would make them the least certain."""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as the report shows it."""

    text: str
    label: str
    rule: str
    confidence: float
    story: int


@dataclass(frozen=True, slots=True)
class UnsurePage:
    """A page and its blocks. `confidence` is the mean over its words, or that of a split into stories if lower."""

    name: str
    title: str
    confidence: float
    blocks: tuple[ShownBlock, ...]
    left_out: int


def is_audit(record: Row) -> bool:
    """Whether a record is a row of an audit.

    >>> is_audit({"text": "Rain.", "label": "body", "rule": "scorer", "confidence": 0.9})
    True
    """
    texts = all(isinstance(record.get(key), str) for key in ("text", "label", "rule"))
    return texts and isinstance(record.get("confidence"), int | float)


def least_sure(rows: Iterable[Row]) -> list[UnsurePage]:
    """The pages of an audit with the lowest confidence, the lowest first.

    >>> row = {"page": "a.html", "label": "body", "rule": "scorer", "confidence": 0.6, "text": "word " * 50}
    >>> [(page.name, round(page.confidence, 2)) for page in least_sure([row])]
    [('a.html', 0.6)]
    """
    heap: list[tuple[float, int, UnsurePage]] = []
    for number, page in enumerate(_pages(rows)):
        entry = (-page.confidence, -number, page)
        (heapq.heappush if len(heap) < MOST_PAGES else heapq.heappushpop)(heap, entry)
    return [page for _, _, page in sorted(heap, key=lambda entry: (-entry[0], -entry[1]))]


def _pages(rows: Iterable[Row]) -> Iterator[UnsurePage]:
    for name, group in groupby(rows, lambda row: row.get("page")):
        page, words = _read(str(name or "unnamed"), group)
        if words >= FEWEST_WORDS and page.confidence < 1:
            yield page


def _read(name: str, rows: Iterable[Row]) -> tuple[UnsurePage, int]:
    """The page and its number of words. Only what is shown is kept in memory."""
    words, sure, split, title, blocks, count = 0, 0.0, 1.0, "", list[ShownBlock](), 0
    for row in rows:
        length = len(row["text"].split())
        words += length
        sure += length * row["confidence"]
        split = min(split, _number(row.get("story_confidence"), 1.0))
        title = title or (shortened(row["text"], MOST_CHARACTERS) if row["label"] == "title" else "")
        count += 1
        if len(blocks) < MOST_BLOCKS:
            blocks.append(_shown(row))
    confidence = min(sure / words if words else 1.0, split)
    return UnsurePage(name[:300], title, confidence, tuple(blocks), count - len(blocks)), words


def _shown(row: Row) -> ShownBlock:
    text = shortened(row["text"], MOST_CHARACTERS)
    return ShownBlock(text, row["label"][:40], row["rule"][:80], row["confidence"], int(_number(row.get("story"), 0)))


def _number(value: object, otherwise: float) -> float:
    return value if isinstance(value, int | float) else otherwise
