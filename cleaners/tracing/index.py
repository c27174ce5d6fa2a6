"""The articles seen so far, their fingerprints and what they share, in an index on disk.

Everything is written in transactions: a run that is killed leaves the index as it was at the last one, and pairs that
it had found but not yet compared are compared by the next run.
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

from cleaners.records.reader import Refused
from cleaners.tracing import posting_runs
from cleaners.tracing.attribution import WHOLE, Attribution
from cleaners.tracing.fingerprints import keys, text_fingerprints
from cleaners.tracing.folded_words import Hashes, fold_words, sentences, text_key
from cleaners.tracing.index_database import database_errors, open_index
from cleaners.tracing.inputs import TraceInput
from cleaners.tracing.matching import PreparedText, common_runs, near, passages, prepare
from cleaners.tracing.postings import find_candidates, sorted_postings

_FINGERPRINTS, _CHARACTERS = 1 << 20, 1 << 26
"""Fingerprints, and characters of texts, after which what was added is written."""

_PAIRS = 4096
"""Pairs that are compared in one transaction."""

_PREPARED, _LONG = 2048, 12_500
"""Articles that are kept ready to be compared, and the characters from which on one is not: it would take memory."""


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article of the index. `same` is the number of the first article with the same text, which may be itself."""

    number: int
    id: str
    same: int
    words: int
    published: float | None
    signed: tuple[Attribution, ...]
    cluster: int
    replaces: str | None


class SharedPassage(NamedTuple):
    """A passage of an article: its first word, its length in words, and how many others it stands in."""

    start: int
    words: int
    others: int


class PassageLocation(NamedTuple):
    """Where a passage stands in another article: the article's number, and the words before it."""

    article: int
    start: int


class WirePassage(NamedTuple):
    """A passage of an article that also stands in one which an agency signed: that article's number is `source`."""

    agency: str
    start: int
    words: int
    source: int


