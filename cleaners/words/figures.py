"""Figures of other scripts, and figures spelled with Chinese numerals, as 0 to 9."""

from __future__ import annotations

import re
import unicodedata

from cleaners.words.patterns import lazy_pattern

_DIRECTIONS = lazy_pattern("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Invisible marks of the direction of writing, which Arabic and Hebrew pages put between figures."""

_HAN_DIGITS = {sign: digit for digit, signs in enumerate(("〇零○", *"一二三四五六七八九")) for sign in signs}
FIGURES = r"\d〇零○一二三四五六七八九十百"
"""The figures of all scripts and the Chinese numerals, as the inside of a character class."""

_HAN_NUMBER = lazy_pattern("[〇零○一二三四五六七八九十百]{1,6}(?=[年月日号號])")
"""A figure of a date that is spelled with Chinese numerals: 二〇二六年三月七日, 民國一百一十五年."""

_TO_REPLACE = lazy_pattern(f"{_DIRECTIONS.pattern}|{_HAN_NUMBER.pattern}|.", re.DOTALL)


def has_hidden_figures(text: str) -> bool:
    """Whether figures of dates are spelled with Chinese numerals, or may have marks of the direction of writing between
    them; `plain_figures` gives the text without."""
    return not text.isascii() and bool(_DIRECTIONS.search(text) or _HAN_NUMBER.search(text))


def plain_figures(text: str) -> tuple[str, list[int]]:
    """The text without these marks and with plain figures, and where each of its characters stands in the text.

    >>> plain_figures("三月十一日")
    ('3月11日', [0, 1, 2, 3, 4])
    """
    plain: list[str] = []
    places: list[int] = []
    for piece in _TO_REPLACE.finditer(text):
        signs = piece[0]
        if not _DIRECTIONS.match(signs):
            signs = str(_han_number(signs)) if _HAN_NUMBER.match(text, piece.start()) else signs
            last = piece.end() - 1
            plain.append(signs)
            places += [min(piece.start() + index, last) for index in range(len(signs) - 1)] + [last]
    return "".join(plain), places


def _han_number(signs: str) -> int:
    """The number that Chinese numerals spell, digit by digit or with tens and hundreds.

    >>> _han_number("二〇二六"), _han_number("三十一"), _han_number("一百一十五")
    (2026, 31, 115)
    """
    if not {"十", "百"} & set(signs):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in signs))
    total = digit = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        else:
            total += max(digit, 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit


def plain_digits(text: str) -> str:
    """The text with the digits of all scripts as 0 to 9, each in its place."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign > "\u007f" and sign.isdecimal() else sign for sign in text)
