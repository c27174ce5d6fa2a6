"""Duplicates, shared passages and wire copy, from the output of `copydesk trace`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaners.records.rows import Row
from cleaners.words.display import shortened
from cleaners.words.folding import fold

MOST_PASSAGES = 20
"""Passages that the page lists."""

_KEPT_PASSAGES = 2000
"""Passages that are kept while reading; then the better half stays, which bounds the memory."""

MOST_CHARACTERS = 300
"""Longer passages are shortened."""


@dataclass(frozen=True, slots=True)
class TravelledPassage:
    """A passage that several articles have, and some of the outlets that have it."""

    text: str
    articles: int
    outlets: tuple[str, ...]


@dataclass
class Sharing:
    """What the articles share. `pairs` counts, for two outlets, the articles of the first with words of the second."""

    outlets: Mapping[str, str]
    """The outlet of each article, by its id."""

    traced: int = 0
    duplicates: int = 0
    near_duplicates: int = 0
    with_shared: int = 0
    agencies: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    _passages: dict[str, TravelledPassage] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Count one more trace record."""
        own = self.outlets.get(row["id"])
        self.traced += 1
        self.duplicates += bool(row.get("duplicate_of"))
        self.near_duplicates += bool(row.get("cluster"))
        self.agencies.update({_text(wire.get("agency")) for wire in _dicts(row.get("wire"))} - {""})
        shared = _dicts(row.get("shared"))
        self.with_shared += bool(shared)
        partners = {
            other
            for passage in shared
            for article in _dicts(passage.get("articles"))
            if (other := self.outlets.get(_text(article.get("id"))))
        }
        if own:
            self.pairs.update((own, other) for other in partners)
        for passage in shared:
            self._keep(passage, own)

    def travelled(self) -> list[TravelledPassage]:
        """The passages of the most outlets and articles, each once, the most widespread first."""
        return sorted(self._passages.values(), key=_reach, reverse=True)[:MOST_PASSAGES]

    def _keep(self, passage: Row, own: str | None) -> None:
        text, count = _text(passage.get("text")), passage.get("count")
        if not text or not isinstance(count, int):
            return
        others = (self.outlets.get(_text(article.get("id"))) for article in _dicts(passage.get("articles")))
        outlets = tuple(sorted({name for name in (own, *others) if name}))
        self._passages.setdefault(fold(text), TravelledPassage(shortened(text, MOST_CHARACTERS), count + 1, outlets))
        if len(self._passages) > _KEPT_PASSAGES:
            best = sorted(self._passages.items(), key=lambda item: _reach(item[1]), reverse=True)
            self._passages = dict(best[: _KEPT_PASSAGES // 2])


def is_trace(record: Row) -> bool:
    """Whether a record is a trace record.

    >>> is_trace({"id": "1", "shared": []}), is_trace({"id": "1", "text": "Rain."})
    (True, False)
    """
    return isinstance(record.get("id"), str) and isinstance(record.get("shared"), list)


def _reach(passage: TravelledPassage) -> tuple[int, int]:
    return len(passage.outlets), passage.articles


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
