"""From article records to trace records: the composition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from cleaners.tracing.folding import Folded, fold
from cleaners.tracing.index import Entry, Index, Shared
from cleaners.tracing.matching import covered
from cleaners.tracing.records import Record, Refused

PARTNERS = 20
"""Partners of a duplicate, a cluster or a passage that are named; all are counted."""

PASSAGES = 200
"""Passages of an article that are told, the longest of them where there are more."""

Row = dict[str, Any]


def trace(
    records: Iterable[Record | Refused], index: Index, *, refuse: Callable[[Refused], object], every: bool = False
) -> Iterator[Row]:
    """Add articles to the index and give a trace record for each, as `trace.schema.json` describes it.

    All are added and compared before the first record is given, so that an article names also those that came after it.
    What is no article is handed to `refuse`. With `every` all articles of the index are told, not only those given.
    """
    for record in records:
        refused = record if isinstance(record, Refused) else index.add(record)
        if refused:
            refuse(refused)
    index.compare()
    copies = lru_cache(maxsize=1024)(lambda number: index.copies(number, PARTNERS))
    cluster = lru_cache(maxsize=1024)(lambda number: index.cluster(number, PARTNERS))
    for entry in index.every() if every else index.asked():
        shared = index.shared(entry.same)
        size, first, members = cluster(entry.cluster)
        count, same = copies(entry.same)
        yield {
            "id": entry.id,
            "words": entry.words,
            "duplicate_of": index.entry(entry.same).id if entry.same != entry.number else None,
            "duplicates": _named([index.entry(entry.same).id, *same], count + 1, entry.id),
            "cluster": {"first": first, **_named(members, size, entry.id)} if size > 1 else None,
            "wire": _wire(entry, shared, index),
            "shared_words": covered((each.start, each.words) for each in shared),
            "shared": _shared(entry, shared, index),
        }


def _named(ids: list[str], count: int, own: str) -> Row:
    """The partners of an article among the members of a group, of which the article is one."""
    return {"count": count - 1, "ids": [each for each in ids if each != own][:PARTNERS]}


def _wire(entry: Entry, shared: list[Shared], index: Index) -> list[Row]:
    """The agencies whose copy an article carries, the most of it first.

    A text that is signed as a whole, here or in another article that has it, is the agency's whole. Else what counts
    are the words that stand in texts which are. A credit or a signature below a text without such a partner says whose
    copy stands in it, but not how much.
    """
    evidence = {mark.agency: mark.evidence for mark in entry.signed}
    whole = [Shared(0, entry.same, 0, entry.words)]
    parts: dict[str, dict[int, list[Shared]]] = {}
    for each in [*whole, *shared]:
        for agency, number in index.sources(each.other).items():
            parts.setdefault(agency, {}).setdefault(number, []).append(each)
    agencies = dict.fromkeys([*evidence, *parts])
    rows = (
        _wire_row(agency, evidence.get(agency, "passages"), parts.get(agency, {}), entry, index) for agency in agencies
    )
    return sorted(rows, key=lambda row: -(row["words"] or 0))


def _wire_row(agency: str, evidence: str, parts: dict[int, list[Shared]], entry: Entry, index: Index) -> Row:
    words = covered((each.start, each.words) for run in parts.values() for each in run) or None
    return {
        "agency": agency,
        "words": words,
        "share": round(words / entry.words, 3) if words else None,
        "evidence": evidence,
        "articles": [index.entry(number).id for number in parts if number != entry.number][:PARTNERS],
    }


def _shared(entry: Entry, shared: list[Shared], index: Index) -> list[Row]:
    """Each passage once, with the articles in which it stands, in the order of the text."""
    if not shared:
        return []
    text = index.text(entry.number)
    folded = fold(text)
    groups = [list(group) for _, group in groupby(shared, key=attrgetter("start", "words"))]
    longest = sorted(groups, key=lambda group: -group[0].words)[:PASSAGES]
    return [_passage(text, folded, group, index) for group in sorted(longest)]


def _passage(text: str, folded: Folded, group: list[Shared], index: Index) -> Row:
    start, words = group[0].start, group[0].words
    first, last = int(folded.starts[start]), int(folded.stops[start + words - 1])
    where = [{"id": index.entry(each.other).id, "word": each.other_start} for each in group[:PARTNERS]]
    return {
        "text": text[first:last],
        "word": start,
        "words": words,
        "start": first,
        "end": last,
        "count": len({each.other for each in group}),
        "articles": where,
    }
