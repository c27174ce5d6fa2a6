"""A single small page in this process, as starting a worker takes longer than the page; all else in workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from cleaners.data import Waiting, page_of
from cleaners.reading.page_files import read_waiting
from cleaners.running.batch import CleanedLines, CleaningOptions, clean_to_lines

SMALL = 1024 * 1024
"""Bytes up to which a page needs no limits of time and memory: it takes a tenth of a second, and some megabytes."""


def clean_in_turn(pages: Iterable[Waiting], options: CleaningOptions, processes: int | None) -> Iterator[CleanedLines]:
    """What all pages come to, in their order (see `cleaners.running.workers`).

    A single small page is cleaned here, unless the number of processes is given.
    """
    waiting = iter(pages)
    first = list(islice(waiting, 2))
    if processes is None and len(first) < 2:
        first = [read_waiting(page) for page in first]
        if all(len(page_of(page).content) <= SMALL for page in first):
            yield from (clean_to_lines(page, options) for page in first)
            return
    from cleaners.running.workers import PAGES_A_TASK, Workers  # takes long to load

    with Workers(processes, pages_a_task=PAGES_A_TASK) as workers:
        yield from workers.clean_all(chain(first, waiting), options)
