"""How the time for a page grows with its size, for pages that repeat one thing: links, tables, authors, brackets.

Each page is cleaned in a process of its own with a limit of seconds. An exponent of 1 means that twice the page takes
twice the time.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.pages.families import DUMPS, HTML, Family
from bench.tables import Cell, table
from cleaners import Page, clean_page
from cleaners.data import ContentType

FAMILIES: dict[ContentType, Mapping[str, Family]] = {"html": HTML, "text": DUMPS}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page took: its size and the seconds of the processor."""

    megabytes: float
    seconds: float

    @property
    def rate(self) -> float:
        """Milliseconds a megabyte."""
        return 1000 * self.seconds / self.megabytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("families", nargs="*", help="parts of the names of the families to measure; all without any")
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.25, 1.0], help="megabytes of the pages")
    parser.add_argument("--seconds", type=int, default=60, help="the limit for one page")


def run(options: argparse.Namespace) -> Iterator[str]:
    """One table of all families, the fastest growing ones first."""
    clean_page(Page("<p>The pier.</p>"))  # so that the models are read before the processes are made
    grown = {
        f"{kind}: {name}": costs(family, kind, options.sizes, options.seconds)
        for kind, families in FAMILIES.items()
        for name, family in families.items()
        if not options.families or any(part in name for part in options.families)
    }
    yield report(grown, options.sizes)


def costs(family: Family, kind: ContentType, sizes: Sequence[float], seconds: int) -> list[Cost | None]:
    """What the family's pages of these sizes take, up to the first that takes longer than the limit: None."""
    found: list[Cost | None] = []
    for size in sizes:
        found.append(cost(Page(family(int(size * 1e6)), kind=kind), seconds))
        if found[-1] is None:
            break
    return found


def cost(page: Page, seconds: int) -> Cost | None:
    """What a page takes in a process of its own, None if that is more than the limit."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        start = time.process_time()
        clean_page(page)
        os.write(writing, json.dumps(time.process_time() - start).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        taken = answer.read()
    os.waitpid(child, 0)
    content = page.content.encode() if isinstance(page.content, str) else page.content
    return Cost(len(content) / 1e6, json.loads(taken)) if taken else None


def exponent(found: Sequence[Cost | None]) -> float:
    """The power of its size with which the time for a page grows, over the two largest pages; infinite without an end.

    >>> exponent([Cost(1, 1), Cost(2, 4)])
    2.0
    """
    if None in found:
        return math.inf
    *_, before, last = [one for one in found if one is not None]
    return math.log(last.seconds / before.seconds) / math.log(last.megabytes / before.megabytes)


def report(grown: Mapping[str, Sequence[Cost | None]], sizes: Sequence[float]) -> str:
    """The table."""
    rows: list[list[Cell]] = []
    for name, found in sorted(grown.items(), key=lambda item: -exponent(item[1]) if len(item[1]) > 1 else 0):
        rates: list[Cell] = [f"{one.rate:.0f}" if one else "over the limit" for one in found]
        rates += [None] * (len(sizes) - len(rates))
        rows.append([name, *rates, exponent(found) if len(found) > 1 else None])
    return table(["family", *(f"ms/MB at {size:g} MB" for size in sizes), "exponent"], rows)
