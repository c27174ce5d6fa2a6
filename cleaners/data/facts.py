"""The facts about a story that are not its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
