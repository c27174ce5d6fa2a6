"""Merges the facts of two sources."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from cleaners.data import Metadata


def merge(first: Metadata, second: Metadata) -> Metadata:
    """The facts of `first`, and of `second` where `first` has none.

    >>> merged = merge(Metadata(title="Harbour reopens"), Metadata(title="Harbour", language="en"))
    >>> merged.title, merged.language
    ('Harbour reopens', 'en')
    """
    names = (field.name for field in fields(Metadata))
    return Metadata(**{name: _either(getattr(first, name), getattr(second, name)) for name in names})


def _either(first: Any, second: Any) -> Any:
    return first if first or first is False else second