class Index:
    """Articles, their fingerprints and what they share, in one file; in a temporary one where no path is given.

    Raises BadIndex where the file is damaged, is no index, or was made by a version with other fingerprints.
    """

    def __init__(self, path: str | Path = "") -> None:
        self._name = str(path) or "the temporary index"
        self._added: list[tuple[int, Hashes]] = []
        self._fingerprints, self._characters = 0, 0
        self._base = open_index(path, self._name)
        with self._errors():
            self._base.execute("CREATE TEMP TABLE asked (position INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
            self._next: int = self._one("SELECT coalesce(max(number), 0) + 1 FROM article")
            self._base.execute("BEGIN IMMEDIATE")
        self._short = lru_cache(maxsize=_PREPARED)(self._prepare)
        self.entry = lru_cache(maxsize=4096)(self._entry)

    def close(self) -> None:
        """Close the file. What was added since the last `flush` is left out."""
        self._base.close()

    def add(self, article: TraceInput) -> Refused | None:
        """Add one article and ask for its row; known ones are not added again.

        An id that stands for another text already is refused.
        """
        folded = fold_words(article.text)
        key = text_key(folded.hashes)
        with self._errors():
            known = self._base.execute("SELECT number, key FROM article WHERE id = ?", [article.id]).fetchone()
            if known and known[1] != key:
                reason = (
                    f"The index holds another text under the id {article.id[:80]}. Give the new one an id of its own."
                )
                return Refused(article.source, "id-taken", reason)
            number = known[0] if known else self._insert(article, key, len(folded))
            self._base.execute("INSERT INTO asked (number) VALUES (?)", [number])
            if not known:
                self._characters += len(article.text)
                if self.entry(number).same == number:
                    self._hold(number, text_fingerprints(folded.hashes, sentences(article.text, folded)))
        if self._fingerprints >= _FINGERPRINTS or self._characters >= _CHARACTERS:
            self.flush()
        return None

    def flush(self) -> None:
        """Write what was added, and with which articles it is to be compared."""
        with self._errors():
            fresh = sorted_postings([hashes for _, hashes in self._added], [number for number, _ in self._added])
            met = find_candidates(posting_runs.find(self._base, np.unique(keys(fresh["hash"]))), fresh)
            self._base.executemany("INSERT OR IGNORE INTO candidate VALUES (?, ?)", met.pairs)
            posting_runs.append(self._base, met.kept)
            self._commit()
            self._added, self._fingerprints, self._characters = [], 0, 0

    def compare(self) -> None:
        """Find what articles that were not compared yet share with others, and with which they cluster."""
        self.flush()
        with self._errors():
            while some := self._base.execute(
                "SELECT later, earlier FROM candidate ORDER BY later, earlier LIMIT ?", [_PAIRS]
            ).fetchall():
                for later, pairs in groupby(some, key=itemgetter(0)):
                    self._relate(later, [earlier for _, earlier in pairs])
                self._base.execute("DELETE FROM candidate WHERE (later, earlier) <= (?, ?)", some[-1])
                self._commit()
            self.entry.cache_clear()

    def asked(self) -> Iterator[IndexedArticle]:
        """The articles that were given to `add`, in the order in which they were, each time they were."""
        with self._errors():
            for (number,) in self._base.execute("SELECT number FROM asked ORDER BY position"):
                yield self.entry(number)

    def every(self) -> Iterator[IndexedArticle]:
        """All articles of the index in the order in which they were first seen."""
        with self._errors():
            for (number,) in self._base.execute("SELECT number FROM article ORDER BY number"):
                yield self.entry(number)

    def text(self, number: int) -> str:
        """The text of an article."""
        with self._errors():
            (packed,) = self._base.execute("SELECT text FROM article WHERE number = ?", [number]).fetchone()
            return zlib.decompress(packed).decode("utf-8", "surrogatepass")

    def shared(self, number: int) -> list[SharedPassage]:
        """The passages of an article that others have too, each once, in the order in which they stand in it."""
        with self._errors():
            found = self._base.execute(
                "SELECT start, words, count(DISTINCT other) FROM passage WHERE one = ? GROUP BY start, words"
                " ORDER BY start, words DESC",
                [number],
            )
            return [SharedPassage(*row) for row in found]

    def locations(self, number: int, passage: SharedPassage, most: int) -> list[PassageLocation]:
        """The first articles in which a passage of an article stands too, and where it does first in each."""
        with self._errors():
            found = self._base.execute(
                "SELECT other, min(other_start) FROM passage WHERE one = ? AND start = ? AND words = ?"
                " GROUP BY other ORDER BY other LIMIT ?",
                [number, passage.start, passage.words, most],
            )
            return [PassageLocation(*row) for row in found]

    def carried(self, number: int) -> list[WirePassage]:
        """The passages of an article that stand in one signed by an agency as a whole, with the first such one."""
        with self._errors():
            found = self._base.execute(
                "SELECT agency, start, words, min(number) FROM passage JOIN source ON same = other WHERE one = ?"
                " GROUP BY agency, start, words",
                [number],
            )
            return [WirePassage(*row) for row in found]

    def sources(self, number: int) -> dict[str, int]:
        """The agencies by which a text is signed as a whole, and for each the first article in which it is.

        `number` is the first article with the text.
        """
        with self._errors():
            found = self._base.execute("SELECT agency, number FROM source WHERE same = ? ORDER BY number", [number])
            return dict(found.fetchall())

    def copies(self, number: int, most: int) -> tuple[int, list[str]]:
        """How many articles repeat the text of article `number`, the first with it, and the ids of the first ones."""
        with self._errors():
            count: int = self._one("SELECT count(*) FROM article WHERE same = ?", number)
            found = self._base.execute("SELECT id FROM article WHERE same = ? ORDER BY number LIMIT ?", [number, most])
            return count, [identifier for (identifier,) in found]

    def cluster(self, cluster: int, most: int) -> tuple[int, str, list[str]]:
        """How many articles a cluster has, the id of the first of them, and the ids of the first ones seen.

        The first is the earliest published; among those without a date, which come last, the earliest seen.
        """
        with self._errors():
            size = self._one("SELECT size FROM cluster WHERE number = ?", cluster)
            order = "SELECT id FROM article WHERE cluster = ? ORDER BY {} LIMIT ?"
            (first,) = self._base.execute(order.format("published IS NULL, published, number"), [cluster, 1]).fetchone()
            found = self._base.execute(order.format("number"), [cluster, most])
            return size, first, [identifier for (identifier,) in found]

    def _insert(self, article: TraceInput, key: int, words: int) -> int:
        number, self._next = self._next, self._next + 1
        first = self._base.execute(
            "SELECT number, cluster FROM article WHERE key = ? AND same IS NULL", [key]
        ).fetchone()
        same, cluster = first or (None, number)
        marks = "\n".join(f"{agency}\t{evidence}" for agency, evidence in article.signed)
        packed = zlib.compress(article.text.encode("utf-8", "surrogatepass"), 1)
        row = [number, article.id, key, same, words, article.published, marks, article.replaces, packed, cluster]
        self._base.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        grown = "INSERT INTO cluster VALUES (?, 1) ON CONFLICT (number) DO UPDATE SET size = size + 1"
        self._base.execute(grown, [cluster])
        whole = [(same or number, mark.agency, number) for mark in article.signed if mark.evidence in WHOLE]
        self._base.executemany("INSERT OR IGNORE INTO source VALUES (?, ?, ?)", whole)
        return number

    def _hold(self, number: int, hashes: Hashes) -> None:
        self._added.append((number, hashes))
        self._fingerprints += len(hashes)

    def _commit(self) -> None:
        """Make what was done last, and begin the next transaction."""
        self._base.execute("COMMIT")
        self._base.execute("BEGIN IMMEDIATE")

    def _relate(self, later: int, others: list[int]) -> None:
        """Write down what an article shares with others, and join their clusters where one is an edited copy."""
        first = self._prepared(later)
        for earlier in others:
            second = self._prepared(earlier)
            runs_of_both = common_runs(first, second)
            both = [
                row
                for start, other_start, words in passages(runs_of_both, first, second)
                for row in ((later, earlier, start, other_start, words), (earlier, later, other_start, start, words))
            ]
            self._base.executemany("INSERT OR IGNORE INTO passage VALUES (?, ?, ?, ?, ?)", both)
            if near(runs_of_both, first, second):
                self._join(later, earlier)

    def _prepared(self, number: int) -> PreparedText:
        return self._short(number) or prepare(self.text(number))

    def _prepare(self, number: int) -> PreparedText | None:
        """An article ready to be compared, if it is short enough to be kept so."""
        text = self.text(number)
        return prepare(text) if len(text) < _LONG else None

    def _join(self, one: int, other: int) -> None:
        """Make one cluster of two; the members of the smaller one get the number of the larger."""
        sized = "SELECT size, number FROM cluster WHERE number = (SELECT cluster FROM article WHERE number = ?)"
        (small, loser), (large, winner) = sorted(
            self._base.execute(sized, [number]).fetchone() for number in (one, other)
        )
        if loser != winner:
            self._base.execute("UPDATE article SET cluster = ? WHERE cluster = ?", [winner, loser])
            self._base.execute("UPDATE cluster SET size = ? WHERE number = ?", [small + large, winner])
            self._base.execute("DELETE FROM cluster WHERE number = ?", [loser])

    def _entry(self, number: int) -> IndexedArticle:
        found = self._base.execute(
            "SELECT id, coalesce(same, number), words, published, signed, cluster, replaces FROM article"
            " WHERE number = ?",
            [number],
        ).fetchone()
        identifier, same, words, published, marks, cluster, replaces = found
        named = tuple(Attribution(*line.split("\t")) for line in marks.splitlines())
        return IndexedArticle(number, identifier, same, words, published, named, cluster, replaces)

    def _one(self, question: str, *values: int) -> Any:
        """The one value that a query gives."""
        return self._base.execute(question, values).fetchone()[0]

    def _errors(self) -> AbstractContextManager[None]:
        return database_errors(self._name)
