"""Captions: the words under a picture, and the credit of the picture apart from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cleaners.data import Block, Box, Caption
from cleaners.words.patterns import lazy_pattern

END = 160
"""Characters at a caption's end in which its credit stands."""

PHOTO_AGENCY = (
    r"AP|AFP|EPA|EFE|Efe|dpa|PTI|ANSA|Ansa|NTB|MTI|ČTK|TASR|LUSA|Lusa|Reuters|REUTERS|Getty(?: Images)?|Shutterstock"
    r"|iStock|Adobe Stock|Depositphotos|Xinhua|Kyodo|Yonhap|Anadolu|Bloomberg|ZUMA|PA|Belga|Keystone|LaPresse|Ritzau"
    r"|Europa Press|Lehtikuva|Scanpix|imago|IMAGO|picture[ -]alliance|Alamy|Unsplash|Pixabay|Pexels|Flickr"
    r"|Wikimedia(?: Commons)?|ANTARA(?: FOTO)?|РИА Новости|ТАСС|УНІАН|Укрінформ|ロイター|共同|時事|新华社|연합뉴스"
)
"""The agencies and stocks that pictures are from, as their credits name them: one pattern. Names that stand for other
organizations more often (APA, PAP, TT) are left out; their credits have a label."""

PHOTO_LABEL = (
    r"photos?|photographs?|images?|pictures?|fotos?|bild(?:er|quelle)?|crédits?(?: photos?)?|imagen|imagem|immagine"
    r"|fotograf(?:ía|ia|ie|ija)|fotó|fénykép|kép|fotoğraf|kuva|valokuva|zdjęcie|fot\.|zdj\.|nuotr\.|ljósmynd|ảnh"
    r"|фото|фотографи[яії]|снимк[аи]|світлина|φωτογραφία|φωτό?|צילום|תמונה|صورة|تصوير|عکس|फोटो|तस्वीर|ছবি|ภาพ"
    r"|写真|撮影|사진|攝影|摄影|圖|图|ფოტო|լուսանկար(?:ը|ներ)?|ፎቶ|படம்|புகைப்படம்|ఫోటో|picha|រូបថត|រូបភាព|तस्बिर|छायाचित्र"
)
"""The words for a picture that stand in front of its credit: one pattern, without case."""

PHOTO_LABEL_STEMS = (
    "phot", "image", "picture", "fot", "bild", "crédit", "imag", "immagine", "kuva", "zdj", "nuotr", "kép", "ljósmynd",
    "ảnh", "фот", "сним", "світлина", "φωτ", "צילום", "תמונה", "صورة", "تصوير", "عکس", "फोटो", "तस्वीर", "ছবি", "ภาพ",
    "写真", "撮影", "사진", "攝影", "摄影", "圖", "图", "ფოტო", "լուսանկար", "ፎቶ", "படம்", "ఫోటో", "picha", "រូប", "तस्बिर",
    "छायाचित्र",
)  # fmt: skip
"""One of these, in small letters, stands in each of these words."""

_LABEL_WORD = (
    rf"(?i:(?:photo|image|picture|foto) (?:credits?|source)|{PHOTO_LABEL}|photograph(?:ers?|y)|credits?"
    r"|bild(?:rechte|nachweis)|quelle|grafik|créditos?|fotografo|copyright|©)"
)
_BY = (
    r"(?i:photo(?:s|graphs?)? by|(?:photos? )?courtesy of|(?:image|photo)s? (?:via|from)"
    r"|foto:? (?:von|de|di|door|av|af)|photo (?:de|d’)|cortesía(?: de)?)"
)
_NAMED = r"(?:[^:.!?]|\.(?=\w|(?<=\b\w\.)|(?<=\b\w\w\.))){2,80}"
"""A credit: it holds no sentence, but initials, abbreviations and addresses of sites."""

