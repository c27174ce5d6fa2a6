"""What can be measured: `python -m bench quality SET PATH`, `worst SET PATH`, `stories`, `speed`, `cost`, `crawl`."""

from __future__ import annotations

import argparse
import sys
import warnings
from itertools import islice
from pathlib import Path

from bench import cost, crawl, quality, speed, stories, worst
from bench.corpora import NEWS, READERS, MissingCorpusError, Sample, read_jsonl


def main() -> int:
    """Run one command. A corpus that is not there is said in one line."""
    warnings.filterwarnings("ignore")  # the peers' own
    options = _parser().parse_args()
    try:
        if options.command == "cost":
            cost.main(options.pages)
        elif options.command == "stories":
            print(stories.main())
        elif options.command == "crawl":
            print(_crawl(options))
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


def _crawl(options: argparse.Namespace) -> str:
    if options.frontier:
        return crawl.frontier_cost(options.frontier, options.redis)
    samples = list(islice(read_jsonl(options.path), 120))
    if options.long:
        return crawl.long_crawl([crawl.short_page(number) for number in range(200)], options.long)
    return crawl.report(samples, options.pages, options.rounds)


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
    commands.add_parser("stories", help="made pages of several stories, and of one that must stay whole")
    of_speed = commands.add_parser("speed", help="milliseconds a page beside trafilatura and a bare parse")
    of_speed.add_argument("path", type=Path, nargs="?", default=NEWS, help="a file of our own layout")
    of_speed.add_argument("--pages", type=int, default=60)
    of_speed.add_argument("--rounds", type=int, default=speed.ROUNDS)
    of_cost = commands.add_parser("cost", help="text pages beside the langdetect call, and as pages grow")
    of_cost.add_argument("pages", nargs="*", type=Path, help="files; the seeds if none is given")
    of_crawl = commands.add_parser("crawl", help="pages a second beside bare Scrapy and trafilatura in the callback")
    of_crawl.add_argument("path", type=Path, nargs="?", default=NEWS, help="a file of our own layout")
    of_crawl.add_argument("--pages", type=int, default=600)
    of_crawl.add_argument("--rounds", type=int, default=3)
    of_crawl.add_argument("--long", type=int, metavar="N", help="memory over N short files instead")
    of_crawl.add_argument("--frontier", type=int, metavar="N", help="the cost of N requests in the frontier instead")
    of_crawl.add_argument("--redis", metavar="URL", help="with --frontier: the Redis to measure")
    return parser


if __name__ == "__main__":
    sys.exit(main())
