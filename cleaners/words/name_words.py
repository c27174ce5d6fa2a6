"""The words that stand around and inside names, in many languages, read from `names.toml` and `given_names.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from cleaners.words.alternatives import any_of

_DATA: dict[str, list[str]] = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))

_GIVEN: dict[str, frozenset[str]] = {
    language: frozenset(names.casefold().split())
    for language, names in tomllib.loads((files(__package__) / "given_names.toml").read_text(encoding="utf-8")).items()
}

GIVEN_NAMES = frozenset().union(*(names for language, names in _GIVEN.items() if language != "family-first"))
"""Common given names in many languages, casefolded."""

LAST_NAMES = _GIVEN["family-first"]
"""Given names of languages that put the family's name first, and that no other language has."""

PARTICLES = frozenset(_DATA["particles"])
"""Small words inside a person's name, such as `von`."""


COLONS = ":：՝"
"""The colon, also full-width, and the mark of Armenian that stands in its place."""


def words_of(*lists: str) -> list[str]:
    """The words of the lists in `names.toml`.

    >>> words_of("behind")[:2]
    ['기자', '특파원']
    """
    return [word for name in lists for word in _DATA[name]]


def alternatives(*lists: str) -> str:
    """A regular expression source that matches any word of the lists in `names.toml`, longer ones first."""
    return any_of(words_of(*lists))
