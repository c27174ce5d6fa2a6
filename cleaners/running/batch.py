"""Many pages, one after the other: what goes wrong with one of them stays with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import repeat
from operator import attrgetter
from typing import Any, Literal

from lxml import etree

from cleaners.data import FIELDS, KEPT, Cleaned, Input, Label, Page, RejectedInput, Rejection, Waiting
from cleaners.errors import BadWeights, describe
from cleaners.label.profile import find_profile
from cleaners.pipeline import clean_page
from cleaners.profiles.lessons import Lesson, new_lesson
from cleaners.reading.page_files import read_waiting
from cleaners.records.formats import Format, story_in
from cleaners.records.html_page import article_html
from cleaners.records.markdown import article_markdown
from cleaners.records.rows import Row, article_rows, audit_rows, json_line, rejected_rows
from cleaners.records.selection import Selection, select
from cleaners.rights.respect import reserved_for

TOO_MUCH_MEMORY = Rejection("too-much-memory", "Cleaning it takes more memory than a page may.")


def clean_or_reject(page: Input, *, any_page: bool = False) -> Cleaned:
    """The cleaned page; an input that was rejected before stays rejected.

    A fault in the cleaners becomes a rejection too: it must not cost the run.
    """
    if isinstance(page, RejectedInput):
        return Cleaned(page.page, rejection=page.rejection)
    try:
        return clean_page(page, any_page=any_page)
    except BadWeights:
        raise
    except Exception as fault:
        if _is_out_of_memory(fault):
            return Cleaned(page, rejection=TOO_MUCH_MEMORY)
        message = f"{type(fault).__name__}: {describe(fault)}"[:200]
        reason = f"The cleaners failed on this page, which is a bug: please report it with the page. {message}"
        return Cleaned(page, rejection=Rejection("fault", reason))


def respecting(cleaned: Cleaned, respected: Collection[str]) -> Cleaned:
    """The cleaned page, or its rejection if it reserves what a run respects; then nothing of its text is handed on."""
    rejection = reserved_for(cleaned.rights, respected) if respected else None
    return Cleaned(cleaned.page, rejection=rejection, rights=cleaned.rights) if rejection else cleaned


def _is_out_of_memory(fault: Exception) -> bool:
    """Whether memory ran out: of Python, or of libxml2, which calls it an error of syntax."""
    return isinstance(fault, MemoryError) or getattr(fault, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY


@dataclass(frozen=True, slots=True)
class CleanedLines:
    """A cleaned page as what is written of it, which is all that has to leave the process that cleaned it.

    `page` has no content any more; `audit` holds the lines of its audit; `rejected` is the row that says why it gave no
    article. Where it was asked for, `bodies` are the texts of the articles as Markdown or HTML, `lesson` is what the
    page teaches of its outlet, and `written` is what stands of the articles in a file, in place of `articles` and
    `bodies`. `article_id` is the id of the first article, if there is one. `profile_set_aside` is that of `Cleaned`.
    """

    page: Page
    articles: tuple[Row, ...]
    audit: bytes
    rejected: Row | None
    tally: Tally
    bodies: tuple[str, ...] = ()
    profile_set_aside: bool = False
    lesson: Lesson | None = None
    written: bytes = b""
    article_id: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by its fields, which takes a fifth of the time that the way of dataclasses takes."""
        return CleanedLines, _FIELDS_OF_LINES(self)


_FIELDS_OF_LINES = attrgetter(*CleanedLines.__slots__)

BodyKind = Literal["md", "html"]

BODIES: dict[BodyKind, Callable[[Cleaned], Iterator[str]]] = {
    "md": article_markdown,
    "html": article_html,
}
"""What makes the texts of a page's articles in a format that shows more than lines."""

EVERYTHING = Selection()
"""All articles, their texts as the cleaners make them."""


@dataclass(frozen=True, slots=True)
class CleaningOptions:
    """How the pages of a run are cleaned, and what is made of them.

    `any_page` takes the main content of pages that hold no article, too. `selection` says which articles are wanted,
    and which labels make their text. Made if asked for are the lines of the audit, the texts as Markdown or HTML
    (`bodies`), and the text of a page that is rejected for what it is (`rejected_text`). Pages that reserve what is
    named in `respect` ("ai-train", "tdm", "noindex") are rejected. `with_markdown` fills that field of the records.
    `lesson` asks what a page without a profile teaches of its outlet. `written_as` asks for the articles as they stand
    in a file of this format, in place of their rows: that is better made by the workers than by the one process that
    writes.
    """

    any_page: bool = False
    selection: Selection = EVERYTHING
    audit: bool = True
    bodies: BodyKind | None = None
    rejected_text: bool = False
    with_markdown: bool = False
    respect: frozenset[str] = frozenset()
    lesson: bool = False
    written_as: Format | None = None


DEFAULTS = CleaningOptions()
"""All articles and the audit, the texts as the cleaners make them."""


