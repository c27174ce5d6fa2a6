"""The difference between two runs, summed up page by page."""

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
"""The label of words that the page does not have in one of the runs."""

PASSAGE_CHARACTERS = 400
"""Longer passages are shortened: they are only kept to be shown."""


class LabelMove(NamedTuple):
    """The label that some words had, the label that they have now, and whether they moved to another story."""

    old: str
    new: str
    moved: bool = False


class RuleMove(NamedTuple):
    """The label and rule that some words had, and those that they have now."""

    old: str
    old_rule: str
    new: str
    new_rule: str


@dataclass(slots=True)
class ChangeTotal:
    """A number of passages and of words."""

    passages: int = 0
    words: int = 0

    def add(self, change: Change) -> None:
        """Count one more change."""
        self.passages += 1
        self.words += change.words


class ChangedPassage(NamedTuple):
    """A change to be shown: its labels and rules, whether it moved to another story, its length, and how it starts."""

    move: RuleMove
    moved: bool
    words: int
    text: str


class PageChange(NamedTuple):
    """A changed page: how many words changed, and the longest passages of them."""

    words: int
    page: str
    outlet: str
    passages: tuple[ChangedPassage, ...]
    more: int
    """How many changed passages are not among `passages`."""


@dataclass(slots=True)
class OutletDifference:
    """What changed on the pages of an outlet."""

    pages: int = 0
    changed: int = 0
    gained: int = 0
    lost: int = 0
    moves: defaultdict[LabelMove, ChangeTotal] = field(default_factory=lambda: defaultdict(ChangeTotal))


@dataclass(slots=True)
class Difference:
    """What changed on all pages. It takes memory for each outlet and rule, and for the pages that are shown.

    `changed` counts the pages with a change, including those that only one run has. `kept` and `stories` are the words
    of texts and the stories of the old and of the new run.
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
    rules: defaultdict[RuleMove, ChangeTotal] = field(default_factory=lambda: defaultdict(ChangeTotal))
    most_changed: list[PageChange] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        """Whether nothing changed."""
        return not (self.changed or self.only_old or self.only_new)


def compare(pairs: Iterable[PagePair], *, pages: int = 10, passages: int = 5) -> Difference:
    """The difference between two runs, from their pairs of pages. It keeps the `pages` most changed ones to be shown,
    each with its `passages` longest changes.

    >>> from cleaners.comparing.run_output import Piece
    >>> old = ReadPage("a.html", "example.org", (Piece("Read more", "body", kept=True),))
    >>> new = ReadPage("a.html", "example.org", (Piece("Read more", "related"),))
    >>> difference = compare([(old, new)])
    >>> difference.changed, difference.gained, difference.lost
    (1, 0, 2)
    """
    difference = Difference()
    shown: list[tuple[int, int, PageChange]] = []  # a heap; of equally changed pages the first one is kept
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
    for totals in (difference, outlet):
        totals.pages += 1
        totals.changed += bool(found)
        totals.gained += sum(change.gained for change in found)
        totals.lost += sum(change.lost for change in found)
    difference.only_old += new is None
    difference.only_new += old is None
    for run, read in enumerate((old, new)):
        if read:
            difference.stories[run] += read.stories
            difference.kept[run] += sum(len(piece.text.split()) for piece in read.pieces if piece.kept)
    for change in found:
        move = _rule_move(change)
        outlet.moves[LabelMove(move.old, move.new, change.moved)].add(change)
        # moves between stories have one label, and records have no rules
        if move.old != move.new and (move.old_rule or move.new_rule):
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
