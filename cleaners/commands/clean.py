"""`copydesk clean`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from typing import IO

from cleaners.batch import Tally, clean_or_reject
from cleaners.commands.complaints import complain
from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.data import Cleaned
from cleaners.reading import read_pages
from cleaners.writing import Rows, article_rows, audit_rows, rejected_rows, whole_file, write_rows

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


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "clean",
        help="clean files and folders of pages",
        description="Writes one JSON line per story. Pages are HTML or plain page dumps, in any encoding.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    command.add_argument("-o", "--output", metavar="FILE", help="where the articles go (standard output)")
    command.add_argument("--audit", metavar="FILE", help="write every block of every page with its label and rule")
    command.add_argument("--rejects", metavar="FILE", help="write why pages gave no article (standard error, in words)")
    command.add_argument("--any-page", action="store_true", help="take the main content of other pages too")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Clean the pages and write what was asked for."""
    wanted = [(options.output, article_rows), (options.audit, audit_rows), (options.rejects, rejected_rows)]
    named = [(path, rows) for path, rows in wanted if path]
    if len({os.path.realpath(path) for path, _ in named}) < len(named):
        return complain("each output needs a file of its own")
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
            complain(f"{cleaned.page.source}: {cleaned.rejection.reason}")
        tally.add(cleaned)
    return tally
