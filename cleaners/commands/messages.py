"""What a command has to say beside its output."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from cleaners.commands.exit_codes import FAILED
from cleaners.words.display import printable


def report_error(message: str, code: int = FAILED) -> int:
    """Say on standard error, in one line, what is wrong; the exit code for it."""
    print(error_line(message), file=sys.stderr)
    return code


def add_loudness(command: argparse.ArgumentParser) -> None:
    """Add `-q` and `-v`, unless a command of another package has options of these names."""
    with suppress(argparse.ArgumentError):
        command.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
        command.add_argument(
            "-v", "--verbose", action="store_true", help="say more: each page, and where an error comes from"
        )


def say(options: argparse.Namespace, message: str) -> None:
    """Say on standard error how it went, unless `-q` asks for silence."""
    if not getattr(options, "quiet", False):
        print(printable_lines(message), file=sys.stderr)


def printable_lines(text: str) -> str:
    """Several lines, of which none steers a terminal."""
    return "\n".join(map(printable, text.split("\n")))


def in_shell(reason: str) -> str:
    """The reason of a rejection with what a caller of the shell can do about it; records name what Python takes.

    >>> in_shell("With any_page=True its main content is taken all the same.")
    'With --any-page its main content is taken all the same.'
    """
    from cleaners.kind.rejections import PYTHON_OPTION  # loads the half of the cleaners, which few messages need

    return reason.replace(PYTHON_OPTION, "--any-page")


def error_line(message: str) -> str:
    """The line that says it. Names of files may hold anything, but steer no terminal."""
    return "copydesk: " + printable(message)
