"""`copydesk completion`."""

from __future__ import annotations

import argparse

import shtab

from cleaners.commands.exit_codes import FOUND

_EPILOG = """\
examples:
  source <(copydesk completion bash)                                 in ~/.bashrc
  copydesk completion fish > ~/.config/fish/completions/copydesk.fish
"""

SHELLS = ("bash", "zsh", "fish")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "completion",
        help="print a script by which a shell completes this command",
        description="Prints a script for the shell to read.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("shell", choices=SHELLS)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the script. `options.command_line` makes the parser of all commands, which `cleaners.cli` sets."""
    print(shtab.complete(options.command_line(), options.shell))
    return FOUND
