"""What comes out: an article, and everything that cleaning a page gave."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cleaners.data.blocks import Judged
from cleaners.data.facts import Caption, Dateline, Embed, Image, StoryPosition, Update
from cleaners.data.lines import Body, Line
from cleaners.data.pages import Page, Rejection, Rights


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
