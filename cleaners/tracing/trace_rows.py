"""From articles to trace records: the function that composes the steps of tracing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from cleaners.records.reader import RejectedLine
from cleaners.records.rows import Row
from cleaners.tracing.fingerprints import SENTENCE_WORDS
from cleaners.tracing.folded_words import FoldedWords, fold_words
from cleaners.tracing.index import Index, IndexedArticle, SharedPassage, WirePassage
from cleaners.tracing.inputs import TraceInput
from cleaners.tracing.matching import covered
from cleaners.tracing.quotations import Mask, narrated, quoted

PARTNERS = 20
"""Other articles that are named for a duplicate, a cluster or a passage. All of them are counted."""

PASSAGES = 200
"""Passages of an article that are reported; the longest ones where there are more."""


def trace(
    inputs: Iterable[TraceInput | RejectedLine],
    index: Index,
    *,
    refuse: Callable[[RejectedLine], object],
    every: bool = False,
) -> Iterator[Row]:
    """Add articles to the index and yield a trace record for each, as `trace.schema.json` describes it.

    All articles are added and compared before the first record is yielded, so that an article also names those that
    came after it. Inputs without an article are handed to `refuse`. With `every`, all articles of the index get a
    record, not only the given ones.
    """
    for given in inputs:
        refused = given if isinstance(given, RejectedLine) else index.add(given)
        if refused:
            refuse(refused)
    index.compare()
    copies = lru_cache(maxsize=1024)(lambda number: index.copies(number, PARTNERS))
    cluster = lru_cache(maxsize=1024)(lambda number: index.cluster(number, PARTNERS))
    for article in index.all_articles() if every else index.requested():
        shared = index.shared(article.same)
        text = index.text(article.number) if shared else ""
        folded = fold_words(text)
        count, same = copies(article.same)
        size, first, members = cluster(article.cluster)
        yield {
            "id": article.id,
            "replaces": article.replaces,
            "words": article.words,
            "duplicate_of": index.article(article.same).id if article.same != article.number else None,
            "duplicates": _named([index.article(article.same).id, *same], count + 1, article.id),
            "cluster": {"first": first, **_named(members, size, article.id)} if size > 1 else None,
            "wire": _wire(article, index, quoted(text, folded)),
            "shared_words": covered((each.start, each.words) for each in shared),
            "shared": [_passage(text, folded, each, article, index) for each in _longest(shared)],
        }


def _named(ids: list[str], count: int, own: str) -> Row:
    """The other members of a group that the article belongs to. `count` includes the article itself."""
    return {"count": count - 1, "ids": [each for each in ids if each != own][:PARTNERS]}


def _wire(article: IndexedArticle, index: Index, quoted_words: Mask) -> list[Row]:
    """The agencies whose copy an article carries, those with the most words first.

    If an agency signs the text as a whole, in this article or in another one with the same text, all words are the
    agency's. Otherwise the agency's words are the passages shared with texts that it signs, provided that enough words
    for a sentence are not quoted: two reporters who heard the same speech quote it alike. A credit or a signature
    without such passages names the agency, but not how many words are its own.
    """
    named = {mark.agency: mark.evidence for mark in article.attributions}
    whole = index.signed_by(article.same)
    passages: dict[str, list[WirePassage]] = {}
    for each in index.wire_passages(article.same):
        passages.setdefault(each.agency, []).append(each)
    carried = {agency: found for agency, found in passages.items() if _is_copy(found, quoted_words)}
    rows = []
    for agency in dict.fromkeys([*named, *whole, *carried]):
        found = carried.get(agency, [])
        words = article.words if agency in whole else covered((each.start, each.words) for each in found)
        sources = sorted({each.source for each in found} | ({whole[agency]} if agency in whole else set()))
        rows.append(
            {
                "agency": agency,
                "words": words or None,
                "share": round(words / article.words, 3) if words else None,
                "evidence": named.get(agency, "passages"),
                "articles": [index.article(number).id for number in sources if number != article.number][:PARTNERS],
            }
        )
    return sorted(rows, key=lambda row: -(row["words"] or 0))


def _is_copy(passages: list[WirePassage], quoted_words: Mask) -> bool:
    return narrated(((each.start, each.words) for each in passages), quoted_words) >= SENTENCE_WORDS


def _longest(shared: list[SharedPassage]) -> list[SharedPassage]:
    """The longest passages, in the order of the text."""
    return sorted(sorted(shared, key=lambda each: -each.words)[:PASSAGES])


def _passage(text: str, folded: FoldedWords, passage: SharedPassage, article: IndexedArticle, index: Index) -> Row:
    first, last = int(folded.starts[passage.start]), int(folded.stops[passage.start + passage.words - 1])
    locations = index.locations(article.same, passage, PARTNERS)
    return {
        "text": text[first:last],
        "word": passage.start,
        "words": passage.words,
        "start": first,
        "end": last,
        "count": passage.others,
        "articles": [{"id": index.article(location.article).id, "word": location.start} for location in locations],
    }
