"""An index on disk of the articles seen so far, their fingerprints and what they share.

Everything is written in transactions. A run that is killed leaves the index as it was after the last one; the next run
compares the pairs that were found but not yet compared.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cleaners.records.reader import RejectedLine
from cleaners.tracing import posting_runs
from cleaners.tracing.attribution import WHOLE, Attribution
from cleaners.tracing.fingerprints import keys, text_fingerprints
from cleaners.tracing.folded_words import Hashes, fold_words, sentences, text_key
from cleaners.tracing.index_database import database_errors, open_index
from cleaners.tracing.inputs import TraceInput
from cleaners.tracing.matching import PreparedText, common_runs, near, passages, prepare
from cleaners.tracing.postings import find_candidates, sorted_postings

_FINGERPRINTS, _CHARACTERS = 1 << 20, 1 << 26
"""How many fingerprints, and how many characters of texts, are held in memory before they are written."""

_PAIRS = 4096
"""Pairs that are compared in one transaction."""

_PREPARED, _LONG = 2048, 12_500
"""How many prepared articles are kept in memory, and the length in characters from which on an article is not kept."""


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article of the index.

    `number` is its own in the index, `same` that of the first article with the same text, which may be itself, and
    `cluster` that of its cluster of near duplicates. `words` is its length, `published` in seconds since 1970.
    """

    number: int
    id: str
    same: int
    words: int
    published: float | None
    attributions: tuple[Attribution, ...]
    cluster: int
    replaces: str | None


class SharedPassage(NamedTuple):
    """A passage that an article shares: its first word, its length in words, and how many other articles have it."""

    start: int
    words: int
    others: int


class PassageLocation(NamedTuple):
    """Where a passage stands in another article: the number of that article, and how many words stand before it."""

    article: int
    start: int


class WirePassage(NamedTuple):
    """A passage that also stands in a text signed by an agency. `source` is the number of that article."""

    agency: str
    start: int
    words: int
    source: int


