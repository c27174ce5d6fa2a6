"""The pages most worth a look: those of whose blocks the cleaners are least sure."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cleaners.records.rows import Record
from cleaners.words.display import shortened

MOST_PAGES = 25
MOST_BLOCKS = 150
MOST_CHARACTERS = 500
"""What is kept of them: so many pages, of each so many blocks, of each so much of its text."""

FEWEST_WORDS = 50
"""Shorter pages are left out: one doubtful line says little about them."""


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
    """A page and its blocks; `confidence` is the mean over its words, or that of a story's split where it is lower."""

    name: str
    title: str
    confidence: float
    blocks: tuple[ShownBlock, ...]
    left_out: int


def is_audit(record: Record) -> bool:
    """Whether a record is a row of an audit."""
    texts = all(isinstance(record.get(key), str) for key in ("text", "label", "rule"))
    return texts and isinstance(record.get("confidence"), int | float)


def least_sure(rows: Iterable[Record]) -> list[UnsurePage]:
    """The pages of an audit of which the cleaners are least sure, the least sure first."""
    heap: list[tuple[float, int, UnsurePage]] = []
    for number, page in enumerate(_pages(rows)):
        entry = (-page.confidence, -number, page)
        (heapq.heappush if len(heap) < MOST_PAGES else heapq.heappushpop)(heap, entry)
    return [page for _, _, page in sorted(heap, key=lambda entry: (-entry[0], -entry[1]))]


def _pages(rows: Iterable[Record]) -> Iterator[UnsurePage]:
    for name, group in groupby(rows, lambda row: row.get("page")):
        page, words = _read(str(name or "unnamed"), group)
        if words >= FEWEST_WORDS and page.confidence < 1:
            yield page


def _read(name: str, rows: Iterable[Record]) -> tuple[UnsurePage, int]:
    """The page and its number of words, read without keeping more than is shown."""
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


def _shown(row: Record) -> ShownBlock:
    text = shortened(row["text"], MOST_CHARACTERS)
    return ShownBlock(text, row["label"][:40], row["rule"][:80], row["confidence"], int(_number(row.get("story"), 0)))


def _number(value: object, otherwise: float) -> float:
    return value if isinstance(value, int | float) else otherwise
