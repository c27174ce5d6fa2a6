"""What can be measured: `python -m bench quality SET PATH`, `worst SET PATH`, `stories`, `speed` and `cost`."""

from __future__ import annotations

import argparse
import sys
import warnings
from itertools import islice
from pathlib import Path

from bench import cost, quality, speed, stories, worst
from bench.corpora import NEWS, READERS, MissingCorpusError, Sample, read_jsonl


def main() -> int:
    """Run one command. A corpus that is not there is said in one line."""
    warnings.filterwarnings("ignore")  # the peers' own
    options = _parser().parse_args()
    try:
        if options.command == "cost":
            cost.main(options.pages)
        elif options.command == "stories":
            print(stories.main(options.shipped))
        elif options.command == "quality":
            print(quality.report(_samples(options), options.only, options.any_page))
        elif options.command == "worst":
            print(worst.report(worst.page_losses(_samples(options)), options.pages))
        else:
            print(speed.report(list(islice(read_jsonl(options.path), options.pages)), options.rounds))
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _samples(options: argparse.Namespace) -> list[Sample]:
    samples = READERS[options.set](options.path)
    return [sample for sample in samples if options.page_type in (None, sample.page_type)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    of_quality = commands.add_parser("quality", help="Copydesk and the installed peers on one set of annotated pages")
    of_worst = commands.add_parser("worst", help="what costs Copydesk its word F1, and the pages that score worst")
    for command in (of_quality, of_worst):
        command.add_argument("set", choices=sorted(READERS), help="the layout of the set")
        command.add_argument("path", type=Path, help="its file or folder")
        command.add_argument("--page-type", help="only pages of this type (WCXB), such as article")
    of_worst.add_argument("--pages", type=int, default=30, help="how many of the worst pages are told, one a line")
    of_quality.add_argument("--any-page", action="store_true", help="take the main content of any page, as peers do")
    of_quality.add_argument("--only", action="append", default=[], metavar="NAME", help="a row, may be repeated")
    of_stories = commands.add_parser("stories", help="made pages of several stories, and of one that must stay whole")
    of_stories.add_argument(
        "--shipped", action="store_true", help="measure the weights that ship; else cross-validated"
    )
    of_speed = commands.add_parser("speed", help="milliseconds a page beside trafilatura and a bare parse")
    of_speed.add_argument("path", type=Path, nargs="?", default=NEWS, help="a file of our own layout")
    of_speed.add_argument("--pages", type=int, default=60)
    of_speed.add_argument("--rounds", type=int, default=speed.ROUNDS)
    of_cost = commands.add_parser("cost", help="text pages beside the langdetect call, and as pages grow")
    of_cost.add_argument("pages", nargs="*", type=Path, help="files; the seeds if none is given")
    return parser


if __name__ == "__main__":
    sys.exit(main())
