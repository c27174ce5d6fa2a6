"""Colours and width of commands that print for people."""

from __future__ import annotations

import argparse
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

    Characters that the encoding of the terminal does not have are shown as escapes.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
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


def _shows_colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
