"""Many pages, one after the other: what goes wrong with one of them stays with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from lxml import etree

from cleaners.data import FIELDS, KEPT, Cleaned, Input, Label, Page, RejectedInput, Rejection
from cleaners.errors import BadWeights, describe
from cleaners.label.profile import find_profile
from cleaners.pipeline import clean_page
from cleaners.profiles.lessons import Lesson, new_lesson
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
    article. Where it was asked for, `lines` are the articles as lines of JSON, `bodies` their texts as Markdown or
    HTML, and `lesson` is what the page teaches of its outlet. `profile_set_aside` is that of `Cleaned`.
    """

    page: Page
    articles: tuple[Row, ...]
    audit: bytes
    rejected: Row | None
    tally: Tally
    bodies: tuple[str, ...] = ()
    profile_set_aside: bool = False
    lesson: Lesson | None = None
    lines: bytes = b""


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
    `lesson` asks what a page without a profile teaches of its outlet. `lines` asks for the lines of the articles, which
    are better made by the workers than by the one process that writes.
    """

    any_page: bool = False
    selection: Selection = EVERYTHING
    audit: bool = True
    bodies: BodyKind | None = None
    rejected_text: bool = False
    with_markdown: bool = False
    respect: frozenset[str] = frozenset()
    lesson: bool = False
    lines: bool = False


DEFAULTS = CleaningOptions()
"""All articles and the audit, the texts as the cleaners make them."""


def clean_to_lines(page: Input, options: CleaningOptions = DEFAULTS) -> CleanedLines:
    """Clean a page and make what is to be written of it. No page raises an error."""
    selection = options.selection
    whole = respecting(clean_or_reject(page, any_page=options.any_page), options.respect)
    cleaned, left_out = select(whole, selection)
    tally = Tally()
    tally.add(cleaned, selection.kept)
    tally.left_out += left_out
    articles = tuple(article_rows(cleaned, with_markdown=options.with_markdown))
    return CleanedLines(
        replace(cleaned.page, content=b"", profiles=()),
        articles,
        b"".join(map(json_line, audit_rows(cleaned))) if options.audit else b"",
        next(rejected_rows(cleaned, with_text=options.rejected_text), None),
        tally,
        tuple(BODIES[options.bodies](cleaned)) if options.bodies else (),
        cleaned.profile_set_aside,
        new_lesson(whole) if options.lesson else None,
        b"".join(map(json_line, articles)) if options.lines else b"",
    )


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
                counts[judged.label] += len(judged.text.split())
        if cleaned.rejection:
            self.rejected[cleaned.rejection.code] += 1
        if (page := cleaned.page).kind and find_profile(page.profiles, page.kind):
            self.profiles["set aside" if cleaned.profile_set_aside else "applied"] += 1

    def merge(self, other: Tally) -> None:
        """Count all that another tally has counted."""
        for count in fields(self):
            setattr(self, count.name, getattr(self, count.name) + getattr(other, count.name))

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
