"""Encodings of Unicode that a byte order mark or the pattern of zero bytes gives away."""

from __future__ import annotations

import codecs
from unicodedata import category

from cleaners.decoding.control_bytes import CONTROLS, share_of

SAMPLE = 1 << 16
"""Bytes that are examined in one place of the content when its encoding is guessed."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

LATIN_NULS = 0.25
"""Smallest share of zero bytes in UTF-16 text of Latin letters: every other byte is zero, but for accents and foreign
words."""

ONE_SIDE = 0.95
"""Share of the zero bytes that stand on one side of the units in UTF-16 text of Latin letters."""

OTHER_CONTROLS = 0.01
"""Smallest share of control characters among the bytes of UTF-16 text in other scripts."""

MAX_ODD_UNITS = 0.02
"""Share of units that are no characters of text; content with more is not UTF-16 in that byte order."""


def marked_encoding(content: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark names, and the length of the mark in bytes. None without a mark.

    >>> marked_encoding(b"\\xff\\xfeO\\x00K\\x00")
    ('utf-16-le', 2)
    """
    return next(((encoding, len(mark)) for mark, encoding in _MARKS if content.startswith(mark)), None)


def sample_of(content: bytes) -> bytes:
    """The head, middle and end of the content, cut between units of UTF-16.

    >>> len(sample_of(bytes(1_000_000))) == 3 * SAMPLE
    True
    """
    if len(content) <= 3 * SAMPLE:
        return content
    middle = len(content) // 4 * 2
    end = (len(content) - SAMPLE) // 2 * 2
    return content[:SAMPLE] + content[middle : middle + SAMPLE] + content[end:]


def unmarked_utf16(sample: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, or None if the sample is not UTF-16.

    Letters of ASCII show as zero bytes on one side of the units. Other scripts show as control characters between the
    zero bytes of their spaces and line ends; the right order is then the one in which almost all units are characters.

    >>> unmarked_utf16("The harbour reopened.".encode("utf-16-be"))
    'utf-16-be'
    >>> unmarked_utf16(b"The harbour reopened.")
    """
    if b"\x00" not in sample:
        return None
    low_first, high_first = sample[1::2].count(0), sample[0::2].count(0)
    zeros = low_first + high_first
    likelier = "utf-16-le" if low_first >= high_first else "utf-16-be"
    if max(low_first, high_first) > ONE_SIDE * zeros and zeros > LATIN_NULS * len(sample):
        return likelier
    if share_of(CONTROLS, sample) < OTHER_CONTROLS:
        return None
    other = "utf-16-be" if likelier == "utf-16-le" else "utf-16-le"
    return next((order for order in (likelier, other) if _odd_units(sample, order) < MAX_ODD_UNITS), None)


def _odd_units(sample: bytes, encoding: str) -> float:
    """The share of characters that are unassigned, private, control characters or halves of a pair."""
    text = sample.decode(encoding, "replace")
    odd = sum(char == REPLACEMENT or (category(char)[0] == "C" and char not in "\t\n\r\f\ufeff") for char in text)
    return odd / len(text)
