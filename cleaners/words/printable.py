"""What a page says, made harmless to look at."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, which drive a terminal; separators of lines, and what turns the direction of the text around it,
which lets a line read as what it is not; and what is no character at all, which neither UTF-8 nor XML can hold."""


def printable(text: str) -> str:
    """The text with such characters shown instead of obeyed: escape as `\\x1b`, a right-to-left override as `\\u202e`.

    All other characters stay as they are.
    """
    return _UNPRINTABLE.sub(lambda match: _shown(ord(match[0])), text)


def _shown(code: int) -> str:
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"
