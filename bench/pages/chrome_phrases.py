"""The page chrome around made stories, by language: read from `chrome_phrases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).with_suffix(".toml")


class ChromePhrases(NamedTuple):
    """What a page in one language prints around its stories, and its datelines, credits and interview questions."""

    menu: tuple[str, ...]
    related: str
    teasers: tuple[str, ...]
    newsletter: tuple[str, ...]
    following: str
    rights: str
    by: str
    datelines: tuple[str, ...]
    contributed: str
    questions: tuple[str, ...]


def chrome_phrases(language: str) -> ChromePhrases:
    """The phrases of a language, or the English ones where there are none: sites often leave their chrome untranslated.

    >>> chrome_phrases("de").by, chrome_phrases("tlh").by
    ('Von ', 'By ')
    """
    return _languages().get(language) or _languages()["en"]


@cache
def _languages() -> dict[str, ChromePhrases]:
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return {language: _phrases(**table) for language, table in tables.items()}


def _phrases(**table: Any) -> ChromePhrases:
    """A table of the file, with its lists as tuples."""
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    return ChromePhrases(**frozen)
