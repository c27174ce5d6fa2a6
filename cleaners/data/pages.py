"""What goes in: a page, what is said of its use, what was learned of its outlet, and why an input is rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal, TypeAlias

ContentType = Literal["html", "text"]


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

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by its fields, which takes a fifth of the time that the way of dataclasses takes."""
        return Page, _FIELDS_OF_PAGE(self)


_FIELDS_OF_PAGE = attrgetter(*Page.__slots__)


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


FileState: TypeAlias = tuple[int, int, int, int]
"""The device and the number of a file, its bytes, and the time of its last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that holds one page, to be read where it is cleaned (see `cleaners.reading.page_files`).

    `page` is what is known of the page, without its content, `path` an absolute path, and `state` that of the file when
    it was found.
    """

    page: Page
    path: str
    state: FileState

    @property
    def size(self) -> int:
        """The bytes of the file, packed as they are."""
        return self.state[2]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by its fields, as pages are."""
        return PageFile, (self.page, self.path, self.state)


Waiting: TypeAlias = Input | PageFile
"""What waits to be cleaned: read already, or still to be read."""


def page_of(given: Waiting) -> Page:
    """The page itself, or what is known of one that could not be had, or was not read yet.

    >>> page_of(RejectedInput(Page("", source="a.html"), Rejection("unreadable", "The file cannot be read."))).source
    'a.html'
    """
    return given if isinstance(given, Page) else given.page
