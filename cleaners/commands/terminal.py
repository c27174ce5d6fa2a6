"""What commands that print for a person have in common: colours and width."""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import NoReturn

from rich.console import Console

NARROWEST = 40


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to `cleaners.cli`, which ends every command in the same way; rich would end the process."""
        raise BrokenPipeError


def add_terminal_options(command: argparse.ArgumentParser) -> None:
    """Add `--color` and `--width`."""
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours: auto is where a terminal shows them and NO_COLOR is not set (auto)",
    )
    command.add_argument("--width", type=_width, metavar="COLUMNS", help="how wide lines are (the terminal, or 80)")


def _width(text: str) -> int:
    if not (text.isdecimal() and int(text) >= NARROWEST):
        raise argparse.ArgumentTypeError(f"a number of columns from {NARROWEST} on is needed")
    return int(text)


def console(options: argparse.Namespace) -> Console:
    """Standard output, as the options and the environment ask for it.

    What the encoding of the terminal lacks is shown by its number.
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
