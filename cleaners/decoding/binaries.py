"""Content in a known format that is not text, detected by its first bytes."""

from __future__ import annotations

from cleaners.decoding.control_bytes import CONTROLS, share_of
from cleaners.decoding.signatures import GIF, GZIP, JPEG, PARQUET, PDF, PNG, RIFF, TAR, TAR_AT, ZIP, ZSTANDARD
from cleaners.errors import NotText

_UNPACK = "unpack it first"
_CONVERT = "save it as HTML or plain text first"
_MEDIA = "only pages of text can be cleaned"

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (PDF, "a PDF document", "convert it first, e.g. with pdftotext"),
    (PNG, "a PNG picture", _MEDIA),
    (JPEG, "a JPEG picture", _MEDIA),
    (GIF + b"7a", "a GIF picture", _MEDIA),
    (GIF + b"9a", "a GIF picture", _MEDIA),
    (b"II*\x00", "a TIFF picture", _MEDIA),
    (b"MM\x00*", "a TIFF picture", _MEDIA),
    (b"\x00\x00\x01\x00", "an icon", _MEDIA),
    (RIFF, "a RIFF file (WebP, WAV or AVI)", _MEDIA),
    (b"ID3\x03", "an MP3 recording", _MEDIA),
    (b"ID3\x04", "an MP3 recording", _MEDIA),
    (b"OggS\x00", "an Ogg recording", _MEDIA),
    (b"fLaC\x00", "a FLAC recording", _MEDIA),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film", _MEDIA),
    (b"wOFF", "a font", _MEDIA),
    (b"wOF2", "a font", _MEDIA),
    (ZIP, "a ZIP archive or an office document (docx, odt, epub)", f"{_UNPACK}, or {_CONVERT}"),
    (b"PK\x05\x06", "an empty ZIP archive", "there is nothing in it"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls, ppt)", _CONVERT),
    (b"{\\rtf", "an RTF document", _CONVERT),
    (GZIP, "gzip data", _UNPACK),
    (b"BZh91AY&SY", "bzip2 data", _UNPACK),
    (b"\xfd7zXZ\x00", "xz data", _UNPACK),
    (ZSTANDARD, "Zstandard data", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", "export its pages first"),
    (PARQUET, "a Parquet file", "export its pages first"),
    (b"\x7fELF", "a program", _MEDIA),
    (b"\xca\xfe\xba\xbe", "a program", _MEDIA),
    (b"\x00asm", "a program", _MEDIA),
)
"""First bytes, what they mean, what to do about it (from the formats' own specifications)."""


def refuse_known_binary(content: bytes) -> None:
    """Raise NotText if the first bytes are those of a known format that is not text.

    >>> refuse_known_binary(b"%PDF-1.7")
    Traceback (most recent call last):
    cleaners.errors.NotText: This is a PDF document, not text: convert it first, e.g. with pdftotext.
    """
    if content[TAR_AT : TAR_AT + len(TAR)] == TAR:
        raise NotText(f"This is a tar archive, not text: {_UNPACK}.")
    for signature, what, advice in SIGNATURES:
        if content.startswith(signature) and not _reads_as_text(signature, content):
            raise NotText(f"This is {what}, not text: {advice}.")


def _reads_as_text(signature: bytes, content: bytes) -> bool:
    """Whether a signature of letters and digits only (`RIFF`, `PAR1`) is the start of a sentence."""
    return signature.isalnum() and not share_of(CONTROLS + b"\x00", content[:64])
