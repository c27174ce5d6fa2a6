"""`copydesk explain`."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches

from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.commands.inputs import add_known, add_outlets, known_of, nothing_in, paths_or_stdin, profiles_of
from cleaners.commands.messages import report_error, say
from cleaners.commands.terminal import add_terminal_options, console
from cleaners.data import Cleaned, Label
from cleaners.errors import CopydeskError, MissingPath
from cleaners.explaining import explained_row, html_closing, html_opening, html_page, terminal_page
from cleaners.explaining.page_terminal import names_of
from cleaners.explaining.wording import name_of
from cleaners.reading import read_pages
from cleaners.records.audit import read_audit
from cleaners.records.rows import json_line
from cleaners.running.atomic_files import atomic_file
from cleaners.running.batch import clean_or_reject
from cleaners.running.output_checks import check_outputs
from cleaners.words.display import counted

_DESCRIPTION = """\
Shows how a page was read: every block with its label, the rule that gave it and its confidence, and the first verdict
if a later rule revised it. + is kept in the text, = feeds a field of the record, - is dropped.
"""

_EPILOG = """\
examples:
  copydesk explain page.html                      in the terminal
  copydesk explain page.html --only related       only blocks with this label, or by a rule of this name
  copydesk explain page.html --all                with every link that was dropped
  copydesk explain page.html --html page-why.html as a file for a browser, with filters and keys
  copydesk explain --audit audit.jsonl seeds/003_2deffcb77a6a5816.txt
                                                  the verdicts of an earlier run

exit codes: 0 at least one page was shown, 1 there was no page, 2 error
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "explain",
        help="show what was kept of a page, what was dropped, and why",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "pages",
        nargs="*",
        metavar="PAGE",
        help="a file, a folder, or - for standard input (the default in a pipe)",
    )
    add_known(command)
    add_outlets(command)
    command.add_argument(
        "--audit",
        metavar="FILE",
        help="show the verdicts in this audit; PAGE is then the name of a page in it (default: all pages)",
    )
    shape = command.add_mutually_exclusive_group()
    shape.add_argument("--html", metavar="FILE", help="write one HTML file that needs no network")
    shape.add_argument("--json", action="store_true", help="print one JSON object for each page")
    command.add_argument("--overwrite", action="store_true", help="replace the HTML file if it exists")
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="LABEL|RULE",
        help="show only blocks with this label or rule; repeatable",
    )
    command.add_argument(
        "--all", action="store_true", help="show runs of dropped blocks, which are folded into a line otherwise"
    )
    command.add_argument("--full", action="store_true", help="show long blocks in full")
    command.add_argument(
        "--any-page", action="store_true", help="also take the main content of pages that are not articles"
    )
    add_terminal_options(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain the pages one by one."""
    if not options.audit:
        options.pages = paths_or_stdin(options.pages, "a page, or an audit with --audit")
    if options.only and (options.html or options.json):
        return report_error(
            "--only is for the terminal; the HTML file has filters of its own, and JSON has every block"
        )
    if options.audit and options.outlets:
        return report_error("the verdicts of an audit are given: --outlets is for pages that are cleaned here")
    if options.html:
        inputs = [options.audit] if options.audit else options.pages
        check_outputs([options.html], inputs, overwrite=options.overwrite)
    pages = _audited(options.audit, options.pages) if options.audit else _cleaned(options)
    show = _to_html if options.html else _to_json if options.json else _to_terminal
    if not show(pages, options):
        return report_error(nothing_in([options.audit] if options.audit else options.pages, "page"), NOTHING_FOUND)
    return FOUND


def _cleaned(options: argparse.Namespace) -> Iterator[Cleaned]:
    pages = read_pages(options.pages, known=known_of(options, options.pages))
    profiles = profiles_of(options)
    return (clean_or_reject(page, any_page=options.any_page) for page in profiles.put_on_all(pages))


def _audited(audit: str, names: Iterable[str]) -> Iterator[Cleaned]:
    """The named pages of an audit, or all of them. Raises MissingPath if the audit does not have a page."""
    wanted = dict.fromkeys(names)
    missing = dict(wanted)
    for cleaned in read_audit(audit):
        if not wanted or name_of(cleaned) in wanted:
            missing.pop(name_of(cleaned), None)
            yield cleaned
        if wanted and not missing:
            return
    if missing:
        raise MissingPath(f"no such page in {audit}: {', '.join(missing)}")


_Show = Callable[[Iterable[Cleaned], argparse.Namespace], int]
"""A function that shows pages as the options say, and returns their number."""


def _to_terminal(pages: Iterable[Cleaned], options: argparse.Namespace) -> int:
    terminal = console(options)
    seen: set[str] = set()

    def show(cleaned: Cleaned) -> None:
        lines = terminal_page(cleaned, terminal, only=options.only, whole=options.full, unfolded=options.all)
        for line in lines:
            terminal.print(line)
        if options.only:
            seen.update(names_of(cleaned.blocks))

    count = _shown(pages, show)
    _check_names(options.only, seen)
    return count


def _check_names(wanted: Iterable[str], seen: set[str]) -> None:
    """Raise CopydeskError for a name that no block has. A label is known, whether or not a page has such a block."""
    known = seen | {*Label}
    if unknown := [name for name in wanted if name not in known]:
        near = get_close_matches(unknown[0], known, n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise CopydeskError(f"no block has the label or rule {unknown[0]}{hint}")


def _to_json(pages: Iterable[Cleaned], _: argparse.Namespace) -> int:
    return _shown(pages, lambda cleaned: sys.stdout.buffer.write(json_line(explained_row(cleaned))))


def _to_html(pages: Iterable[Cleaned], options: argparse.Namespace) -> int:
    with atomic_file(options.html) as file:
        file.write(html_opening())
        numbers = itertools.count(1)
        count = _shown(pages, lambda cleaned: file.writelines(html_page(cleaned, next(numbers), unfolded=options.all)))
        file.write(html_closing())
    say(options, f"{counted(count, 'page')} explained in {options.html}")
    return count


def _shown(pages: Iterable[Cleaned], show: Callable[[Cleaned], object]) -> int:
    return sum(1 for _ in map(show, pages))
