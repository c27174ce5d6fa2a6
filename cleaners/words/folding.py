"""How texts are put on one line, and how they are compared.

`fold_space` folds white space only; the text of a block is kept so. `one_line` removes invisible characters too; facts
of the metadata are kept so. `fold`, `word_keys` and `squeeze` make keys that two spellings of one headline or name
share. `shapes.comparable` is a cheaper key for rules, which need fewer characters folded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cleaners.words.patterns import lazy_pattern

REMEMBERED = 64
"""Folded texts that are cached. A page has few headlines and names, and they are compared again and again."""

SPLITTABLE = 10_000
"""Characters up to which splitting into words is the quickest way to fold white space. A longer text, which may have
many megabytes, is searched for irregular white space first."""

_IRREGULAR_SPACE = lazy_pattern(r"\S(?:\s\s|[^\S ])\s*\S")
_JOINING = "\u0600-\u06ff\u0750-\u077f\u0900-\u0dff"
_INVISIBLE = lazy_pattern(
    f"[\u00ad\u200b\u200e\u200f\u2060\ufeff]|(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])"
)
"""Invisible characters. Between letters of Arabic and Indic scripts the joiners belong to the spelling."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)


def fold_space(text: str) -> str:
    """`text` with every run of white space as one space, none at its ends.

    >>> fold_space(" The harbour\\n  reopened. ")
    'The harbour reopened.'
    """
    if len(text) > SPLITTABLE and not _IRREGULAR_SPACE.search(text):
        return text.strip()
    return " ".join(text.split())


def one_line(text: str) -> str:
    """The text on one line: white space folded, soft hyphens and zero-width characters removed, but for joiners that
    belong to the spelling.

    >>> one_line("Har\\u00adbour\\nnews")
    'Harbour news'
    """
    folded = fold_space(text)
    # To Python none of these characters is printable. To ask for that takes a tenth of the time of a search.
    return folded if folded.isascii() or folded.isprintable() else fold_space(_INVISIBLE.sub("", text))


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """The text for comparison: NFKC, casefolded, white space folded, quotes and dashes in their plain forms.

    >>> fold("“Harbour”  –  Reopened…")
    '"harbour" - reopened...'
    """
    return one_line(unicodedata.normalize("NFKC", text).translate(_PLAIN)).casefold()


def word_keys(text: str) -> list[str]:
    """The words of the text, each folded.

    >>> word_keys("The Harbour, reopened")
    ['the', 'harbour', 'reopened']
    """
    return re.findall(r"\w+", fold(text))


@lru_cache(maxsize=REMEMBERED)
def squeeze(text: str) -> str:
    """The folded letters and digits of the text without anything between them.

    >>> squeeze("Example-Times, 24")
    'exampletimes24'
    """
    return re.sub(r"[\W_]", "", fold(text))
