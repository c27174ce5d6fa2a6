"""Python's collector of circular garbage, which rests while a page is cleaned, and while a command is loaded or ends.

A page makes thousands of objects that live until it is done, and next to no circles. The collector begins again after
every few hundred new objects, passes them and now and then all that is loaded, and finds nothing: in a program that
calls `clean` it took 1.2 of 18 ms a page. (Workers look for garbage less often, and freeze what is loaded.)
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """A context in which nothing is collected, in no thread. It leaves the collector as it was."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def no_collecting_at_exit() -> None:
    """Let the process end without a last look for garbage, which takes a tenth of the time of a command on one page.

    Its memory goes back to the system anyway.
    """
    atexit.register(gc.freeze)
