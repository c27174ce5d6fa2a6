"""The difference of two runs, summed up page by page."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaners.comparing.changes import Change, find_changes
from cleaners.comparing.pairs import PagePair
from cleaners.comparing.run_output import ReadPage
from cleaners.words.display import shortened

ABSENT = "absent"
"""Stands in the place of a label for words that a run has not on the page."""

PASSAGE_CHARACTERS = 400
"""How much of a passage is kept to be shown."""


class LabelMove(NamedTuple):
    """From which label to which some words went, and whether from one story to another."""

    old: str
    new: str
    moved: bool = False


class RuleMove(NamedTuple):
    """From which label and rule to which some words went."""

    old: str
    old_rule: str
    new: str
    new_rule: str


@dataclass(slots=True)
class Tally:
    """How many passages and words."""

    passages: int = 0
    words: int = 0

    def add(self, change: Change) -> None:
        """Count one more."""
        self.passages += 1
        self.words += change.words


class ChangedPassage(NamedTuple):
    """A change to be shown: where its words went, by which rules, how many words it has, and how it starts."""

    move: RuleMove
    moved: bool
    words: int
    text: str


class PageChange(NamedTuple):
    """A changed page: its words that went elsewhere, and the longest passages of them."""

    words: int
    page: str
    outlet: str
    passages: tuple[ChangedPassage, ...]
    more: int
    """How many passages are not among these."""


@dataclass(slots=True)
class OutletDifference:
    """What changed on the pages of an outlet."""

    pages: int = 0
    changed: int = 0
    gained: int = 0
    lost: int = 0
    moves: defaultdict[LabelMove, Tally] = field(default_factory=lambda: defaultdict(Tally))


@dataclass(slots=True)
class Difference:
    """What changed on all pages. It takes memory for each outlet and rule, and for the pages that are shown.

    `changed` counts the pages of which a word went elsewhere, among them those that are in one of the runs only;
    `kept` and `stories` the words of texts and the stories of the old and the new run.
    """

    pages: int = 0
    changed: int = 0
    only_old: int = 0
    only_new: int = 0
    gained: int = 0
    lost: int = 0
    kept: list[int] = field(default_factory=lambda: [0, 0])
    stories: list[int] = field(default_factory=lambda: [0, 0])
    outlets: defaultdict[str, OutletDifference] = field(default_factory=lambda: defaultdict(OutletDifference))
    rules: defaultdict[RuleMove, Tally] = field(default_factory=lambda: defaultdict(Tally))
    most_changed: list[PageChange] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        """Whether nothing has changed."""
        return not (self.changed or self.only_old or self.only_new)


def compare(pairs: Iterable[PagePair], *, pages: int = 10, passages: int = 5) -> Difference:
    """The difference of two runs by their pairs of pages; the `pages` most changed with `passages` passages each."""
    difference = Difference()
    shown: list[tuple[int, int, PageChange]] = []  # a heap: of equally changed pages the first one stays
    for number, (old, new) in enumerate(pairs):
        found = find_changes(old.pieces if old else (), new.pieces if new else ())
        _count(difference, old, new, found)
        page = new or old
        if page and found:
            heapq.heappush(shown, (sum(change.words for change in found), -number, _page_change(page, found, passages)))
            if len(shown) > pages:
                heapq.heappop(shown)
    difference.most_changed = [change for _, _, change in sorted(shown, reverse=True)]
    return difference


def _count(difference: Difference, old: ReadPage | None, new: ReadPage | None, found: list[Change]) -> None:
    page = new or old
    if page is None:
        return
    outlet = difference.outlets[page.outlet]
    for tallies in (difference, outlet):
        tallies.pages += 1
        tallies.changed += bool(found)
        tallies.gained += sum(change.gained for change in found)
        tallies.lost += sum(change.lost for change in found)
    difference.only_old += new is None
    difference.only_new += old is None
    for run, read in enumerate((old, new)):
        if read:
            difference.stories[run] += read.stories
            difference.kept[run] += sum(len(piece.text.split()) for piece in read.pieces if piece.kept)
    for change in found:
        move = _rule_move(change)
        outlet.moves[LabelMove(move.old, move.new, change.moved)].add(change)
        if move.old != move.new and (move.old_rule or move.new_rule):  # neither stories nor records are told by rules
            difference.rules[move].add(change)


def _rule_move(change: Change) -> RuleMove:
    old, new = change.old, change.new
    return RuleMove(
        old.label if old else ABSENT, old.rule if old else "", new.label if new else ABSENT, new.rule if new else ""
    )


def _page_change(page: ReadPage, found: list[Change], passages: int) -> PageChange:
    longest = sorted(found, key=lambda change: -change.words)[:passages]
    shown = tuple(
        ChangedPassage(_rule_move(change), change.moved, change.words, shortened(change.text, PASSAGE_CHARACTERS))
        for change in longest
    )
    return PageChange(
        sum(change.words for change in found), page.name, page.outlet, shown, max(0, len(found) - len(shown))
    )