_PERSON = r"[^\W\d_a-zß-ÿ](?:\.|[\w'’-]{0,20})(?: [^\W\d_](?:\.|[\w'’-]{0,20})){0,4}"
_SENTENCE_BEFORE = r"(?:\A|(?<=[.!?»”|\n])|(?<=[.!?»”|–—-] ))"

_COLON = "[:：=＝／՝፦៖]"
"""What stands between the word for a picture and its maker: `사진=`, `圖／`, `ፎቶ፦`."""

_NO_BRACKET = r"[^()\[\]（）<>〈〉]"
_IN_BRACKETS = lazy_pattern(
    rf"\s?[(\[（<〈]\s?(?P<credit>{_NO_BRACKET}{{0,80}}(?<!\w)(?:{PHOTO_AGENCY}|[Pp]ool|Handout|via)(?!\w){_NO_BRACKET}{{0,80}}"
    rf"|(?:{_LABEL_WORD}(?:\s?제공)?\s?(?:{_COLON}|[/©])|{_BY}\s){_NO_BRACKET}{{1,80}}"
    rf"|(?:[Ff]ile|[Aa]rchive|{_PERSON}) (?:photo|image|picture)|{_PERSON}\s?/\s?{_PERSON})[)\]）>〉]\.?\Z"
)
_AFTER_LABEL = lazy_pattern(
    rf"(?:\A|(?<=[\s.!?)»”|。።։។]))(?:(?:{_LABEL_WORD}(?:\s?제공)?\s?{_COLON}\s?){{1,2}}|(?:ภาพ(?:จาก|โดย)|عکس از)\s"
    rf"|(?i:fot\.|zdj\.)|{_BY}(?=\s\W?[^\W\d_a-zß-ÿ])|(?i:foto|photo|bild)(?=\s(?:{PHOTO_AGENCY}|[A-Z]{{2,5}}\Z)(?!\w)))\s?©?\s?(?P<credit>{_NAMED})\.?\Z"
)
_BY_AGENCY = lazy_pattern(
    rf"{_SENTENCE_BEFORE}(?P<credit>(?:{PHOTO_AGENCY})(?:\s?[/|]\s?[^.!?/|]{{2,60}})?|{_PERSON}\s?/\s?(?:{PHOTO_AGENCY})(?!\w)"
    r"[^.!?]{0,30})\.?\Z"
)
_IN_CAPITALS = lazy_pattern(
    r"(?<=[a-zà-ÿ.!?»”])\s?(?P<credit>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,20}(?: [A-ZÀ-Þ«“][A-ZÀ-Þ.'’»”-]{0,20}){1,7})\Z"
)
_AFTER_SIGN = lazy_pattern(r"(?:^|\s+)(?:[©ⓒ]|\|)\s?(?P<credit>[^©ⓒ|.!?]{2,80})\Z")
_OWNED = lazy_pattern(r"(?<=[.!?。”])\s?[©ⓒ]\s?(?P<credit>[^\W\d][^©ⓒ|.!?]{1,60})\Z")
"""The owner of a picture behind the sentence that describes it: `… stand in line. ⓒ Example Times`."""

_GIVEN = lazy_pattern(r"(?<=[.!?。”])\s?[/／]\s?(?P<credit>[^/／.!?]{2,40}?)\s?(?:제공|提供)\Z")
"""Who gave a picture away, in Korean, Japanese or Chinese: `/솔내신문 제공`."""

