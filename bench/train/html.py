"""Trains and measures the scorer of HTML blocks: `html.npz`.

Each training has two rounds. A first network, the teacher, labels the blocks of pages that are annotated with snippets
only, where it is sure and another extractor agrees. The second network is trained on these labels too.

Cross-validation comes first: five folds, each registered domain in one of them, the threshold of each fold chosen by
the predictions on the others. Then the weights are trained on all pages. Seeds are fixed and one thread computes, so
that the same pages give the same weights on the same machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bench.train.options import add_output_argument, add_validation_arguments

WEIGHTS = "html.npz"
EPOCHS = 9

THRESHOLD = 0.7
"""The best threshold of the last cross-validation (`python -m bench train-html --only-measure`); the shipped weights
and their card (`cleaners/weights/html.md`) have it too."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_output_argument(parser)
    add_validation_arguments(parser)
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"passes over the pages; default: {EPOCHS}")
    parser.add_argument(
        "--threshold", type=float, default=THRESHOLD, help=f"with --no-validation; default: {THRESHOLD}"
    )


def run(options: argparse.Namespace) -> Iterator[str]:
    """The figures of cross-validation; then train and write the weights."""
    from bench.train.html_training import run_training  # PyTorch is needed from here on

    path = None if options.only_measure else options.out / WEIGHTS
    yield from run_training(path, options.epochs, options.threshold if options.no_validation else None)
