"""Which news agencies an article names as the source of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from cleaners.words.agencies import agency_named, agency_pattern, agency_spellings

AttributionKind = Literal["dateline", "byline", "credit", "signature"]

WHOLE: frozenset[str] = frozenset({"dateline", "byline"})
"""Attributions that cover the whole text. A credit or a signature below a report may cover only a part of it."""


class Attribution(NamedTuple):
    """An agency that an article names as the source of its words, and where the article names it."""

    agency: str
    evidence: AttributionKind


def attributions(record: Mapping[str, Any]) -> tuple[Attribution, ...]:
    """The agencies that a record names as its source, each once, with the strongest evidence for it.

    Evidence is, strongest first: the dateline, the authors, the credits, and a signature in brackets in the text, such
    as `(AP)`. A citation such as `Reuters reports` is no evidence: it does not make the words the agency's own.

    >>> attributions({"text": "Rain fell. (Reuters)", "authors": ["AP"]})
    (Attribution(agency='AP', evidence='byline'), Attribution(agency='Reuters', evidence='signature'))
    """
    found: dict[str, Attribution] = {}
    for one in _attributions(record):
        found.setdefault(one.agency, one)
    return tuple(found.values())


def _attributions(record: Mapping[str, Any]) -> Iterator[Attribution]:
    dateline = record.get("dateline")
    if isinstance(dateline, Mapping) and isinstance(agency := dateline.get("agency"), str) and agency.strip():
        yield Attribution(agency_named(agency) or agency, "dateline")
    yield from (Attribution(agency, "byline") for name in _names(record, "authors") if (agency := agency_named(name)))
    yield from (Attribution(agency, "credit") for name in _names(record, "credits") if (agency := agency_named(name)))
    for match in _signature().finditer(record["text"]):
        yield Attribution(agency_spellings()[match["agency"]], "signature")


def _names(record: Mapping[str, Any], field: str) -> Iterator[str]:
    names = record.get(field)
    yield from (name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


@cache
def _signature() -> re.Pattern[str]:
    return re.compile(rf"[(\[](?P<agency>{agency_pattern()})[)\]]")
