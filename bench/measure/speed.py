"""Milliseconds a page, and the ratio to trafilatura with metadata and langdetect and to a bare parse by lxml: on the
pages of one corpus, then on pages of each size from several.

All extractors run in one process on one core and take turns page by page, so that a slow moment of the machine affects
all of them alike. What is counted is the time of the processor, without what other programs take of it.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from statistics import fmean, median
from time import process_time

from langdetect import DetectorFactory, detect
from langdetect.lang_detect_exception import LangDetectException
from lxml import html

from bench.pages.corpora import ARTICLES, MORE_MEASURING, NEWS, NEWS_SITES, Sample, read_jsonl
from bench.pages.peers import MissingCopydeskError, copydesk, resiliparse, trafilatura_fast, trafilatura_with_metadata
from bench.tables import Cell, table

ROUNDS = 5
OF_EACH_SIZE = 16
SIZES = {"under 20 KB": 20_000, "to 100 KB": 100_000, "to 300 KB": 300_000, "above": float("inf")}
"""Bytes below which a page has each size and no smaller one."""

MIXED = (NEWS, NEWS_SITES, MORE_MEASURING, ARTICLES)
"""The corpora of which pages of each size are taken, in equal parts where they have as many. All are of articles."""

LANGUAGE_SAMPLE = 500
"""Characters given to langdetect, which bounds its cost."""

Contender = Callable[[str], object]


def parse(page: str) -> object:
    """lxml's parse alone."""
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def trafilatura_with_language(page: str) -> object:
    """trafilatura with metadata, then langdetect on the start of the text."""
    text = trafilatura_with_metadata(page)
    try:
        return detect(text[:LANGUAGE_SAMPLE])
    except LangDetectException:  # no letters in the text
        return None


TRAFILATURA = "trafilatura with metadata, langdetect"
PARSE = "lxml parse alone"
CONTENDERS: dict[str, Contender] = {
    "copydesk": copydesk,
    TRAFILATURA: trafilatura_with_language,
    "trafilatura, fast, text only": trafilatura_fast,
    "resiliparse, text only": resiliparse,
    PARSE: parse,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("path", type=Path, nargs="?", default=NEWS, help="pages in our own layout; default: news-world")
    parser.add_argument("--pages", type=int, default=60, help="how many of them; default: 60")
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"times that each page is cleaned; default: {ROUNDS}"
    )
    parser.add_argument(
        "--of-each-size",
        type=int,
        default=OF_EACH_SIZE,
        help=f"pages of each size for the second table, none with 0; default: {OF_EACH_SIZE}",
    )


def run(options: argparse.Namespace) -> Iterator[str]:
    """Both tables."""
    _stay_on_one_core()
    DetectorFactory.seed = 0
    yield report(list(islice(read_jsonl(options.path), options.pages)), options.rounds)
    if options.of_each_size:
        yield ""
        yield report_by_size(sample_by_size(map(read_jsonl, MIXED), options.of_each_size), options.rounds)


def report(samples: Sequence[Sample], rounds: int = ROUNDS) -> str:
    """The table: mean milliseconds a page, and the median over pages of the ratio to each yardstick."""
    pages = [sample.html for sample in samples if isinstance(sample.html, str)]
    times = time_in_turns(_available(pages[0]), pages, rounds)
    rows: list[list[Cell]] = [
        [name, 1000 * fmean(own), _ratio(own, times[TRAFILATURA]), _ratio(own, times[PARSE])]
        for name, own in times.items()
    ]
    return table(("", "ms a page", "to trafilatura", "to parse"), rows)


def report_by_size(pages: Mapping[str, Sequence[str]], rounds: int = ROUNDS) -> str:
    """The table of sizes: mean milliseconds a page, and how many times as long each yardstick takes, for all pages
    together and for the median one."""
    rows = [_size_row(size, time_in_turns(CONTENDERS, own, rounds)) for size, own in pages.items() if own]
    others = (f"{name}: all, median" for name in CONTENDERS if name != "copydesk")
    return table(("size", "pages", "ms a page", *others), rows)


def _size_row(size: str, times: Mapping[str, Sequence[float]]) -> list[Cell]:
    ours = times["copydesk"]
    factors = (
        f"{sum(theirs) / sum(ours):.2f}, {_ratio(theirs, ours):.2f}"
        for name, theirs in times.items()
        if name != "copydesk"
    )
    return [size, len(ours), 1000 * fmean(ours), *factors]


def sample_by_size(corpora: Iterable[Iterable[Sample]], count: int) -> dict[str, list[str]]:
    """So many pages of each size: one of each corpus in turn, as long as it has any, spread over it evenly."""
    found: dict[str, list[list[str]]] = {size: [] for size in SIZES}
    for corpus in corpora:
        of_size = defaultdict(list)
        for sample in corpus:
            if isinstance(sample.html, str):
                of_size[size_of(sample.html)].append(sample.html)
        for size, pages in of_size.items():
            found[size].append(pages[:: max(1, len(pages) // count)])
    return {size: list(islice(_in_turn(lists), count)) for size, lists in found.items()}


def size_of(page: str) -> str:
    """The size of a page, by its bytes in UTF-8.

    >>> size_of("x" * 19_999), size_of("x" * 20_000), size_of("x" * 300_000)
    ('under 20 KB', 'to 100 KB', 'above')
    """
    length = len(page.encode("utf-8", "replace"))
    return next(size for size, below in SIZES.items() if length < below)


def _in_turn(lists: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first page of each list, then the second ones, and so on."""
    for place in range(max(map(len, lists), default=0)):
        yield from (pages[place] for pages in lists if place < len(pages))


def time_in_turns(contenders: dict[str, Contender], pages: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Seconds of the processor that each contender takes for each page, the median of the rounds. Each runs once before
    to warm up."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in pages] for name in contenders}
    for contender in contenders.values():
        contender(pages[0])
    gc.freeze()  # else the collector scans what one contender keeps loaded while another one is timed
    for _ in range(rounds):
        for index, page in enumerate(pages):
            for name, contender in contenders.items():
                times[name][index].append(_seconds(contender, page))
    return {name: [median(values) for values in of_pages] for name, of_pages in times.items()}


def _seconds(contender: Contender, page: str) -> float:
    gc.collect(0)
    start = process_time()
    contender(page)
    return process_time() - start


def _ratio(own: Sequence[float], yardstick: Sequence[float]) -> float:
    return median(mine / theirs for mine, theirs in zip(own, yardstick, strict=True))


def _available(page: str) -> dict[str, Contender]:
    try:
        copydesk(page)
    except MissingCopydeskError as error:
        print(error)
        return {name: contender for name, contender in CONTENDERS.items() if contender is not copydesk}
    return CONTENDERS


def _stay_on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):  # Linux only
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
