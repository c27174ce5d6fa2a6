"""What the datatrove step costs beside our own worker processes, and figures for planning a large run.

A folder is filled with copies of the annotated news pages. Both clean it with the same number of processes and write
the same compressed records, in turns. Starting the processes is part of the time.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.pages.corpora import NEWS, Sample, read_jsonl
from bench.tables import Cell, table
from cleaners import read_articles
from cleaners.reading import read_pages
from cleaners.records.rows import json_line
from cleaners.running.batch import CleaningOptions
from cleaners.running.workers import Workers

ROUNDS = 3
AHEAD = 8
"""Pages that are queued for each worker."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("path", type=Path, nargs="?", default=NEWS, help="pages in our own layout; default: news-world")
    parser.add_argument("--pages", type=int, default=2000, help="pages to clean; default: 2000")
    parser.add_argument("--processes", type=int, default=2, help="worker processes of each; default: 2")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table."""
    yield report(list(read_jsonl(options.path)), options.pages, options.processes)


def report(samples: Sequence[Sample], pages: int, processes: int) -> str:
    """The table, and below it the bytes of a page and of its record."""
    with TemporaryDirectory() as folder:
        size = lay_out(samples, pages, Path(folder, "pages"))
        times: dict[str, list[float]] = {"copydesk's own workers": [], "datatrove step": []}
        written = {}
        for number in range(ROUNDS):
            for name, contender in zip(times, (by_workers, by_datatrove), strict=True):
                out = Path(folder, f"{name}-{number}")
                times[name].append(_seconds(contender, Path(folder, "pages"), out, processes))
                written[name] = sum(1 for _ in read_articles(out))
        output = sum(path.stat().st_size for path in out.rglob("articles/*"))
    own = median(times["copydesk's own workers"])
    rows: list[list[Cell]] = [
        [name, median(seconds), median(seconds) / own, pages / median(seconds) / processes, written[name]]
        for name, seconds in times.items()
    ]
    head = (f"{pages:,} pages, {processes} processes", "seconds", "ratio", "pages a second a process", "articles")
    return f"{table(head, rows)}\n\nbytes a page: {size // pages:,} in, {output // pages:,} out, compressed"


def lay_out(samples: Sequence[Sample], pages: int, folder: Path) -> int:
    """Write so many pages into a new folder, and return their size in bytes."""
    folder.mkdir()
    size = 0
    for number, sample in enumerate(islice(cycle(samples), pages)):
        content = sample.html if isinstance(sample.html, bytes) else sample.html.encode()
        size += len(content)
        (folder / f"{number:06}.html").write_bytes(content)
    return size


WITHOUT_AUDIT = CleaningOptions(audit=False)


def by_workers(pages: Path, out: Path, processes: int) -> None:
    """Clean the folder with our own worker processes."""
    out.mkdir()
    with gzip.open(out / "articles.jsonl.gz", "wb") as file, Workers(processes) as workers:
        read = read_pages([pages])
        waiting = deque(workers.clean(page, WITHOUT_AUDIT) for page in islice(read, AHEAD * processes))
        while waiting:
            file.writelines(map(json_line, waiting.popleft().result().articles))
            waiting.extend(workers.clean(page, WITHOUT_AUDIT) for page in islice(read, 1))


def by_datatrove(pages: Path, out: Path, processes: int) -> None:
    """Clean the folder by datatrove's local executor, one task a process."""
    from datatrove.executor import LocalPipelineExecutor

    from cleaners.datatrove import pipeline

    steps = pipeline(str(pages), str(out))
    LocalPipelineExecutor(steps, tasks=processes, workers=processes, logging_dir=str(out / "logs")).run()


def _seconds(contender: Callable[[Path, Path, int], None], pages: Path, out: Path, processes: int) -> float:
    start = perf_counter()
    with contextlib.redirect_stderr(sys.stdout):
        contender(pages, out, processes)
    return perf_counter() - start
