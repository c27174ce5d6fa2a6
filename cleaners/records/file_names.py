"""Names of files that a person can read: the day and the headline of a story."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

SLUG_CHARACTERS, SLUG_BYTES = 60, 150
"""The longest slug. File systems take names of 255 bytes, and a day, an id and an ending have to fit in as well."""

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Names that Windows takes for devices, whatever their ending."""

_APOSTROPHES = str.maketrans("", "", "'’ʼ")


def file_stem(record: Mapping[str, Any]) -> str:
    """The name of an article's file, without its ending: the day and a slug of the headline; the id if it has neither.

    >>> file_stem({"id": "00ff", "date_published": "2026-01-06T10:30", "title": "Harbour: “open” again?"})
    '2026-01-06-harbour-open-again'
    """
    day = (record["date_published"] or "")[:10]
    name = "-".join(filter(None, (day, slug(record["title"] or ""))))
    return f"{name}-{record['id']}" if name in _DEVICES else name or str(record["id"])


def slug(text: str) -> str:
    """The words of a text in small letters with dashes between them, cut off behind a word.

    Letters of all scripts stay. Apostrophes go, so that no word falls apart.

    >>> slug("¿Qué pasó?  1/2 «Straße»"), slug("../../etc/passwd"), slug("港が再開")
    ('qué-pasó-1-2-straße', 'etc-passwd', '港が再開')
    """
    folded = unicodedata.normalize("NFC", text[: 4 * SLUG_CHARACTERS].lower().translate(_APOSTROPHES))
    words = "".join(character if _is_readable(character) else " " for character in folded).split()
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if len(longer) > SLUG_CHARACTERS or len(longer.encode()) > SLUG_BYTES:
            return name or _cut(word)
        name = longer
    return name


def _is_readable(character: str) -> bool:
    """Whether a character is a letter, a digit, or a mark on one."""
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def _cut(word: str) -> str:
    return word[:SLUG_CHARACTERS].encode()[:SLUG_BYTES].decode("utf-8", "ignore")
