"""Regular expressions that are compiled when they are first used.

The cleaners have some hundred patterns with lists of words in all languages, and a page needs a few of them. To compile
all of them when modules are loaded took a third of the time in which `copydesk clean` cleans a single page. A short
pattern, or one that every page needs, is as good with `re.compile`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern with this source and these flags, for a constant of a module. It does all that a pattern does which
    is asked for its attributes and methods; a mistake in the source is raised as `re.error` by the first use.

    >>> lazy_pattern("[a-z]+").fullmatch("word")
    <re.Match object; span=(0, 4), match='word'>
    """
    return cast("re.Pattern[str]", _LazyPattern(source, flags))


class _LazyPattern:
    """What stands in for a pattern. Methods that were used once are attributes, which Python finds by itself."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
