"""How often the headline of a plain dump is right: a dump has no markup that tells it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bench.metrics import words
from bench.pages.corpora import ARTICLES, MORE_TRAINING, NEWS, NEWS_SITES, Sample, read_jsonl
from bench.pages.renderers import RENDERERS
from bench.tables import Cell, table
from cleaners import clean

SETS = {"articles": ARTICLES, "news": NEWS, "news sites": NEWS_SITES, "many languages": MORE_TRAINING}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--step", type=int, default=1, metavar="N", help="take every Nth page only; default: all")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table by set and renderer: dumps that hold the annotated headline on a line of its own, and the share of them
    whose first record has it, by the same words. Raises MissingCorpusError."""
    rows: list[list[Cell]] = []
    for name, path in SETS.items():
        pages = [page for page in list(read_jsonl(path))[:: options.step] if page.title]
        for renderer in RENDERERS:
            right = list(_right(pages, renderer))
            rows.append([f"{name}, {renderer}", len(right), sum(right) / len(right) if right else None])
    yield table(("", "dumps", "right"), rows)


def _right(pages: list[Sample], renderer: str) -> Iterator[bool]:
    for page in pages:
        dump, wanted = RENDERERS[renderer](page.html), words(page.title or "")
        if any(words(line) == wanted for line in dump.splitlines()):
            articles = clean(dump, kind="text")
            yield bool(articles) and words(articles[0].title or "") == wanted
