"""The phrases and lines that speak for a kind of page, read from `phrases.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

PHRASES: dict[str, list[str]] = tomllib.loads((files(__package__) / "phrases.toml").read_text(encoding="utf-8"))
"""Casefolded phrases by the name of their list."""


def has_phrase(name: str, *texts: str) -> bool:
    """Whether one of the texts holds a phrase of the list, whatever its case and white space.

    >>> has_phrase("error", "Page  not found")
    True
    """
    text = " ".join(" ".join(texts).casefold().split())
    return any(phrase in text for phrase in PHRASES[name])
