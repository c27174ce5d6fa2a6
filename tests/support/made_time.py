"""A clock for crawls that skips waiting: tests of rests and delays are fast and do not depend on a busy machine.

Time runs as usual while a request is on its way. When the crawl does nothing but wait for a timer, the clock jumps to
that timer. Each request says in its `X-Sent` header when it was sent, so that servers need no clock of their own.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from typing import Any

SENT = "X-Sent"
"""The request header with the time of sending, as `time.monotonic()` of the crawl gives it."""

_skipped = 0.0
_on_the_way: list[set[Any]] = []
_real_time, _real_monotonic = time.time, time.monotonic


class _Transfers(set[Any]):
    """The requests of one download slot that were sent and not yet answered."""

    def __init__(self) -> None:
        super().__init__()
        _on_the_way.append(self)

    def add(self, request: Any) -> None:
        request.headers[SENT] = repr(time.monotonic())
        super().add(request)


class _JumpingSelector(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        global _skipped
        if not timeout or timeout < 0 or any(_on_the_way):
            return super().select(timeout)
        if not (events := super().select(0)):
            _skipped += timeout
        return events


class JumpingLoop(asyncio.SelectorEventLoop):
    """For Scrapy's setting ASYNCIO_EVENT_LOOP, after `jump` was called."""

    def __init__(self) -> None:
        super().__init__(_JumpingSelector())


def stamp_requests() -> None:
    """Let each request of the crawls in this process say when it was sent."""
    from scrapy.core.downloader import Slot

    make: Any = Slot.__init__

    def make_stamping(slot: Any, *args: Any, **kwargs: Any) -> None:
        make(slot, *args, **kwargs)
        slot.transferring = _Transfers()

    Slot.__init__ = make_stamping  # type: ignore[method-assign]


def jump() -> None:
    """Use the clock in this process. Call it before Scrapy is imported, which takes functions out of `time`."""
    time.time = lambda: _real_time() + _skipped
    time.monotonic = lambda: _real_monotonic() + _skipped
    stamp_requests()


if __name__ == "__main__":  # the command `scrapy` in real time, whose requests say when they were sent
    from scrapy.cmdline import execute

    stamp_requests()
    execute()
