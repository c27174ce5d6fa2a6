"""What the entries of a live column say: their times, headlines and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from cleaners.blocks.elements import HEADINGS
from cleaners.data import KEPT, Judged, Label, Metadata, Update
from cleaners.label.network import RULE as SCORER
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.live import stated_updates
from cleaners.stories.live import Column
from cleaners.words.clocks import clock_place, iso_moment, shown_moment, without_clock
from cleaners.words.folding import one_line, squeeze
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import count_words, is_name, shape

FEWEST_UPDATES = 2
"""Entries in the JSON-LD of a live column."""

RULE, SURE = "live-entry", 0.7
"""The rule in the audit by which such a sentence is kept, and how sure it is."""

FEW_WORDS = 4
"""Words of such a sentence."""

WORDY = 20
"""Characters of body text that an entry has, unless it is only a headline or a picture."""

HALF = 0.5
"""Share of the entries that have words, of a story's words that stand in its column, and of the headlines that may lead
elsewhere."""

LINKED = 0.8
"""Share of a line's characters in links from which on it leads elsewhere."""

LONGEST_TITLE = 200
"""Characters of a bold line that is a headline at most."""

HEAD = 60
"""Letters of a text by which it is found again, and blocks of an entry that are compared."""

_NO_TITLE = frozenset({Label.CAPTION, Label.PROMO, Label.LEGAL, Label.DATE, Label.BYLINE})
_TITLE = lazy_pattern(r"(?<![^\W_])(?:title|ttl|headline|headtitle|titulo|titre|titel)(?![^\W_])", re.IGNORECASE)
"""How the elements of headlines are named."""


def carries(column: Column, judged: Sequence[Judged]) -> bool:
    """Whether a column makes the page's own story: most entries have words that are kept, most kept words stand in the
    entries, and their headlines do not lead to other pages."""
    words = [_body_size(judged[entry.start : entry.stop]) for entry in column.entries]
    if sum(size >= WORDY for size in words) < HALF * len(words):
        return False
    if sum(words) < HALF * _body_size([block for block in judged if block.story == 0]):
        return False
    leading = [_leads_elsewhere(judged[entry.start : entry.stop]) for entry in column.entries]
    return sum(leading) <= HALF * len(leading)


def _body_size(blocks: Sequence[Judged]) -> int:
    return sum(len(block.text) for block in blocks if block.label is Label.BODY)


def _leads_elsewhere(blocks: Sequence[Judged]) -> bool:
    """Whether the headline of an entry is a link to another page."""
    for judged in blocks:
        around = judged.block.surroundings
        if judged.block.tag in HEADINGS and around:
            return judged.block.link_density >= LINKED and not around.href.startswith("#")
    return False


def with_entries(column: Column, judged: Sequence[Judged]) -> list[Judged]:
    """The blocks of a page with the sentences of entries of which nothing was kept, and without the lines that sign
    entries: a short line between two clock times looks like one of a list of links, and a name between two paragraphs
    like a heading. A heading stands or falls with those of the other entries."""
    revised = list(judged)
    for index, label in _told_by_column(column, judged):
        verdict = judged[index].verdict.revised(label, RULE, SURE)
        revised[index] = judged[index]._replace(verdict=verdict)
    for entry in column.entries:
        if _body_size(judged[entry.start : entry.stop]) == 0:
            for index in range(entry.start, entry.stop):
                if index != entry.at and _is_sentence(judged[index]):
                    verdict = judged[index].verdict.revised(Label.BODY, RULE, SURE)
                    revised[index] = judged[index]._replace(verdict=verdict)
    return revised


def _told_by_column(column: Column, judged: Sequence[Judged]) -> Iterator[tuple[int, Label]]:
    """The lines with the times of entries whose label is another than the column tells."""
    lines = [judged[entry.at] for entry in column.entries]
    names = [name for line in lines if (name := _signed(line))]
    signed = len(set(names)) <= HALF * len(names)
    headed = sum(line.label is Label.HEADING and line.block.tag in HEADINGS for line in lines) > HALF * len(lines)
    for entry, line in zip(column.entries, lines, strict=True):
        if signed and line.label in KEPT and _signed(line):
            yield entry.at, Label.BYLINE
        elif headed and line.label is Label.NAVIGATION and line.block.tag in HEADINGS and _says_more(line):
            yield entry.at, Label.HEADING


def _says_more(judged: Judged) -> bool:
    """Whether a line says something beside its time and is no link."""
    return any(map(str.isalpha, without_clock(judged.text))) and judged.block.link_density < HALF


def _signed(judged: Judged) -> str:
    """What is shaped like a name in a line that says when an entry was written, and nothing else; else empty.

    `21:14 Half Time` has that shape too. Those who write a column sign several of its entries each, and what the markup
    calls a heading is a headline.
    """
    rest = without_clock(judged.text)
    return rest if judged.block.tag not in HEADINGS and rest != judged.text and is_name(rest) else ""


def _is_sentence(judged: Judged) -> bool:
    if judged.label is not Label.NAVIGATION or judged.block.tag in HEADINGS or judged.block.link_density > HALF:
        return False
    return judged.verdict.rule == SCORER and shape(judged.text).ends_sentence and count_words(judged.text) >= FEW_WORDS


