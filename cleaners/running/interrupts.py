"""Holding back Ctrl-C while something is done that must not be left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_held() -> Iterator[Callable[[], None]]:
    """Hold back Ctrl-C until the callable that the block gets is called, or until the block ends.

    An interrupt that came meanwhile is raised then, as KeyboardInterrupt. Nothing is held back where Ctrl-C raises no
    such error: outside the main thread, and where the interrupt is ignored.
    """
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    held = False

    def hold(*_: object) -> None:
        nonlocal held
        held = True

    def release() -> None:
        nonlocal held
        signal.signal(signal.SIGINT, handler)
        if held:
            held = False
            handler(signal.SIGINT, None)

    signal.signal(signal.SIGINT, hold)
    try:
        yield release
    finally:
        release()
