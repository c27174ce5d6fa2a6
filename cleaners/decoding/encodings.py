"""Bytes to text: finds the encoding of a page and decodes it.

Pages often declare a wrong encoding, so the bytes count more than the declaration. In this order: formats that are not
text are refused; a byte order mark; the zero bytes of UTF-16; valid UTF-8, whatever was declared; UTF-8 with a few
broken bytes; the declaration of the transport, then that of the page; the guess of Beautiful Soup's detector;
Windows-1252. Western letters, which servers declare without knowing, are not believed for a text of which most letters
lie beyond ASCII. A declared or guessed encoding may leave a few bytes undecoded, as UTF-8 may: one stray byte says
nothing about the rest.

A NUL becomes U+FFFD, as in HTML, and so does a byte that cannot be decoded. The byte order mark is not part of the
text.
"""

from __future__ import annotations

from cleaners.data import ContentType
from cleaners.decoding.binaries import refuse_known_binary
from cleaners.decoding.bytewise import decode_bytewise
from cleaners.decoding.control_bytes import refuse_unknown_binary
from cleaners.decoding.utf16 import REPLACEMENT, marked_encoding, sample_of, unmarked_utf16


def decode(content: bytes, charset: str | None = None, kind: ContentType | None = None) -> str:
    """The text of a page of unknown encoding.

    `charset` is what the transport declared, such as the charset of an HTTP header. With `kind` "text" the page is not
    searched for a declaration of its own. Raises NotText for pictures, archives, office documents and other binaries.

    >>> decode("Café".encode("utf-8"), charset="iso-8859-1")
    'Café'
    >>> decode(b"Caf\\xe9")
    'Café'
    """
    refuse_known_binary(content)
    if marked := marked_encoding(content):
        encoding, length = marked
        return content[length:].decode(encoding, "replace").replace("\0", REPLACEMENT)
    sample = sample_of(content)
    if byte_order := unmarked_utf16(sample):
        return content.decode(byte_order, "replace").replace("\0", REPLACEMENT)
    refuse_unknown_binary(sample)
    text = decode_bytewise(content, charset, kind)
    return text.replace("\0", REPLACEMENT) if b"\x00" in content else text
