"""What the small server that forks the workers loads: the cleaners, so that a worker begins with them.

Importing it changes how this process says errors, so nothing else may import it.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from types import TracebackType

import cleaners.running.batch
from cleaners.errors import BadWeights
from cleaners.models import shipped_models

__all__ = ["cleaners"]


def _say(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Say an error, unless a worker began when its parent was ending already, as after an early Ctrl-C."""
    if not isinstance(error, FileNotFoundError | EOFError | ConnectionError):
        sys.__excepthook__(kind, error, where)


sys.excepthook = _say
with suppress(BadWeights):  # which the parent reports
    shipped_models()  # in memory that all workers share
