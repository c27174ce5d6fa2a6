"""What can be measured, each by a command of its own: `python -m bench COMMAND --help`."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from bench.measure import clusters, cost, crawl, desk, quality, speed, stories, trace, worst
from bench.pages.corpora import NEWS, READERS, MissingCorpusError, Sample, read_jsonl

Run = Callable[[argparse.Namespace], Iterator[str]]
"""What a command prints, piece by piece."""


def main() -> int:
    """Run one command. A corpus that is not there is said in one line."""
    warnings.filterwarnings("ignore")  # the peers' own
    options = _parser().parse_args()
    try:
        for piece in options.run(options):
            print(piece, flush=True)
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _quality(options: argparse.Namespace) -> Iterator[str]:
    yield quality.report(_samples(options), options.only, options.any_page)


def _worst(options: argparse.Namespace) -> Iterator[str]:
    yield worst.report(worst.page_losses(_samples(options)), options.pages)


def _samples(options: argparse.Namespace) -> list[Sample]:
    samples = READERS[options.set](options.path)
    return [sample for sample in samples if options.page_type in (None, sample.page_type)]


def _stories(options: argparse.Namespace) -> Iterator[str]:
    yield stories.main(options.shipped)


def _trace(options: argparse.Namespace) -> Iterator[str]:
    if options.articles:
        yield from trace.growth(options.articles)
    else:
        yield f"{trace.quality()}\n\n{trace.cost()}"


def _speed(options: argparse.Namespace) -> Iterator[str]:
    yield speed.report(list(islice(read_jsonl(options.path), options.pages)), options.rounds)


def _cost(options: argparse.Namespace) -> Iterator[str]:
    cost.main(options.pages)
    yield from ()


def _clusters(options: argparse.Namespace) -> Iterator[str]:
    yield clusters.report(list(read_jsonl(options.path)), options.pages, options.processes)


def _crawl(options: argparse.Namespace) -> Iterator[str]:
    if options.frontier:
        yield crawl.frontier_cost(options.frontier, options.redis)
    elif options.long:
        yield crawl.long_crawl([crawl.short_page(number) for number in range(200)], options.long)
    else:
        samples = [sample for sample in read_jsonl(options.path) if len(sample.html) <= 1000 * options.largest]
        yield crawl.report(samples, options.pages, options.rounds)


def _desk(options: argparse.Namespace) -> Iterator[str]:
    return desk.report(options.pages, options.rounds, options.kills)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, says: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=says)
        added.set_defaults(run=run)
        return added

    of_quality = command("quality", _quality, "Copydesk and the installed peers on one set of annotated pages")
    of_worst = command("worst", _worst, "what costs Copydesk its word F1, and the pages that score worst")
    for of_a_set in (of_quality, of_worst):
        of_a_set.add_argument("set", choices=sorted(READERS), help="the layout of the set")
        of_a_set.add_argument("path", type=Path, help="its file or folder")
        of_a_set.add_argument("--page-type", help="only pages of this type (WCXB), such as article")
    of_worst.add_argument("--pages", type=int, default=30, help="how many of the worst pages are told, one a line")
    of_quality.add_argument("--any-page", action="store_true", help="take the main content of any page, as peers do")
    of_quality.add_argument("--only", action="append", default=[], metavar="NAME", help="a row, may be repeated")

    of_stories = command("stories", _stories, "made pages of several stories, and of one that must stay whole")
    of_stories.add_argument("--shipped", action="store_true", help="the weights that ship; else cross-validated")

    of_trace = command("trace", _trace, "pairs, passages and the cost of an article in an index")
    of_trace.add_argument("--articles", type=int, default=0, metavar="N", help="only how the cost grows, up to N")

    of_speed = command("speed", _speed, "milliseconds a page beside trafilatura and a bare parse")
    of_speed.add_argument("path", type=Path, nargs="?", default=NEWS, help="a file of our own layout")
    of_speed.add_argument("--pages", type=int, default=60)
    of_speed.add_argument("--rounds", type=int, default=speed.ROUNDS)
    of_clusters = command("clusters", _clusters, "the datatrove step beside the same cleaners without it")
    of_clusters.add_argument("path", type=Path, nargs="?", default=NEWS, help="a file of our own layout")
    of_clusters.add_argument("--pages", type=int, default=2000)
    of_clusters.add_argument("--processes", type=int, default=2)

    of_cost = command("cost", _cost, "text pages beside the langdetect call, and as pages grow")
    of_cost.add_argument("pages", nargs="*", type=Path, help="files; the seeds if none is given")

    of_crawl = command("crawl", _crawl, "pages a second beside bare Scrapy and trafilatura in the callback")
    of_crawl.add_argument("path", type=Path, nargs="?", default=NEWS, help="a file of our own layout")
    of_crawl.add_argument("--pages", type=int, default=600)
    of_crawl.add_argument("--largest", type=int, default=100, metavar="KB", help="leave out larger pages")
    of_crawl.add_argument("--rounds", type=int, default=3)
    of_crawl.add_argument("--long", type=int, metavar="N", help="memory over N short files instead")
    of_crawl.add_argument("--frontier", type=int, metavar="N", help="the cost of N requests in the frontier instead")
    of_crawl.add_argument("--redis", metavar="URL", help="with --frontier: the Redis to measure")

    of_desk = command("desk", _desk, "`copydesk clean` on all cores, its memory, and interrupted")
    of_desk.add_argument("--pages", type=int, default=desk.PAGES)
    of_desk.add_argument("--rounds", type=int, default=desk.ROUNDS, help="of one process and all cores")
    of_desk.add_argument("--kills", type=int, default=desk.KILLS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
