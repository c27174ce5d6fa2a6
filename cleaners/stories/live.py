"""The entries of a live column: what a page repeats with a clock time each.

First the column is looked for among the blocks, whatever they are labelled (`find_column`), so that its entries are not
taken for stories. Then the labels decide whether it makes the story (`carries`), and `read_updates` reads it.

A column is at least three boxes of one kind, or parts of one box, each with a clock time, in the order of time and with
little time between them. That the page calls itself live counts most. Without it the clock times have to stand alone,
without a day, and the newest has to be first: programmes, timelines and recipes begin with the earliest, and threads,
comments, teasers and appended stories name the day.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleaners.data import Block, Box
from cleaners.words.alternatives import any_of
from cleaners.words.clocks import HEAD, Moment, clock_place, iso_moment, may_hold_clock, shown_moment
from cleaners.words.patterns import lazy_pattern

FEWEST = 3
"""Entries that a page has which calls itself live."""

FEWEST_BARE = 4
"""Entries that another page has."""

SLOWEST = 180
"""Minutes between two entries, in the median. Forum threads and blogs are slower."""

DEEPEST = 30
"""Boxes around an entry that are looked at."""

LEAST = 40
"""Characters of an entry, in the mean, that are in no link. Lists of stories have fewer."""

LONGEST_REST = 20
"""Characters behind a clock time that belong to it, such as a zone or a name."""

MOST = 0.8
"""Share of the entries that agree."""

_WORDS = tomllib.loads((files(__package__) / "live.toml").read_text(encoding="utf-8"))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    open_ended = any_of(word.removesuffix("*") for word in words if word.endswith("*"))
    whole = any_of(word for word in words if not word.endswith("*"))
    return lazy_pattern(rf"(?<![^\W_])(?:{open_ended}|{whole}(?![^\W\d_]))", re.IGNORECASE)


_LIVE, _NOT_LIVE = _pattern(_WORDS["words"]), _pattern(_WORDS["not_live"])
_FIGURES = lazy_pattern(r"\d+")


def says_live(text: str) -> bool:
    """Whether a headline, an address or the name of an element says that it is about something live.

    >>> says_live("Floods LIVE: bridge closed"), says_live("Relacja na żywo"), says_live("How we lived alive")
    (True, True, False)
    """
    return bool(_LIVE.search(text))


class Entry(NamedTuple):
    """An entry: the blocks from `start` to before `stop`, the block `at` with its time, and what that states."""

    start: int
    stop: int
    at: int
    moment: Moment


@dataclass(frozen=True)
class Column:
    """The entries of a live column in the order of the page; `newest_first` says which it is, and `says` whether the
    page calls itself or the column live."""

    entries: tuple[Entry, ...]
    newest_first: bool
    says: bool

    def holds(self, index: int) -> bool:
        """Whether a block is inside the column and no first block of it."""
        return self.entries[0].start < index < self.entries[-1].stop


def find_column(blocks: Sequence[Block], says: bool) -> Column | None:
    """The live column of a page, if its blocks have the form of one. `says` is whether the page calls itself live."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        around = block.surroundings
        if around and (around.time or may_hold_clock(block.text)) and _is_timed(block.text, around.time):
            groups[_form(block, around.box.names)].append(index)
    candidates = [group for group in groups.values() if len(group) >= FEWEST]
    if not candidates:
        return None
    sizes = [0, *accumulate(round(len(block.text) * (1 - block.link_density)) for block in blocks)]
    found = [column for group in candidates if (column := _column(blocks, sizes, group, says))]
    return max(found, key=lambda column: sum(sizes[e.stop] - sizes[e.start] for e in column.entries), default=None)


def _form(block: Block, names: str) -> tuple[str, str]:
    """What the times of one column have in common: where they stand, and the name of their element. Paragraphs and
    headings that begin with a time may be mixed."""
    place = clock_place(block.text, leads=True)
    if block.tag in _RUNNING and place and len(block.text) > place[1] + LONGEST_REST:
        return block.path.rpartition("/")[0], ""
    return block.path, _first_name(names)


def _first_name(names: str) -> str:
    """The first name of an element without figures, which number it."""
    return _FIGURES.sub("", names.split(None, 1)[0]) if names and not names.isspace() else ""


def _is_timed(text: str, stated: str) -> bool:
    """Whether a block begins with a time, or is a short line with one."""
    if len(text) <= HEAD:
        return bool(stated) or clock_place(text) is not None
    return clock_place(text, leads=True) is not None


class _Part(NamedTuple):
    """The largest box around a time that holds no other, and the box around that. None where the time has no box of
    its own."""

    at: int
    box: Box | None
    outer: Box | None

    @property
    def start(self) -> int:
        return self.box.start if self.box else self.at

    @property
    def stop(self) -> int:
        return self.box.stop if self.box else self.at + 1

    @property
    def kind(self) -> tuple[str, str]:
        if self.box is None:
            return "", ""
        return self.box.tag, _first_name(self.box.names)


