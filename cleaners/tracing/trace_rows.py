"""From article records to trace records: the composition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from cleaners.records.reader import Refused
from cleaners.records.rows import Record
from cleaners.tracing.fingerprints import SENTENCE
from cleaners.tracing.folded_words import FoldedWords, fold_words
from cleaners.tracing.index import Index, IndexedArticle, SharedPassage, WirePassage
from cleaners.tracing.inputs import TraceInput
from cleaners.tracing.matching import covered
from cleaners.tracing.quotations import Mask, narrated, quoted

PARTNERS = 20
"""Partners of a duplicate, a cluster or a passage that are named; all are counted."""

PASSAGES = 200
"""Passages of an article that are told, the longest of them where there are more."""


def trace(
    inputs: Iterable[TraceInput | Refused], index: Index, *, refuse: Callable[[Refused], object], every: bool = False
) -> Iterator[Record]:
    """Add articles to the index and give a trace record for each, as `trace.schema.json` describes it.

    All are added and compared before the first record is given, so that an article names also those that came after it.
    What is no article is handed to `refuse`. With `every` all articles of the index are told, not only those given.
    """
    for given in inputs:
        refused = given if isinstance(given, Refused) else index.add(given)
        if refused:
            refuse(refused)
    index.compare()
    copies = lru_cache(maxsize=1024)(lambda number: index.copies(number, PARTNERS))
    cluster = lru_cache(maxsize=1024)(lambda number: index.cluster(number, PARTNERS))
    for entry in index.every() if every else index.asked():
        shared = index.shared(entry.same)
        text = index.text(entry.number) if shared else ""
        folded = fold_words(text)
        count, same = copies(entry.same)
        size, first, members = cluster(entry.cluster)
        yield {
            "id": entry.id,
            "replaces": entry.replaces,
            "words": entry.words,
            "duplicate_of": index.entry(entry.same).id if entry.same != entry.number else None,
            "duplicates": _named([index.entry(entry.same).id, *same], count + 1, entry.id),
            "cluster": {"first": first, **_named(members, size, entry.id)} if size > 1 else None,
            "wire": _wire(entry, index, quoted(text, folded)),
            "shared_words": covered((each.start, each.words) for each in shared),
            "shared": [_passage(text, folded, each, entry, index) for each in _longest(shared)],
        }


def _named(ids: list[str], count: int, own: str) -> Record:
    """The partners of an article among the members of a group, of which the article is one."""
    return {"count": count - 1, "ids": [each for each in ids if each != own][:PARTNERS]}


def _wire(entry: IndexedArticle, index: Index, quoted_words: Mask) -> list[Record]:
    """The agencies whose copy an article carries, the most of it first.

    A text that is signed as a whole, here or in another article that has it, is the agency's whole. Else what counts is
    the passages that stand in texts which are, if a sentence's worth of their words stands in no quotation: two
    reporters who heard one speech quote it alike. A credit or a signature below a text without such passages says whose
    copy stands in it, but not how much.
    """
    named = {mark.agency: mark.evidence for mark in entry.signed}
    whole = index.sources(entry.same)
    passages: dict[str, list[WirePassage]] = {}
    for each in index.carried(entry.same):
        passages.setdefault(each.agency, []).append(each)
    carried = {agency: found for agency, found in passages.items() if _is_copy(found, quoted_words)}
    rows = []
    for agency in dict.fromkeys([*named, *whole, *carried]):
        found = carried.get(agency, [])
        words = entry.words if agency in whole else covered((each.start, each.words) for each in found)
        sources = sorted({each.source for each in found} | ({whole[agency]} if agency in whole else set()))
        rows.append(
            {
                "agency": agency,
                "words": words or None,
                "share": round(words / entry.words, 3) if words else None,
                "evidence": named.get(agency, "passages"),
                "articles": [index.entry(number).id for number in sources if number != entry.number][:PARTNERS],
            }
        )
    return sorted(rows, key=lambda row: -(row["words"] or 0))


def _is_copy(passages: list[WirePassage], quoted_words: Mask) -> bool:
    return narrated(((each.start, each.words) for each in passages), quoted_words) >= SENTENCE


def _longest(shared: list[SharedPassage]) -> list[SharedPassage]:
    """The longest passages, in the order of the text."""
    return sorted(sorted(shared, key=lambda each: -each.words)[:PASSAGES])


def _passage(text: str, folded: FoldedWords, passage: SharedPassage, entry: IndexedArticle, index: Index) -> Record:
    first, last = int(folded.starts[passage.start]), int(folded.stops[passage.start + passage.words - 1])
    locations = index.locations(entry.same, passage, PARTNERS)
    return {
        "text": text[first:last],
        "word": passage.start,
        "words": passage.words,
        "start": first,
        "end": last,
        "count": passage.others,
        "articles": [{"id": index.entry(location.article).id, "word": location.start} for location in locations],
    }
