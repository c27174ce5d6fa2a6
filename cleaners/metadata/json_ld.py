"""JSON-LD in pages, which may be broken, repeated, deeply nested and megabytes long.

`objects` gives the JSON objects of a page's `application/ld+json` scripts, flat and in document order. It never raises
and its work is bounded; a script that cannot be repaired counts as absent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from cleaners.words.patterns import lazy_pattern

JsonObject = dict[str, Any]

MAX_CHARACTERS = 1_000_000
"""Characters of a script at most. Longer ones are product catalogues and the like; this many take about 10 ms."""

MAX_OBJECTS = 2_000
"""Objects read on one page. News pages have fewer than 100."""

_WRAPPER = lazy_pattern(r"<!--|-->|<!\[CDATA\[|\]\]>|^\s*//|//\s*$")
_STRING_OR_NOISE = lazy_pattern(
    r"""
    (?P<string>"(?:[^"\\]|\\.)*+"?)     # a string, kept as it is; one without an end is taken whole, not retried
    | //[^\n]* | /\*.*?(?:\*/|\Z)       # comments
    | ,(?=\s*+[}\]])                    # a comma before a closing bracket
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING = lazy_pattern(r"[{\[]")
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed", "breadcrumb")
_DECODER = json.JSONDecoder(strict=False)


def objects(scripts: Iterable[str]) -> list[JsonObject]:
    """The JSON objects of the scripts and of the containers in them (`@graph`, `mainEntity`), in document order.

    >>> objects(['{"@graph": [{"@type": "NewsArticle", "headline": "Harbour reopens",}]}'])[1]
    {'@type': 'NewsArticle', 'headline': 'Harbour reopens'}
    """
    found: list[JsonObject] = []
    for script in scripts:
        if len(script) <= MAX_CHARACTERS:
            found += _flat(_values(script), MAX_OBJECTS - len(found))
    return found


def _values(script: str) -> list[Any]:
    """The JSON values in the script, repaired if necessary; an empty list where that fails."""
    try:
        return [_DECODER.decode(script)]
    except (ValueError, RecursionError):
        pass
    mended = _mend(script)
    values = []
    position = 0
    try:
        while start := _OPENING.search(mended, position):
            value, position = _DECODER.raw_decode(mended, start.start())
            values.append(value)
    except (ValueError, RecursionError):
        pass
    return values


def _mend(script: str) -> str:
    """The script without comment and CDATA wrappers, comments, and commas before a closing bracket."""
    return _STRING_OR_NOISE.sub(lambda match: match["string"] or "", _WRAPPER.sub("", script))


def _flat(values: list[Any], limit: int) -> Iterator[JsonObject]:
    """The objects among the values and in their containers, in document order, at most `limit`."""
    stack = list(reversed(values))
    count = 0
    while stack and count < limit:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value[:limit]))
        elif isinstance(value, dict):
            count += 1
            yield value
            stack.extend(value[key] for key in reversed(_CONTAINERS) if isinstance(value.get(key), list | dict))
