"""Captions of an HTML page that are none: a menu's entry under a class name like `photo`, a button in a figure.

A caption stands by a picture, in or beside the story, and says something. The place of a line is known by the boxes
around it that hold nothing of the story, so a page is looked at only where it has captions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, takewhile

from cleaners.blocks.elements import HEADINGS
from cleaners.blocks.visibility import for_screen_readers
from cleaners.data import DROPPED, KEPT, Block, Box, Label, Verdict
from cleaners.label.insets import EMBED
from cleaners.label.network import RULE
from cleaners.label.signed_lines import DATE_LINE_WORDS, starts_with_date
from cleaners.metadata.captions import is_credited, read_caption
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import count_words

BY_CLASS = "caption-class"
"""The rule of a caption that class names mark as one."""

NO_CAPTION = DROPPED | {Label.BYLINE, Label.DATE}
"""Labels that a rule on one block gives to what is no caption."""

SHORT = 6
"""Words of a line in a figure at most that is a button or a label, if a rule knows it."""

HEADING_WORDS = 3
"""Words of a heading in a figure at most that heads something else, as "More videos" does."""

CLOSE = 4
"""Blocks of a box that holds little more than a picture and its caption."""

FAR = 12
"""Blocks below a picture in which the story begins, if the picture is the story's."""

NEAR = 12
"""Blocks that a box holds at most, for a picture in it to be near each of them."""

MOST_BOXES = 40
"""Boxes around a caption that are looked at."""

LINKED = 0.9
"""Share of a line in links from which on it is a link."""

LINKED_TEASER = 0.7
"""The same of a line that ends with the length of a video."""

SURE_CHROME = 0.75
"""Probability at or above which the scorer takes a line for chrome, whatever its class names say."""

FEWEST_WORDS = 3
"""Words of a caption outside of a figure, if no picture is near."""

