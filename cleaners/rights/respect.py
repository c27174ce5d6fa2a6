"""What a run respects: reserved uses to rejections."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cleaners.data import Rejection, Rights
from cleaners.errors import CopydeskError

RESPECTED = {"ai-train": "ai-train", "tdm": "tdm", "noindex": "index"}
"""What a run can respect, and the use that has to be reserved for it."""

_MEANINGS = {
    "ai-train": "the training of AI models",
    "tdm": "text and data mining",
    "noindex": "its place in search indexes (noindex)",
}

_NAMED = 3
"""Statements that a reason quotes."""


def check_respected(names: Iterable[str]) -> None:
    """Raise a CopydeskError if one of the names is none of what can be respected.

    >>> check_respected(["noai"])
    Traceback (most recent call last):
    cleaners.errors.CopydeskError: not a use to respect: noai (there are ai-train, tdm, noindex)
    """
    if unknown := [name for name in names if name not in RESPECTED]:
        raise CopydeskError(f"not a use to respect: {unknown[0]} (there are {', '.join(RESPECTED)})")


def first_reserved(reserved: Collection[str], respected: Collection[str]) -> str | None:
    """The first of what is respected that a page reserves, or None.

    >>> first_reserved(("ai-train", "index"), ("noindex", "ai-train"))
    'ai-train'
    """
    return next((name for name, use in RESPECTED.items() if name in respected and use in reserved), None)


def reserved_for(rights: Rights, respected: Collection[str]) -> Rejection | None:
    """The rejection of a page that reserves what a run respects, or None.

    >>> reserved_for(Rights(("index",)), ["noindex"]).code
    'reserved-noindex'
    """
    if not (name := first_reserved(rights.reserved, respected)):
        return None
    uses = (RESPECTED[name], "tdm") if name == "ai-train" else (RESPECTED[name],)
    stated = [
        f"{signal.source} says {signal.statement!r}"
        for signal in rights.signals
        if signal.says == "reserved" and signal.use in uses
    ]
    more = f", and {len(stated) - _NAMED} more" if len(stated) > _NAMED else ""
    reason = f"The page reserves {_MEANINGS[name]}: {', '.join(stated[:_NAMED])}{more}. The run respects this."
    return Rejection(f"reserved-{name}", reason)
