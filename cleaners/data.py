"""The values that the stages pass to each other.

    Page -> Block -> Verdict -> Story -> Article

Every stage is a function from one of these values to the next. No stage changes a value that it was
given: it makes a new one, and a revised verdict keeps the first one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

ContentType = Literal["html", "text"]


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


@dataclass(frozen=True, slots=True)
class Signal:
    """A statement for machines about one use of a page.

    `use` is "ai-train" (training models), "ai-input" (answers of models), "ai-images" (training on pictures), "search",
    "tdm" (text and data mining), "index" (an index of a search engine) or "license". `says` is whether the use is
    reserved or allowed, or that its terms stand at an address. `source` is where it is stated ("robots.txt",
    "tdmrep.json", "header", "meta", "link", "json-ld") and `statement` what stands there.
    """

    use: str
    says: Literal["reserved", "allowed", "terms"]
    source: str
    statement: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What a page reserves: the uses that count as reserved, in the order of the alphabet, and all signals.

    Where signals contradict each other, the stricter one counts.
    """

    reserved: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What the pages of one outlet share, learned from `pages` of them: HTML pages or plain dumps, by its `kind`.

    `lines` are the lines that recur, by their key for comparison (see `cleaners.words.shapes`), each with the number of
    pages that have it. `places` are where the stories stood, each with the number of pages, as `cleaners.label.profile`
    names them.
    """

    kind: ContentType
    pages: int
    lines: Mapping[str, int]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched or read, before anything is decided about it.

    `kind` None means that it is to be detected, `charset` is the one that the transport states (an HTTP header), and
    `source` names the file or the crawl that the page came from. `retrieved_at` is an ISO 8601 time. `language` is the
    code of the known language of the source (ISO 639-1, else 639-3), which is used if the page states none.
    `signals` are those of its response and of its host about its use. `profiles` are what was learned of
    its outlet.
    """

    content: str | bytes
    url: str | None = None
    kind: ContentType | None = None
    source: str | None = None
    retrieved_at: str | None = None
    charset: str | None = None
    language: str | None = None
    signals: tuple[Signal, ...] = ()
    profiles: tuple[Profile, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a page gave no article: a code to count by, and a sentence that a person can act on."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class RejectedInput:
    """What stands in the place of a page that could not be fetched or read: what is known of the page, and why."""

    page: Page
    rejection: Rejection


Input: TypeAlias = Page | RejectedInput
"""What readers and spiders give, one for each page that was asked for."""


def page_of(given: Input) -> Page:
    """The page itself, or what is known of one that could not be had.

    >>> page_of(RejectedInput(Page("", source="a.html"), Rejection("unreadable", "The file cannot be read."))).source
    'a.html'
    """
    return given.page if isinstance(given, RejectedInput) else given


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


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed, and the agency that filed it: `PARIS (AP) —`."""

    place: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """The words under a picture, and whom the picture is from."""

    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a story: its address on the web, the text that stands for it, the words below it, and its source."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


EmbedKind = Literal["post", "video", "audio", "map", "chart", "document"]


@dataclass(frozen=True, slots=True)
class Embed:
    """Something that a page shows from elsewhere, and its address."""

    kind: EmbedKind
    url: str


@dataclass(frozen=True, slots=True)
class Update:
    """An entry of a live column: its time in ISO 8601 with the day, its headline, and its words below that."""

    time: str | None
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class StoryPosition:
    """Which story of its page an article is: `index` of `count`, and the id of the page's own story if appended."""

    index: int = 0
    count: int = 1
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts about a story that are not its text. What a page does not state stays None or empty."""

    title: str | None = None
    summary: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    dateline: Dateline | None = None
    credits: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    tags: tuple[str, ...] = ()
    free: bool | None = None
    license: str | None = None
    embeds: tuple[Embed, ...] = ()
    updates: tuple[Update, ...] = ()


SpanKind = Literal["link", "strong", "emphasis"]


class Span(NamedTuple):
    """A part of a line, from the character `start` to before `stop`; `address` is where a link leads, on the web."""

    start: int
    stop: int
    kind: SpanKind
    address: str | None = None


class Container(NamedTuple):
    """An item of a list or a quote around a line. `number` tells containers apart, `list` the lists of items."""

    kind: Literal["item", "quote"]
    number: int
    ordered: bool = False
    list: int = 0


class Line(NamedTuple):
    """A line of a story's text with its structure.

    `level` is that of a heading, 1 to 6. `containers` are the lists and quotes around it, from the outside in. The
    lines of a table, and those of one preformatted text, share a `group`. `cells` are the parts of the text that stand
    in cells of the table's row `row`; where the line `continues`, the first of them belongs to the last cell before.
    `raw` is a preformatted text with its white space.
    """

    text: str
    kind: Literal["paragraph", "heading", "item", "quote", "row", "preformatted"] = "paragraph"
    level: int = 0
    containers: tuple[Container, ...] = ()
    spans: tuple[Span, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    group: int = 0
    row: int = 0
    continues: bool = False
    raw: str = ""


class Body(Protocol):
    """The text of a story with its structure."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text, each with what it is."""

    @property
    def markdown(self) -> str:
        """The text as Markdown."""


@dataclass(frozen=True, slots=True)
class Article:
    """One story as a record: what is written to JSON Lines (schema 2, see `article.schema.json`).

    `body` is the text with its structure, of an article that came from a page; it is no part of the record.
    """

    id: str
    url: str | None
    canonical_url: str | None
    source: str | None
    retrieved_at: str | None
    title: str | None
    summary: str | None
    text: str
    language: str | None
    date_published: str | None
    date_modified: str | None
    authors: tuple[str, ...]
    publisher: str | None
    section: str | None
    dateline: Dateline | None
    credits: tuple[str, ...]
    captions: tuple[Caption, ...]
    kind: str
    confidence: float
    story: StoryPosition
    dropped: dict[str, int]
    copydesk: str
    rights: Rights = field(default_factory=Rights)
    replaces: str | None = None
    images: tuple[Image, ...] = ()
    tags: tuple[str, ...] = ()
    free: bool | None = None
    license: str | None = None
    words: int = 0
    embeds: tuple[Embed, ...] = ()
    updates: tuple[Update, ...] = ()
    body: Body | None = field(default=None, repr=False, compare=False)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text, each with what it is: a paragraph, a heading, an item of a list, a quote, a row of a
        table or preformatted, and with its links and its emphasis. Without a body all are paragraphs."""
        return self.body.lines if self.body else tuple(map(Line, self.text.split("\n")))

    @property
    def markdown(self) -> str | None:
        """The text in CommonMark with pipe tables and absolute addresses; None for an article without a body, as one
        that was put together by hand. With its marks taken away it is `text`, but for white space."""
        return self.body.markdown if self.body else None

    def to_dict(self, *, with_markdown: bool = False) -> dict[str, Any]:
        """The record as plain dicts and lists, in the order in which it is written. Its `markdown` is None unless it is
        asked for."""
        record = asdict(replace(self, body=None))
        del record["body"]
        record["images"] = list(record["images"])
        record["rights"] = {name: list(value) for name, value in record["rights"].items()}
        record["markdown"] = self.markdown if with_markdown else None
        return {key: list(value) if isinstance(value, tuple) else value for key, value in record.items()}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Everything that cleaning a page gave: its articles, every block with its verdict, why there is none, and what the
    page reserves."""

    page: Page
    articles: tuple[Article, ...] = ()
    blocks: tuple[Judged, ...] = ()
    rejection: Rejection | None = None
    after: str = field(default="", repr=False)
    """The white space after the last block of a text page."""
    rights: Rights = field(default_factory=Rights, repr=False)
    profile_set_aside: bool = False
    """Whether the outlet's profile was not applied, because it would have dropped all of the page's text."""
