"""ArticleCounts of the articles, added up one record at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from cleaners.records.outlets import NOT_STATED, outlet_of
from cleaners.records.rows import Row

LENGTHS = (50, 100, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 5000)
"""The lower ends, in words, of the classes in which the lengths of articles are counted."""

MOST_NAMES = 50_000
"""Different outlets, languages and labels that are counted. Later ones count as `OTHERS`, which bounds the memory."""

OTHERS = "others"
"""The name under which outlets, languages and labels beyond `MOST_NAMES` are counted together."""

MOST_NAME_CHARACTERS = 80
"""Longer names of outlets and languages are cut: with `MOST_NAMES` this bounds the memory."""


@dataclass
class ArticleCounts:
    """Articles by outlet, day, language and length, and blocks dropped by label and outlet."""

    articles: int = 0
    appended: int = 0
    stubs: int = 0
    words: int = 0
    outlets: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    outlet_days: defaultdict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    undated: int = 0
    lengths: Counter[int] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    outlet_dropped: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, record: Row) -> str:
        """Count one more article, and return its outlet."""
        outlet = _bounded(outlet_of(record)[:MOST_NAME_CHARACTERS], self.outlets)
        words = len(record["text"].split())
        self.articles += 1
        self.words += words
        self.appended += bool(_get(record, "story", "parent_id"))
        self.stubs += record.get("kind") == "stub"
        self.outlets[outlet] += 1
        self.languages[_bounded(_name(record.get("language")), self.languages)] += 1
        self.lengths[step_of(words)] += 1
        self._add_day(outlet, day_of(record.get("date_published")))
        self._add_dropped(outlet, record.get("dropped"))
        return outlet

    def _add_day(self, outlet: str, day: date | None) -> None:
        if day is None:
            self.undated += 1
        else:
            self.days[day] += 1
            self.outlet_days[outlet][day] += 1

    def _add_dropped(self, outlet: str, dropped: object) -> None:
        for label, count in dropped.items() if isinstance(dropped, dict) else ():
            if isinstance(count, int) and count > 0:
                self.dropped[_bounded(label, self.dropped)] += count
                self.outlet_dropped[outlet][_bounded(label, self.dropped)] += count


def day_of(stated: object) -> date | None:
    """The day of an ISO 8601 time; None if it states no full date.

    >>> day_of("2026-01-06T18:30+01:00")
    datetime.date(2026, 1, 6)
    """
    try:
        return date.fromisoformat(str(stated)[:10]) if isinstance(stated, str) else None
    except ValueError:
        return None


def step_of(words: int) -> int:
    """The class of a length: how many of the `LENGTHS` it reaches.

    >>> step_of(49), step_of(50), step_of(100)
    (0, 1, 2)
    """
    return sum(words >= step for step in LENGTHS)


def _name(value: object) -> str:
    return value.strip()[:MOST_NAME_CHARACTERS] if isinstance(value, str) and value.strip() else NOT_STATED


def _bounded(name: str, known: Counter[str]) -> str:
    return name if name in known or len(known) < MOST_NAMES else OTHERS


def _get(record: Row, *keys: str) -> object:
    value: object = record
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
