"""`copydesk trace`."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack, closing

from cleaners.commands.complaints import complain
from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.records.reader import Refused
from cleaners.records.rows import json_line
from cleaners.running.whole_files import whole_file
from cleaners.tracing import Index, trace
from cleaners.tracing.inputs import read_inputs
from cleaners.tracing.table import TABLE_HEAD, table_lines

_EXIT_CODES = """\
exit codes:
  0    at least one article was traced, even if other lines were rejected
  1    no line gave an article to trace
  2    wrong usage, a path that does not exist, an output that cannot be written, or an index that cannot be used
  130  interrupted with Ctrl-C; the index is as it was after the last articles that were written to it
  141  the reader of standard output has gone away
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "trace",
        help="find duplicates, shared passages and wire copy",
        description="Reads article records and says of each which others have its words, and from which agency.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths",
        nargs="*",
        metavar="FILE",
        help="JSON Lines, also .gz and .zst, a folder of them, or - for standard input",
    )
    command.add_argument(
        "--index", metavar="FILE", help="what was seen before; made where it is not there, and added to"
    )
    command.add_argument(
        "--all", action="store_true", help="tell all articles of the index, not only those of the files"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="where the trace records go (standard output)")
    command.add_argument("--rejects", metavar="FILE", help="write why lines gave no article (standard error, in words)")
    command.add_argument(
        "--table",
        action=argparse.BooleanOptionalAction,
        help="a table to read; what a terminal gets unless told otherwise",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Trace the articles and write what was asked for."""
    named = [path for path in (options.index, options.output, options.rejects) if path]
    if len({os.path.realpath(path) for path in [*named, *options.paths]}) < len(named) + len(options.paths):
        return complain("each file can be given once")
    if not options.paths and not (options.index and options.all):
        return complain("no file to trace; with --index FILE --all the index itself is told")
    as_table = sys.stdout.isatty() and not options.output if options.table is None else options.table
    records = read_inputs(options.paths)
    traced = 0
    with ExitStack() as open_files:
        output = open_files.enter_context(whole_file(options.output)) if options.output else sys.stdout.buffer
        rejects = open_files.enter_context(whole_file(options.rejects)) if options.rejects else None

        def refuse(refused: Refused) -> None:
            if rejects:
                rejects.write(json_line(refused.to_dict()))
            else:
                complain(f"{refused.source}: {refused.reason}")

        index = open_files.enter_context(closing(Index(options.index or "")))
        for row in trace(records, index, refuse=refuse, every=options.all):
            if as_table and not traced:
                output.write(TABLE_HEAD.encode())
            lines = (line.encode("utf-8", "replace") for line in table_lines(row)) if as_table else [json_line(row)]
            output.writelines(lines)
            traced += 1
    return FOUND if traced else NOTHING_FOUND
