"""Trains and measures the scorer of HTML blocks: `html.npz`.

Each training has two rounds. First several teachers are trained, each on most of the domains. Then one network, the
student, learns from the annotation and from what the teachers say of pages whose domains they have not seen
(`bench.train.html_distillation`).

Validation comes for free: each teacher has not seen a fifth of the domains, and is measured on their pages, which are
out of its bag; where several have not seen a page, their mean is. `--left-out` measures on whole sets that the network
has not learned from (`bench.train.html_left_out`). Seeds are fixed and one thread computes, so that the
same pages give the same weights on the same machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bench.train.options import add_output_argument, add_validation_arguments

WEIGHTS = "html.npz"
EPOCHS = 9

THRESHOLD = 0.7
"""Probability at or above which a block is kept. Of the teachers out of their bags 0.55 is best, and 0.7 costs 0.001 of
word F1; on sets that nothing is fitted on 0.65 is best by as little. The higher one keeps less chrome."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_output_argument(parser)
    add_validation_arguments(parser)
    parser.add_argument(
        "--epochs", type=int, default=EPOCHS, help=f"passes of a teacher over the pages; default: {EPOCHS}"
    )
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help=f"default: {THRESHOLD}")
    parser.add_argument(
        "--left-out",
        action="store_true",
        help="train without more-training, measure on its sets, write nothing",
    )


def run(options: argparse.Namespace) -> Iterator[str]:
    """Train the teachers and tell their figures out of bag; then train and write the weights."""
    if options.left_out:
        from bench.train.html_left_out import run_left_out  # PyTorch is needed from here on

        yield from run_left_out(options.epochs, options.threshold)
        return
    from bench.train.html_training import run_training

    path = None if options.only_measure else options.out / WEIGHTS
    yield from run_training(path, options.epochs, options.threshold, not options.no_validation)