def _column(blocks: Sequence[Block], sizes: Sequence[int], group: Sequence[int], says: bool) -> Column | None:
    parts = _agreeing(list(_parts(blocks, group)))
    if len(parts) < FEWEST or _is_elsewhere(parts[0]):
        return None
    spans = _spans(sizes, blocks, parts)
    if sum(sizes[stop] - sizes[start] for start, stop in spans) < LEAST * len(spans):
        return None
    says = says or any(says_live(box.names) for box in _around(parts[0]))
    if len(parts) < (FEWEST if says else FEWEST_BARE):
        return None
    moments = [_moment(blocks[part.at]) for part in parts]
    newest_first = _order(moments)
    if newest_first is None:
        return None
    if not says and not (newest_first and _stand_alone(blocks[part.at] for part in parts)):
        return None
    entries = (Entry(*span, part.at, moment) for span, part, moment in zip(spans, parts, moments, strict=True))
    return Column(tuple(entries), newest_first, says)


def _parts(blocks: Sequence[Block], group: Sequence[int]) -> Iterator[_Part]:
    for place, index in enumerate(group):
        before = group[place - 1] if place else -1
        behind = group[place + 1] if place + 1 < len(group) else len(blocks)
        own = outer = None
        for box in blocks[index].boxes(DEEPEST):
            if box.start <= before or box.stop > behind:
                outer = box
                break
            own = box
        yield _Part(index, own, outer)


def _agreeing(parts: Sequence[_Part]) -> list[_Part]:
    """The parts that stand in the same box as most, or are of the same kind as most."""
    outer, _ = Counter(part.outer.number if part.outer else 0 for part in parts).most_common(1)[0]
    kind, _ = Counter(part.kind for part in parts).most_common(1)[0]
    return [part for part in parts if (part.outer.number if part.outer else 0) == outer or part.kind == kind]


def _around(part: _Part) -> Iterator[Box]:
    """The boxes of an entry and a few around it."""
    box = part.box or part.outer
    for _ in range(4):
        if box is None:
            return
        yield box
        box = box.parent


def _is_elsewhere(part: _Part) -> bool:
    return any(box.tag in ("nav", "footer", "aside") or _NOT_LIVE.search(box.names) for box in _around(part))


def _moment(block: Block) -> Moment:
    """When an entry was written: what its element states, else what it shows."""
    stated = iso_moment(block.surroundings.time) if block.surroundings and block.surroundings.time else Moment()
    return stated if stated.clock else shown_moment(block.text, stated.day)


def _stand_alone(blocks: Iterator[Block]) -> bool:
    """Whether the clock times are shown without a day."""
    alone = [clock_place(block.text) is not None and shown_moment(block.text).day is None for block in blocks]
    return sum(alone) >= MOST * len(alone)


def _order(moments: Sequence[Moment]) -> bool | None:
    """Whether the newest moment is first; None if they have no order, or too much time is between them."""
    timed = [moment for moment in moments if moment.clock]
    if len(timed) < max(FEWEST, MOST * len(moments)):
        return None
    from statistics import median  # takes longer to load than most pages need

    steps = _steps(timed)
    for sign in (1, -1):
        signed = [sign * step for step in steps]
        wrong = sum(step < 0 for step in signed)
        pinned = wrong == 1 and signed[0] < 0 and len(signed) >= FEWEST_BARE
        if (pinned or wrong <= len(steps) // 8) and any(signed) and median(map(abs, signed)) <= SLOWEST:
            return sign > 0
    return None


def _steps(moments: Sequence[Moment]) -> list[int]:
    """The minutes from each moment back to the next one. Without days the shorter way around the clock counts."""
    from datetime import datetime

    if all(moment.day for moment in moments):
        times = [datetime.fromisoformat(moment._replace(offset="").iso or "") for moment in moments]
        return [round((first - second).total_seconds() / 60) for first, second in pairwise(times)]
    ways = ((first.minutes - second.minutes) % 1440 for first, second in pairwise(moments))
    return [way if way < 720 else way - 1440 for way in ways]


def _spans(sizes: Sequence[int], blocks: Sequence[Block], parts: Sequence[_Part]) -> list[tuple[int, int]]:
    """The blocks of each entry: its box, or, where most words stand between the boxes, what is up to the next one."""
    last = parts[-1]
    end = max(last.stop, last.outer.stop if last.outer else last.stop)
    starts = [part.start for part in parts]
    own = sum(sizes[part.stop] - sizes[part.start] for part in parts)
    times = sum(sizes[part.at + 1] - sizes[part.at] for part in parts)
    if own - times >= sizes[starts[-1]] - sizes[starts[0]] - own:
        return [(part.start, part.stop) for part in parts]
    headed = [start > 0 and blocks[start - 1].tag in _HEADINGS for start in starts]
    if sum(headed) >= MOST * len(headed):
        starts = [start - head for start, head in zip(starts, headed, strict=True)]
    return list(pairwise([*starts, end]))


_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_RUNNING = _HEADINGS | {"p"}
