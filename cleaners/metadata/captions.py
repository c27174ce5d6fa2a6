"""Captions: the words under a picture, and the credit of the picture apart from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cleaners.data import Block, Box, Caption

END = 160
"""Characters at a caption's end in which its credit stands."""

PHOTO_AGENCY = (
    r"AP|AFP|EPA|EFE|Efe|dpa|PTI|ANSA|Ansa|NTB|MTI|ČTK|TASR|LUSA|Lusa|Reuters|REUTERS|Getty(?: Images)?|Shutterstock"
    r"|iStock|Adobe Stock|Depositphotos|Xinhua|Kyodo|Yonhap|Anadolu|Bloomberg|ZUMA|PA|Belga|Keystone|LaPresse|Ritzau"
    r"|Europa Press|Lehtikuva|Scanpix|imago|IMAGO|picture[ -]alliance|Alamy|Unsplash|Pixabay|Pexels|Flickr"
    r"|Wikimedia(?: Commons)?|РИА Новости|ТАСС|УНІАН|Укрінформ|ロイター|共同|時事|新华社|연합뉴스"
)
"""The agencies and stocks that pictures are from, as their credits name them: one pattern. Names that stand for other
organizations more often (APA, PAP, TT) are left out; their credits have a label."""

_LABEL_WORD = (
    r"(?i:(?:photo|image|picture|foto) (?:credits?|source)|photo(?:s|graphs?|graphers?|graphy)?|images?|pictures?"
    r"|credits?|fotos?|bild(?:er|quelle|rechte|nachweis)?|quelle|grafik|crédits?(?: photos?)?|créditos?|imagen|imagem"
    r"|immagine|fotograf(?:ía|ia|o|ie)|fotó|fotoğraf|kuva|zdjęcie|fot\.|zdj\.|фото|фотография|φωτογραφία|写真|사진"
    r"|copyright|©)"
)
_BY = (
    r"(?i:photo(?:s|graphs?)? by|(?:photos? )?courtesy of|(?:image|photo)s? (?:via|from)"
    r"|foto:? (?:von|de|di|door|av|af)|photo (?:de|d’)|cortesía(?: de)?)"
)
_NAMED = r"(?:[^:.!?]|\.(?=\w|(?<=\b\w\.)|(?<=\b\w\w\.))){2,80}"
"""A credit: it holds no sentence, but initials, abbreviations and addresses of sites."""

_PERSON = r"[^\W\d_a-zß-ÿ](?:\.|[\w'’-]{0,20})(?: [^\W\d_](?:\.|[\w'’-]{0,20})){0,4}"
_SENTENCE_BEFORE = r"(?:\A|(?<=[.!?»”|\n])|(?<=[.!?»”|–—-] ))"

_NO_BRACKET = r"[^()\[\]（）]"
_IN_BRACKETS = re.compile(
    rf"\s?[(\[（]\s?(?P<credit>{_NO_BRACKET}{{0,80}}(?<!\w)(?:{PHOTO_AGENCY}|[Pp]ool|Handout|via)(?!\w){_NO_BRACKET}{{0,80}}"
    rf"|(?:{_LABEL_WORD}\s?[:：/©]|{_BY}\s){_NO_BRACKET}{{1,80}}"
    rf"|(?:[Ff]ile|[Aa]rchive|{_PERSON}) (?:photo|image|picture)|{_PERSON}\s?/\s?{_PERSON})[)\]）]\.?\Z"
)
_AFTER_LABEL = re.compile(
    rf"(?:\A|(?<=[\s.!?)»”|。]))(?:{_LABEL_WORD}\s?[:：]|(?i:fot\.|zdj\.)|{_BY}(?=\s\W?[^\W\d_a-zß-ÿ])|(?i:foto|photo|bild)"
    rf"(?=\s(?:{PHOTO_AGENCY}|[A-Z]{{2,5}}\Z)(?!\w)))\s?©?\s?(?P<credit>{_NAMED})\.?\Z"
)
_BY_AGENCY = re.compile(
    rf"{_SENTENCE_BEFORE}(?P<credit>(?:{PHOTO_AGENCY})(?:\s?/\s?[^.!?/]{{2,60}})?|{_PERSON}\s?/\s?(?:{PHOTO_AGENCY})(?!\w)"
    r"[^.!?]{0,30})\.?\Z"
)
_IN_CAPITALS = re.compile(
    r"(?<=[a-zà-ÿ.!?»”])\s?(?P<credit>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,20}(?: [A-ZÀ-Þ«“][A-ZÀ-Þ.'’»”-]{0,20}){1,7})\Z"
)
_AFTER_SIGN = re.compile(r"(?:^|\s+)(?:©|\|)\s?(?P<credit>[^©|.!?]{2,80})\Z")
_PATTERNS = (_IN_BRACKETS, _AFTER_LABEL, _BY_AGENCY, _IN_CAPITALS, _AFTER_SIGN)

