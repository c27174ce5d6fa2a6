"""What it takes to start: one page from the shell beside trafilatura's command, and `import cleaners`.

Each command runs in turn, round by round, in processes of its own. Prints the medians of wall-clock and of processor
time; on a busy machine only the latter, and its ratio, say something.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.paths import ROOT

PAGE = ROOT / "tests" / "whole" / "pages" / "bylines-pt.html"
ROUNDS = 9
PEER = "trafilatura, text alone"
PEER_WITH_FACTS = "trafilatura --with-metadata --json"


class Spent(NamedTuple):
    """Seconds by the clock and of the processor."""

    wall: float
    processor: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("page", nargs="?", default=str(PAGE), help="the page to clean (one of the tests)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"runs of each command ({ROUNDS})")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table, row by row."""
    spent: dict[str, list[Spent]] = defaultdict(list)
    for _ in range(options.rounds):
        for name, command in commands(options.page).items():
            spent[name].append(_run(command, options.page))
    medians = {name: Spent(*map(statistics.median, zip(*runs, strict=True))) for name, runs in spent.items()}
    yield f"{'':36} {'wall':>6} {'cpu':>6}  {'cpu beside text, beside facts':>22}   ({options.rounds} rounds)"
    for name, median in medians.items():
        ratios = (median.processor / medians[peer].processor for peer in (PEER, PEER_WITH_FACTS))
        yield f"{name:36} {median.wall:6.2f} {median.processor:6.2f}  " + "  ".join(f"{ratio:6.2f}" for ratio in ratios)


def commands(page: str) -> dict[str, list[str]]:
    """The commands by name; trafilatura's read the page from standard input, as its command has it."""
    scripts = Path(sys.executable).parent
    return {
        "an empty Python": [sys.executable, "-c", ""],
        "import cleaners": [sys.executable, "-c", "import cleaners"],
        PEER: [str(scripts / "trafilatura")],
        PEER_WITH_FACTS: [str(scripts / "trafilatura"), "--with-metadata", "--json"],
        "copydesk clean": [str(scripts / "copydesk"), "clean", page],
        "copydesk clean, from a pipe": [str(scripts / "copydesk"), "clean"],
        "copydesk explain": [str(scripts / "copydesk"), "explain", page],
    }


def _run(command: list[str], page: str) -> Spent:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with open(page, "rb") as file:
        subprocess.run(command, stdin=file, capture_output=True, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
