"""News agencies: which names stand for one, read from `agencies.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from cleaners.words.alternatives import any_of
from cleaners.words.word_scan import WordScan


@cache
def agency_spellings() -> dict[str, str]:
    """Every spelling of every agency's name, and the short name that it stands for.

    >>> agency_spellings()["Associated Press"]
    'AP'
    """
    table = tomllib.loads(files("cleaners.words").joinpath("agencies.toml").read_text("utf-8"))
    return {spelling: short for short, longer in table.items() for spelling in [short, *longer]}


def agency_named(name: str) -> str | None:
    """The short name of the agency that `name` is exactly, or None.

    >>> agency_named(" Associated Press ")
    'AP'
    >>> agency_named("Jane Doe")
    """
    return agency_spellings().get(name.strip())


def may_name_agency(text: str) -> bool:
    """Whether any spelling stands in a text, perhaps as a part of a word: most texts have none.

    >>> may_name_agency("Kyiv • UNN"), may_name_agency("The harbour reopened")
    (True, False)
    """
    return bool(_scan().found_in(text))


@cache
def _scan() -> WordScan:
    return WordScan(agency_spellings())


@cache
def agency_pattern() -> str:
    """A regular expression source that matches any spelling, the longest first.

    >>> import re
    >>> re.fullmatch(agency_pattern(), "Reuters") is not None
    True
    """
    return any_of(agency_spellings())
