"""The command `copydesk`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from typing import IO

from cleaners.articles import installed_version
from cleaners.batch import Tally, clean_or_reject
from cleaners.data import Cleaned
from cleaners.errors import CopydeskError, describe
from cleaners.reading import read_pages
from cleaners.schema import schema_text, trace_schema_text
from cleaners.tracing import Index, trace
from cleaners.tracing.records import Refused, read_records
from cleaners.tracing.table import HEAD, table_lines
from cleaners.writing import Rows, article_rows, audit_rows, json_line, rejected_rows, whole_file, write_rows

FOUND, NOTHING_FOUND, FAILED, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

Sink = tuple[IO[bytes], Rows]
"""An open file, and the rows of a page that go there."""

_EXIT_CODES = """\
exit codes:
  0    at least one article was written, even if other pages were rejected
  1    no page gave an article
  2    wrong usage, a path that does not exist, or an output that cannot be written
  130  interrupted with Ctrl-C; files named with -o, --audit and --rejects are left as they were
  141  the reader of standard output has gone away, as in `copydesk clean … | head`
"""

_TRACE_EXIT_CODES = """\
exit codes:
  0    at least one article was traced, even if other lines were rejected
  1    no line gave an article to trace
  2    wrong usage, a path that does not exist, an output that cannot be written, or an index that cannot be used
  130  interrupted with Ctrl-C; the index is as it was after the last articles that were written to it
  141  the reader of standard output has gone away
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at exit
        return PIPE_CLOSED
    except (CopydeskError, OSError) as error:
        return _complain(describe(error))
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="copydesk", description="Turns news pages into clean text.")
    parser.add_argument("--version", action="version", version=f"copydesk {installed_version()}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    clean = commands.add_parser(
        "clean",
        help="clean files and folders of pages",
        description="Writes one JSON line per story. Pages are HTML or plain page dumps, in any encoding.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    clean.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    clean.add_argument("-o", "--output", metavar="FILE", help="where the articles go (standard output)")
    clean.add_argument("--audit", metavar="FILE", help="write every block of every page with its label and rule")
    clean.add_argument("--rejects", metavar="FILE", help="write why pages gave no article (standard error, in words)")
    clean.add_argument("--any-page", action="store_true", help="take the main content of other pages too")
    clean.set_defaults(run=_clean)

    _add_trace(commands)

    schema = commands.add_parser("schema", help="print the JSON Schema of an article")
    schema.add_argument("--trace", action="store_true", help="that of a trace record")
    schema.set_defaults(run=_schema)
    return parser


def _add_trace(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "trace",
        help="find duplicates, shared passages and wire copy",
        description="Reads article records and says of each which others have its words, and from which agency.",
        epilog=_TRACE_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths", nargs="*", metavar="FILE", help="JSON Lines, also .gz and .zst, or - for standard input"
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
    command.set_defaults(run=_trace)


def _schema(options: argparse.Namespace) -> int:
    sys.stdout.write(trace_schema_text() if options.trace else schema_text())
    return FOUND


def _trace(options: argparse.Namespace) -> int:
    named = [path for path in (options.index, options.output, options.rejects) if path]
    if len({os.path.realpath(path) for path in [*named, *options.paths]}) < len(named) + len(options.paths):
        return _complain("each file can be given once")
    if not options.paths and not (options.index and options.all):
        return _complain("no file to trace; with --index FILE --all the index itself is told")
    as_table = sys.stdout.isatty() and not options.output if options.table is None else options.table
    records = read_records(options.paths)
    traced = 0
    with ExitStack() as open_files:
        output = open_files.enter_context(whole_file(options.output)) if options.output else sys.stdout.buffer
        rejects = open_files.enter_context(whole_file(options.rejects)) if options.rejects else None

        def refuse(refused: Refused) -> None:
            if rejects:
                rejects.write(json_line(refused.to_dict()))
            else:
                _complain(f"{refused.source}: {refused.reason}")

        index = open_files.enter_context(closing(Index(options.index or "")))
        for row in trace(records, index, refuse=refuse, every=options.all):
            if as_table and not traced:
                output.write(HEAD.encode())
            lines = (line.encode("utf-8", "replace") for line in table_lines(row)) if as_table else [json_line(row)]
            output.writelines(lines)
            traced += 1
    return FOUND if traced else NOTHING_FOUND


def _clean(options: argparse.Namespace) -> int:
    wanted = [(options.output, article_rows), (options.audit, audit_rows), (options.rejects, rejected_rows)]
    named = [(path, rows) for path, rows in wanted if path]
    if len({os.path.realpath(path) for path, _ in named}) < len(named):
        return _complain("each output needs a file of its own")
    pages = read_pages(options.paths)
    with ExitStack() as open_files:
        sinks: list[Sink] = [(open_files.enter_context(whole_file(path)), rows) for path, rows in named]
        if not options.output:
            sinks.append((sys.stdout.buffer, article_rows))
        cleaned_pages = (clean_or_reject(page, any_page=options.any_page) for page in pages)
        tally = _write_into(sinks, cleaned_pages, say_why=not options.rejects)
    print(tally.table(), file=sys.stderr)
    return FOUND if tally.stories else NOTHING_FOUND


def _write_into(sinks: list[Sink], cleaned_pages: Iterable[Cleaned], *, say_why: bool) -> Tally:
    """Write each page to all sinks before the next is read and cleaned."""
    tally = Tally()
    for cleaned in cleaned_pages:
        for file, rows in sinks:
            write_rows(file, rows(cleaned))
        if say_why and cleaned.rejection:
            _complain(f"{cleaned.page.source}: {cleaned.rejection.reason}")
        tally.add(cleaned)
    return tally


def _complain(message: str) -> int:
    print(f"copydesk: {message}", file=sys.stderr)
    return FAILED