class Index:
    """Articles, their fingerprints and what they share, in one file; without a path in a temporary file.

    Raises BadIndex if the file is damaged, is not an index, or has fingerprints that were computed otherwise.
    """

    def __init__(self, path: str | Path = "") -> None:
        self._name = str(path) or "the temporary index"
        self._added: list[tuple[int, Hashes]] = []
        self._fingerprints, self._characters = 0, 0
        self._database = open_index(path, self._name)
        with self._errors():
            self._database.execute(
                "CREATE TEMP TABLE requested (position INTEGER PRIMARY KEY, number INTEGER NOT NULL)"
            )
            self._next: int = self._one("SELECT coalesce(max(number), 0) + 1 FROM article")
            self._database.execute("BEGIN IMMEDIATE")
        self._short = lru_cache(maxsize=_PREPARED)(self._prepare)
        self.article = lru_cache(maxsize=4096)(self._load_article)

    def close(self) -> None:
        """Close the file. Articles added since the last `flush` are lost."""
        self._database.close()

    def add(self, article: TraceInput) -> RejectedLine | None:
        """Add one article and request its trace record. A known article is requested, but not added again.

        Returns the reason if the article is refused: its id already stands for another text.
        """
        folded = fold_words(article.text)
        key = text_key(folded.hashes)
        with self._errors():
            known = self._database.execute("SELECT number, key FROM article WHERE id = ?", [article.id]).fetchone()
            if known and known[1] != key:
                reason = (
                    f"The index holds another text under the id {article.id[:80]}. Give the new one an id of its own."
                )
                return RejectedLine(article.source, "id-taken", reason)
            number = known[0] if known else self._insert(article, key, len(folded))
            self._database.execute("INSERT INTO requested (number) VALUES (?)", [number])
            if not known:
                self._characters += len(article.text)
                if self.article(number).same == number:
                    self._queue(number, text_fingerprints(folded.hashes, sentences(article.text, folded)))
        if self._fingerprints >= _FINGERPRINTS or self._characters >= _CHARACTERS:
            self.flush()
        return None

    def flush(self) -> None:
        """Write the added articles, and the pairs of articles that are to be compared."""
        with self._errors():
            fresh = sorted_postings([hashes for _, hashes in self._added], [number for number, _ in self._added])
            met = find_candidates(posting_runs.find(self._database, np.unique(keys(fresh["hash"]))), fresh)
            self._database.executemany("INSERT OR IGNORE INTO candidate VALUES (?, ?)", met.pairs)
            posting_runs.append(self._database, met.kept)
            self._commit()
            self._added, self._fingerprints, self._characters = [], 0, 0

    def compare(self) -> None:
        """Compare all pairs that were not compared yet: find their shared passages and join their clusters."""
        self.flush()
        with self._errors():
            while some := self._database.execute(
                "SELECT later, earlier FROM candidate ORDER BY later, earlier LIMIT ?", [_PAIRS]
            ).fetchall():
                for later, pairs in groupby(some, key=itemgetter(0)):
                    self._compare_with(later, [earlier for _, earlier in pairs])
                self._database.execute("DELETE FROM candidate WHERE (later, earlier) <= (?, ?)", some[-1])
                self._commit()
            self.article.cache_clear()

    def requested(self) -> Iterator[IndexedArticle]:
        """The articles that were given to `add`, in that order; one that was given twice comes twice."""
        with self._errors():
            for (number,) in self._database.execute("SELECT number FROM requested ORDER BY position"):
                yield self.article(number)

    def all_articles(self) -> Iterator[IndexedArticle]:
        """All articles of the index, in the order in which they were first seen."""
        with self._errors():
            for (number,) in self._database.execute("SELECT number FROM article ORDER BY number"):
                yield self.article(number)

    def text(self, number: int) -> str:
        """The text of an article."""
        with self._errors():
            (packed,) = self._database.execute("SELECT text FROM article WHERE number = ?", [number]).fetchone()
            return zlib.decompress(packed).decode("utf-8", "surrogatepass")

    def shared(self, number: int) -> list[SharedPassage]:
        """The passages of an article that others have too, each once, in the order of the text."""
        with self._errors():
            found = self._database.execute(
                "SELECT start, words, count(DISTINCT other) FROM passage WHERE one = ? GROUP BY start, words"
                " ORDER BY start, words DESC",
                [number],
            )
            return [SharedPassage(*row) for row in found]

    def locations(self, number: int, passage: SharedPassage, most: int) -> list[PassageLocation]:
        """The first `most` other articles that have a passage of an article, and where it first stands in each."""
        with self._errors():
            found = self._database.execute(
                "SELECT other, min(other_start) FROM passage WHERE one = ? AND start = ? AND words = ?"
                " GROUP BY other ORDER BY other LIMIT ?",
                [number, passage.start, passage.words, most],
            )
            return [PassageLocation(*row) for row in found]

    def wire_passages(self, number: int) -> list[WirePassage]:
        """The passages of an article that stand in a text signed by an agency as a whole, with the first of these."""
        with self._errors():
            found = self._database.execute(
                "SELECT agency, start, words, min(number) FROM passage JOIN source ON same = other WHERE one = ?"
                " GROUP BY agency, start, words",
                [number],
            )
            return [WirePassage(*row) for row in found]

    def signed_by(self, number: int) -> dict[str, int]:
        """The agencies that sign a text as a whole, each with the number of the first article in which it does.

        `number` is that of the first article with the text.
        """
        with self._errors():
            found = self._database.execute("SELECT agency, number FROM source WHERE same = ? ORDER BY number", [number])
            return dict(found.fetchall())

    def copies(self, number: int, most: int) -> tuple[int, list[str]]:
        """How many articles repeat the text of article `number`, the first with it, and the ids of `most` of them."""
        with self._errors():
            count: int = self._one("SELECT count(*) FROM article WHERE same = ?", number)
            found = self._database.execute(
                "SELECT id FROM article WHERE same = ? ORDER BY number LIMIT ?", [number, most]
            )
            return count, [identifier for (identifier,) in found]

    def cluster(self, cluster: int, most: int) -> tuple[int, str, list[str]]:
        """The size of a cluster, the id of its first article, and the ids of the `most` articles that were seen first.

        The first article is the earliest published; articles without a date come last, in the order they were seen.
        """
        with self._errors():
            size = self._one("SELECT size FROM cluster WHERE number = ?", cluster)
            order = "SELECT id FROM article WHERE cluster = ? ORDER BY {} LIMIT ?"
            (first,) = self._database.execute(
                order.format("published IS NULL, published, number"), [cluster, 1]
            ).fetchone()
            found = self._database.execute(order.format("number"), [cluster, most])
            return size, first, [identifier for (identifier,) in found]

    def _insert(self, article: TraceInput, key: int, words: int) -> int:
        number, self._next = self._next, self._next + 1
        first = self._database.execute(
            "SELECT number, cluster FROM article WHERE key = ? AND same IS NULL", [key]
        ).fetchone()
        same, cluster = first or (None, number)
        marks = "\n".join(f"{agency}\t{evidence}" for agency, evidence in article.attributions)
        packed = zlib.compress(article.text.encode("utf-8", "surrogatepass"), 1)
        row = [number, article.id, key, same, words, article.published, marks, article.replaces, packed, cluster]
        self._database.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        grown = "INSERT INTO cluster VALUES (?, 1) ON CONFLICT (number) DO UPDATE SET size = size + 1"
        self._database.execute(grown, [cluster])
        whole = [(same or number, mark.agency, number) for mark in article.attributions if mark.evidence in WHOLE]
        self._database.executemany("INSERT OR IGNORE INTO source VALUES (?, ?, ?)", whole)
        return number

    def _queue(self, number: int, hashes: Hashes) -> None:
        self._added.append((number, hashes))
        self._fingerprints += len(hashes)

    def _commit(self) -> None:
        """Make all changes permanent, and begin the next transaction."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN IMMEDIATE")

    def _compare_with(self, later: int, others: list[int]) -> None:
        """Store the passages that an article shares with others, and join the clusters of edited copies."""
        first = self._prepared(later)
        for earlier in others:
            second = self._prepared(earlier)
            runs_of_both = common_runs(first, second)
            both = [
                row
                for start, other_start, words in passages(runs_of_both, first, second)
                for row in ((later, earlier, start, other_start, words), (earlier, later, other_start, start, words))
            ]
            self._database.executemany("INSERT OR IGNORE INTO passage VALUES (?, ?, ?, ?, ?)", both)
            if near(runs_of_both, first, second):
                self._join(later, earlier)

    def _prepared(self, number: int) -> PreparedText:
        return self._short(number) or prepare(self.text(number))

    def _prepare(self, number: int) -> PreparedText | None:
        """An article prepared for comparison, if it is short enough to be kept in memory."""
        text = self.text(number)
        return prepare(text) if len(text) < _LONG else None

    def _join(self, one: int, other: int) -> None:
        """Join the clusters of two articles: the members of the smaller one get the number of the larger one."""
        sized = "SELECT size, number FROM cluster WHERE number = (SELECT cluster FROM article WHERE number = ?)"
        (small, loser), (large, winner) = sorted(
            self._database.execute(sized, [number]).fetchone() for number in (one, other)
        )
        if loser != winner:
            self._database.execute("UPDATE article SET cluster = ? WHERE cluster = ?", [winner, loser])
            self._database.execute("UPDATE cluster SET size = ? WHERE number = ?", [small + large, winner])
            self._database.execute("DELETE FROM cluster WHERE number = ?", [loser])

    def _load_article(self, number: int) -> IndexedArticle:
        found = self._database.execute(
            "SELECT id, coalesce(same, number), words, published, signed, cluster, replaces FROM article"
            " WHERE number = ?",
            [number],
        ).fetchone()
        identifier, same, words, published, marks, cluster, replaces = found
        named = tuple(Attribution(*line.split("\t")) for line in marks.splitlines())
        return IndexedArticle(number, identifier, same, words, published, named, cluster, replaces)

    def _one(self, question: str, *values: int) -> Any:
        """The single value that a query returns."""
        return self._database.execute(question, values).fetchone()[0]

    def _errors(self) -> AbstractContextManager[None]:
        return database_errors(self._name)
