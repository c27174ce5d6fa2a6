"""Trains all models in the order in which they build on each other, and prints the time of each step.

Each step is a process of its own, so that it reads the weights of the steps before. With --no-validation nothing is
measured, which takes about a fifth of the time for the two scorers. docs/retraining.md describes the steps.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from time import perf_counter

from bench.pages.samples import OURS
from bench.paths import CORPORA, ROOT

STEPS = (
    "train-html", "train-text", "train-page-kind", "train-stems", "train-vectors", "train-joins", "train-confidence",
)  # fmt: skip
"""The commands in order. The HTML scorer labels pages for the text scorer, and both find the blocks by which the page
kind is decided; the vectors leave out the stems of the list, and the joins use vectors, list and scorers. The
confidence is fitted on what all of them give."""

WITHOUT_VALIDATION = ("train-stems", "train-vectors")
"""Steps that only write, and have no option for validation."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--no-validation", action="store_true", help="write the weights and measure nothing")


def run(options: argparse.Namespace) -> Iterator[str]:
    """Run all steps and yield the time of each; skip them with a message if a corpus is missing."""
    if missing := [path.name for path in OURS if not path.exists()]:
        names = ", ".join(missing)
        yield f"Nothing is trained: {CORPORA} lacks {names}. docs/retraining.md says how to get the corpora."
        return
    begun = perf_counter()
    for step in STEPS:
        yield f"{step} …"
        seconds = _run_step([step, *_options(step, options.no_validation)])
        yield f"{step} took {duration(seconds)}\n"
    yield f"all steps took {duration(perf_counter() - begun)}; copy the figures above to the cards in cleaners/weights"


def duration(seconds: float) -> str:
    """Minutes and seconds.

    >>> duration(125.4)
    '2 min 5 s'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def _options(step: str, no_validation: bool) -> Sequence[str]:
    return ["--no-validation"] if no_validation and step not in WITHOUT_VALIDATION else []


def _run_step(arguments: Sequence[str]) -> float:
    """The seconds that a step took. Ends this process with the step's exit code if it fails."""
    begun = perf_counter()
    if code := subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, check=False).returncode:
        sys.exit(code)
    return perf_counter() - begun
