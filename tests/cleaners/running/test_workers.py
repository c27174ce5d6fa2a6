"""Cleaning in processes: the same as without, and a page that harms its worker costs that page alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, cast

import pytest

from cleaners.data import ContentType, Page, RejectedInput, Rejection
from cleaners.reading import find_pages
from cleaners.running.batch import CleanedLines, CleaningOptions, Tally, clean_to_lines
from cleaners.running.workers import BYTES_A_TASK, PAGES_A_TASK, Workers, tasks_of
from tests.support.bad_pages import PDF, SOUND

SOUND_PAGE = Page(SOUND, source="sound.txt")


class Deadly:
    """A kind of page that ends the process that looks at it."""

    def __eq__(self, other: object) -> bool:
        os._exit(7)


class Leaving:
    """A kind of page at which the process ends as if all were well."""

    def __eq__(self, other: object) -> bool:
        os._exit(0)


class Quitting:
    """A kind of page at which the process ends by an exception."""

    def __eq__(self, other: object) -> bool:
        sys.exit(0)


class Endless:
    """A kind of page at which one looks for ever."""

    def __eq__(self, other: object) -> bool:
        time.sleep(3600)
        return True


class Hoarding:
    """A kind of page that fills the memory of its process and never gives it back."""

    held: ClassVar[list[bytes]] = []

    def __eq__(self, other: object) -> bool:
        while True:
            self.held.append(bytes(1_000_000))


@dataclass
class Crowded:
    """A kind of page for which there is memory from the second try on; then it is none in particular."""

    tried: Path

    def __reduce__(self) -> tuple[object, ...]:
        return none_with_memory, (self.tried,)


def none_with_memory(tried: Path) -> None:
    if not tried.exists():
        tried.touch()
        raise MemoryError


class Fatal:
    """A kind of page that ends the process that unpacks it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (7,)


def page_of(kind: object) -> Page:
    return Page("text", source="bad", kind=cast(ContentType, kind))


def code(lines: CleanedLines) -> str:
    assert lines.rejected is not None
    return str(lines.rejected["code"])


def test_workers_give_what_cleaning_gives() -> None:
    pages = [SOUND_PAGE, Page(PDF, source="b.pdf"), RejectedInput(Page("", source="c"), Rejection("x", "why"))]
    with Workers(2) as workers:
        futures = [workers.clean(page) for page in pages]
        assert [future.result() for future in futures] == [clean_to_lines(page) for page in pages]


@pytest.mark.parametrize(("harm", "expected"), [(Deadly, "crash"), (Endless, "too-slow")])
def test_a_page_that_harms_its_worker_is_rejected_alone(harm: type, expected: str) -> None:
    with Workers(1, seconds=20) as workers:  # enough for the good page on a busy machine
        bad = workers.clean(page_of(harm()))
        good = workers.clean(SOUND_PAGE)
        assert code(bad.result()) == expected
        assert bad.result().page.source == "bad"
        assert good.result() == clean_to_lines(SOUND_PAGE)


@pytest.mark.parametrize("harm", [Leaving, Quitting])
def test_a_worker_that_ends_itself_is_a_crash_before_any_limit(harm: type) -> None:
    with Workers(1, seconds=3600) as workers:
        assert code(workers.clean(page_of(harm())).result(timeout=300)) == "crash"


@pytest.mark.parametrize("processes", [1, 2])
def test_pages_that_cannot_be_unpacked_cost_themselves(processes: int) -> None:
    with Workers(processes) as workers:
        pages = [SOUND_PAGE, page_of(Fatal()), *[SOUND_PAGE] * 5, page_of(Fatal()), SOUND_PAGE]
        cleaned = [future.result(timeout=300) for future in [workers.clean(page) for page in pages]]
        assert ["crash" if lines.rejected else "sound" for lines in cleaned] == [
            "crash" if page.source == "bad" else "sound" for page in pages
        ]


def test_a_worker_that_is_killed_is_replaced() -> None:
    with Workers(1) as workers:
        assert workers.clean(SOUND_PAGE).result().articles
        (worker,) = multiprocessing.active_children()
        worker.kill()
        worker.join()
        assert workers.clean(SOUND_PAGE).result().articles


def test_memory_beyond_the_limit_is_a_rejection() -> None:
    with Workers(1, megabytes=300) as workers:
        big = workers.clean(Page(b"<p>word</p>" * 3_000_000, kind="html", source="big"))
        good = workers.clean(SOUND_PAGE)
        assert code(big.result()) in {"too-much-memory", "crash"}
        assert good.result().articles


