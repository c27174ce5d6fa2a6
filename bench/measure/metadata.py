"""How often title, date and author are exactly right, beside trafilatura on the same pages in the same run.

A page counts for a field if its annotation has a value. "Exactly right" means:

- title: equal after folding (NFKC, case, white space, plain quotes and dashes, no soft hyphens).
- date: the same calendar day as written, without time and offset. The annotations have one date and do not say which
  it is. Ours is the date of publication, or that of the last change where a page states no other. `date, published`
  takes the date of publication only.
- author: the same set of names. Both sides are split at `,` `;` `|` `&` and at "and", "und", "y", "e", "et", folded
  like titles, and stripped of full stops and degrees (MD, Ph.D.), which only some annotations give.

`given` counts the pages without an annotation for the field on which a value was found. Many of those pages do state
one, so this is not an error rate; it shows how readily an extractor gives an answer.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from trafilatura.metadata import extract_metadata

from bench.pages.corpora import ARTICLES, MULTILINGUAL, NEWS, Sample, read_jsonl
from cleaners.blocks.html import parse
from cleaners.decoding.encodings import decode
from cleaners.metadata import read_markup
from cleaners.words.folding import fold

FILES = (ARTICLES, MULTILINGUAL, NEWS)
FIELDS = ("title", "date", "date, published", "author")

_BETWEEN_NAMES = re.compile(r"[;,|&]|\s(?:and|und|et|y|e)\s", re.IGNORECASE)
_DEGREE = re.compile(r"[mp]h?d|rdn?|ms|ma|ba|rn|mba|cfp|cepf®?|fand|dvm|vmd|dacvb|lvt|foma|dabom|facl?m|cpp|psp")


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of a page by one side. `published` equals `date` where an extractor gives one date only."""

    title: str | None
    date: str | None
    published: str | None
    authors: tuple[str, ...]


def folded_names(texts: Iterable[str]) -> frozenset[str]:
    """The set of names in some texts, folded for comparison.

    >>> sorted(folded_names(["Ann Poe and Bo Li, MD", "Cy O. Day"]))
    ['ann poe', 'bo li', 'cy o day']
    """
    parts = (fold(part).replace(".", "").strip() for part in _BETWEEN_NAMES.split("; ".join(texts)))
    names = frozenset(part for part in parts if part)
    return frozenset(name for name in names if not _DEGREE.fullmatch(name)) or names


def right(gold: Facts, found: Facts, field: str) -> bool | None:
    """Whether a field is exactly right; None where there is no annotation."""
    match field:
        case "title":
            return fold(gold.title) == fold(found.title or "") if gold.title else None
        case "author":
            return folded_names(gold.authors) == folded_names(found.authors) if gold.authors else None
        case _:
            date = found.date if field == "date" else found.published
            return gold.date[:10] == (date or "")[:10] if gold.date else None


def gold_facts(sample: Sample) -> Facts:
    """The annotation of a page; the string "None" counts as no annotation."""
    title, date = (value if value and value != "None" else None for value in (sample.title, sample.date))
    return Facts(title, date, date, tuple(name for name in sample.authors if name and name != "None"))


def our_facts(tree: etree._Element, url: str | None) -> Facts:
    """What Copydesk reads from the markup."""
    found = read_markup(tree, url).metadata
    return Facts(found.title, found.date_published or found.date_modified, found.date_published, found.authors)


def their_facts(html: str, url: str | None) -> Facts:
    """What trafilatura finds."""
    found = extract_metadata(html, default_url=url)
    return Facts(found.title, found.date, found.date, tuple(filter(None, [found.author])))


class Tally:
    """Counts by field: right answers, annotations, and answers where there is no annotation."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.stated: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.silent: Counter[str] = Counter()
        self.seconds = 0.0

    def add(self, gold: Facts, found: Facts) -> None:
        """Count one page."""
        for field in FIELDS:
            verdict = right(gold, found, field)
            if verdict is None:
                self.silent[field] += 1
                self.given[field] += bool(_value(found, field))
            else:
                self.stated[field] += 1
                self.right[field] += verdict

    def merge(self, other: Tally) -> None:
        """Add the counts of another tally."""
        self.right.update(other.right)
        self.stated.update(other.stated)
        self.given.update(other.given)
        self.silent.update(other.silent)
        self.seconds += other.seconds

    def cells(self) -> list[str]:
        """The cells of a row: percentages with the number of annotated pages, answers without annotation, ms a page."""
        shares = [
            f"{100 * self.right[field] / max(1, self.stated[field]):.1f} ({self.stated[field]})" for field in FIELDS
        ]
        given = [f"{self.given[field]}/{self.silent[field]}" for field in ("date", "author")]
        return [*shares, *given, f"{1000 * self.seconds / max(1, self.stated['title'] + self.silent['title']):.2f}"]


def _value(facts: Facts, field: str) -> object:
    return {"title": facts.title, "author": facts.authors, "date": facts.date}.get(field, facts.published)


def measure(samples: Iterable[Sample], ours: Tally, theirs: Tally, misses: str | None = None) -> Iterator[str]:
    """Count every page for both sides, and yield a line for each page whose field `misses` we get wrong."""
    for sample in samples:
        html = sample.html if isinstance(sample.html, str) else decode(sample.html)
        url = sample.url or None
        gold = gold_facts(sample)
        tree = parse(html)
        start = time.perf_counter()
        found = our_facts(tree, url)
        ours.seconds += time.perf_counter() - start
        ours.add(gold, found)
        start = time.perf_counter()
        peer = their_facts(html, url)
        theirs.seconds += time.perf_counter() - start
        theirs.add(gold, peer)
        if misses and right(gold, found, misses) is False:
            yield f"{sample.url}\n    stated {_value(gold, misses)!r}\n    found  {_value(found, misses)!r}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", type=Path, default=list(FILES), help="default: the annotated corpora")
    parser.add_argument("--misses", choices=FIELDS, help="list the pages on which this field is wrong")


def run(options: argparse.Namespace) -> Iterator[str]:
    """A table of both sides for each file and for all of them."""
    yield "share of pages exactly right (pages annotated), given without an annotation, ms a page (ours: parsed before)"
    yield f"{'':22}{''.join(f'{head:>18}' for head in (*FIELDS, 'date given', 'author given', 'ms'))}"
    total = (Tally(), Tally())
    for file in options.files:
        sides = (Tally(), Tally())
        yield from measure(read_jsonl(file), *sides, misses=options.misses)
        yield _rows(file.name.split(".")[0], sides)
        for whole, part in zip(total, sides, strict=True):
            whole.merge(part)
    yield _rows("all", total)


def _rows(name: str, sides: tuple[Tally, Tally]) -> str:
    return "\n".join(
        f"{side:22}{''.join(f'{cell:>18}' for cell in tally.cells())}"
        for side, tally in zip((name, "  trafilatura"), sides, strict=True)
    )