_NAME = r"[^\W\d_a-zß-ÿ][\w'’.&-]{0,30}"
_NAMES = rf"{_NAME}(?: (?:{_NAME}|and|of|the|for|und|de|et|y|&)){{0,5}}"
_SOURCE_LABEL = (
    r"(?i:illustrations?|photo[- ]illustration|screen ?shot|screengrab|graphic|captura|capture d’écran"
    r"|sources?|quellen?|fuentes?|fontes?|ilustración|ilustração|illustrazione)(?:\s?[:：]|(?i: by))\s?"
    r"|(?i:courtesy(?: of)?|photo provided by)\s"
)
_LABELLED = rf"(?<=[\s:：])(?:{_NAMES}(?:[;,/] ?{_NAMES}){{0,4}}|[\w-]{{2,30}}\.[a-z.]{{2,10}})"
_ALONE = lazy_pattern(
    rf"(?:©\s?)?(?:{_SOURCE_LABEL})?(?P<credit>{_LABELLED}|{_NAMES}(?:\s?/{{1,2}}\s?{_NAMES}){{1,4}}"
    rf"|{_NAMES} (?:via|for) (?:{PHOTO_AGENCY})|\S{{2,40}} [-–—/] stock\.adobe\.com|The Associated Press"
    rf"|(?<=©)\s?{_NAMED}|\({_NAMES}(?:/{_NAMES}){{0,3}}\))\.?"
    r"|\((?P<bracketed>[^\s()]{2,30}(?: [^\s()]{1,30}){0,4})\)|\([cC]\)\s?(?P<owner>[^\s.!?][^.!?]{1,60})"
    r"|(?P<account>(?:Instagram|Twitter|TikTok|Facebook|YouTube|X)\s?[/:]\s?@?[\w.]{2,30})"
    rf"|(?P<makers>(?i:photographers?|photography|photo|foto)[:：]\s?{_NAMES}\."
    rf"(?:\s[A-Z]\w{{2,20}}(?: [A-Z]\w{{2,20}})?:\s?{_NAMES}\.){{1,4}})"
)
"""A line that is a credit as a whole: names joined by slashes, `Jane Doe via Getty Images`, a few words in brackets or
behind a (c), an account of a network, those who made the picture by their jobs."""

_BY_HAN = lazy_pattern(
    r"(?<=[。）！？（＝、])\s?(?P<credit>(?:记者|記者)?[\u3400-\u9fff]{2,4})\s?[／/]?\s?(?:攝影|摄影|攝|摄|撮影)[）)]?\Z"
)
"""A photographer in Chinese or Japanese: `李例 摄`, `記者陳例／攝影`."""

_SURE = (_IN_BRACKETS, _AFTER_LABEL, _BY_HAN, _OWNED, _GIVEN, _BY_AGENCY)
_PATTERNS = (*_SURE, _IN_CAPITALS, _AFTER_SIGN)

_SEPARATORS = " |/–—-•·（＝"

_ENLARGE = lazy_pattern(r"(?:Enlarge|View image in fullscreen)\s*/\s+")
"""A control that stands in front of a caption."""


def read_caption(text: str) -> Caption:
    """A caption line as its words and its credit.

    >>> read_caption("Skaters on the lake, Monday. (AP Photo/Jane Doe)")
    Caption(text='Skaters on the lake, Monday.', credit='AP Photo/Jane Doe')
    """
    text = text[control.end() :] if (control := _ENLARGE.match(text)) else text
    head, tail = text[:-END], text[-END:]
    if not head and (alone := _ALONE.fullmatch(text)) and not _has_words(text):
        credit = next(filter(None, alone.group("credit", "bracketed", "owner", "account", "makers")))
        return Caption("", _without_label(credit.strip("()")))
    for pattern in _PATTERNS:
        if found := pattern.search(tail):
            words = (head + tail[: found.start()]).rstrip(_SEPARATORS)
            return Caption(words.strip(), _without_label(found["credit"]))
    return Caption(text)


def _has_words(text: str) -> bool:
    """Whether something stands in front of a labelled credit, in scripts without capitals, where any words look like
    names joined by a slash."""
    found = None if text.isascii() else _GIVEN.search(text) or _AFTER_LABEL.search(text)
    return found is not None and found.start() > 0


def is_credited(text: str) -> bool:
    """Whether a caption line ends in a credit that says so: an agency, a label such as `Photo:`, brackets or a ©.

    >>> is_credited("Skaters on the lake. Photo: Jane Doe"), is_credited("Terms | Privacy")
    (True, False)
    """
    return any(pattern.search(text[-END:]) for pattern in _SURE)


