"""What made pages say around their stories, by language: read from `wordings.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

WORDINGS = Path(__file__).with_name("wordings.toml")


class Wording(NamedTuple):
    """The chrome of a page in one language, and how it names places and agencies in a dateline."""

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


@cache
def _wordings() -> dict[str, Wording]:
    tables = tomllib.loads(WORDINGS.read_text("utf-8"))
    return {language: _wording(**table) for language, table in tables.items()}


def _wording(**said: Any) -> Wording:
    """A table of the file as a wording: TOML has lists where a wording has tuples."""
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Wording(**frozen)


def wording(language: str) -> Wording:
    """The wording in a language, English where there is none: sites often translate less than they print."""
    return _wordings().get(language) or _wordings()["en"]