def test_memory_that_a_page_never_gives_back_is_not_the_next_page_s_loss() -> None:
    with Workers(1, megabytes=300) as workers:
        assert code(workers.clean(page_of(Hoarding())).result()) == "too-much-memory"
        assert workers.clean(SOUND_PAGE).result().articles


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (Deadly, "crash"),
        (Leaving, "crash"),
        (Quitting, "crash"),
        (Fatal, "crash"),
        (Endless, "too-slow"),
        (Hoarding, "too-much-memory"),
    ],
)
def test_a_page_that_harms_its_worker_costs_no_other_page_of_its_task(harm: type, expected: str) -> None:
    pages = [replace(SOUND_PAGE, source=f"{number}.txt") for number in range(64)]
    bad = 36  # in the middle of the first task of sixteen pages
    (task,) = (task for task in tasks_of(pages, 2, PAGES_A_TASK) if pages[bad] in task)
    assert len(task) == PAGES_A_TASK
    pages[bad] = page_of(harm())
    with Workers(1, seconds=10, megabytes=300, pages_a_task=PAGES_A_TASK) as workers:
        cleaned = list(workers.clean_all(pages))
    assert code(cleaned.pop(bad)) == expected
    del pages[bad]
    assert cleaned == [clean_to_lines(page) for page in pages]


def test_files_that_vanish_or_change_in_a_task_cost_themselves(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(SOUND)
    files = list(find_pages([tmp_path]))
    (tmp_path / "33.txt").unlink()
    (tmp_path / "35.txt").write_text(f"{SOUND}\nThe mayor said more.\n")
    with Workers(1, pages_a_task=PAGES_A_TASK) as workers:
        cleaned = list(workers.clean_all(files))
    assert [lines.page.source for lines in cleaned] == [str(tmp_path / f"{number:02}.txt") for number in range(40)]
    codes = {number: code(lines) for number, lines in enumerate(cleaned) if lines.rejected}
    assert codes == {33: "unreadable", 35: "changed"}


def test_closing_gives_up_tasks_that_wait() -> None:
    workers = Workers(1, pages_a_task=2)
    waiting = workers.clean_all([SOUND_PAGE, *[page_of(Endless())] * 150])
    assert next(waiting).articles
    workers.close()
    with pytest.raises(CancelledError):
        next(waiting)


def test_a_task_has_so_many_bytes_at_most() -> None:
    small, large = Page(b"x" * 1000), Page(b"x" * (BYTES_A_TASK - 1500))
    pages = [*[small] * 15, large, small, small, large, large]
    assert [len(task) for task in tasks_of(pages, 1, 16)] == [1, 2, 4, 8, 2, 2, 1]
    assert not list(tasks_of([], 1, 16))


def test_a_page_that_finds_too_little_memory_left_has_another_try(tmp_path: Path) -> None:
    with Workers(1) as workers:
        page = replace(SOUND_PAGE, kind=cast(ContentType, Crowded(tmp_path / "tried")))
        assert workers.clean(page).result().articles


def test_a_call_beyond_the_limit_of_memory_tells_so() -> None:
    with Workers(1, megabytes=300) as workers:
        with pytest.raises(MemoryError):
            workers.call(bytes, 1_000_000_000).result()
        assert workers.call(len, "word").result() == 4


def test_closing_gives_up_what_waits() -> None:
    workers = Workers(1)
    waiting = [workers.clean(page_of(Endless())) for _ in range(3)]
    workers.close()
    for future in waiting:
        with pytest.raises(CancelledError):
            future.result(timeout=120)


def test_without_an_audit_none_is_made() -> None:
    assert clean_to_lines(SOUND_PAGE, CleaningOptions(audit=False)) == replace(clean_to_lines(SOUND_PAGE), audit=b"")


def test_tallies_add_up() -> None:
    total, one = Tally(), clean_to_lines(SOUND_PAGE).tally
    total.merge(one)
    total.merge(one)
    assert (total.pages, total.stories) == (2, 2)
    assert total.words_kept == 2 * one.words_kept
    assert total.words_dropped.total() == 2 * one.words_dropped.total()


def held_signals() -> set[int]:
    """What is blocked in the process that this is called in."""
    return {int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, [])}


def test_interrupts_reach_no_worker_and_still_reach_the_parent() -> None:
    with Workers(processes=1) as workers:
        assert signal.SIGINT in workers.call(held_signals).result()
    assert signal.SIGINT not in held_signals()
