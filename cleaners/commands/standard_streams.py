"""Standard input, output and error, which whoever starts a command may have closed (`copydesk … >&-`)."""

from __future__ import annotations

import io
import os
import sys
from typing import Any


class _ClosedOutput(io.RawIOBase):
    """Takes the place of standard output that is closed: writing fails, and the message says why."""

    name = "<stdout>"

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        raise OSError("standard output is closed")


def open_closed_streams() -> None:
    """Give every closed standard stream a place, so that nothing else is opened under its number by chance.

    Only a command that writes to standard output fails then, and only one that reads standard input finds it
    unreadable. What would go to standard error is dropped.
    """
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            _occupy(number, flags)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_ClosedOutput()), "utf-8", write_through=True)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (it lives as long as the process)


def give_up_standard_output() -> None:
    """Let go of what cannot be written there any more, or Python complains when it tries again at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (it lives as long as the process)


def _occupy(number: int, flags: int) -> None:
    """Open the null device under a number that is free."""
    opened = os.open(os.devnull, flags)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
