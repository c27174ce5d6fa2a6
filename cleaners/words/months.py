"""The names of the months in many languages.

`dates.toml` holds those that news pages print, `month_names.txt` those of all CLDR locales (TOML would take ten times
as long to read). A name that means different months in two languages (`listopad`: November in Polish, October in
Croatian) is read in the page's language; where that is not known, as `dates.toml` has it, or not at all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_MALE = "\u05d1"
"""The Hebrew `in`, which is written together with the month: בינואר."""


def month_number(name: str, language: str | None = None) -> int:
    """The number of the month with this name, 0 where it is none. `language` is the code of the page's language.

    >>> month_number("listopada", "hr"), month_number("listopada"), month_number("Mozart")
    (10, 11, 0)
    """
    key = " ".join(name.casefold().rstrip(".॰").split())
    dotted = " ".join(name.casefold().split())
    own = _by_language().get((language or "")[:2].lower(), {})
    for table in (own, _common()):
        for spelling in (key, dotted, key.removeprefix(_MALE)):
            if number := table.get(spelling):
                return number
    return 0


@cache
def words_for_dates() -> dict[str, Any]:
    """What `dates.toml` holds: months by language, and the words around dates and clock times."""
    return tomllib.loads(_read("dates.toml"))


@cache
def _printed() -> dict[str, dict[str, int]]:
    """The names that news pages print, by language."""
    return _numbered(words_for_dates()["months"])


@cache
def _known() -> dict[str, dict[str, int]]:
    """The names of all CLDR locales, by locale."""
    lines = (line.partition(" = ") for line in _read("month_names.txt").splitlines() if line and line[0] != "#")
    return _numbered({code: months.split(", ") for code, _, months in lines})


def _read(file: str) -> str:
    return (files(__package__) / file).read_text(encoding="utf-8")


def _numbered(by_language: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    return {
        language: {
            spelling.replace("_", " ").casefold().rstrip("॰"): number
            for number, spellings in enumerate(months, start=1)
            for spelling in spellings.split()
        }
        for language, months in by_language.items()
    }


@cache
def _by_language() -> dict[str, dict[str, int]]:
    """The names by language; a page may print the names of `dates.toml` in any."""
    tables: dict[str, dict[str, int]] = {}
    for source in (_known(), _printed()):
        for code, names in source.items():
            tables.setdefault(code[:2] if code[2:3] in ("", "_") else code, {}).update(names)
    return tables


@cache
def _common() -> dict[str, int]:
    """The names whatever the language: those of `dates.toml`, and all others that mean one month only."""
    found: dict[str, int] = {}
    ambiguous: set[str] = set()
    for names in _known().values():
        for name, number in names.items():
            if found.setdefault(name, number) != number:
                ambiguous.add(name)
    common = {name: number for name, number in found.items() if name not in ambiguous}
    for names in _printed().values():
        common.update(names)
    return common
