"""The words of made live columns, by language: read from `live_texts.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Told(NamedTuple):
    """A column in one language: its headline, its introduction, and its entries, each with a headline and its words."""

    title: str
    intro: str
    entries: tuple[tuple[str, str], ...]


TOLD = {
    language: Told(table["title"], table["intro"], tuple((title, text) for title, text in table["entries"]))
    for language, table in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
"""The columns by their language, the newest entry first."""
