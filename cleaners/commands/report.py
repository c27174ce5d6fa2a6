"""`copydesk report`."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.commands.inputs import nothing_in
from cleaners.commands.messages import report_error, say
from cleaners.comparing.run_output import NAMES, file_of_run
from cleaners.reading import check_paths
from cleaners.records.reader import RejectedLine, article_files, read_articles, read_rows
from cleaners.records.rows import Row
from cleaners.reporting.counts import ArticleCounts
from cleaners.reporting.sharing import Sharing, is_trace
from cleaners.reporting.unsure import is_audit, least_sure
from cleaners.running.atomic_files import atomic_file
from cleaners.running.output_checks import check_outputs
from cleaners.words.display import counted

if TYPE_CHECKING:
    from cleaners.reporting.report_html import Report

MOST_CODES = 200
"""Different codes that are counted, far more than Copydesk writes: a hostile file must not fill the memory."""

MOST_LINE_REPORTS = 20
"""Unreadable lines that are reported one by one; the rest are only counted."""

_EPILOG = """\
examples:
  copydesk report data                       the folder of a crawl or of a run: report.html
  copydesk report articles.jsonl -o why.html --overwrite
  copydesk report articles.jsonl --trace trace.jsonl

exit codes:
  0    the report was written
  1    the report was written, but there were no articles
  2    wrong usage, a path that does not exist, an output that cannot be written, or a missing library
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "report",
        help="show a run as one HTML page",
        description="Writes one HTML file that shows the articles, what was dropped, and which pages to check.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "articles", nargs="+", metavar="ARTICLES", help="JSON Lines (also .gz and .zst), Parquet, or a folder"
    )
    command.add_argument("-o", "--output", metavar="FILE", default="report.html", help="file to write (report.html)")
    command.add_argument("--overwrite", action="store_true", help="replace the output if it exists")
    command.add_argument(
        "--audit", metavar="FILE", help="show the pages with the lowest confidence (default: that of the folder)"
    )
    command.add_argument(
        "--rejects", metavar="FILE", help="show why pages were rejected (default: those of the folder)"
    )
    command.add_argument("--trace", metavar="FILE", help="show duplicates and wire copy (default: that of the folder)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read every file once, and write the page."""
    _take_what_is_beside(options)
    extras = [path for path in (options.audit, options.rejects, options.trace) if path]
    check_paths([*options.articles, *extras])
    check_outputs([options.output], [*options.articles, *extras], overwrite=options.overwrite, walk=article_files)
    try:
        from cleaners.reporting.report_html import report_page
    except ImportError as missing:
        return report_error(f"a report needs {missing.name}: pip install 'copydesk[report]'")
    with atomic_file(options.output) as file:
        report = _read(options)
        file.write(report_page(report).encode("utf-8", "replace"))
    if not (count := report.counts.articles):
        return report_error(f"{nothing_in(options.articles, 'article')}; {options.output} says so", NOTHING_FOUND)
    beside = [os.path.basename(path) for path in (options.audit, options.rejects, options.trace) if path]
    with_what = f", with {', '.join(beside)}" if beside else ""
    say(options, f"{counted(count, 'article')} reported in {options.output}{with_what}")
    return FOUND


def _take_what_is_beside(options: argparse.Namespace) -> None:
    """Take the audit, the rejects and the trace that stand beside the articles, if these are one folder or file of the
    usual name."""
    if len(options.articles) != 1:
        return
    (given,) = options.articles
    folder = given if os.path.isdir(given) else os.path.dirname(given)
    if folder != given and os.path.basename(given) not in NAMES["articles"]:
        return
    options.audit = options.audit or file_of_run(folder, "audit")
    options.rejects = options.rejects or file_of_run(folder, "rejected")
    options.trace = options.trace or file_of_run(folder, "trace")


def _read(options: argparse.Namespace) -> Report:
    from cleaners.reporting.report_html import Report

    refused = _LineReports()
    report = Report(ArticleCounts())
    outlets: dict[str, str] = {}
    for record in read_articles(options.articles, refuse=refused):
        outlet = report.counts.add(record)
        if options.trace:
            outlets[record["id"]] = outlet
    if options.audit:
        report.unsure = least_sure(read_rows(options.audit, is_audit, refuse=refused))
    if options.rejects:
        report.rejected, report.reasons = _rejected(read_rows(options.rejects, _is_reject, refuse=refused))
    if options.trace:
        report.sharing = Sharing(outlets)
        for row in read_rows(options.trace, is_trace, refuse=refused):
            report.sharing.add(row)
    report.not_read = refused.count
    return report


def _rejected(rows: Iterator[Row]) -> tuple[Counter[str], dict[str, str]]:
    """How many pages were rejected for each code, and for each code one reason as an example."""
    codes: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for row in rows:
        code = row["code"][:60]
        if code in codes or len(codes) < MOST_CODES:
            codes[code] += 1
            reasons.setdefault(code, row["reason"][:300])
    return codes, reasons


def _is_reject(record: Row) -> bool:
    return isinstance(record.get("code"), str) and isinstance(record.get("reason"), str)


class _LineReports:
    """Reports the lines that could not be read, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, refused: RejectedLine) -> None:
        self.count += 1
        if self.count <= MOST_LINE_REPORTS:
            report_error(f"{refused.source}: {refused.reason}")
