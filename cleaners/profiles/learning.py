"""Counts of the lines that recur on an outlet's pages, and of the places where its stories stand, in bounded memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from cleaners.data import Cleaned, ContentType, Profile
from cleaners.label.profile import FEWEST_PAGES, RECURRING
from cleaners.profiles.lessons import Lesson, Row, lesson_of, why_no_lesson
from cleaners.words.shapes import shape

MOST_PAGES = 300
"""Pages that are learned from, the first ones of an outlet: more of them change nothing, and templates change."""

MOST_OUTLETS = 500
"""Outlets that are counted at once, 3 MB each at most. When there are more, the one with the fewest pages is forgotten.
"""

MOST_LINES = 4000
"""Different lines of an outlet that are counted. When there are more, the rarer half is forgotten: a line of most pages
is counted several times until then."""

MOST_SEEN = 3000
"""Pages of an outlet that are looked at: most of them may be without an article, or copies."""

PLACED_PAGES = 30
"""Pages of an outlet on which the places of the story are counted."""

STORY_SHARE = 0.2
"""Share of the words of an outlet's stories that stand at a place, from which on it is one of stories."""

STORY_PAGES = 0.8
"""Share of an outlet's pages whose story stands there."""

STORY_ALONE = 0.9
"""Share of the words at a place that are the story's, on a dump: there a doubted paragraph is kept for it."""


class LearnedLine(NamedTuple):
    """A line that recurs: its text, the pages that have it, and those in whose text the cleaners kept it."""

    text: str
    pages: int
    kept: int


@dataclass(frozen=True, slots=True)
class LearnedProfile:
    """What was learned of the pages of one kind of an outlet.

    `seen` counts all pages, `pages` those learned from. `at` is when a crawl learned it as it went (ISO 8601).
    """

    outlet: str
    kind: ContentType
    pages: int
    seen: int
    lines: tuple[LearnedLine, ...]
    places: dict[str, int]
    at: str | None = None

    @property
    def profile(self) -> Profile:
        """The profile as it is applied."""
        return Profile(self.kind, self.pages, {shape(line.text).key: line.pages for line in self.lines}, self.places)


@dataclass(slots=True)
class _Counts:
    """What is counted of the pages of one kind of an outlet."""

    seen: int = 0
    stories: set[str] = field(default_factory=set)
    lines: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    shown: dict[str, str] = field(default_factory=dict)
    first: list[list[Row]] = field(default_factory=list)


class ProfileLearner:
    """Learns profiles from cleaned pages, of as many outlets as there are.

    Not learned from are pages without an article, those with the headline and the text of an earlier one, and those
    that name an address on the host of somebody else as their own; `left_out` counts them by these names.
    """

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.forgotten = 0
        """Outlets that were forgotten for others with more pages."""
        self._counts: dict[tuple[str, ContentType], _Counts] = {}

    def wants(self, outlet: str, kind: ContentType) -> bool:
        """Whether another page of the outlet would be learned from. It is counted as seen."""
        counts = self._of(outlet, kind)
        counts.seen += 1
        return len(counts.stories) < MOST_PAGES and counts.seen <= MOST_SEEN

    def add(self, outlet: str, cleaned: Cleaned) -> None:
        """Learn from a page, which was cleaned without a profile."""
        if reason := why_no_lesson(cleaned):
            self.left_out[reason] += 1
        else:
            self.take(outlet, lesson_of(cleaned))

    def take(self, outlet: str, lesson: Lesson) -> None:
        """Learn from the lesson of a page."""
        counts = self._of(outlet, lesson.kind)
        if lesson.story in counts.stories:
            self.left_out["with the story of another"] += 1
        else:
            counts.stories.add(lesson.story)
            _count(counts, lesson.rows)

    def profiles(self) -> Iterator[LearnedProfile]:
        """What was learned, by outlet, where there are enough pages."""
        for (outlet, kind), counts in sorted(self._counts.items()):
            if len(counts.stories) >= FEWEST_PAGES:
                yield _profile(outlet, kind, counts)

    def too_few(self) -> list[str]:
        """The outlets with too few pages to learn from."""
        return sorted({outlet for (outlet, _), counts in self._counts.items() if len(counts.stories) < FEWEST_PAGES})

    def _of(self, outlet: str, kind: ContentType) -> _Counts:
        key = (outlet, kind)
        if key not in self._counts:
            if len(self._counts) >= MOST_OUTLETS:
                del self._counts[min(self._counts, key=lambda each: self._counts[each].seen)]
                self.forgotten += 1
            self._counts[key] = _Counts()
        return self._counts[key]


def _count(counts: _Counts, rows: Sequence[Row]) -> None:
    lines: dict[str, bool] = {}
    for row in rows:
        if row.key:
            lines[row.key] = lines.get(row.key, False) or row.kept
            if row.key in counts.lines:
                counts.shown.setdefault(row.key, row.text)
    counts.lines.update(lines.keys())
    counts.kept.update(key for key, kept in lines.items() if kept)
    if len(counts.lines) > MOST_LINES:
        _forget_the_rarer(counts)
    if len(counts.first) < PLACED_PAGES:
        counts.first.append([row._replace(text="") for row in rows])


def _forget_the_rarer(counts: _Counts) -> None:
    kept = dict(counts.lines.most_common(MOST_LINES // 2))
    counts.lines = Counter(kept)
    counts.kept = Counter({key: count for key, count in counts.kept.items() if key in kept})
    counts.shown = {key: text for key, text in counts.shown.items() if key in kept}


def fewest_with_line(pages: int) -> int:
    """Pages that must have a line for it to recur: one more than the share asks for, as of five pages three may be
    about one event.

    >>> [fewest_with_line(pages) for pages in (3, 5, 10, 300)]
    [3, 4, 7, 181]
    """
    return min(pages, ceil(RECURRING * pages) + 1)


def _profile(outlet: str, kind: ContentType, counts: _Counts) -> LearnedProfile:
    pages = len(counts.stories)
    recurring = {key for key, count in counts.lines.items() if count >= fewest_with_line(pages)}
    lines = [LearnedLine(counts.shown.get(key, key), counts.lines[key], counts.kept[key]) for key in recurring]
    lines.sort(key=lambda line: (-line.kept, -line.pages, line.text))
    return LearnedProfile(outlet, kind, pages, counts.seen, tuple(lines), _story_places(counts.first, recurring, kind))


@dataclass(slots=True)
class _Place:
    kept: int = 0
    dropped: int = 0
    pages: set[int] = field(default_factory=set)


def _story_places(pages: list[list[Row]], recurring: set[str], kind: ContentType) -> dict[str, int]:
    """The places where the words of the stories stood, without the lines that recur, each with the number of pages."""
    found: defaultdict[str, _Place] = defaultdict(_Place)
    for number, rows in enumerate(pages):
        above = ""
        for row in rows:
            if row.key in recurring:
                above = row.key
                continue
            place = found[row.box if kind == "html" else above]
            place.kept += row.words if row.kept else 0
            place.dropped += 0 if row.kept else row.words
            if row.kept:
                place.pages.add(number)
    words = sum(place.kept for place in found.values())
    return {name: len(place.pages) for name, place in found.items() if _is_a_storys(place, words, len(pages), kind)}


def _is_a_storys(place: _Place, words: int, pages: int, kind: ContentType) -> bool:
    if not place.kept or place.kept < STORY_SHARE * words:
        return False
    alone = place.kept >= STORY_ALONE * (place.kept + place.dropped)
    return kind == "html" or (alone and len(place.pages) >= STORY_PAGES * pages)
