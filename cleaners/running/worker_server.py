"""What the small server that forks the workers loads: the cleaners, so that a worker begins with them.

Importing it changes how this process says errors, so nothing else may import it.
"""

from __future__ import annotations

import sys
from types import TracebackType

import cleaners.running.batch

__all__ = ["cleaners"]


def _say(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Say an error, unless a worker began when its parent was ending already, as after an early Ctrl-C."""
    if not isinstance(error, FileNotFoundError | EOFError | ConnectionError):
        sys.__excepthook__(kind, error, where)


sys.excepthook = _say