_CHROME_TAGS = frozenset({"nav", "footer", "menu"})
_CHROME_NAME = lazy_pattern(
    r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|(?:sub|main|mega)?-?menu|footer|breadcrumbs?|sitemap|toolbar|newsletter"
    r"|subscri(?:be|ption)|sign-?up|author-?(?:box|bio|card|info)|bio|biography|about-the-author)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Page:
    """The blocks of a page and their verdicts, and where on it the story is."""

    blocks: Sequence[Block]
    verdicts: Sequence[Verdict]
    rules: Sequence[Verdict | None]

    @cached_property
    def sums(self) -> list[int]:
        """The number of blocks above each block that are the story's: its text and its headline."""
        own = KEPT | {Label.TITLE}
        return [0, *accumulate(verdict.label in own for verdict in self.verdicts)]

    def holds_story(self, box: Box) -> bool:
        """Whether a box holds a part of the story."""
        return self.sums[box.stop] > self.sums[box.start]

    def beside(self, index: int) -> list[Box]:
        """The boxes around a block, from the inside out, that hold nothing of the story."""
        return list(takewhile(lambda box: not self.holds_story(box), self.blocks[index].boxes(MOST_BOXES)))

    def near_picture(self, boxes: Sequence[Box], size: int) -> bool:
        """Whether one of the boxes holds a picture, and `size` blocks at most."""
        return any(box.images and box.stop - box.start <= size for box in boxes)

    def may_be_inside(self, index: int) -> bool:
        """Whether a block has parts of the story below it."""
        return self.sums[index] < self.sums[-1]

    def far_above(self, index: int) -> bool:
        """Whether no part of the story stands above a block or right below it."""
        return self.sums[min(index + FAR, len(self.blocks))] == 0

    def is_button(self, index: int) -> bool:
        """Whether a line is a button, or a heading and no chart's title. (A caption may be one, by its class.)"""
        block = self.blocks[index]
        heading = block.tag in HEADINGS and (block.link_density >= LINKED or count_words(block.text) <= HEADING_WORDS)
        return self.verdicts[index].rule != BY_CLASS and (heading or "/button" in block.path)

    def says_little(self, index: int) -> bool:
        """Whether a rule on one block knows a short line as something else, or a longer one as a promotion. (A date may
        also end a caption: "The old bridge in May 1962".)"""
        rule, text = self.rules[index], self.blocks[index].text
        if rule is None or rule.label not in NO_CAPTION:
            return False
        if rule.label is Label.DATE and text[0].isalpha() and not starts_with_date(text):
            return False
        return rule.label is Label.PROMO or count_words(text) <= SHORT

    def is_surely_chrome(self, index: int) -> bool:
        """Whether the scorer takes a line for chrome, whatever its class names say."""
        first = self.verdicts[index].first
        return first is not None and first.label is Label.NAVIGATION and first.confidence >= SURE_CHROME

    def is_other_figure(self, index: int, boxes: Sequence[Box]) -> bool:
        """Whether a line stands in a figure that holds many lines and no picture, and nothing marks it as a caption."""
        marked = self.verdicts[index].rule == BY_CLASS or any(box.tag == "figcaption" for box in boxes)
        return not marked and not boxes[-1].images and boxes[-1].stop - boxes[-1].start > CLOSE

    def is_marked(self, index: int) -> bool:
        """Whether class names or the scorer say that a line is a caption, and not its words alone."""
        return self.verdicts[index].rule in (BY_CLASS, RULE)

    def is_signed(self, index: int, boxes: Sequence[Box]) -> bool:
        """Whether a line ends in a credit, or stands in one box with a picture and a caption that does."""
        if is_credited(self.blocks[index].text):
            return True
        picture = next((box for box in boxes if box.images), None)
        if picture is None or picture.stop - picture.start > NEAR:
            return False
        return any(
            self.verdicts[other].label is Label.CAPTION and is_credited(self.blocks[other].text)
            for other in range(picture.start, picture.stop)
        )

    def inside(self, index: int) -> bool:
        """Whether a block has parts of the story above and below it."""
        return self.sums[index] > 0 and self.may_be_inside(index)


def without_strays(blocks: Sequence[Block], verdicts: list[Verdict], rules: Sequence[Verdict | None]) -> list[Verdict]:
    """The verdicts, with the captions that are none as what else they are."""
    page = _Page(blocks, verdicts, rules)
    verdicts[:] = _with_credited(page)
    strays = [index for index, verdict in enumerate(verdicts) if verdict.label is Label.CAPTION and _stray(page, index)]
    if not strays:
        return verdicts
    found = list(verdicts)
    for index in strays:
        found[index] = verdicts[index].revised(_label_of(page, index), STRAY, STRAY_CONFIDENCE)
    return found


def _with_credited(page: _Page) -> list[Verdict]:
    """The verdicts, with the lines in the story that sign a picture right beside them as captions."""
    return [
        verdict.revised(Label.CAPTION, BESIDE_PICTURE, 0.8)
        if _stands_with_picture(block)
        and verdict.first is None
        and _is_no_sure_text(page, index)
        and _signs_picture(page, index)
        else verdict
        for index, (block, verdict) in enumerate(zip(page.blocks, page.verdicts, strict=True))
    ]


def _stands_with_picture(block: Block) -> bool:
    """Whether a line without links stands alone with a picture in a box. Few do, so that this is asked first."""
    if block.link_density or block.surroundings is None:
        return False
    own = block.surroundings.box
    return _holds_picture_and_line(own) or (own.parent is not None and _holds_picture_and_line(own.parent))


def _is_no_sure_text(page: _Page, index: int) -> bool:
    """Whether the scorer drops a line, or keeps one that is no longer than a caption and is not sure of it."""
    verdict = page.verdicts[index]
    if verdict.label is not Label.BODY:
        return verdict.label in DROPPED
    text = page.blocks[index].text
    return (verdict.confidence < SURE_TEXT or text[0] in ARROWS) and count_words(text) <= CAPTION_WORDS


ARROWS = "▲△▼▽◀▶"
"""Signs with which a line points to the picture beside it."""


SURE_TEXT, CAPTION_WORDS = 0.9, 25
"""Probability at or above which the scorer takes a line for text although it signs a picture, and words of one that it
takes for text with less."""


def _signs_picture(page: _Page, index: int) -> bool:
    """Whether a line in the story ends in a credit and says more of a picture than a name: a story about an author has
    pictures of that author, too."""
    text = page.blocks[index].text
    return page.inside(index) and is_credited(text) and count_words(read_caption(text).text) >= SIGNED_WORDS


def _holds_picture_and_line(box: Box) -> bool:
    return box.images == 1 and box.stop - box.start == 1


SIGNED_WORDS = 5
"""Words of such a line without its credit, at least."""


BESIDE_PICTURE = "credit-beside-picture"


def _label_of(page: _Page, index: int) -> Label:
    """What a stray is: what the scorer or a rule says, but no caption."""
    rule, first = page.rules[index], page.verdicts[index].first
    if rule and rule.label in NO_CAPTION:
        return rule.label
    return first.label if first and first.label in DROPPED else Label.NAVIGATION


STRAY = "stray-caption"
STRAY_CONFIDENCE = 0.7


def _stray(page: _Page, index: int) -> bool:
    """Whether a caption is none, by its place and by what it says."""
    block = page.blocks[index]
    boxes = page.beside(index)
    figures = [place for place, box in enumerate(boxes) if box.tag in _FIGURE]
    outer = boxes[figures[-1] if figures else 0 :]
    if any(map(_is_chrome, outer)) or _in_page_header(boxes):
        return True
    if any(_AUTHOR_PICTURE.search(box.names) for box in outer) and not _signs_picture(page, index):
        return True
    if any(box.tag == "blockquote" and EMBED.search(box.names) for box in boxes):
        return True
    if _is_unseen(boxes) or _leads_down_the_page(block) or not any(map(str.isalpha, block.text)):
        return True
    around = boxes[: figures[-1] + 1 if figures else 0]
    if any(box.tag in _NO_PICTURE for box in around) or (figures and page.is_other_figure(index, around)):
        return not is_credited(block.text)
    if page.is_button(index) or page.says_little(index) or any(box.tag == "address" for box in boxes):
        return not is_credited(block.text)
    if figures and block.link_density < LINKED:
        return page.far_above(index) and not is_credited(block.text)
    if _says_who_or_when(block.text):
        return True
    if block.link_density >= (LINKED_TEASER if _TEASER.search(block.text) else LINKED) and not (
        figures and page.inside(index)
    ):
        return not page.is_signed(index, boxes)
    return not (figures or page.is_signed(index, boxes) or _is_by_picture(page, index, boxes))


def _is_by_picture(page: _Page, index: int, boxes: Sequence[Box]) -> bool:
    """Whether a line outside of a figure and without a credit stands by a picture, or in the story like one that does.
    Many pages place the picture by a script, so that the markup holds none."""
    close = page.near_picture(boxes, CLOSE)
    if not page.is_marked(index):
        return close and not page.is_surely_chrome(index)
    if page.verdicts[index].rule == BY_CLASS and close and page.may_be_inside(index):
        return True
    if page.is_surely_chrome(index):
        return False
    in_story = page.inside(index) and count_words(page.blocks[index].text) >= FEWEST_WORDS
    return in_story or page.near_picture(boxes, NEAR)


def _says_who_or_when(text: str) -> bool:
    """Whether a line holds an address of mail, is short and begins with a date, or lists who made a picture, when."""
    if _MAIL.search(text) or _SOURCES.match(text):
        return True
    return count_words(text) <= DATE_LINE_WORDS and starts_with_date(text)


_AUTHOR_PICTURE = lazy_pattern(r"(?:^|[\s_-])author[-_]?(?:photo|image)(?:$|[\s_-])", re.IGNORECASE)


def _is_chrome(box: Box) -> bool:
    return box.tag in _CHROME_TAGS or _names_chrome(box.names)


def _in_page_header(boxes: Sequence[Box]) -> bool:
    """Whether the boxes are in a header that is the page's: the header of a story stands in an `article` or `main`."""
    header = next((box for box in boxes if box.tag == "header"), None)
    return header is not None and not _IN_STORY.search(header.path)


def _is_unseen(boxes: Sequence[Box]) -> bool:
    """Whether a line is hidden for all but screen readers, as the headline of a teaser's picture is."""
    return bool(boxes) and for_screen_readers(boxes[0].names)


def _leads_down_the_page(block: Block) -> bool:
    """Whether a line is a link over what stands between: "skip past newsletter promotion"."""
    around = block.surroundings
    return around is not None and around.href.startswith("#") and block.link_density >= LINKED


_NO_PICTURE = frozenset({"aside", "form"})
"""Boxes in a figure that are a hint of another kind, such as that of a newsletter."""

_TEASER = lazy_pattern(r"(?<!\d)\d{1,2}:\d\d\Z")
_SOURCES = lazy_pattern(
    r"(?:by|von|por|par|di|door|av|af)\s[^:]{2,60}\s(?:date|datum|fecha|data|source|quelle|fuente|fonte|bron)\s?:",
    re.IGNORECASE,
)
"""Facts about a picture in the place of its caption: `by Jane Doe Date: 3 May Source: Example`."""

_MAIL = lazy_pattern(r"\w@\w+\.\w")
_FIGURE = frozenset({"figure", "figcaption"})
_IN_STORY = lazy_pattern(r"/(?:article|main)/")


@lru_cache(maxsize=20_000)
def _names_chrome(names: str) -> bool:
    return _CHROME_NAME.search(names) is not None