def clean_to_lines(waiting: Waiting, options: CleaningOptions = DEFAULTS) -> CleanedLines:
    """Clean a page, which is read first if it was not yet, and make what is to be written of it. No page raises an
    error."""
    page = read_waiting(waiting)
    selection = options.selection
    whole = respecting(clean_or_reject(page, any_page=options.any_page), options.respect)
    cleaned, left_out = select(whole, selection)
    tally = Tally()
    tally.add(cleaned, selection.kept)
    tally.left_out += left_out
    articles = tuple(article_rows(cleaned, with_markdown=options.with_markdown))
    bodies = tuple(BODIES[options.bodies](cleaned)) if options.bodies else ()
    shape = options.written_as
    return CleanedLines(
        replace(cleaned.page, content=b"", profiles=()),
        () if shape else articles,
        b"".join(map(json_line, audit_rows(cleaned))) if options.audit else b"",
        next(rejected_rows(cleaned, with_text=options.rejected_text), None),
        tally,
        () if shape else bodies,
        cleaned.profile_set_aside,
        new_lesson(whole) if options.lesson else None,
        written_as(shape, articles, bodies) if shape else b"",
        articles[0]["id"] if articles else None,
    )


def written_as(shape: Format, articles: Sequence[Row], bodies: Sequence[str]) -> bytes:
    """The articles of a page as they stand in a file of this format. What becomes Parquet in the end stands in lines
    until then."""
    return b"".join(map(story_in, repeat(shape), articles, bodies or repeat("")))


def as_duplicate(page: CleanedLines) -> CleanedLines:
    """The rejection of a page whose articles were written before: the first stays, with its audit."""
    reason = "An earlier page of this run has the same address and the same content."
    rejected = Cleaned(page.page, rejection=Rejection("duplicate", reason))
    tally = Tally()
    tally.add(rejected)
    return CleanedLines(page.page, (), b"", next(rejected_rows(rejected)), tally)


NARROWEST_NAMES = 18
"""Columns for the names of a table, which the longest that are always there need."""


@dataclass
class Tally:
    """What a run has come to so far, in pages, stories and words."""

    pages: int = 0
    stories: int = 0
    words_kept: int = 0
    words_in_fields: Counter[str] = field(default_factory=Counter)
    words_dropped: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    profiles: Counter[str] = field(default_factory=Counter)

    def add(self, cleaned: Cleaned, kept: frozenset[Label] = KEPT) -> None:
        """Count one more page: its words are kept in a text, or feed a field, or are dropped."""
        self.pages += 1
        self.stories += len(cleaned.articles)
        self.words_kept += sum(len(article.text.split()) for article in cleaned.articles)
        for judged in cleaned.blocks:
            counts = self.words_in_fields if judged.label in FIELDS else self.words_dropped
            if judged.label not in kept:
                counts[judged.label.value] += len(judged.text.split())  # a plain string, which is sooner unpickled
        if cleaned.rejection:
            self.rejected[cleaned.rejection.code] += 1
        if (page := cleaned.page).kind and find_profile(page.profiles, page.kind):
            self.profiles["set aside" if cleaned.profile_set_aside else "applied"] += 1

    def merge(self, other: Tally) -> None:
        """Count all that another tally has counted."""
        self.pages += other.pages
        self.stories += other.stories
        self.words_kept += other.words_kept
        for name in _COUNTERS:
            if counted := getattr(other, name):
                own = getattr(self, name)
                for what, count in counted.items():
                    if count:
                        own[what] += count

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as plain dicts: to unpickle a Counter takes as long as to write a page."""
        return _unpickled_tally, (
            self.pages,
            self.stories,
            self.words_kept,
            *(dict(getattr(self, n)) for n in _COUNTERS),
        )

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain dicts, as JSON holds them."""
        counts = {count.name: getattr(self, count.name) for count in fields(self)}
        return {name: dict(count) if isinstance(count, Counter) else count for name, count in counts.items()}

    @classmethod
    def from_dict(cls, counts: Mapping[str, Any]) -> Tally:
        """The tally that `to_dict` gave these counts of."""
        tally = cls()
        for name, count in counts.items():
            setattr(tally, name, Counter(count) if isinstance(count, Mapping) else count)
        return tally

    def facts(self) -> Iterator[tuple[str, int]]:
        """The counts by name, the parts of a sum behind it, most frequent first."""
        yield "pages", self.pages
        yield "stories", self.stories
        yield "words kept", self.words_kept
        yield "words in fields", self.words_in_fields.total()
        yield from ((f"words in fields/{label}", count) for label, count in self.words_in_fields.most_common())
        yield "words dropped", self.words_dropped.total()
        yield from ((f"words dropped/{label}", count) for label, count in self.words_dropped.most_common())
        yield "pages rejected", self.rejected.total()
        yield from ((f"pages rejected/{code}", count) for code, count in self.rejected.most_common())
        if self.left_out:
            yield "stories left out", self.left_out.total()
            yield from ((f"stories left out/{reason}", count) for reason, count in self.left_out.most_common())
        if self.profiles:
            yield "pages with a profile of their outlet", self.profiles.total()
            yield from ((f"pages with a profile/{what}", count) for what, count in self.profiles.most_common())

    def table(self) -> str:
        """The counts as an aligned table, one line each, the parts of a sum indented below it."""
        rows = [("  " + name.partition("/")[2] if "/" in name else name, f"{count:,}") for name, count in self.facts()]
        names = max(NARROWEST_NAMES, *(len(name) + 2 for name, _ in rows))
        width = max(len(count) for _, count in rows)
        return "\n".join(f"{name:<{names}}{count:>{width}}" for name, count in rows)


_COUNTERS = tuple(count.name for count in fields(Tally) if count.default_factory is Counter)


def _unpickled_tally(pages: int, stories: int, words_kept: int, *counted: dict[str, int]) -> Tally:
    counters: list[Counter[str]] = [Counter() for _ in counted]
    for counter, counts in zip(counters, counted, strict=True):
        dict.update(counter, counts)
    return Tally(pages, stories, words_kept, *counters)
