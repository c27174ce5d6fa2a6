"""Control characters in content: text holds hardly any, other data holds many."""

from __future__ import annotations

from cleaners.errors import NotText

CONTROLS = bytes({*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F} - {0x1B})
"""The control characters, except NUL, that text never needs. Escape is left out: it switches ISO-2022 encodings."""

MAX_CONTROLS = 0.05
"""Largest share of control characters in text. One-byte encodings stay far below it; random bytes hold 0.10."""

MAX_NULS = 0.3
"""Largest share of NUL bytes in text. Padding and broken exports leave some, but fewer than this."""


def refuse_unknown_binary(sample: bytes) -> None:
    """Raise NotText if the sample holds more control bytes than text does.

    >>> refuse_unknown_binary(b"The harbour reopened on Monday.")
    >>> refuse_unknown_binary(bytes(range(32)))
    Traceback (most recent call last):
    cleaners.errors.NotText: This is binary data, not text: 81% of its bytes are control characters.
    """
    controls = share_of(CONTROLS, sample)
    nuls = sample.count(0) / len(sample) if sample else 0.0
    if controls > MAX_CONTROLS or nuls > MAX_NULS:
        raise NotText(f"This is binary data, not text: {controls + nuls:.0%} of its bytes are control characters.")


def share_of(wanted: bytes, sample: bytes) -> float:
    """The share of bytes of `sample` that are among `wanted`, 0 to 1.

    >>> share_of(b"a", b"banana")
    0.5
    """
    return 1 - len(sample.translate(None, wanted)) / len(sample) if sample else 0.0
