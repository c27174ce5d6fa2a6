"""`copydesk schema`."""

from __future__ import annotations

import argparse
import sys

from cleaners.commands.exit_codes import FOUND
from cleaners.records.schema import schema_text, trace_schema_text


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "schema",
        help="print the JSON Schema of the article record",
        description="Prints the JSON Schema by which each line of the output can be checked.",
        epilog="example:\n  copydesk schema > article.schema.json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--trace", action="store_true", help="print the JSON Schema of the trace record instead")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    sys.stdout.write(trace_schema_text() if options.trace else schema_text())
    return FOUND
