"""What the small server that forks the workers loads: the cleaners, so that a worker begins with them.

Importing it changes how this process says errors, so nothing else may import it.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from types import TracebackType

import bs4

import cleaners.running.batch
from cleaners.errors import BadWeights
from cleaners.label import second_opinion
from cleaners.metadata import language
from cleaners.models import shipped_models

__all__ = ["bs4", "cleaners"]


def _say(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Say an error, unless a worker began when its parent was ending already, as after an early Ctrl-C."""
    if not isinstance(error, FileNotFoundError | EOFError | ConnectionError):
        sys.__excepthook__(kind, error, where)


sys.excepthook = _say
second_opinion.load()
language.load()
with suppress(BadWeights):  # which the parent reports
    shipped_models()  # in memory that all workers share
