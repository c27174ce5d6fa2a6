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
Tells what a change of rules or of version gained and lost: by outlet and label, by rule, and on the most changed
pages. OLD and NEW are two audits, two files of articles, or two folders with audit.jsonl (or else articles.jsonl) and
rejected.jsonl in them. Pages are the same by their names; labels and stories are compared, not how sure they are.
"""

_EPILOG = """\
example:
  copydesk clean pages -o old/articles.jsonl --audit old/audit.jsonl --rejects old/rejected.jsonl
  ... change a rule, clean again into new/ ...
  copydesk diff old new

exit codes: 0 nothing changed, 1 something did, 2 trouble
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "diff",
        help="tell what two runs over the same pages make of them differently",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("old", metavar="OLD", help="what the earlier run wrote")
    command.add_argument("new", metavar="NEW", help="what the later run wrote")
    command.add_argument("--pages", type=_count, default=10, metavar="N", help="how many pages are shown (10)")
    command.add_argument("--passages", type=_count, default=5, metavar="N", help="how many passages of each (5)")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    add_terminal_options(command)
    command.set_defaults(run=run)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a number from 0 on is needed")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Compare the runs and tell what is different."""
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
