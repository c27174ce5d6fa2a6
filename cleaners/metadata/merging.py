"""Merges the facts of two sources."""

from __future__ import annotations

from dataclasses import fields

from cleaners.data import Metadata


def merge(first: Metadata, second: Metadata) -> Metadata:
    """The facts of `first`, and of `second` where `first` has none.

    >>> merged = merge(Metadata(title="Harbour reopens"), Metadata(title="Harbour", language="en"))
    >>> merged.title, merged.language
    ('Harbour reopens', 'en')
    """
    names = (field.name for field in fields(Metadata))
    return Metadata(**{name: getattr(first, name) or getattr(second, name) for name in names})
