"""`copydesk corpus`."""

from __future__ import annotations

import argparse
import sys

from cleaners.commands import option_values
from cleaners.commands.exit_codes import FOUND
from cleaners.commands.messages import say
from cleaners.corpus.build import CorpusOptions, build_corpus
from cleaners.corpus.entries import PREFERENCES
from cleaners.corpus.wanted import Wanted

_EPILOG = """\
examples:
  copydesk corpus articles.jsonl -o corpus
  copydesk corpus monday.jsonl tuesday.jsonl -o corpus --lang en --min-words 100 --respect ai-train

The folder gets Parquet files (data), the records that were left out with the
reason and the record that is kept for each (left-out), and a dataset card
(README.md). The same input gives the same bytes. After an interruption the same
command goes on.

exit codes:
  0    the corpus was written
  2    wrong usage, a path that does not exist, nothing to keep, or a folder that
       cannot be written
  130  interrupted with Ctrl-C
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "corpus",
        help="make one corpus of records, without copies",
        description="Makes a corpus that `datasets` loads of article records: filtered, and one kept of those with the "
        "same text and of near duplicates.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths", nargs="+", metavar="INPUT", help="JSON Lines (also .gz and .zst), Parquet, or a folder of them"
    )
    command.add_argument("-o", "--output", metavar="FOLDER", required=True, help="the folder of the corpus")
    command.add_argument("--overwrite", action="store_true", help="replace the corpus in the folder, or begin anew")
    command.add_argument(
        "--prefer",
        choices=PREFERENCES,
        default="earliest",
        help="which of several copies is kept: the earliest (default), the longest, the agency's own",
    )
    for name, kind, sign, what in _FILTERS:
        command.add_argument(f"--{name}", type=kind, action="extend", default=[], metavar=sign, help=what)
    command.add_argument(
        "--min-words", type=option_values.count, default=0, metavar="N", help="only records with at least N words"
    )
    command.add_argument(
        "--min-confidence",
        type=option_values.share,
        default=0.0,
        metavar="SHARE",
        help="only records whose text is right with at least this probability (0.9)",
    )
    command.set_defaults(run=run)


_FILTERS = (
    ("lang", option_values.languages, "CODE", "only records in these languages (en,de)"),
    ("kinds", option_values.kinds, "KIND", "only records of these kinds of page (article)"),
    (
        "respect",
        option_values.respected,
        "USE",
        "leave out what pages reserve: ai-train, tdm, noindex (docs/rights.md)",
    ),
)
"""Options that take several values: the name, what reads it, its sign, and what it does."""


def run(options: argparse.Namespace) -> int:
    """Make the corpus, and say what it holds."""
    wanted = Wanted(
        tuple(sorted(set(options.lang))),
        tuple(sorted(map(str, set(options.kinds)))),
        options.min_words,
        options.min_confidence,
        tuple(sorted(set(options.respect))),
    )
    counts = build_corpus(
        options.paths,
        options.output,
        CorpusOptions(wanted, options.prefer),
        overwrite=options.overwrite,
        tell=(lambda line: say(options, line)) if sys.stderr.isatty() else lambda _: None,
    )
    say(options, f"{counts.records:,} records kept, {counts.words:,} words")
    for reason, count in sorted(counts.left_out.items(), key=lambda row: (-row[1], row[0])):
        say(options, f"  {count:,} left out: {reason}")
    return FOUND
