"""Texts made ready to be shown to a person: without control characters, on one line, shortened."""

from __future__ import annotations

from cleaners.words.patterns import lazy_pattern

_UNPRINTABLE = lazy_pattern("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that are never shown as they are:

- control characters, which drive a terminal;
- line and paragraph separators, and the marks that change the direction of the text around them and so let a line read
  as something else (Unicode Standard Annex 9, explicit formatting characters);
- lone surrogates and noncharacters, which neither UTF-8 nor XML can hold.
"""


def printable(text: str) -> str:
    r"""The text with unsafe characters replaced by their escapes. All other characters stay as they are.

    >>> print(printable("\x1b[2J wiped \u202egnp.exe"))
    \x1b[2J wiped \u202egnp.exe
    """
    return _UNPRINTABLE.sub(lambda match: _escape(ord(match[0])), text)


def one_line(text: str) -> str:
    r"""The text on one line: runs of white space become one space, unsafe characters their escapes.

    >>> print(one_line("Rain fell\n  in the\x07 north."))
    Rain fell in the\x07 north.
    """
    return printable(" ".join(text.split()))


def shortened(text: str, most: int) -> str:
    """The text, or its start with an ellipsis where it has more than `most` characters. The result has at most `most`.

    >>> shortened("The bridge is open", 12)
    'The bridge…'
    >>> shortened("The bridge", 12)
    'The bridge'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def counted(count: int, noun: str) -> str:
    """A number with its noun, for nouns whose plural ends in `s`.

    >>> counted(1, "page"), counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"
