"""How texts are compared: two spellings of one headline or name should be equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REMEMBERED = 64
"""Texts whose folded forms are kept: a page's few headlines and names are held against each other again and again."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)


def clean(text: str) -> str:
    """The text on one line: white space folded, soft hyphens and zero-width characters removed."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """The text for comparison: NFKC, casefolded, white space folded, quotes and dashes in their plain forms."""
    return clean(unicodedata.normalize("NFKC", text).translate(_PLAIN)).casefold()


def words(text: str) -> list[str]:
    """The folded words of the text."""
    return re.findall(r"\w+", fold(text))


@lru_cache(maxsize=REMEMBERED)
def squeeze(text: str) -> str:
    """The folded letters and digits of the text without anything between them."""
    return re.sub(r"[\W_]", "", fold(text))
