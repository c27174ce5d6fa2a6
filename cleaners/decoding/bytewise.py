"""Decodes content in an encoding that keeps the bytes of ASCII: UTF-8, ISO-2022-JP and the legacy encodings."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from string import ascii_letters
from typing import NamedTuple

from cleaners.data import ContentType
from cleaners.decoding.utf16 import REPLACEMENT, SAMPLE

_LEGACY = {
    name: name
    for name in (
        *("cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "cp932", "cp949"),
        *("euc_jp", "iso2022_jp", "gb18030", "big5hkscs", "hz", "johab"),
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp{page}" for page in range(1250, 1259)),
    )
} | {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Python's name of every legacy encoding that pages come in, and the codec that reads it: as in browsers a label often
stands for a larger encoding (https://encoding.spec.whatwg.org/#names-and-labels). A label that is not here is wrong, or
names a codec that only Python has."""

_ASCII, _HIGH_BYTES = bytes(range(0x80)), bytes(range(0x80, 0x100))

SOUND_PER_BROKEN = 20
"""Characters beyond ASCII for each byte that cannot be decoded, from which on the encoding is still the right one. A
stray or missing byte breaks one or two characters of a page; in a wrong encoding every tenth breaks."""

_COMMON_DECLARATION = "cp1252"
"""The encoding that pages declare without thinking. It is believed only where it decodes every byte."""


def decode_bytewise(content: bytes, charset: str | None, kind: ContentType | None) -> str:
    """The text of content in an encoding that keeps ASCII as it is, declared or guessed.

    >>> decode_bytewise("港が再開した。".encode("shift_jis"), "Shift_JIS", None)
    '港が再開した。'
    """
    if b"\x1b$" in content[:SAMPLE] and (japanese := _almost_everywhere(content, "iso2022_jp")):
        return japanese
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _mostly_utf8(content) or _decode_legacy(content, _Clues(charset, kind, around=error.start))


def _mostly_utf8(content: bytes) -> str | None:
    """The content as UTF-8 with its broken bytes replaced, if most of its non-ASCII ones are sound."""
    text = content.decode("utf-8", "replace")
    non_ascii = len(text) - len(content.translate(None, _HIGH_BYTES))
    broken = text.count(REPLACEMENT) - content.count(REPLACEMENT.encode())
    return text if non_ascii > 2 * broken else None


class _Clues(NamedTuple):
    """What helps to guess a legacy encoding: the transport's charset, the kind, and the index of the first byte that is
    not UTF-8."""

    charset: str | None
    kind: ContentType | None
    around: int


def _decode_legacy(content: bytes, clues: _Clues) -> str:
    for encoding in _legacy_candidates(content, clues):
        if (text := _almost_everywhere(content, encoding)) is not None:
            return text
    return content.decode("cp1252", "replace")


def _legacy_candidates(content: bytes, clues: _Clues) -> Iterator[str]:
    """Codec names, the likeliest first: the declared ones, what most pieces of text look like, then the guess from the
    bytes around the first odd byte."""
    from bs4.dammit import EncodingDetector  # it takes long to load, and most pages are UTF-8

    is_html = clues.kind != "text"
    declared = EncodingDetector.find_declared_encoding(content[:SAMPLE], is_html) if is_html else None
    labels = [label for label in (clues.charset, declared) if label]
    # a server may send its default charset with every page, whatever the page says
    labels.sort(key=lambda label: _legacy_codec(label) == _COMMON_DECLARATION)
    start = content.rfind(b"\n", max(0, clues.around - SAMPLE), clues.around) + 1
    sample = content[start : start + SAMPLE]
    pieces = sorted(_BETWEEN_MARKS.split(sample), key=len, reverse=True)[:PIECES]
    wrong = _COMMON_DECLARATION if _is_in_other_letters(pieces[0]) else None
    yield from (codec for codec in map(_legacy_codec, labels) if codec and codec != wrong)
    guesses = Counter(map(_guess, pieces))
    yield from (codec for codec, count in guesses.most_common(1) if codec and 2 * count >= PIECES)
    yield from filter(None, map(_legacy_codec, EncodingDetector(sample, is_html=is_html).encodings))


def _is_in_other_letters(piece: bytes) -> bool:
    """Whether a piece of text cannot be in the encoding that pages declare without thinking: most of its letters lie
    beyond ASCII, where Cyrillic, Greek, Hebrew, Arabic and Thai have all of theirs.

    >>> [_is_in_other_letters(text.encode("cp1251")) for text in ("Мост снова открыт для всех", "The bridge is open")]
    [True, False]
    """
    high = len(piece.translate(None, _ASCII))
    return high >= FEWEST_OTHER and high > len(piece) - len(piece.translate(None, ascii_letters.encode()))


FEWEST_OTHER = 20
"""Letters beyond ASCII from which on a piece of text tells its script."""

PIECES = 4
"""The longest pieces of text of which the encoding is guessed: a stray byte spoils the guess of one of them only."""

_BETWEEN_MARKS = re.compile(rb"[<>\n]+")


def _guess(piece: bytes) -> str | None:
    """The codec for what Beautiful Soup's detector says of a piece of text first, or None."""
    from bs4.dammit import EncodingDetector

    return _legacy_codec(next(iter(EncodingDetector(piece[:PIECE], is_html=False).encodings), ""))


PIECE = 2000
"""Bytes of such a piece that are looked at."""


def _legacy_codec(label: str) -> str | None:
    """The codec for an encoding's label, or None."""
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        return None
    return _LEGACY.get(name)


def _almost_everywhere(content: bytes, encoding: str) -> str | None:
    """The content in an encoding, with the few bytes replaced that it cannot decode; None if there are more.

    >>> _almost_everywhere("港が再開した。".encode("shift_jis") * 4 + b"\\x88", "cp932")[-2:]
    '。\ufffd'
    """
    try:
        return content.decode(encoding)
    except UnicodeError:
        if encoding == _COMMON_DECLARATION:
            return None
    text = content.decode(encoding, "replace")
    non_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if non_ascii > SOUND_PER_BROKEN * text.count(REPLACEMENT) else None
