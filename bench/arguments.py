"""Types of command-line arguments that are checked before any work is done."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path


def existing_folder(name: str) -> Path:
    """A folder that is there. Raises ArgumentTypeError."""
    path = Path(name)
    if not path.is_dir():
        raise ArgumentTypeError(f"there is no folder {name}")
    return path


def new_file(name: str) -> Path:
    """A file to be written, in a folder that is there; one that exists is not replaced. Raises ArgumentTypeError."""
    path = Path(name)
    if path.exists():
        raise ArgumentTypeError(f"{name} exists and is not overwritten")
    existing_folder(str(path.parent))
    return path


def positive(text: str) -> int:
    """A whole number from 1 on. Raises ArgumentTypeError.

    >>> positive("3")
    3
    """
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is no whole number from 1 on")
    return int(text)
