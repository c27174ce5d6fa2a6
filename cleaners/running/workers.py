"""Cleaning in worker processes: all cores at work, and a page that kills or hangs its worker costs that page alone."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import forkserver, resource_tracker
from threading import Lock
from types import TracebackType
from typing import Any, TypeVar

from pebble import ProcessExpired

from cleaners.data import Page, PageFile, RejectedInput, Rejection, Waiting, page_of
from cleaners.models import shipped_models
from cleaners.running.batch import DEFAULTS, TOO_MUCH_MEMORY, CleanedLines, CleaningOptions, clean_to_lines
from cleaners.running.pools import WholePool
from cleaners.running.worker_tasks import OUT_OF_MEMORY, call_function, clean_all_packed, clean_packed, prepare

_T = TypeVar("_T")

SECONDS = 60.0
"""How long a page may take. The longest that are let in take a tenth of it."""

MEGABYTES = 4096
"""The memory that one worker may hold; a page of 128 MB of markup takes about half of it."""

TRIES = 3
"""How often a page is handed out when the pool breaks under it."""

PAGES_A_PROCESS = 2000
"""A worker is replaced after so many pages, so that what libraries never give back does not add up."""

PAGES_A_TASK, BYTES_A_TASK = 16, 4 * 1024 * 1024
"""Pages, and bytes of them, that a worker is handed at once: to hand out a task takes as long as to write ten pages."""

PAGES_AHEAD = 4 * PAGES_A_TASK
"""Pages for each worker that are read before the first of them must be done: a slow page delays those behind it."""

BYTES_AHEAD = 256 * 1024 * 1024
"""Bytes of content that are read ahead; a single page may have more."""


_Came = list[CleanedLines] | list[Future[CleanedLines]]
"""What a task comes to: what each of its pages does, or will do."""


@dataclass(frozen=True, slots=True)
class _Task:
    pages: Sequence[Waiting]
    options: CleaningOptions
    came: Future[_Came]

    @property
    def bytes_held(self) -> int:
        return sum(len(page_of(page).content) for page in self.pages)


@dataclass(frozen=True, slots=True)
class _Job:
    page: Waiting
    options: CleaningOptions
    cleaned: Future[CleanedLines]
    tries: int = 1


@dataclass(frozen=True, slots=True)
class _Call:
    function: Callable[..., Any]
    arguments: tuple[object, ...]
    given: Future[Any]
    tries: int = 1


class WorkerDied(Exception):
    """The process that was at a call ended."""


class Workers:
    """A pool of processes that clean pages.

    `processes` None means one per core, `seconds` and `megabytes` bound one page. A worker that dies or hangs is
    replaced. Close it, or use it in a `with` block, to end the processes. `pages_a_task` is how many pages `clean_all`
    hands to a worker at once, at most.
    """

    def __init__(
        self,
        processes: int | None = None,
        *,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        pages_a_task: int = 1,
    ) -> None:
        shipped_models()  # so that weights that cannot be read are reported once, and not for each page
        self.processes = processes or available_cores()
        self.seconds = seconds
        self.megabytes = megabytes
        self.pages_a_task = pages_a_task
        self._closed = False
        self._open: set[Future[Any]] = set()
        self._mending = Lock()
        self._pool = self._new_pool()

    def clean(self, page: Waiting, options: CleaningOptions = DEFAULTS) -> Future[CleanedLines]:
        """What the page comes to, as soon as a worker has cleaned it (see `cleaners.running.batch.clean_to_lines`).

        The future never holds an exception, unless the pool is closed before.
        """
        cleaned: Future[CleanedLines] = self._promised()
        self._hand_out(_Job(page, options, cleaned))
        return cleaned

    def call(self, function: Callable[..., _T], *arguments: object) -> Future[_T]:
        """What a function of a module gives, computed in a worker with the limits that pages have.

        The future raises what the function raises, TimeoutError beyond the limit of time, MemoryError beyond that of
        memory, and WorkerDied where the process ended.
        """
        given: Future[_T] = self._promised()
        self._schedule(_Call(function, arguments, given))
        return given

    def _promised(self) -> Future[Any]:
        """A future that is cancelled if the pool is closed before it is done."""
        future: Future[Any] = Future()
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def _submitted(self, function: Callable[..., Any], *arguments: object) -> Future[Any]:
        """A task for the pool, which is a new one if the last broke."""
        with self._mending:
            self._renew_pool()
            task: Future[Any] = self._pool.schedule(function, args=list(arguments), timeout=self.seconds)
        return task

    def _schedule(self, call: _Call) -> None:
        task = self._submitted(call_function, call.function, *call.arguments)
        task.add_done_callback(lambda task: self._pass_on(task, call))

    def _pass_on(self, task: Future[Any], call: _Call) -> None:
        if self._closed or task.cancelled():
            call.given.cancel()
        elif (error := task.exception()) is None:
            call.given.set_result(task.result())
        elif _deserves_another_try(error, call.tries):
            self._schedule(replace(call, tries=call.tries + 1))
        elif _ran_out_of_memory(error):
            call.given.set_exception(MemoryError())
        elif isinstance(error, ProcessExpired | BrokenProcessPool):
            call.given.set_exception(WorkerDied("the process that was at it ended"))
        else:
            call.given.set_exception(error)

    def start(self) -> None:
        """Wait until a process is ready to clean, so that the first pages need not wait."""
        self.clean(Page("")).result()

    def clean_all(self, pages: Iterable[Waiting], options: CleaningOptions = DEFAULTS) -> Iterator[CleanedLines]:
        """What all pages come to, in their order. So many are read ahead as keep the workers busy, and no more.

        A worker is handed several pages at once. Where one of them does something to it, all of them are handed out
        once more, one by one, so that no other page is lost.
        """
        waiting: deque[_Task] = deque()
        pages_waiting = bytes_waiting = 0
        for together in tasks_of(pages, 2 * self.processes, self.pages_a_task):
            task = self._clean_together(together, options)
            waiting.append(task)
            pages_waiting += len(task.pages)
            bytes_waiting += task.bytes_held
            while pages_waiting > PAGES_AHEAD * self.processes or bytes_waiting > BYTES_AHEAD:
                first = waiting.popleft()
                pages_waiting -= len(first.pages)
                bytes_waiting -= first.bytes_held
                yield from _results(first)
        while waiting:
            yield from _results(waiting.popleft())

    def _clean_together(self, pages: Sequence[Waiting], options: CleaningOptions) -> _Task:
        job = _Task(pages, options, self._promised())
        task = self._submitted(clean_all_packed, pickle.dumps(pages), options)
        task.add_done_callback(lambda task: self._hand_all_on(task, job))
        return job

    def _hand_all_on(self, task: Future[list[CleanedLines]], job: _Task) -> None:
        """Pass on the results; where there are none, the pages are cleaned one by one."""
        if self._closed or task.cancelled():
            job.came.cancel()
        elif task.exception() is None:
            job.came.set_result(task.result())
        else:
            job.came.set_result([self.clean(page, job.options) for page in job.pages])

    def close(self) -> None:
        """End the processes. Pages that wait are given up."""
        with self._mending:
            self._closed = True
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        for cleaned in list(self._open):
            cleaned.cancel()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def _new_pool(self) -> WholePool:
        # Forked by a small server that has the cleaners loaded: a fork of this process would inherit its threads'
        # locks and its sockets.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["cleaners.running.worker_server"])
        _start_server()
        tasks = max(1, PAGES_A_PROCESS // self.pages_a_task)
        return WholePool(self.processes, tasks, prepare, [self.megabytes], context, self._mending)

    def _renew_pool(self) -> None:
        if not (self._closed or self._pool.active):
            self._pool = self._new_pool()

    def _hand_out(self, job: _Job) -> None:
        packed = pickle.dumps(job.page)  # so that a page is unpacked where the pool knows whose fault it is
        task = self._submitted(clean_packed, packed, job.options)
        task.add_done_callback(lambda task: self._hand_on(task, job))

    def _hand_on(self, task: Future[CleanedLines], job: _Job) -> None:
        """Pass on the result; where there is none, because the page did something to its worker, the rejection."""
        if self._closed or task.cancelled():
            job.cleaned.cancel()
        elif (error := task.exception()) is None:
            job.cleaned.set_result(task.result())
        elif _deserves_another_try(error, job.tries):
            self._hand_out(replace(job, tries=job.tries + 1))
        else:
            job.cleaned.set_result(clean_to_lines(RejectedInput(page_of(job.page), self._why(error))))

    def _why(self, error: BaseException) -> Rejection:
        if isinstance(error, TimeoutError):
            return Rejection("too-slow", f"Cleaning was given up after {self.seconds:g} seconds.")
        if _ran_out_of_memory(error):
            return TOO_MUCH_MEMORY
        if isinstance(error, ProcessExpired | BrokenProcessPool):
            return Rejection("crash", "The page ended the process that cleaned it, which is a bug: please report it.")
        return Rejection("fault", f"The page could not be handed to a process: {error!r:.200}")


def tasks_of(pages: Iterable[Waiting], singly: int, most: int) -> Iterator[list[Waiting]]:
    """The pages in tasks of `most` at most, and of BYTES_A_TASK. The first `singly` tasks hold a page each, as many
    then hold two, and so on, so that all workers begin at once, and share a small run.

    >>> [len(task) for task in tasks_of([Page("")] * 14, 2, 4)]
    [1, 1, 2, 2, 4, 4]
    """
    together: list[Waiting] = []
    size = given = 0
    for page in pages:
        own = page.size if isinstance(page, PageFile) else len(page_of(page).content)
        if together and (len(together) >= min(most, 1 << min(given // singly, most)) or size + own > BYTES_A_TASK):
            yield together
            together, size, given = [], 0, given + 1
        together.append(page)
        size += own
    if together:
        yield together


def _results(task: _Task) -> Iterator[CleanedLines]:
    return (each.result() if isinstance(each, Future) else each for each in task.came.result())


def _deserves_another_try(error: BaseException, tries: int) -> bool:
    """Whether the pages before may be at fault: they may have left a worker too little memory, which is then replaced;
    and a worker that dies between two pages breaks the whole pool."""
    if _ran_out_of_memory(error):
        return tries == 1
    return isinstance(error, BrokenProcessPool) and tries < TRIES


def _ran_out_of_memory(error: BaseException) -> bool:
    return isinstance(error, ProcessExpired) and error.exitcode == OUT_OF_MEMORY


def available_cores() -> int:
    """The cores that this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_server() -> None:
    """Start the server that forks the workers, with Ctrl-C blocked for it and all that it forks.

    A terminal sends Ctrl-C to all processes of a run, and one that loads the cleaners at that moment would print where
    it was interrupted.
    """
    resource_tracker.ensure_running()  # which would end the blocking
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
