"""The words that stand around and inside names, in many languages, read from `names.toml` and `given_names.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from cleaners.words.alternatives import any_of

_DATA: dict[str, list[str]] = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))

GIVEN_NAMES = frozenset(
    name
    for names in tomllib.loads((files(__package__) / "given_names.toml").read_text(encoding="utf-8")).values()
    for name in names.casefold().split()
)
"""Common given names in many languages, casefolded."""

PARTICLES = frozenset(_DATA["particles"])
"""Small words inside a person's name, such as `von`."""


def words_of(*lists: str) -> list[str]:
    """The words of the lists in `names.toml`.

    >>> words_of("behind")[:2]
    ['기자', '특파원']
    """
    return [word for name in lists for word in _DATA[name]]


def alternatives(*lists: str) -> str:
    """A regular expression source that matches any word of the lists in `names.toml`, longer ones first."""
    return any_of(words_of(*lists))
