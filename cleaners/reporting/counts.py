"""What is counted of the articles, one record at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from cleaners.records.rows import Record

NOT_STATED = "not stated"

LENGTHS = (50, 100, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 5000)
"""The steps, in words, by which the lengths of articles are counted."""

MOST_NAMES = 50_000
"""Outlets and languages told apart; what comes after them is counted as one, so that no input fills the memory."""

OTHERS = "others"


@dataclass
class Counts:
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

    def add(self, record: Record) -> str:
        """Count one more article. Its outlet."""
        outlet = _bounded(outlet_of(record), self.outlets)
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


def outlet_of(record: Record) -> str:
    """The host of the article's address without `www.`, which is the same on all pages; else the publisher it names."""
    for key in ("canonical_url", "url"):
        if host := _host(record.get(key)):
            return host
    return _name(record.get("publisher"))


def day_of(stated: object) -> date | None:
    """The day of an ISO 8601 time, or None."""
    try:
        return date.fromisoformat(str(stated)[:10]) if isinstance(stated, str) else None
    except ValueError:
        return None


def step_of(words: int) -> int:
    """Which of the steps of `LENGTHS` a text belongs to: the number of steps that it has reached."""
    return sum(words >= step for step in LENGTHS)


def _host(url: object) -> str | None:
    try:
        host = urlsplit(url).hostname if isinstance(url, str) else None
    except ValueError:  # a broken IPv6 address
        return None
    return host.removeprefix("www.")[:80] if host else None


def _name(value: object) -> str:
    return value.strip()[:80] if isinstance(value, str) and value.strip() else NOT_STATED


def _bounded(name: str, known: Counter[str]) -> str:
    return name if name in known or len(known) < MOST_NAMES else OTHERS


def _get(record: Record, *keys: str) -> object:
    value: object = record
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
