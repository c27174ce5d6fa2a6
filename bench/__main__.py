"""Measuring and training by one command each: `python -m bench COMMAND --help` describes a command.

A command is a module with two functions: `add_arguments(parser)` declares its options, and `run(options)` yields what
it prints. Modules are imported when they are asked for, so that PyTorch and the peers are needed by their own commands
only.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from bench.errors import BenchError

ERROR = 2
"""Exit code of a wrong command line, a missing corpus or a missing dependency, as argparse has it."""

EXTRAS = {"torch": "train"}
"""The extra of pyproject.toml that brings a package; all others come with `bench`."""


class Command(Protocol):
    """What a command's module has."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""

    def run(self, options: argparse.Namespace) -> Iterator[str]:
        """Do the work, and yield what is printed, piece by piece."""


class Entry(NamedTuple):
    """A line of the table of commands: the module that implements it, and what it does."""

    module: str
    summary: str


COMMANDS: dict[str, dict[str, Entry]] = {
    "pages": {
        "samples": Entry("pages.samples", "list the corpora, or describe one set of annotated pages"),
    },
    "train": {
        "weights": Entry("train.weights_in_order", "train all models in order, with the time of each step"),
        "train-html": Entry("train.html", "the scorer of HTML blocks: cross-validate, then write html.npz"),
        "train-text": Entry("train.text", "the scorer of text lines: cross-validate, then write text.npz"),
        "train-page-kind": Entry("train.page_kind", "the model that separates articles from other pages"),
        "train-confidence": Entry("train.confidence", "how sure it is that the text of a story is right"),
        "train-stems": Entry("train.stems", "the list of stems that articles about anything contain"),
        "train-vectors": Entry("train.vectors", "the vectors of stems, by latent semantic analysis"),
        "train-joins": Entry("train.joins", "the model that finds where an appended story starts"),
    },
    "measure": {
        "pairs": Entry("measure.pairs", "pictures with their captions on ninety pages, against labels by hand"),
        "quality": Entry("measure.quality", "word F1 and other metrics, beside the installed peers"),
        "worst": Entry("measure.worst", "what costs word F1, by cause, and the pages that score worst"),
        "words": Entry(
            "measure.words", "word F1 by set and by page, beside another version; the worth of the confidence"
        ),
        "refusals": Entry("measure.refusals", "how many annotated stories give no record, and what that costs, by set"),
        "profiles": Entry("measure.profiles", "what an outlet's profile gains on pages that it was not learned from"),
        "stories": Entry("measure.stories", "how well pages of several stories are split"),
        "captions": Entry("measure.captions", "how many captions of records are none, and what a change loses"),
        "structure": Entry(
            "measure.structure", "what Markdown has of lists, tables and links, and whether it shows the text"
        ),
        "live": Entry("measure.live", "how well the entries of live columns are read, and which pages gain some"),
        "facts": Entry(
            "measure.facts", "how often the lead picture, tags and access that pages state are in the record"
        ),
        "metadata": Entry("measure.metadata", "how often title, date and authors are exactly right"),
        "dump-facts": Entry("measure.dump_facts", "how often headline, day and authors of plain dumps are right"),
        "dates": Entry("measure.dates", "how often the day of publication is right, beside htmldate"),
        "date-formats": Entry(
            "measure.date_formats", "how often dates in 73 languages and countries are read right, beside dateparser"
        ),
        "languages": Entry("measure.languages", "how often the language of a text is found"),
        "phrases": Entry("measure.phrases", "how many annotated lines the lists of phrases take for something else"),
        "rights": Entry("measure.rights", "what pages reserve, by set, and the pages that state it"),
        "links": Entry("measure.links", "how well an address alone separates articles from hub pages"),
        "trace": Entry("measure.trace", "how well and at what cost shared passages are found"),
        "corpus": Entry("measure.corpus", "`copydesk corpus`: one kept of each cluster, time, size and memory"),
        "speed": Entry("measure.speed", "milliseconds a page, beside trafilatura and a bare parse"),
        "start": Entry("measure.start", "one page from the shell beside trafilatura's command, and imports"),
        "cost": Entry("measure.cost", "cost of text pages, beside the language and by page size"),
        "html-cost": Entry("measure.html_cost", "cost of each stage of scoring an HTML page"),
        "growth": Entry("measure.growth", "how the time for a page grows with its size, by what it repeats"),
        "fuzz": Entry("measure.fuzz", "mutated pages and dumps: exceptions, slow pages, memory"),
        "clusters": Entry("measure.clusters", "the datatrove step beside our own worker processes"),
        "desk": Entry("measure.desk", "`copydesk clean`: speed on all cores, memory, interruptions"),
        "crawl": Entry("measure.crawl", "pages a second of a crawl, beside bare Scrapy and trafilatura"),
        "crawl-hostile": Entry("measure.crawl_hostile", "sound outlets beside some that are made to blow up; Ctrl-C"),
        "crawl-peer": Entry("measure.crawl_peers", "one of the crawls that `crawl` compares with; `crawl` runs it"),
    },
}
"""All commands, by the folder ("room") that holds their modules."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code. Expected failures are reported in one line."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if name in ("-h", "--help"):
        print(overview())
        return 0
    entries = {command: entry for room in COMMANDS.values() for command, entry in room.items()}
    if name not in entries:
        return _report_error(_unknown(name, entries))
    warnings.filterwarnings("ignore")  # those of the peers
    try:
        for piece in _start(name, entries[name], rest):
            print(piece, flush=True)
    except (BenchError, FileExistsError) as error:
        return _report_error(str(error))
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "bench", "cleaners", "scraper"):
            raise
        extra = EXTRAS.get(package, "bench")
        return _report_error(f"{name} needs the package {package}. Install it: pip install --editable '.[{extra}]'")
    return 0


def _start(name: str, entry: Entry, arguments: Sequence[str]) -> Iterator[str]:
    command = cast(Command, import_module(f"bench.{entry.module}"))
    parser = argparse.ArgumentParser(
        prog=f"python -m bench {name}",
        description=command.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def overview() -> str:
    """The help text of `python -m bench`: every command with one line, by room."""
    width = max(len(name) for room in COMMANDS.values() for name in room)
    lines = ["usage: python -m bench COMMAND [OPTIONS]", "", "python -m bench COMMAND --help describes a command."]
    for room, commands in COMMANDS.items():
        lines += ["", f"{room}:", *(f"  {name:{width}}  {entry.summary}" for name, entry in commands.items())]
    return "\n".join(lines)


def _unknown(name: str, known: dict[str, Entry]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"There is no command {name}. " + (
        f"Did you mean {near[0]}?" if near else "python -m bench --help lists them."
    )


def _report_error(message: str) -> int:
    print(f"python -m bench: {message}", file=sys.stderr)
    return ERROR


if __name__ == "__main__":
    sys.exit(main())
