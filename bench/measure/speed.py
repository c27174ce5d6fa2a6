"""Milliseconds a page, as ratios to trafilatura with metadata and language and to a bare parse by lxml.

All run in one process on one core, page by page in turns, so that a slow moment of the machine meets all of them.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from statistics import fmean, median
from time import perf_counter

from langdetect import DetectorFactory, detect
from langdetect.lang_detect_exception import LangDetectException
from lxml import html

from bench.pages.corpora import Sample
from bench.pages.peers import MissingCopydeskError, copydesk, resiliparse, trafilatura_fast, trafilatura_with_metadata
from bench.tables import Cell, table

ROUNDS = 5
LANGUAGE_SAMPLE = 500
"""Characters given to langdetect, by which its cost stays bounded."""

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
    """Seconds that each contender takes for each page, the median of the rounds; one page more warms them up."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in pages] for name in contenders}
    for contender in contenders.values():
        contender(pages[0])
    gc.freeze()  # what one contender has loaded for good, the collector would look through in another one's turn
    for _ in range(rounds):
        for index, page in enumerate(pages):
            for name, contender in contenders.items():
                times[name][index].append(_seconds(contender, page))
    return {name: [median(values) for values in of_pages] for name, of_pages in times.items()}


def _seconds(contender: Contender, page: str) -> float:
    gc.collect(0)
    start = perf_counter()
    contender(page)
    return perf_counter() - start


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
    if hasattr(os, "sched_setaffinity"):  # Linux; elsewhere the scheduler is left alone
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
