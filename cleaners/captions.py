"""Captions: the words under a picture, apart from whom the picture is from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaners.data import Block, Box, Caption

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
_IN_CAPITALS = re.compile(
    r"(?<=[a-zà-ÿ.!?»”])\s?(?P<credit>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,20}(?: [A-ZÀ-Þ«“][A-ZÀ-Þ.'’»”-]{0,20}){1,7})\Z"
)
_AFTER_SIGN = re.compile(r"(?:^|\s+)(?:©|\|)\s?(?P<credit>[^©|.!?]{2,80})\Z")


def read_caption(text: str) -> Caption:
    """A caption line as its words and its credit.

    >>> read_caption("Skaters on the lake, Monday. (AP Photo/Jane Doe)")
    Caption(text='Skaters on the lake, Monday.', credit='AP Photo/Jane Doe')
    """
    head, tail = text[:-END], text[-END:]
    for pattern in (_IN_BRACKETS, _AFTER_LABEL, _IN_CAPITALS, _AFTER_SIGN):
        if found := pattern.search(tail):
            return Caption(
                (head + tail[: found.start() + _full_stop(found)]).strip(), _LABEL.sub("", found["credit"].strip())
            )
    return Caption(text)


def _full_stop(found: re.Match[str]) -> int:
    """1 where the match began with the full stop of the sentence before it, which stays with the words."""
    return int(found[0][:1] in ".!?" and found[0][:1] != "")


def read_captions(blocks: Sequence[Block]) -> tuple[Caption, ...]:
    """The captions of a story, each once: one printed again with or without its full stop is the same.

    A credit may stand by itself below its caption; one that follows no caption names nobody's picture and is left out.
    """
    captions: list[Caption] = []
    for place, block in enumerate(blocks):
        caption = read_caption(block.text)
        above = captions[-1] if captions else None
        if above and not above.credit and _credit_of(block, blocks[place - 1]):
            captions[-1] = Caption(above.text, caption.credit or _LABEL.sub("", block.text))
        elif caption.text:
            captions.append(caption)
    unique: dict[str, Caption] = {}
    for caption in captions:
        unique.setdefault(caption.text.casefold().rstrip(" ."), caption)
    return tuple(unique.values())


CREDIT_WORDS = 8
"""Words that a line below a caption has at most if it is the caption's credit."""

_LABEL = re.compile(r"\A[^\W\d_]{2,12}(?: credit)?\s?[:©]\s?")


def _credit_of(block: Block, above: Block) -> bool:
    """Whether a caption line is the credit of the one above it: by its words, or because it is short and in the same
    figure."""
    if not read_caption(block.text).text:
        return True
    short = block.text.count(" ") < CREDIT_WORDS and block.text[-1:] not in ".!?…"
    return short and (figure := _figure(block)) is not None and figure is _figure(above)


def _figure(block: Block) -> Box | None:
    """The figure that a block of an HTML page is part of: a `figure` element, or the box around its own."""
    if block.surroundings is None:
        return None
    own = block.surroundings.box
    box: Box | None = own
    for _ in range(FIGURE_DEPTH):
        if box is None or box.tag == "figure":
            break
        box = box.parent
    return box if box and box.tag == "figure" else own.parent


FIGURE_DEPTH = 4
"""Boxes between a caption and its figure at most."""
