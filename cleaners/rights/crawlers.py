"""The crawlers of AI companies, by the names under which they are addressed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def ai_crawlers() -> Mapping[str, str]:
    """The use that each crawler fetches for (`ai-train`, `ai-input`), by its product token in small letters.

    >>> ai_crawlers()["gptbot"], ai_crawlers().get("googlebot")
    ('ai-train', None)
    """
    lists = tomllib.loads(files("cleaners.rights").joinpath("crawlers.toml").read_text("utf-8"))
    return {name: use for use, names in lists.items() for name in names.split()}
