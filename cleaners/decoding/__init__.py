"""Bytes to text: the encoding of a page, whether it is text at all, and whether that text is HTML."""

from cleaners.decoding.encodings import decode, guess_kind

__all__ = ["decode", "guess_kind"]
