"""The phrases and lines that speak for a kind of page, read from `phrases.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from unicodedata import normalize

_LISTS: dict[str, list[str]] = tomllib.loads((files(__package__) / "phrases.toml").read_text(encoding="utf-8"))


def _folded(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().replace("’", "'").split())


PHRASES = {name: [phrase.casefold() for phrase in phrases] for name, phrases in _LISTS.items()}
"""Casefolded phrases by the name of their list."""


def has_phrase(name: str, *texts: str) -> bool:
    """Whether one of the texts holds a phrase of the list, whatever its case, white space and apostrophes.

    >>> has_phrase("error", "Page  not found"), has_phrase("error", "Cette page n’existe pas.")
    (True, True)
    """
    return any(_held(name, " ".join(texts)))


def count_phrases(name: str, text: str) -> int:
    """How many different phrases of the list a text holds.

    >>> count_phrases("error", "404: page not found. Page not found.")
    1
    """
    return sum(_held(name, text))


def _held(name: str, text: str) -> Iterator[bool]:
    """For each phrase of a list whether a text holds it."""
    folded = _folded(text)
    return (phrase in folded for phrase in PHRASES[name])
