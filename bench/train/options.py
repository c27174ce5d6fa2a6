"""The options that all training commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.arguments import existing_folder
from bench.paths import WEIGHTS


def add_output_argument(parser: argparse.ArgumentParser) -> None:
    """Declare --out."""
    parser.add_argument(
        "--out",
        type=existing_folder,
        default=WEIGHTS,
        metavar="FOLDER",
        help="where to write; default: cleaners/weights",
    )


def add_validation_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare --only-measure and --no-validation, for commands that also cross-validate."""
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--only-measure", action="store_true", help="cross-validate and write nothing")
    chosen.add_argument("--no-validation", action="store_true", help="write the weights and measure nothing")


def written(path: Path, detail: str = "") -> str:
    """The line that reports a file of weights."""
    return f"{path.name}: {path.stat().st_size:,} bytes" + (f", {detail}" if detail else "")
