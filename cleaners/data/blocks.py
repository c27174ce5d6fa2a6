"""The pieces of a page: blocks with their place in it, the verdicts on them, and the stories that they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """What a block is. Kept labels make the text, field labels feed a field of the record, the rest is dropped."""

    BODY = "body"
    HEADING = "heading"
    CREDIT = "credit"

    TITLE = "title"
    SUMMARY = "summary"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"

    NAVIGATION = "navigation"
    RELATED = "related"
    PROMO = "promo"
    COUNTER = "counter"
    COMMENT = "comment"
    LEGAL = "legal"


KEPT = frozenset({Label.BODY, Label.HEADING, Label.CREDIT})
FIELDS = frozenset({Label.TITLE, Label.SUMMARY, Label.BYLINE, Label.DATE, Label.CAPTION})
DROPPED = frozenset(Label) - KEPT - FIELDS


@dataclass(slots=True, eq=False)
class Box:
    """An element of an HTML page that starts a new line (a `div`, a `p`, a table), as a span over the page's blocks.

    `start` and `stop` bound the blocks inside the box, so that anything about its contents is a difference of two
    running sums. `names` holds the element's class, id and itemprop, `number` counts the boxes of the page in
    document order, `line` is the element's line in the source, and `images` and `controls` count the pictures and
    the buttons and fields inside. A box is filled while the page is walked and not changed afterwards.
    """

    tag: str
    names: str
    path: str
    depth: int
    number: int
    line: int
    parent: Box | None
    start: int
    stop: int = 0
    images: int = 0
    controls: int = 0


class Inside(NamedTuple):
    """What is inside a block, as the walk over the page left it.

    `parts` are the pieces of its text before white space is folded. `marks` has where links and emphasis begin (the
    number of parts before, the tag, the address of a link) and end (an empty tag), `cells` where the cells of a row
    begin.
    """

    parts: list[str]
    marks: list[tuple[int, str, str]]
    cells: list[int]


@dataclass(slots=True, eq=False)
class Surroundings:
    """Where on an HTML page a block stands, and how it is marked up: what the learned scorer looks at.

    `names` holds the classes of the inline elements inside the block; `linked`, `strong` and `emphasised` count its
    characters inside such elements, `links` its links, and `href` is the address of the first of them. `inside` says
    where exactly, if there are any, or if the block is a row of a table or preformatted. `time` is what a `time`
    element in the block, or in front of it, states.
    """

    box: Box
    names: str
    linked: int
    links: int
    strong: int
    emphasised: int
    href: str = ""
    inside: Inside | None = None
    time: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Block:
    """One paragraph-sized piece of a page, in reading order. Nothing changes it; it is not frozen because Python takes
    nine times as long to make a frozen one, and a page has hundreds.

    `text` has its white space folded. On a text page `before` is the white space in front of the block and `raw` the
    characters themselves, so that joining both over all blocks gives the page again. On an HTML page `tag` is the
    block's own element, `path` the elements down to it, and `link_density` the share of its characters inside links;
    `surroundings` describes its place in more detail.
    """

    text: str
    line: int
    before: str = ""
    raw: str = ""
    tag: str = ""
    path: str = ""
    link_density: float = 0.0
    surroundings: Surroundings | None = field(default=None, repr=False, compare=False)

    def boxes(self, most: int) -> Iterator[Box]:
        """The boxes around the block from the inside out, the first `most` of them; none on a text page."""
        box = self.surroundings.box if self.surroundings else None
        for _ in range(most):
            if box is None:
                return
            yield box
            box = box.parent


class Verdict(NamedTuple):
    """A label, the rule that gave it, and how sure it is (0 to 1). `first` is the verdict that this one revised."""

    label: Label
    rule: str
    confidence: float
    first: Verdict | None = None

    def revised(self, label: Label, rule: str, confidence: float) -> Verdict:
        """A new verdict that remembers the first one given to the block."""
        return Verdict(label, rule, confidence, self.first or self)


class Judged(NamedTuple):
    """A block with its verdict and the story that it belongs to; `story_confidence` is how sure it is that this is a
    story of its own (1 for the page's own)."""

    block: Block
    verdict: Verdict
    story: int = 0
    story_confidence: float = 1.0

    @property
    def label(self) -> Label:
        """The label of its verdict."""
        return self.verdict.label

    @property
    def text(self) -> str:
        """The block's folded text."""
        return self.block.text


@dataclass(frozen=True, slots=True)
class Story:
    """The blocks of one story. Index 0 is the page's own, the appended ones follow in reading order."""

    index: int
    blocks: tuple[Judged, ...]
