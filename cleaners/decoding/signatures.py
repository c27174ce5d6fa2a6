"""First bytes of file formats, each once, from the formats' own specifications."""

from __future__ import annotations

PDF = b"%PDF-"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
GIF = b"GIF8"
RIFF = b"RIFF"
ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b"
ZSTANDARD = b"\x28\xb5\x2f\xfd"
ZSTANDARD_DICTIONARY = b"\x5d\x2a\x4d\x18"
PARQUET = b"PAR1"
TAR, TAR_AT = b"ustar", 257
"""A tar archive has its mark at this place, behind the name of its first file."""
