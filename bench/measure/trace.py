"""How well and at what cost shared passages are traced.

A pair is found when the trace record of one article names the other as a duplicate or in its cluster. A planted passage
is found when each of its words lies in a passage that the record attributes to the article it was taken from. All times
are processor time.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, NamedTuple

from bench.pages.corpora import ARTICLES, NEWS, read_jsonl
from bench.pages.made_articles import EDITS, EditedArticle, Paragraphs, edited_articles, made_article, originals
from bench.tables import Cell, table
from cleaners import Page, clean_page
from cleaners.records.row_files import parse_row
from cleaners.records.rows import article_rows, json_line
from cleaners.tracing import Index, trace
from cleaners.tracing.attribution import Attribution
from cleaners.tracing.inputs import TraceInput, to_input

PAGES = 300
"""Pages on which cleaning and tracing are timed."""

DAY, DAYS, SMALL_RUN, SMALL_RUNS = 1000, 5, 10, 10
"""Articles of the runs that add to an existing index, and the number of such runs. Several runs are needed because the
index is merged in few of them; ten articles a run, ten times, cover one hundred, which holds all kinds of articles."""

Row = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--articles", type=int, default=0, metavar="N", help="measure how the cost grows instead, up to N"
    )


def run(options: argparse.Namespace) -> Iterator[str]:
    """Quality and cost, or the growth of the cost."""
    if options.articles:
        yield from growth(options.articles)
    else:
        yield f"{quality()}\n\n{cost()}"


class EditCounts(NamedTuple):
    """What was found of one kind of edit.

    `right` of `wanted` pairs were found, `reported` counts right and wrong pairs; `passages` of `planted` were found.
    """

    articles: int
    right: int
    wanted: int
    reported: int
    passages: int
    planted: int


class RunCounts(NamedTuple):
    """Cost and result of a run of made articles: `lifted` share a passage with an earlier one, `found` name it."""

    articles: int
    seconds: float
    found: int
    lifted: int


def quality() -> str:
    """The table of pairs and passages found, by kind of edit."""
    texts = originals(chain(read_jsonl(NEWS), read_jsonl(ARTICLES)))
    own, hosts = texts[::2], texts[1::2]
    found = {kind: find(own, list(edited_articles(kind, own, hosts))) for kind in EDITS}
    found["all"] = EditCounts(*map(sum, zip(*found.values(), strict=True)))
    rows: list[list[Cell]] = [
        [
            kind,
            one.articles,
            one.right / one.reported if one.reported else None,
            one.right / one.wanted if one.wanted else None,
            one.reported - one.right,
            one.passages / one.planted if one.planted else None,
        ]
        for kind, one in found.items()
    ]
    return table(["edited", "articles", "precision of pairs", "recall", "wrong pairs", "passages found"], rows)


def find(texts: Sequence[Paragraphs], versions: Sequence[EditedArticle]) -> EditCounts:
    """Trace texts together with edited versions of them, and count what is found."""
    names = [f"{version.original}-edited" for version in versions]
    records = [TraceInput(str(number), "\n".join(text)) for number, text in enumerate(texts)]
    records += [TraceInput(name, version.text) for name, version in zip(names, versions, strict=True)]
    with closing(Index()) as index:
        rows = {row["id"]: row for row in trace(records, index, refuse=_refuse)}
    reported = {frozenset((row["id"], other)) for row in rows.values() for other in _partners(row)}
    both = list(zip(names, versions, strict=True))
    wanted = {frozenset((name, str(version.original))) for name, version in both if version.pair}
    passages = [_holds(rows[name], version, piece) for name, version in both for piece in version.planted]
    return EditCounts(len(versions), len(wanted & reported), len(wanted), len(reported), sum(passages), len(passages))


def cost() -> str:
    """The table of what tracing costs beside cleaning, on the same pages in one run."""
    pages = list(islice(chain(read_jsonl(NEWS), read_jsonl(ARTICLES)), PAGES))
    clean_page(Page(pages[0].html, url=pages[0].url))
    lines: list[bytes] = []
    start = time.process_time()
    for sample in pages:
        lines += [json_line(row) for row in article_rows(clean_page(Page(sample.html, url=sample.url)))]
    cleaning = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder, closing(Index(Path(folder) / "index")) as index:
        start = time.process_time()
        for row in trace((to_input(parse_row(line), "") for line in lines), index, refuse=_refuse):
            json_line(row)
        tracing = time.process_time() - start
    rows: list[list[Cell]] = [
        [name, f"{seconds * 1e3:.0f}", f"{seconds / len(lines) * 1e3:.2f}"]
        for name, seconds in (("cleaning", cleaning), ("tracing", tracing))
    ]
    return (
        table([f"{len(pages)} pages, {len(lines)} articles", "ms", "ms an article"], rows)
        + f"\n\nTracing costs {tracing / cleaning:.3f} of cleaning."
    )


def growth(articles: int) -> Iterator[str]:
    """The rows of a table: the cost of an article as the index grows to a size, in bulk, in daily and in smaller runs.

    `found` is the share of the articles made from an earlier one whose record names it.
    """
    head = [
        "articles",
        "ms each in bulk",
        f"in runs of {DAY}",
        f"in runs of {SMALL_RUN}",
        "found",
        "MB index",
        "peak MB",
    ]
    yield "| " + " | ".join(head) + " |\n|" + "---:|" * len(head)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        done = 0
        for size in _sizes(articles):
            bulk = _run(path, done, size)
            days = _run_often(path, size, DAY, DAYS)
            small = _run_often(path, size + DAY * DAYS, SMALL_RUN, SMALL_RUNS)
            done = size + DAY * DAYS + SMALL_RUN * SMALL_RUNS
            runs = [bulk, days, small]
            found = sum(run.found for run in runs) / max(sum(run.lifted for run in runs), 1)
            megabytes = path.stat().st_size / 1e6
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            times = [f"{run.seconds / run.articles * 1e3:.2f}" for run in runs]
            yield f"| {size:,} | {' | '.join(times)} | {found:.4f} | {megabytes:,.0f} | {peak:,.0f} |"


def _sizes(articles: int) -> Iterator[int]:
    """Ten thousand, thirty thousand, a hundred thousand and so on, and the number of articles."""
    for size in (start * 10**digits for digits in count(4) for start in (1, 3)):
        if size >= articles:
            break
        yield size
    yield articles


def _run_often(path: Path, first: int, articles: int, runs: int) -> RunCounts:
    """Add made articles in several runs of equal length, and sum up the runs."""
    starts = range(first, first + articles * runs, articles)
    return RunCounts(*map(sum, zip(*(_run(path, start, start + articles) for start in starts), strict=True)))


def _run(path: Path, first: int, last: int) -> RunCounts:
    """Add made articles in one run and write their trace records. The time for making the articles is left out."""
    making, originals = 0.0, {}

    def records() -> Iterator[TraceInput]:
        nonlocal making
        for number in range(first, last):
            start = time.process_time()
            article = made_article(number)
            if article.original:
                originals[article.id] = article.original
            making += time.process_time() - start
            signed = (Attribution(article.agency, "dateline"),) if article.agency else ()
            yield TraceInput(article.id, article.text, attributions=signed)

    found = 0
    start = time.process_time()
    with closing(Index(path)) as index:
        for row in trace(records(), index, refuse=_refuse):
            json_line(row)
            found += originals.get(row["id"]) in _named(row)
    return RunCounts(last - first, time.process_time() - start - making, found, len(originals))


def _named(row: Row) -> set[str]:
    """The ids of the articles that a record names as sharing text."""
    return {*_partners(row), *(other["id"] for shared in row["shared"] for other in shared["articles"])}


def _partners(row: Row) -> list[str]:
    cluster: list[str] = row["cluster"]["ids"] if row["cluster"] else []
    return [*row["duplicates"]["ids"], *cluster]


def _holds(row: Row, version: EditedArticle, piece: str) -> bool:
    """Whether a record attributes each word of a planted piece to its original."""
    if row["duplicate_of"] == str(version.original):
        return True
    rest = list(version.text)
    for shared in row["shared"]:
        if any(other["id"] == str(version.original) for other in shared["articles"]):
            rest[shared["start"] : shared["end"]] = " " * (shared["end"] - shared["start"])
    start = version.text.find(piece)
    return not any(char.isalnum() for char in rest[start : start + len(piece)])


def _refuse(refused: object) -> None:
    raise ValueError(f"no article: {refused}")
