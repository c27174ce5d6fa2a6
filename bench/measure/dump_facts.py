"""How often headline, day and authors of plain dumps are right: a dump has no markup that tells them.

A dump that does not print a value cannot tell it, so two shares are shown beside each other:

- `stated`: the dumps that hold the annotated value: the headline on a line of its own, the day in any written form
  and place, all names. `right` is the share of them whose first record has exactly that value, as `bench metadata` has
  it; titles are compared by their words. The day is that of publication, or of the last change where there is no other.
- `annotated`: all dumps of pages that are annotated. `given` is the share of them with any value, `wrong` with another
  one: a wrong day is worse than none.

With `--html` the page itself is cleaned, too; the values that it states are those of its dump by `get_text("\\n")`.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench.arguments import positive
from bench.measure.metadata import Facts, folded_names, gold_facts, right
from bench.metrics import words
from bench.pages.corpora import ARTICLES, DATES, MORE_TRAINING, NEWS, NEWS_SITES, Sample, read_jsonl
from bench.pages.renderers import RENDERERS, decoded, soup_lines
from bench.tables import Cell, table
from cleaners import Article, clean
from cleaners.words.dates import find_dates, read_date
from cleaners.words.folding import fold

SETS = {
    "articles": ARTICLES,
    "news": NEWS,
    "news sites": NEWS_SITES,
    "many languages": MORE_TRAINING,
    "dates": DATES,
}
FIELDS = ("title", "date", "author")
HTML = "the page itself"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--step", type=positive, default=1, metavar="N", help="take every Nth page only; default: all")
    parser.add_argument("--only", action="append", choices=SETS, help="only this set; may be repeated")
    parser.add_argument("--html", action="store_true", help="clean the pages themselves, too")
    parser.add_argument("--misses", choices=FIELDS, help="list the dumps on which this field is wrong or missing")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The misses if they are asked for, then a table by field, set and renderer. Raises MissingCorpusError."""
    rows: defaultdict[str, list[list[Cell]]] = defaultdict(list)
    for name in options.only or SETS:
        pages = list(read_jsonl(SETS[name]))[:: options.step]
        for renderer in (*RENDERERS, HTML) if options.html else RENDERERS:
            tally = Tally()
            for page in pages:
                yield from _measure(page, renderer, tally, options.misses)
            for field in filter(tally.annotated.__getitem__, FIELDS):
                rows[field].append([f"{name}, {renderer}", *tally.cells(field)])
    for field, lines in rows.items():
        yield table((field, "annotated", "given", "wrong", "stated", "right"), lines)


class Tally:
    """Counts by field: annotated dumps, those with a value and with a wrong one, those that state the annotated value,
    and those of them that have it."""

    def __init__(self) -> None:
        self.annotated: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.stated: Counter[str] = Counter()
        self.right: Counter[str] = Counter()

    def add(self, field: str, *, given: bool, right: bool, stated: bool) -> None:
        """Count one annotated dump."""
        self.annotated[field] += 1
        self.given[field] += given
        self.wrong[field] += given and not right
        self.stated[field] += stated
        self.right[field] += stated and right

    def cells(self, field: str) -> list[Cell]:
        """The cells of a row, shares with three decimals."""
        annotated, stated = self.annotated[field], self.stated[field]
        shares = [count[field] / annotated if annotated else None for count in (self.given, self.wrong)]
        return [annotated, *shares, stated, self.right[field] / stated if stated else None]


def _measure(page: Sample, renderer: str, tally: Tally, misses: str | None) -> Iterator[str]:
    """Count the fields of a page, and yield what is wrong or missing in the field `misses`."""
    gold = _annotated(page)
    if not (gold.title or gold.date or gold.authors):
        return
    dump = soup_lines(page.html) if renderer == HTML else RENDERERS[renderer](page.html)
    found = _html_facts(page) if renderer == HTML else dump_facts(dump)
    for field in FIELDS:
        exact = right(gold, found, field)
        if exact is None:
            continue
        if field == "title":
            exact = words(gold.title or "") == words(found.title or "")
        stated, value = states(dump, gold, field), _value(found, field)
        tally.add(field, given=bool(value), right=exact, stated=stated)
        if field == misses and not exact and (stated or value):
            yield f"{page.id} {page.url} {renderer}\n    annotated {_value(gold, field)!r}, found {value!r}"


def _annotated(page: Sample) -> Facts:
    """The annotation of a page; a date that is no day of the calendar counts as none."""
    gold = gold_facts(page)
    return gold if gold.date and read_date(gold.date[:10]) else replace(gold, date=None, published=None)


def dump_facts(dump: str) -> Facts:
    """The facts in the first record of a dump."""
    return _facts(clean(dump, kind="text"))


def _html_facts(page: Sample) -> Facts:
    return _facts(clean(decoded(page.html), url=page.url or None, kind="html", any_page=True))


def _facts(articles: Sequence[Article]) -> Facts:
    if not articles:
        return Facts(None, None, None, ())
    found = articles[0]
    return Facts(found.title, found.date_published or found.date_modified, found.date_published, found.authors)


def states(dump: str, gold: Facts, field: str) -> bool:
    """Whether a dump holds the annotated value of a field.

    >>> states("Harbour opens\\nBy Ann Poe\\n3 May 2026", Facts(None, "2026-05-03", None, ("Ann Poe",)), "date")
    True
    """
    if field == "title":
        wanted = words(gold.title or "")
        return any(words(line) == wanted for line in dump.splitlines())
    if field == "author":
        text = fold(dump).replace(".", "")
        return all(name in text for name in folded_names(gold.authors))
    day = (gold.date or "")[:10]
    return any(day in _days(line) for line in dump.splitlines())


def _days(line: str) -> set[str]:
    """The days in a line, in either order of day and month."""
    return {date.iso[:10] for day_first in (True, False) for date in find_dates(line, day_first=day_first)}


def _value(facts: Facts, field: str) -> object:
    return {"title": facts.title, "date": facts.date}.get(field, facts.authors)
