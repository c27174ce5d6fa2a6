"""The names on a byline. For now a line is taken as one name."""

from __future__ import annotations


def read_names(line: str) -> list[str]:
    """The people or agencies that a byline names."""
    return [line]
