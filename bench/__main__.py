"""What can be measured: `python -m bench quality SET PATH`, `python -m bench speed` and `python -m bench cost`."""

from __future__ import annotations

import argparse
import sys
import warnings
from itertools import islice
from pathlib import Path

from bench import cost, quality, speed
from bench.corpora import NEWS, READERS, MissingCorpusError, read_jsonl


def main() -> int:
    """Run one command. A corpus that is not there is said in one line."""
    warnings.filterwarnings("ignore")  # the peers' own
    options = _parser().parse_args()
    try:
        if options.command == "cost":
            cost.main(options.pages)
        elif options.command == "quality":
            samples = list(READERS[options.set](options.path))
            if options.page_type:
                samples = [sample for sample in samples if sample.page_type == options.page_type]
            print(quality.report(samples, options.only))
        else:
            print(speed.report(list(islice(read_jsonl(options.path), options.pages)), options.rounds))
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    of_quality = commands.add_parser("quality", help="Copydesk and the installed peers on one set of annotated pages")
    of_quality.add_argument("set", choices=sorted(READERS), help="the layout of the set")
    of_quality.add_argument("path", type=Path, help="its file or folder")
    of_quality.add_argument("--page-type", help="only pages of this type (WCXB), such as article")
    of_quality.add_argument("--only", action="append", default=[], metavar="NAME", help="a row, may be repeated")
    of_speed = commands.add_parser("speed", help="milliseconds a page beside trafilatura and a bare parse")
    of_speed.add_argument("path", type=Path, nargs="?", default=NEWS, help="a file of our own layout")
    of_speed.add_argument("--pages", type=int, default=60)
    of_speed.add_argument("--rounds", type=int, default=speed.ROUNDS)
    of_cost = commands.add_parser("cost", help="text pages beside the langdetect call, and as pages grow")
    of_cost.add_argument("pages", nargs="*", type=Path, help="files; the seeds if none is given")
    return parser


if __name__ == "__main__":
    sys.exit(main())
