"""The values of options that several commands take: from what is typed to what it means, or argparse's complaint."""

from __future__ import annotations

import argparse
import math
from datetime import date

from cleaners.data import Label
from cleaners.errors import CopydeskError
from cleaners.kind.decision import PageKind
from cleaners.rights.respect import check_respected


def count(value: str) -> int:
    """A whole number above 0."""
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise argparse.ArgumentTypeError(f"not a number above 0: {value}")
    return int(value)


def share(value: str) -> float:
    """A number from 0 to 1."""
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:  # false for what is no number, too
        raise argparse.ArgumentTypeError(f"not a number from 0 to 1: {value}")
    return number


def day(value: str) -> date:
    """A day in ISO 8601."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a day such as 2026-01-31: {value}") from None


def languages(value: str) -> list[str]:
    """Codes of languages, of two or three letters."""
    codes = value.lower().split(",")
    if wrong := [code for code in codes if not (len(code) in (2, 3) and code.isascii() and code.isalpha())]:
        raise argparse.ArgumentTypeError(f"not a code of two or three letters: {wrong[0]}")
    return codes


def kinds(value: str) -> list[PageKind]:
    """Kinds of pages; a dash may stand for a space."""
    try:
        return [PageKind(kind.replace("-", " ")) for kind in value.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a kind of page: {value} (there are {', '.join(PageKind)})") from None


def respected(value: str) -> list[str]:
    """What is to be respected of what pages reserve."""
    uses = value.lower().split(",")
    try:
        check_respected(uses)
    except CopydeskError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return uses


EMBED = "embed"
"""What stands for the words of embedded posts among the labels."""


def labels(value: str) -> list[str]:
    """Labels of blocks, and EMBED."""
    names = value.split(",")
    if any(name not in {*Label, EMBED} for name in names):
        raise argparse.ArgumentTypeError(f"not a label: {value} (there are {', '.join(Label)}, and {EMBED})")
    return names
