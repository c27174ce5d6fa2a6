"""`copydesk corpus` on articles made by editing real ones, and what it costs on many short made articles.

A pair of an article and an edited version of it that is a copy counts as right if one of the two is kept and the other
points to it, or both point to the same record.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from bench.pages.corpora import ARTICLES, NEWS, read_jsonl
from bench.pages.made_articles import EDITS, edited_articles, made_article, originals
from bench.tables import Cell, table
from cleaners.corpus.build import CorpusOptions, build_corpus
from cleaners.records.reader import read_articles
from cleaners.records.rows import json_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many made articles there are."""
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="made short articles (20,000)")


def run(options: argparse.Namespace) -> Iterator[str]:
    """Both tables."""
    yield cost(options.articles)  # first, so that the peak is its own
    yield copies()


def copies() -> str:
    """How many of the pairs that are copies of each other are one record in the corpus."""
    texts = originals(chain(read_jsonl(NEWS), read_jsonl(ARTICLES)))
    own, hosts = texts[::2], texts[1::2]
    rows: list[list[Cell]] = []
    for kind in EDITS:
        versions = list(edited_articles(kind, own, hosts))
        records = [_record(str(number), "\n".join(text)) for number, text in enumerate(own)]
        records += [_record(f"{version.original}-{kind}", version.text) for version in versions]
        stands_for = _stands_for(records)
        pairs = [version for version in versions if version.pair]
        right = sum(stands_for[f"{each.original}-{kind}"] == stands_for[str(each.original)] for each in pairs)
        others = [version for version in versions if not version.pair]
        wrong = sum(stands_for[f"{each.original}-{kind}"] == stands_for[str(each.original)] for each in others)
        rows.append([kind, len(pairs), right, len(others), wrong])
    return table(["edited", "copies", "one kept", "no copies", "joined"], rows)


def cost(articles: int) -> str:
    """Time, size and memory for a corpus of short made articles."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "made.jsonl", Path(folder) / "corpus"
        size = _write(source, (made_article(number) for number in range(articles)))
        start = time.process_time()
        counts = build_corpus([str(source)], str(target), CorpusOptions())
        seconds = time.process_time() - start
        written = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
        pointed = sum(count for reason, count in counts.left_out.items() if reason in ("same-text", "near-duplicate"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    head = ["articles", "MB of JSON", "kept", "copies", "seconds", "ms each", "MB of corpus", "peak MB"]
    row = [f"{articles:,}", f"{size / 1e6:.0f}", f"{counts.records:,}", f"{pointed:,}", f"{seconds:.0f}"]
    return table(head, [[*row, f"{seconds / articles * 1e3:.2f}", f"{written / 1e6:.0f}", f"{peak:.0f}"]])


def _stands_for(records: list[dict[str, Any]]) -> dict[str, str]:
    """The id of the record that is kept for each record."""
    from pyarrow import parquet

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "corpus"
        source.write_bytes(b"".join(map(json_line, records)))
        build_corpus([str(source)], str(target), CorpusOptions())
        kept = {row["id"]: row["id"] for row in read_articles(target)}
        left_out = parquet.read_table(target / "left-out").to_pylist()
        return kept | {row["id"]: row["kept"] for row in left_out}


def _write(path: Path, articles: Iterable[Any]) -> int:
    with path.open("wb") as file:
        return sum(file.write(json_line(_record(article.id, article.text))) for article in articles)


def _record(id: str, text: str) -> dict[str, Any]:
    return {"id": id, "url": f"https://outlet.example/{id}", "text": text, "language": "en", "kind": "article"}
