"""What a corpus holds and what was left out, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cleaners.corpus.wanted import reserved_uses
from cleaners.records.rows import Row
from cleaners.words.addresses import host_of, without_www
from cleaners.words.shapes import count_words

NONE = "(not stated)"
"""What stands for a fact that a record does not have."""


@dataclass
class CorpusCounts:
    """Counts of the kept records by what they state, and of the others by the reason why they were left out."""

    records: int = 0
    words: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    reserved: Counter[str] = field(default_factory=Counter)
    licenses: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)

    def add(self, record: Row) -> None:
        """Count one more kept record."""
        self.records += 1
        self.words += sum(map(count_words, record["text"].split("\n")))
        self.outlets[outlet_of(record) or NONE] += 1
        self.languages[_stated(record, "language")] += 1
        self.months[_stated(record, "date_published")[:7] if record.get("date_published") else NONE] += 1
        self.kinds[_stated(record, "kind")] += 1
        self.versions[_stated(record, "copydesk")] += 1
        self.reserved.update(reserved_uses(record) or [NONE])
        self.licenses.update(licenses_of(record) or {NONE})


def outlet_of(record: Row) -> str:
    """The outlet of a record: the host of its address, else its publisher, else where it came from; may be empty.

    >>> outlet_of({"url": "https://www.gazette.example/a", "publisher": "The Gazette"})
    'gazette.example'
    """
    host = host_of(record["url"]) if isinstance(record.get("url"), str) else ""
    return without_www(host) or next((str(record[name]) for name in ("publisher",) if record.get(name)), "")


def licenses_of(record: Row) -> set[str]:
    """The addresses of the licences that a record states.

    >>> licenses_of({"rights": {"signals": [{"use": "license", "statement": "https://l.example/by"}]}})
    {'https://l.example/by'}
    """
    rights = record.get("rights")
    signals = rights.get("signals") if isinstance(rights, dict) else None
    return {
        str(signal.get("statement"))
        for signal in (signals if isinstance(signals, list) else [])
        if isinstance(signal, dict) and signal.get("use") == "license"
    }


def _stated(record: Row, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) and value else NONE
