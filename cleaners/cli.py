"""The command `copydesk`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

from cleaners.commands import clean, completion, corpus, diff, explain, report, schema, trace
from cleaners.commands.exit_codes import INTERRUPTED, PIPE_CLOSED
from cleaners.commands.messages import report_error
from cleaners.commands.standard_streams import give_up_standard_output, open_closed_streams
from cleaners.errors import CopydeskError, describe
from cleaners.version import installed_version

PLUGINS = "copydesk.commands"
"""The entry point group by which other packages add commands; `scraper` adds its own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    open_closed_streams()
    try:
        options = command_line().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except SystemExit:  # after --help, --version and wrong usage
        give_up_standard_output()
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        give_up_standard_output()
        return PIPE_CLOSED
    except (CopydeskError, OSError) as error:
        give_up_standard_output()
        return report_error(describe(error))
    return code


def command_line() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(prog="copydesk", description="Turns news pages into clean text.")
    parser.set_defaults(command_line=command_line)  # `completion` needs all commands, and is one of them
    parser.add_argument("--version", action="version", version=f"copydesk {installed_version()}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    for command in (clean, explain, diff, trace, corpus, report, schema, completion):
        command.add_to(commands)
    for plugin in entry_points(group=PLUGINS):
        plugin.load().add_to(commands)
    return parser
