"""What a worker process does with the pages that it is handed, and how it is prepared for them."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from cleaners.data import Waiting
from cleaners.running.batch import TOO_MUCH_MEMORY, CleanedLines, CleaningOptions, clean_to_lines

_T = TypeVar("_T")

OUT_OF_MEMORY = 101
"""The exit status of a worker that reached its limit of memory: what it holds may be in pieces that serve no other
page, so a new one takes its place."""

NEW_OBJECTS = 10_000
"""Objects made until garbage is looked for. Cleaning a page leaves hardly any; to look for it as often as Python does
by itself takes a tenth of the time."""


def clean_packed(page: bytes, options: CleaningOptions) -> CleanedLines:
    """What a pickled page comes to. Ends the process where the memory does not suffice."""
    with _exits_are_crashes(), _ends_without_memory():
        return _within_memory(pickle.loads(page), options)


def clean_all_packed(pages: bytes, options: CleaningOptions) -> list[CleanedLines]:
    """What several pages, pickled together, come to; the same."""
    with _exits_are_crashes(), _ends_without_memory():
        return [_within_memory(page, options) for page in pickle.loads(pages)]


def _within_memory(page: Waiting, options: CleaningOptions) -> CleanedLines:
    lines = clean_to_lines(page, options)
    if lines.rejected and lines.rejected["code"] == TOO_MUCH_MEMORY.code:
        raise MemoryError
    return lines


def call_function(function: Callable[..., _T], *arguments: object) -> _T:
    """What a function gives. Ends the process where the memory does not suffice."""
    with _ends_without_memory():
        return function(*arguments)


@contextmanager
def _ends_without_memory() -> Iterator[None]:
    try:
        yield
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


@contextmanager
def _exits_are_crashes() -> Iterator[None]:
    """Let a process that ends itself with 0 end with 1: the pool waits for the page of a worker that ended with 0."""
    leave = os._exit
    os._exit = lambda status: leave(status or 1)
    try:
        yield
    except SystemExit:
        leave(1)
    finally:
        os._exit = leave


def prepare(megabytes: int) -> None:
    """Ctrl-C is for the parent, which ends its workers; little garbage is looked for; memory beyond the limit is an
    error inside the cleaners."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what is loaded stays
    gc.set_threshold(NEW_OBJECTS)
    try:
        import resource
    except ImportError:  # only Unix can limit the memory of a process
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024 * 1024, most))
