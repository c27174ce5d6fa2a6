"""`copydesk trace`."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack, closing

from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.commands.inputs import nothing_in, paths_or_stdin
from cleaners.commands.messages import report_error
from cleaners.reading import check_paths
from cleaners.records.reader import RejectedLine, article_files
from cleaners.records.rows import json_line
from cleaners.running.atomic_files import atomic_file
from cleaners.running.output_checks import check_outputs, refuse_existing
from cleaners.tracing import Index, trace
from cleaners.tracing.inputs import read_inputs
from cleaners.tracing.table import TABLE_HEAD, table_lines

_EPILOG = """\
examples:
  copydesk trace articles.jsonl                            a table of duplicates and wire copy
  copydesk trace monday.jsonl --index seen.db -o trace.jsonl
                                                           compared with all articles of earlier runs

exit codes:
  0    at least one article was traced, even if other lines were rejected
  1    there was no article to trace
  2    wrong usage, a path that does not exist, an output that cannot be written, or an index that cannot be used
  130  interrupted with Ctrl-C; the index keeps all articles that were already written to it
  141  the reader of standard output closed the pipe
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "trace",
        help="find duplicates, shared passages and wire copy",
        description="Finds for each article the other articles with the same words, and the agency that wrote them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths",
        nargs="*",
        metavar="FILE",
        help="JSON Lines (also .gz and .zst), Parquet, a folder, or - for standard input (the default in a pipe)",
    )
    command.add_argument(
        "--index",
        metavar="FILE",
        help="index of the articles seen before; created if missing, and extended by this run",
    )
    command.add_argument(
        "--all", action="store_true", help="report all articles of the index, not only those of the files"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="file for the trace records (standard output)")
    command.add_argument(
        "--rejects",
        metavar="FILE",
        help="file for the reasons why lines were rejected (default: messages on standard error)",
    )
    command.add_argument("--overwrite", action="store_true", help="replace outputs that exist; an index is extended")
    command.add_argument(
        "--table",
        action=argparse.BooleanOptionalAction,
        help="print a table for people; the default in a terminal",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Trace the articles and write their trace records or the table."""
    if not (options.index and options.all):
        options.paths = paths_or_stdin(options.paths, "a file of articles (--index FILE --all reports an index)")
    _check_outputs(options)
    as_table = sys.stdout.isatty() and not options.output if options.table is None else options.table
    records = read_inputs(options.paths)
    traced = 0
    with ExitStack() as open_files:
        output = open_files.enter_context(atomic_file(options.output)) if options.output else sys.stdout.buffer
        rejects = open_files.enter_context(atomic_file(options.rejects)) if options.rejects else None

        def refuse(refused: RejectedLine) -> None:
            if rejects:
                rejects.write(json_line(refused.to_dict()))
            else:
                report_error(f"{refused.source}: {refused.reason}")

        index = open_files.enter_context(closing(Index(options.index or "")))
        for row in trace(records, index, refuse=refuse, every=options.all):
            if as_table and not traced:
                output.write(TABLE_HEAD.encode())
            lines = (line.encode("utf-8", "replace") for line in table_lines(row)) if as_table else [json_line(row)]
            output.writelines(lines)
            traced += 1
    if not traced:
        return report_error(nothing_in(options.paths or [options.index], "article"), NOTHING_FOUND)
    return FOUND


def _check_outputs(options: argparse.Namespace) -> None:
    """Raise CopydeskError for outputs that would destroy something. The index, too, is written, but may exist."""
    check_paths(options.paths)
    written = [path for path in (options.output, options.rejects) if path]
    index = [options.index] if options.index else []
    check_outputs([*written, *index], options.paths, overwrite=True, walk=article_files)
    if not options.overwrite:
        refuse_existing(written)
