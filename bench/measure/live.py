"""How well the entries of live columns are read.

Twenty made columns, in many layouts and ten languages: how many of their entries are found with headline and words, and
how many with the right time. Then pages that only look like one, none of which may gain entries. With `--corpora` all
annotated pages are looked at, and each that gains entries is listed with its first ones, to be read by eye.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime

from bench.measure.structure import CORPORA
from bench.pages import corpora
from bench.pages.live_lookalikes import lookalikes
from bench.pages.live_pages import Given, LivePage, live_pages
from bench.pages.renderers import decoded
from bench.tables import Cell, table
from cleaners import Page, clean_page
from cleaners.data import Article, Update

SHOWN = 3
"""Entries of a page that are listed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--corpora", action="store_true", help="list the pages of all corpora that gain entries")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The made columns, the pages that look like one, and the corpora on demand."""
    if options.corpora:
        yield from in_corpora()
        return
    rows: list[tuple[Cell, ...]] = []
    sums = [0, 0, 0, 0]
    for page in live_pages():
        article = _cleaned(page.html)
        figures = (len(page.entries), *counts(article.updates if article else (), page.entries))
        rows.append((page.name, *figures))
        sums = [sum(pair) for pair in zip(sums, figures, strict=True)]
    given, _, found, timed = sums
    yield table(("made column", "entries", "read", "right", "right time"), [*rows, ("all", *sums)])
    yield f"entries right: {found / given:.3f}, with the right time: {timed / given:.3f}"
    gained = [page.name for page in lookalikes() if _gains(page)]
    yield f"pages that look like a column and gain entries: {len(gained)} of {len(lookalikes())} {', '.join(gained)}"


def counts(read: Sequence[Update], given: Sequence[Given]) -> tuple[int, int, int]:
    """How many entries were read, how many of the given ones are among them, and how many of those have their time."""
    by_text = {update.text: update for update in read}
    found = [
        (entry, update)
        for entry in given
        if (update := by_text.get(entry.text)) and (update.title or "") == entry.title
    ]
    return len(read), len(found), sum(is_time(update.time, entry.time) for entry, update in found)


def is_time(read: str | None, given: datetime) -> bool:
    """Whether a time in ISO 8601 is the given one, to the minute.

    >>> is_time("2026-02-03T21:30:10+01:00", datetime(2026, 2, 3, 21, 30)), is_time(None, datetime(2026, 2, 3))
    (True, False)
    """
    return read is not None and read[:16] == given.isoformat()[:16]


def _cleaned(html: str) -> Article | None:
    articles = clean_page(Page(html, kind="html"), any_page=True).articles
    return articles[0] if len(articles) == 1 else None


def _gains(page: LivePage) -> bool:
    return any(found.updates or found.kind == "live" for found in clean_page(Page(page.html), any_page=True).articles)


def in_corpora() -> Iterator[str]:
    """Each page of the corpora that gains entries, with the first of them, and how many pages there are."""
    pages = gained = 0
    for name, path in {**CORPORA, "dates": corpora.DATES}.items():
        for sample in corpora.read_jsonl(path):
            pages += 1
            for article in clean_page(Page(decoded(sample.html), url=sample.url, kind="html"), any_page=True).articles:
                if article.updates:
                    gained += 1
                    yield f"{name}: {sample.id}: {len(article.updates)} entries: {article.title}"
                    yield from (f"    {entry.time} | {entry.title}" for entry in article.updates[:SHOWN])
    yield f"{gained} of {pages} pages gain entries"
