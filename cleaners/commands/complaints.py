"""What a command has to say beside its output."""

from __future__ import annotations

import sys

from cleaners.commands.exit_codes import FAILED
from cleaners.words.display import printable


def complain(message: str) -> int:
    """Say on standard error, in one line, what is wrong; the exit code for it."""
    print(complaint(message), file=sys.stderr)
    return FAILED


def complaint(message: str) -> str:
    """The line that says it. Names of files may hold anything, but steer no terminal."""
    return "copydesk: " + printable(message)