def _without_label(credit: str) -> str:
    return _LABEL.sub("", credit.strip())


def read_captions(blocks: Sequence[Block]) -> tuple[Caption, ...]:
    """The captions of a story, each once: one printed again with or without its full stop is the same.

    A credit may stand alone below its caption; a credit that follows no caption of its figure is left out.
    """
    captions: list[Caption] = []
    blocks = _whole_lines(blocks)
    repeated = _repeated_credits(blocks)
    for index, block in enumerate(blocks):
        caption = Caption("", block.text) if index in repeated else read_caption(block.text)
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

_LABEL = lazy_pattern(
    rf"\A(?:[^\W\d_]{{1,12}}(?: credit|\s?제공)?\s?(?:{_COLON}|©)\s?|{_BY}\s"
    r"|(?i:fotos?|photos?|fot\.)\s(?=[^\W\d_a-zß-ÿ]))"
)


def _credit_of(block: Block, above: Block) -> bool:
    """Whether a caption line is the credit of the one above it: by its words, or because it is short and in the same
    figure."""
    if not read_caption(block.text).text:
        return not _in_two_figures(block, above)
    short = block.text.count(" ") < CREDIT_WORDS and block.text[-1:] not in ".!?…"
    return short and _share_a_figure(block, above)


def _share_a_figure(block: Block, above: Block) -> bool:
    if block.surroundings is None or above.surroundings is None:
        return False
    return _figure(block) is _figure(above) or block.surroundings.box.parent is above.surroundings.box.parent


def _repeated_credits(blocks: Sequence[Block]) -> set[int]:
    """The indices of short lines that name a source, although they do not say so: one that several pictures share, such
    as a maker's name below each product, and those in the same kind of box."""
    short = {
        index: block for index, block in enumerate(blocks) if _in_figure(block) and len(block.text) <= SHORT_CREDIT
    }
    counts = Counter(block.text for block in short.values())
    kinds = {_kind_of_box(block) for block in short.values() if counts[block.text] >= REPEATED_CREDIT}
    return {index for index, block in short.items() if _kind_of_box(block) in kinds or _names_a_credit(block)}


SHORT_CREDIT = 40
"""Characters of a line that may be a source's name alone."""

REPEATED_CREDIT = 3
"""Pictures that have the same line, for it to be their source. (A picture and its enlargement share a caption.)"""

_CREDIT_NAME = lazy_pattern(r"(?:^|[\s_-])(?:photo-?|image-?|img-?)?credits?(?:$|[\s_-])", re.IGNORECASE)


def _names_a_credit(block: Block) -> bool:
    """Whether the class names of a line's box are those of a credit and of no caption."""
    names = block.surroundings.box.names if block.surroundings else ""
    return "credit" in names.lower() and "caption" not in names.lower() and _CREDIT_NAME.search(names) is not None


def _in_figure(block: Block) -> bool:
    return (figure := _figure(block)) is not None and figure.tag in _FIGURE_TAGS


def _kind_of_box(block: Block) -> tuple[str, str, str] | None:
    if block.surroundings is None:
        return None
    box = block.surroundings.box
    return box.tag, box.names, box.parent.tag if box.parent else ""


def _in_two_figures(block: Block, above: Block) -> bool:
    figures = (_figure(block), _figure(above))
    return figures[0] is not figures[1] and all(box and box.tag in _FIGURE_TAGS for box in figures)


_FIGURE_TAGS = frozenset({"figure", "figcaption"})


def _figure(block: Block) -> Box | None:
    """The figure that a block of an HTML page is part of: a `figure` element, its `figcaption`, or the box
    around its own."""
    boxes = list(block.boxes(FIGURE_DEPTH))
    if not boxes:
        return None
    figures = (next((box for box in boxes if box.tag == tag), None) for tag in ("figure", "figcaption"))
    return next(filter(None, figures), boxes[0].parent)


FIGURE_DEPTH = 4
"""Boxes between a caption and its figure at most."""
