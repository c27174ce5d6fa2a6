"""Colours and width of commands that print for people."""

from __future__ import annotations

import argparse
import codecs
import io
import os
import sys
from typing import NoReturn

from rich.console import Console

NARROWEST = 40
"""The smallest width in columns: below it the fixed columns of `explain` leave too little room for text."""


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave the error to `cleaners.cli`, which ends every command in the same way. Rich would end the process."""
        raise BrokenPipeError


def add_terminal_options(command: argparse.ArgumentParser) -> None:
    """Add `--color` and `--width`."""
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours; auto: only in a terminal, and if NO_COLOR is not set (auto)",
    )
    command.add_argument(
        "--width", type=_width, metavar="COLUMNS", help="width of the lines (default: that of the terminal, or 80)"
    )


def _width(text: str) -> int:
    if not (text.isdecimal() and int(text) >= NARROWEST):
        raise argparse.ArgumentTypeError(f"a whole number from {NARROWEST} on is needed")
    return int(text)


def console(options: argparse.Namespace) -> Console:
    """Standard output with colours and width as the options and the environment say.

    Characters that the encoding of the terminal does not have are shown as escapes, and our own signs by plain ones.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        codecs.register_error(_PLAIN, _plainly)
        sys.stdout.reconfigure(errors=_PLAIN)
    coloured = options.color == "always" or (options.color == "auto" and _shows_colours())
    return _Console(
        file=sys.stdout,
        width=options.width,
        color_system="standard" if coloured else None,
        force_terminal=coloured,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


_PLAIN = "copydesk-plain"
"""The name under which Python knows how to say what an encoding does not have."""

_PLAIN_SIGNS = {"·": "|", "←": "<-", "→": "->", "⋮": ":", "…": "..."}


def _plainly(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError) and (sign := _PLAIN_SIGNS.get(error.object[error.start])):
        return sign, error.start + 1
    return codecs.backslashreplace_errors(error)


def _shows_colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
