"""Texts made to be traced, and what tracing says of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cleaners.records.reader import RejectedLine
from cleaners.records.schema import trace_schema
from cleaners.tracing import Index, trace
from cleaners.tracing.inputs import TraceInput

Row = dict[str, Any]

VALIDATOR = Draft202012Validator(trace_schema())
WORDS = [f"{first}{second}" for first in ("ba", "de", "ki", "lo", "mu", "ra") for second in ("n", "r", "s", "t", "v")]


def traced(records: Iterable[TraceInput | RejectedLine], path: str | Path = "") -> dict[str, Row]:
    """The trace record of each article, by its id, each checked against the schema."""
    with closing(Index(path)) as opened:
        rows = list(trace(records, opened, refuse=lambda refused: pytest.fail(str(refused))))
    for row in rows:
        VALIDATOR.validate(row)
    return {row["id"]: row for row in rows}


def prose(seed: object, words: int) -> str:
    """Sentences of ten words of which no two texts share any, but by chance."""
    random = Random(str(seed))
    chosen = [f"{random.choice(WORDS)}{random.randrange(10**6)}" for _ in range(words)]
    return " ".join(" ".join(chosen[start : start + 10]) + "." for start in range(0, words, 10))
