"""The command `copydesk`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import IO

from cleaners.articles import installed_version
from cleaners.batch import Tally, clean_or_reject
from cleaners.data import Cleaned
from cleaners.errors import CopydeskError, describe
from cleaners.reading import read_pages
from cleaners.schema import schema_text
from cleaners.writing import Rows, article_rows, audit_rows, rejected_rows, whole_file, write_rows

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

    schema = commands.add_parser("schema", help="print the JSON Schema of an article")
    schema.set_defaults(run=_schema)
    return parser


def _schema(_: argparse.Namespace) -> int:
    sys.stdout.write(schema_text())
    return FOUND


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
