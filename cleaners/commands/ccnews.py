"""`copydesk ccnews`."""

from __future__ import annotations

import argparse
import sys

from cleaners.ccnews.mirror import COMMON_CRAWL, Mirror
from cleaners.ccnews.run import CcNewsOptions, clean_ccnews
from cleaners.ccnews.state import FAILED, MISSING
from cleaners.commands import option_values
from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.commands.inputs import add_outlets, profiles_of
from cleaners.commands.messages import error_line, report_error, say
from cleaners.records.selection import Selection
from cleaners.running.batch import CleaningOptions
from cleaners.words.display import counted

_EPILOG = """\
examples:
  copydesk ccnews --from 2026-01-01 --to 2026-01-31 -o january
  copydesk ccnews --from 2026-01-05 --to 2026-01-05 --hosts gazette.example --languages en

The folder gets articles/NAME.jsonl.gz and rejects/NAME.jsonl.gz for each file of
the archive, and files.jsonl with the counts. One file of the archive is on the
disk at a time. After an interruption the same command goes on; a file that was
missing is asked for again.

exit codes:
  0    all files of the days are done, and there is at least one article
  1    no article, or a file is missing or could not be fetched
  2    wrong usage, or a folder that cannot be written
  130  interrupted with Ctrl-C
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "ccnews",
        help="clean days of CC-NEWS, Common Crawl's archive of news",
        description="Fetches the files of CC-NEWS that were begun on these days, one after another, and cleans them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, what in (("from", "first"), ("to", "last")):
        command.add_argument(
            f"--{name}", dest=what, type=option_values.day, required=True, metavar="DAY", help=f"the {what} day"
        )
    command.add_argument("-o", "--output", metavar="FOLDER", default="ccnews", help="where the records go (ccnews)")
    command.add_argument(
        "--mirror", default=COMMON_CRAWL, metavar="ROOT", help=f"an address or a folder with the files ({COMMON_CRAWL})"
    )
    command.add_argument(
        "--hosts", type=_hosts, action="extend", default=[], metavar="HOST", help="only these, and below"
    )
    command.add_argument(
        "--languages",
        type=option_values.languages,
        action="extend",
        default=[],
        metavar="CODE",
        help="only articles in these languages (en,de)",
    )
    command.add_argument("--min-words", type=option_values.count, default=0, metavar="N", help="only longer articles")
    command.add_argument(
        "--min-confidence",
        type=option_values.share,
        default=0.0,
        metavar="SHARE",
        help="only articles whose text is right with at least this probability (0.9)",
    )
    command.add_argument(
        "--respect",
        type=option_values.respected,
        action="extend",
        default=[],
        metavar="USE",
        help="reject pages that reserve this: ai-train, tdm, noindex (docs/rights.md)",
    )
    add_outlets(command)
    command.add_argument("--processes", type=option_values.count, metavar="N", help="worker processes (one per core)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Clean the files, and say what came of them."""
    if options.last < options.first:
        return report_error("--to is before --from")
    selection = Selection(
        languages=frozenset(options.languages), min_words=options.min_words, min_confidence=options.min_confidence
    )
    cleaning = CleaningOptions(selection=selection, audit=False, respect=frozenset(options.respect))
    wanted = CcNewsOptions(options.first, options.last, tuple(options.hosts), cleaning, profiles_of(options))
    state = clean_ccnews(
        options.output,
        wanted,
        Mirror(options.mirror),
        processes=options.processes,
        tell=_tell,
        progress=lambda line: say(options, line),
    )
    statuses = state.statuses()
    say(
        options,
        f"{counted(statuses.total(), 'file')}, {counted(state.total('pages'), 'page')},"
        f" {state.total('stories'):,} stories"
        + "".join(f"; {status}: {count:,}" for status, count in sorted(statuses.items())),
    )
    return FOUND if state.total("stories") and not statuses[MISSING] + statuses[FAILED] else NOTHING_FOUND


def _tell(line: str) -> None:
    print(error_line(line), file=sys.stderr, flush=True)


def _hosts(value: str) -> list[str]:
    hosts = [host.strip().lower().removeprefix("www.") for host in value.split(",")]
    if wrong := [host for host in hosts if not host or "/" in host or ":" in host]:
        raise argparse.ArgumentTypeError(f"not a host such as gazette.example: {wrong[0]!r}")
    return hosts