def live_updates(
    column: Column | None, judged: Sequence[Judged], facts: Metadata, objects: Sequence[JsonObject]
) -> tuple[Update, ...]:
    """The entries of a live column that makes a story, if the page shows one; else those that it states in JSON-LD."""
    stated = stated_updates(objects)
    shown = read_updates(column, judged, facts, stated) if column else []
    return tuple(shown or stated)


def read_updates(column: Column, judged: Sequence[Judged], facts: Metadata, stated: Sequence[Update]) -> list[Update]:
    """The entries of a column that have a headline or words. `facts` are those of its story, which give the day where
    the entries do not, and `stated` what the page says about its entries in JSON-LD."""
    by_head = {head: update for update in reversed(stated) for head in _heads(update.title, update.text)}
    updates = []
    for entry, time in zip(column.entries, _times(column, judged, facts), strict=True):
        blocks = judged[entry.start : entry.stop]
        known = next(filter(None, (by_head.get(_head(block.text)) for block in blocks[:HEAD])), None)
        title, text = _words(blocks, judged[entry.at], known.title if known else None)
        if title or text:
            updates.append(Update(known.time if known and known.time and "T" in known.time else time, title, text))
    return updates


def _head(text: str) -> str:
    return squeeze(text[: 2 * HEAD])[:HEAD]


def _heads(*texts: str | None) -> Iterator[str]:
    return (head for text in texts if text and len(head := _head(text.split("\n", 1)[0])) > 3)


def _words(blocks: Sequence[Judged], at: Judged, stated: str | None) -> tuple[str | None, str]:
    """The headline of an entry and its words without it."""
    title: str | None = None
    lines: list[str] = []
    for place, judged in enumerate(blocks):
        text = without_clock(judged.text) if judged is at else judged.text
        if title is None and not lines and text and _is_title(judged, at, text, stated, blocks[place + 1 :]):
            title = one_line(text)
        elif judged.label in KEPT and text and not (judged is at and _is_time(judged)):
            lines.append(text)
    return title, "\n".join(lines)


def _is_time(judged: Judged) -> bool:
    """Whether a block shows when its entry was written and nothing else, as `Updated 21:30` and `a minute ago` do."""
    if len(judged.text) >= 2 * WORDY or clock_place(judged.text, leads=True):
        return False
    return clock_place(judged.text) is not None or judged.block.tag not in HEADINGS


def _is_title(judged: Judged, at: Judged, text: str, stated: str | None, below: Sequence[Judged]) -> bool:
    block = judged.block
    if stated and _head(text) == _head(stated) and len(text) <= 2 * len(stated):
        return True
    if judged.label is Label.HEADING or block.tag in HEADINGS:
        return not (judged is at and _is_time(judged)) and judged.label not in _NO_TITLE
    around = block.surroundings
    if around is None or len(text) > LONGEST_TITLE:
        return False
    if judged is not at and _TITLE.search(around.box.names):
        return True
    bold = around.strong >= 0.9 * len(text) and judged.label in KEPT
    return bold and any(block.label in KEPT for block in below)


def _times(column: Column, judged: Sequence[Judged], facts: Metadata) -> list[str | None]:
    """The time of each entry in ISO 8601; None where its day is unknown."""
    moments = [entry.moment for entry in column.entries]
    if all(moment.day for moment in moments if moment.clock):
        return [moment.iso for moment in moments]
    days = _days(column, _first_day(column, facts))
    return [
        (entry.moment if entry.moment.day else shown_moment(judged[entry.at].text, day)).iso if day else None
        for entry, day in zip(column.entries, days, strict=True)
    ]


def _first_day(column: Column, facts: Metadata) -> date | None:
    """The day of the first entry: the one on which its clock time is nearest to when the page was last changed, or, if
    the oldest entry is first, to when it was published."""
    stated = (facts.date_modified or facts.date_published) if column.newest_first else facts.date_published
    if not stated:
        return None
    when = iso_moment(stated)
    day = date.fromisoformat(when.day or stated[:10])
    if not when.clock:
        return day
    ahead = column.entries[0].moment.minutes - when.minutes
    return day + timedelta(days=-1 if ahead > 720 else 1 if ahead < -720 else 0)


def _days(column: Column, first: date | None) -> list[str | None]:
    """The day of each entry: a new one begins where the clock passes midnight. Entries that state their day say where
    to count from."""
    shifts = [0]
    for above, below in pairwise(column.entries):
        step = above.moment.minutes - below.moment.minutes
        shifts.append(shifts[-1] + (_passes(step, column.newest_first) if below.moment.clock else 0))
    known = next(((shift, e.moment.day) for shift, e in zip(shifts, column.entries, strict=True) if e.moment.day), None)
    start = date.fromisoformat(known[1]) - timedelta(days=known[0]) if known and known[1] else first
    return [(start + timedelta(days=shift)).isoformat() if start else None for shift in shifts]


def _passes(step: int, newest_first: bool) -> int:
    """The days between two clock times that lie `step` minutes apart."""
    if newest_first:
        return -1 if step < -720 else 0
    return 1 if step > 720 else 0
