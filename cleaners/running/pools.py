"""A pool of processes in which every task comes to an end, also one that is handed in while the pool breaks.

When all of its workers have died, Pebble's pool (5.2) fails the tasks that it has registered. One that lies in its
queue at that moment, or is registered right after it, is never done, and whoever waits for it waits for ever: on a busy
machine a worker that was killed between two pages made `clean` hang.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import ForkServerContext
from queue import Empty
from threading import Lock
from typing import Any

from pebble import ProcessPool
from pebble.pool.base_pool import PoolContext, PoolStatus, Task
from pebble.pool.process import PoolManager


class WholePool(ProcessPool):
    """Such a pool. Whoever schedules a task holds `guard`, so that the pool is whole or known to be broken then."""

    def __init__(
        self,
        processes: int,
        tasks_a_process: int,
        initializer: Callable[..., None],
        arguments: list[Any],
        context: ForkServerContext,
        guard: Lock,
    ) -> None:
        super().__init__(processes, tasks_a_process, initializer, arguments, context)
        self._pool_manager = Manager(self._context, context, guard)


class Manager(PoolManager):
    """Pebble's manager of tasks and workers, which also fails the tasks that nobody has registered yet."""

    def __init__(self, context: PoolContext, processes: ForkServerContext, guard: Lock) -> None:
        super().__init__(context, processes)
        self._guard = guard

    def schedule(self, task: Task) -> None:
        """Register a task and send it to the workers; where the pool is broken by now, it fails at once."""
        super().schedule(task)
        if self.context.status == PoolStatus.ERROR:
            self.task_manager.task_problem(task.id, BrokenProcessPool("the pool broke"))

    def handle_broken_pool(self, error: BrokenProcessPool) -> None:
        """Fail all tasks, those in the queue, too. After this none is taken."""
        with self._guard:
            self.context.status = PoolStatus.ERROR
            for task in self._queued():
                self.task_manager.register(task)
        super().handle_broken_pool(error)

    def _queued(self) -> list[Task]:
        """What lies in the queue. The mark that ends the loop which reads it stays there."""
        queue, found = self.context.task_queue, list[Task]()
        try:
            while True:
                if (task := queue.get_nowait()) is not None:
                    found.append(task)
        except Empty:
            queue.put(None)
            return found
