"""Which news agency an article says that it has its words from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from cleaners.words.agencies import agencies, agency_named, agency_pattern

AttributionKind = Literal["dateline", "byline", "credit", "signature"]

WHOLE: frozenset[str] = frozenset({"dateline", "byline"})
"""Attributions that are about the whole text. A credit or a signature below a report may be about a part of it."""


class Attribution(NamedTuple):
    """An agency that an article names as the source of its words, and where it does."""

    agency: str
    evidence: AttributionKind


def attributions(record: Mapping[str, Any]) -> tuple[Attribution, ...]:
    """The agencies that an article names, each once, by the strongest evidence.

    These are its dateline, its authors and credits, and a signature in brackets in the text: `(AP)`. That another
    medium reported something (`Reuters reports`) is a citation and does not make the words its own.
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
        yield Attribution(agencies()[match["agency"]], "signature")


def _names(record: Mapping[str, Any], field: str) -> Iterator[str]:
    names = record.get(field)
    yield from (name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


@cache
def _signature() -> re.Pattern[str]:
    return re.compile(rf"[(\[](?P<agency>{agency_pattern()})[)\]]")
