"""Captions: the words under a picture, apart from whom the picture is from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaners.data import Caption

END = 160
"""Characters at a caption's end in which its credit stands."""

_AGENCY = (
    r"AP|AFP|EPA|EFE|dpa|PTI|ANSA|Reuters|REUTERS|Getty|Shutterstock|iStock|Xinhua|Kyodo|Yonhap|Anadolu|Bloomberg"
    r"|ZUMA|PA|imago|IMAGO|picture alliance|Keystone|Alamy|Wikimedia|Flickr"
)
_PHOTO = (
    r"[Pp]hotos?|PHOTO|[Ff]otos?|FOTO|Bild|[Ii]mage|Imagen|[Cc]rédits?|Crédito|Credit|Quelle|[Pp]ool|Handout|via"
    r"|Archiv|©"
)
_IN_BRACKETS = re.compile(
    rf"\s*[(\[](?P<credit>[^()\[\]]{{0,80}}(?<!\w)(?:{_AGENCY}|{_PHOTO})(?!\w)[^()\[\]]{{0,80}})[)\]]\.?\Z"
)
_AFTER_LABEL = re.compile(
    r"(?:^|[.!?]?\s+)(?:(?:Photo|Image) credit|Photograph|Photos?|PHOTO|Fotos?|FOTO|Bild|Bildquelle|Image|Imagen|Quelle"
    r"|Crédits?(?: photo)?|Crédito|Credit)(?: by)?\s?:\s?(?P<credit>[^:.!?]{2,80})\.?\Z"
)
_AFTER_SIGN = re.compile(r"(?:^|\s+)(?:©|\|)\s?(?P<credit>[^©|.!?]{2,80})\Z")


def read_caption(text: str) -> Caption:
    """A caption line as its words and its credit.

    >>> read_caption("Skaters on the lake, Monday. (AP Photo/Jane Doe)")
    Caption(text='Skaters on the lake, Monday.', credit='AP Photo/Jane Doe')
    """
    head, tail = text[:-END], text[-END:]
    for pattern in (_IN_BRACKETS, _AFTER_LABEL, _AFTER_SIGN):
        if found := pattern.search(tail):
            return Caption((head + tail[: found.start() + _full_stop(found)]).strip(), found["credit"].strip())
    return Caption(text)


def _full_stop(found: re.Match[str]) -> int:
    """1 where the match began with the full stop of the sentence before it, which stays with the words."""
    return int(found[0][:1] in ".!?" and found[0][:1] != "")


def read_captions(lines: Iterable[str]) -> tuple[Caption, ...]:
    """The captions of a story, each once: one printed again with or without its full stop is the same."""
    unique: dict[str, Caption] = {}
    for caption in map(read_caption, lines):
        key = (caption.text or caption.credit or "").casefold().rstrip(" .")
        unique.setdefault(key, caption)
    return tuple(unique.values())
