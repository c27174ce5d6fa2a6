"""No task of a pool that breaks is left open, whenever it was handed in."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from threading import Lock

import pytest
from pebble.pool.base_pool import PoolStatus, Task, TaskPayload

from cleaners.running.pools import Manager, WholePool


@pytest.fixture
def pool() -> WholePool:
    """A pool that has started no process."""
    return WholePool(1, 0, int, [], multiprocessing.get_context("forkserver"), Lock())


@pytest.fixture
def manager(pool: WholePool, monkeypatch: pytest.MonkeyPatch) -> Manager:
    manager = pool._pool_manager
    assert isinstance(manager, Manager)
    monkeypatch.setattr(manager.worker_manager, "dispatch", lambda task: None)
    return manager


def task(number: int) -> Task:
    return Task(number, Future(), None, TaskPayload(int, (), {}))


def test_a_task_in_the_queue_fails_with_those_that_are_registered(manager: Manager) -> None:
    registered, queued = task(0), task(1)
    manager.schedule(registered)
    assert not registered.future.done()
    manager.context.task_queue.put(queued)
    manager.handle_broken_pool(BrokenProcessPool("all workers expired"))
    assert [type(each.future.exception(timeout=0)) for each in (registered, queued)] == [BrokenProcessPool] * 2
    assert manager.context.status == PoolStatus.ERROR
    assert manager.context.task_queue.get_nowait() is None  # the loop that reads the queue ends by it


def test_a_task_that_is_registered_after_the_others_have_failed_does_so_too(manager: Manager) -> None:
    manager.handle_broken_pool(BrokenProcessPool("all workers expired"))
    late = task(2)
    manager.schedule(late)
    assert isinstance(late.future.exception(timeout=0), BrokenProcessPool)


def test_a_broken_pool_takes_no_more(pool: WholePool, manager: Manager) -> None:
    manager.handle_broken_pool(BrokenProcessPool("all workers expired"))
    assert not pool.active
    with pytest.raises(RuntimeError):
        pool.schedule(int)
