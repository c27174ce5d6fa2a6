"""Milliseconds a page, and the ratio to trafilatura with metadata and langdetect and to a bare parse by lxml.

All extractors run in one process on one core and take turns page by page, so that a slow moment of the machine affects
all of them alike. What is counted is the time of the processor, without what other programs take of it.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import fmean, median
from time import process_time

from langdetect import DetectorFactory, detect
from langdetect.lang_detect_exception import LangDetectException
from lxml import html

from bench.pages.corpora import NEWS, Sample, read_jsonl
from bench.pages.peers import MissingCopydeskError, copydesk, resiliparse, trafilatura_fast, trafilatura_with_metadata
from bench.tables import Cell, table

ROUNDS = 5
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


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table."""
    yield report(list(islice(read_jsonl(options.path), options.pages)), options.rounds)


def report(samples: Sequence[Sample], rounds: int = ROUNDS) -> str:
    """The table: mean milliseconds a page, and the median over pages of the ratio to each yardstick."""
    _stay_on_one_core()
    DetectorFactory.seed = 0
    pages = [sample.html for sample in samples if isinstance(sample.html, str)]
    times = time_in_turns(_available(pages[0]), pages, rounds)
    rows: list[list[Cell]] = [
        [name, 1000 * fmean(own), _ratio(own, times[TRAFILATURA]), _ratio(own, times[PARSE])]
        for name, own in times.items()
    ]
    return table(("", "ms a page", "to trafilatura", "to parse"), rows)


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
