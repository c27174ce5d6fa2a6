"""Bytes to text: refuses what is not text, finds the encoding, and detects whether the text is HTML."""

from cleaners.decoding.encodings import decode
from cleaners.decoding.markup_detection import guess_kind

__all__ = ["decode", "guess_kind"]