_SEPARATORS = " |/–—-•·"


def read_caption(text: str) -> Caption:
    """A caption line as its words and its credit.

    >>> read_caption("Skaters on the lake, Monday. (AP Photo/Jane Doe)")
    Caption(text='Skaters on the lake, Monday.', credit='AP Photo/Jane Doe')
    """
    head, tail = text[:-END], text[-END:]
    for pattern in _PATTERNS:
        if found := pattern.search(tail):
            words = (head + tail[: found.start()]).rstrip(_SEPARATORS)
            return Caption(words.strip(), _without_label(found["credit"]))
    return Caption(text)


def _without_label(credit: str) -> str:
    return _LABEL.sub("", credit.strip())


def read_captions(blocks: Sequence[Block]) -> tuple[Caption, ...]:
    """The captions of a story, each once: one printed again with or without its full stop is the same.

    A credit may stand alone below its caption; a credit that follows no caption is left out.
    """
    captions: list[Caption] = []
    blocks = _whole_lines(blocks)
    for index, block in enumerate(blocks):
        caption = read_caption(block.text)
        above = captions[-1] if captions else None
        if above and not above.credit and _credit_of(block, blocks[index - 1]):
            captions[-1] = Caption(above.text, caption.credit or _without_label(block.text))
        elif caption.text:
            captions.append(caption)
    unique: dict[str, Caption] = {}
    for caption in captions:
        unique.setdefault(caption.text.casefold().rstrip(" ."), caption)
    return tuple(unique.values())


def _whole_lines(blocks: Sequence[Block]) -> list[Block]:
    """The caption lines; a line that a box inside a figure has cut after `(`, `:` or `,` is joined with the next."""
    lines: list[Block] = []
    for block in blocks:
        if lines and lines[-1].text.endswith(UNFINISHED) and _share_a_figure(block, lines[-1]):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {block.text}")
        else:
            lines.append(block)
    return lines


UNFINISHED = ("(", "[", ":", ",")
"""Ends of a line that the next line of its figure continues."""

CREDIT_WORDS = 8
"""Words that a line below a caption has at most if it is the caption's credit."""

_LABEL = re.compile(
    rf"\A(?:[^\W\d_]{{2,12}}(?: credit)?\s?[:：©]\s?|{_BY}\s|(?i:fotos?|photos?|fot\.)\s(?=[^\W\d_a-zß-ÿ]))"
)


def _credit_of(block: Block, above: Block) -> bool:
    """Whether a caption line is the credit of the one above it: by its words, or because it is short and in the same
    figure."""
    if not read_caption(block.text).text:
        return True
    short = block.text.count(" ") < CREDIT_WORDS and block.text[-1:] not in ".!?…"
    return short and _share_a_figure(block, above)


def _share_a_figure(block: Block, above: Block) -> bool:
    return (figure := _figure(block)) is not None and figure is _figure(above)


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
