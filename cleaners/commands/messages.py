"""What a command has to say beside its output."""

from __future__ import annotations

import sys

from cleaners.commands.exit_codes import FAILED
from cleaners.kind.rejections import PYTHON_OPTION
from cleaners.words.display import printable


def report_error(message: str) -> int:
    """Say on standard error, in one line, what is wrong; the exit code for it."""
    print(error_line(message), file=sys.stderr)
    return FAILED


def in_shell(reason: str) -> str:
    """The reason of a rejection with what a caller of the shell can do about it; records name what Python takes.

    >>> in_shell("With any_page=True its main content is taken all the same.")
    'With --any-page its main content is taken all the same.'
    """
    return reason.replace(PYTHON_OPTION, "--any-page")


def error_line(message: str) -> str:
    """The line that says it. Names of files may hold anything, but steer no terminal."""
    return "copydesk: " + printable(message)
