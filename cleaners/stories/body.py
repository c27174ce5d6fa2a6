"""The text of a story with its structure, worked out when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable

from cleaners.data import KEPT, Article, Judged, Label, Line
from cleaners.stories.body_markdown import lines_markdown
from cleaners.stories.structure import structured


class StoryBody:
    """The kept blocks of a story; `base` is the address by which links are made absolute.

    Its structure costs time that most callers need not spend, so it is worked out at the first question. What is
    pickled or copied are the lines alone, not the page around them.
    """

    __slots__ = ("_base", "_blocks", "_kept", "_lines")

    def __init__(self, blocks: Iterable[Judged], base: str | None, kept: frozenset[Label] = KEPT) -> None:
        self._blocks = tuple(judged for judged in blocks if judged.label in kept)
        self._base = base
        self._kept = kept
        self._lines: tuple[Line, ...] | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text, each with what it is."""
        if self._lines is None:
            self._lines = structured(self._blocks, self._base, self._kept)
        return self._lines

    @property
    def markdown(self) -> str:
        """The text as Markdown."""
        return lines_markdown(self.lines)

    def __reduce__(self) -> tuple[object, ...]:
        return _of_lines, (self.lines,)


def _of_lines(lines: tuple[Line, ...]) -> StoryBody:
    body = StoryBody((), None)
    body._lines = lines
    return body


def base_of(article: Article) -> str | None:
    """The address by which the links of an article are made absolute."""
    return article.url or article.canonical_url
