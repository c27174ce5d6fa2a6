"""What a response's body is, by its bytes: an independent check of what its header says."""

from __future__ import annotations

import re

from cleaners.decoding.encodings import decode
from cleaners.decoding.markup_detection import guess_kind
from cleaners.decoding.signatures import GIF, GZIP, JPEG, PDF, PNG, RIFF, ZIP
from cleaners.errors import NotText

START = 4096
"""Bytes of a body that are looked at."""

_BINARIES = (
    (PDF, "application/pdf"),
    (PNG, "image/png"),
    (JPEG, "image/jpeg"),
    (GIF, "image/gif"),
    (RIFF, "image/webp"),
    (GZIP, "application/gzip"),
    (ZIP, "application/zip"),
)
"""First bytes and the media type, as in https://mimesniff.spec.whatwg.org/."""

_XML_ROOTS = (
    ("rss", "application/rss+xml"),
    ("feed", "application/atom+xml"),
    ("html", "application/xhtml+xml"),
    ("urlset", "application/xml"),
    ("sitemapindex", "application/xml"),
)
_ROOT = re.compile(r"<([a-z]+)[\s>]", re.IGNORECASE)


def payload_type(start: bytes) -> str:
    """The media type of a body that begins with these bytes; `application/octet-stream` where they show none."""
    for signature, media_type in _BINARIES:
        if start.startswith(signature):
            return media_type
    if not start:
        return "application/octet-stream"
    try:
        text = decode(start).lstrip()
    except NotText:
        return "application/octet-stream"
    return _text_type(text)


def _text_type(text: str) -> str:
    root = _ROOT.search(text)
    of_root = dict(_XML_ROOTS).get(root[1].lower()) if root else None
    if text.startswith("<?xml"):
        return of_root or "application/xml"
    if text.startswith("<") and of_root and of_root != "application/xhtml+xml":
        return of_root
    if text.startswith(("{", "[{", '["')):
        return "application/json"
    return "text/html" if guess_kind(text) == "html" else "text/plain"
