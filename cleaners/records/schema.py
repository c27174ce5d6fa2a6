"""The JSON Schemas of the records."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def article_schema() -> dict[str, Any]:
    """The schema that every written record satisfies (JSON Schema 2020-12), fresh for each caller."""
    schema: dict[str, Any] = json.loads(schema_text())
    return schema


def schema_text() -> str:
    """The schema as it stands in `article.schema.json`."""
    return files("cleaners.records").joinpath("article.schema.json").read_text("utf-8")


def trace_schema() -> dict[str, Any]:
    """The schema that every trace record satisfies (JSON Schema 2020-12), fresh for each caller."""
    schema: dict[str, Any] = json.loads(trace_schema_text())
    return schema


def trace_schema_text() -> str:
    """The schema as it stands in `trace.schema.json`."""
    return files("cleaners.records").joinpath("trace.schema.json").read_text("utf-8")
