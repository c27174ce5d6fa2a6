"""Bytes to text: which encoding a page is in, whether it is text at all, and whether that text is HTML.

What a page says of itself is often wrong, what its bytes say is not, so the evidence is taken in this order: a byte
order mark; UTF-16's zero bytes; valid UTF-8, whatever was declared; UTF-8 with a few broken bytes; what the transport
and then the page declare; what Beautiful Soup's detector makes of the bytes; Windows-1252.

From here on the decoded text is what counts. A NUL becomes U+FFFD, as in HTML, and so does a byte that cannot be
decoded; the mark is not part of the text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

from bs4.dammit import EncodingDetector

from cleaners.data import Kind
from cleaners.decoding.binaries import CONTROLS, refuse_known_binary, refuse_unknown_binary, share_of

SAMPLE = 1 << 16
"""How many bytes or characters are looked at in one place when an encoding or a kind is guessed."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

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
stands for a larger encoding (https://encoding.spec.whatwg.org/#names-and-labels). A label that is not here lies, or
names one of Python's own codecs, which are no business of a page."""

_HIGH_BYTES = bytes(range(0x80, 0x100))

LATIN_NULS = 0.25
"""In UTF-16 text of Latin letters every other byte is zero; accents and foreign words take little from that."""

OTHER_CONTROLS = 0.01
"""The small halves of UTF-16 units of other scripts are control characters at least this often."""

MAX_ODD_UNITS = 0.02
"""Share of units that no text has, above which content is not UTF-16 in that byte order."""


MARKUP_DENSITY = 1 / 500
"""Block tags per character from which a text is markup. A paragraph of news is shorter than 500 characters, while a
dump that speaks of tags does not put two of them around each of its paragraphs."""

_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)

_FIRST_TAG = re.compile(r"<(?:!--|\?xml\b|!doctype\s+html\b|/?[a-z][a-z0-9-]*(?=[\s/>]))", re.IGNORECASE)

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|article|section|main|header|footer|nav|aside|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|t[dh]"
    r"|blockquote|pre|figure|figcaption|form|html|head|title|body|script|style|br|hr)(?=[\s/>])",
    re.IGNORECASE,
)


def decode(content: bytes, charset: str | None = None, kind: Kind | None = None) -> str:
    """The text of a page of unknown encoding.

    `charset` is what the transport said, such as the charset of an HTTP header. With `kind` "text" the page is not
    searched for a declaration of its own. Raises NotText for pictures, archives, office documents and other binaries.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _without_nuls(content[len(mark) :].decode(encoding, "replace"))
    refuse_known_binary(content)
    sample = _sample(content)
    if b"\x00" in sample and (byte_order := _unmarked_utf16(sample)):
        return _without_nuls(content.decode(byte_order, "replace"))
    refuse_unknown_binary(sample)
    text = _decode_bytewise(content, charset, kind)
    return _without_nuls(text) if b"\x00" in content else text


def guess_kind(text: str) -> Kind:
    """Return "html" for documents and for fragments built of block tags, "text" for all else.

    A dump that only mentions a tag, or shows a line of code, is text. Looks at the first 65,536 characters.
    """
    head = text[:SAMPLE].lstrip()
    if _FIRST_TAG.match(head):
        return "html" if _BLOCK_TAG.search(head) or _DOCUMENT.search(head) else "text"
    tags = sum(1 for _ in _BLOCK_TAG.finditer(head))
    return "html" if tags >= 4 and tags > MARKUP_DENSITY * len(head) else "text"


def _decode_bytewise(content: bytes, charset: str | None, kind: Kind | None) -> str:
    """The text of content in an encoding that keeps ASCII as it is."""
    if b"\x1b$" in content[:SAMPLE] and (japanese := _strictly(content, "iso2022_jp")):
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
    """What helps to guess a legacy encoding: the transport's word, the kind, and where the first odd byte stands."""

    charset: str | None
    kind: Kind | None
    around: int


def _decode_legacy(content: bytes, clues: _Clues) -> str:
    for encoding in _legacy_candidates(content, clues):
        if (text := _strictly(content, encoding)) is not None:
            return text
    return content.decode("cp1252", "replace")


def _legacy_candidates(content: bytes, clues: _Clues) -> Iterator[str]:
    """Codec names, the likeliest first: the declared ones, then the guess from the bytes around the first odd one."""
    is_html = clues.kind != "text"
    declared = EncodingDetector.find_declared_encoding(content[:SAMPLE], is_html) if is_html else None
    start = content.rfind(b"\n", max(0, clues.around - SAMPLE), clues.around) + 1
    detector = EncodingDetector(
        content[start : start + SAMPLE],
        user_encodings=[label for label in (clues.charset, declared) if label],
        is_html=is_html,
    )
    return filter(None, map(_legacy_codec, detector.encodings))


def _legacy_codec(label: str) -> str | None:
    """The codec that reads what an encoding's label stands for, or None."""
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        return None
    return _LEGACY.get(name)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _unmarked_utf16(sample: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, or None if the sample is not UTF-16.

    Letters of ASCII show as zero bytes on one side of the units. Other scripts show as control characters between the
    zero bytes of their spaces and line ends; then the order is right in which (almost) all units are characters.
    """
    low_first, high_first = sample[1::2].count(0), sample[0::2].count(0)
    zeros = low_first + high_first
    likelier = "utf-16-le" if low_first >= high_first else "utf-16-be"
    if max(low_first, high_first) > 0.95 * zeros and zeros > LATIN_NULS * len(sample):
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


def _sample(content: bytes) -> bytes:
    """The head, middle and end of the content, cut between units of UTF-16."""
    if len(content) <= 3 * SAMPLE:
        return content
    middle = len(content) // 4 * 2
    end = (len(content) - SAMPLE) // 2 * 2
    return content[:SAMPLE] + content[middle : middle + SAMPLE] + content[end:]


def _without_nuls(text: str) -> str:
    return text.replace("\0", REPLACEMENT)
