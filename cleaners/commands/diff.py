"""`copydesk diff`."""

from __future__ import annotations

import argparse
import sys

from cleaners.commands.exit_codes import DIFFERENT, SAME
from cleaners.commands.terminal import add_terminal_options, console
from cleaners.comparing import compare, difference_row, open_run, pair_pages, terminal_difference
from cleaners.comparing.run_output import check_alike
from cleaners.records.rows import json_line

_DESCRIPTION = """\
Shows what a change of rules or of version gained and lost: by outlet and label, by rule, and on the most changed
pages. OLD and NEW are two audits, two files of articles, or two folders that hold audit.jsonl (or else articles.jsonl)
and rejected.jsonl. Pages are matched by name. Labels and stories are compared, confidences are not.
"""

_EPILOG = """\
example:
  copydesk clean pages -o old/articles.jsonl --audit old/audit.jsonl --rejects old/rejected.jsonl
  ... change a rule, then clean again into new/ ...
  copydesk diff old new

exit codes: 0 nothing changed, 1 something changed, 2 error
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "diff",
        help="compare two runs over the same pages",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("old", metavar="OLD", help="output of the earlier run")
    command.add_argument("new", metavar="NEW", help="output of the later run")
    command.add_argument("--pages", type=_count, default=10, metavar="N", help="number of pages to show (10)")
    command.add_argument(
        "--passages", type=_count, default=5, metavar="N", help="number of passages to show of each page (5)"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    add_terminal_options(command)
    command.set_defaults(run=run)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a whole number from 0 on is needed")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Compare the runs and print the difference."""
    old, new = open_run(options.old), open_run(options.new)
    check_alike(old, new)
    difference = compare(pair_pages(old.pages, new.pages), pages=options.pages, passages=options.passages)
    if options.json:
        sys.stdout.buffer.write(json_line(difference_row(difference)))
    else:
        terminal = console(options)
        for line in terminal_difference(difference, terminal):
            terminal.print(line)
    return SAME if difference.is_none else DIFFERENT
