"""Which lines of a story in a dump say who wrote it, and when.

A dump prints the names and days of every story that it leads to, the day on which it was fetched, its menus and its
comments. What signs a story stands by its headline: between it and the first paragraph, right above it, below a
standfirst, or right below the last paragraph. So the lines that may sign it are looked for there, the surest kind of
them is taken, and lines of the same form elsewhere sign nothing. `cleaners.label.neighbours` says what a rule is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from cleaners.data import KEPT, Label
from cleaners.label.passage import OPEN, TEASER_WORDS, Passage, Revision
from cleaners.label.signed_lines import is_date_alone, signed_by_agency
from cleaners.metadata.datelines import dateline_of_byline
from cleaners.words.bylines import LONGEST, byline_names, find_byline, is_byline, is_lead_alone, is_other_lead_alone
from cleaners.words.dates import find_dates
from cleaners.words.folding import fold
from cleaners.words.glued_names import unglued
from cleaners.words.name_kinds import has_given_name, is_no_person, is_section, is_team, names_a_job
from cleaners.words.names import find_names
from cleaners.words.patterns import lazy_pattern
from cleaners.words.publishing_dates import is_about_something_else, is_publishing_line, speaks_of_publishing
from cleaners.words.shapes import has_digit, is_name
from cleaners.words.unspaced_names import is_unspaced_name

BELOW_TITLE, ABOVE_TEXT = 25, 40
"""Lines below the headline and above the first paragraph that may sign a story."""

ABOVE, BELOW, BEHIND = 6, 8, 4
"""The same of lines above the headline, below the first paragraph, and behind the last one."""

PRINTED_WITHIN = 10
"""Lines between two printings of a headline, between which the story may be signed, at most."""

NAME_WORDS = 5
"""Words of a name at most."""

BESIDE = 40
"""Letters beside the date of a line that may date the story; a line with more is about something else."""

NEAR = 3
"""Lines between a name and the day that stands beside it, and between two days or names of a story, at most."""

_AROUND = " \t•*|·–—-,"
"""What a list or a row puts around a name."""

_JOINT = lazy_pattern(r"(?:[,&|/·•]|(?:and|und|et|y|e|en|och|og|i|и|та)(?!\S))\s?(?P<name>.*)")
"""What joins a name to the one above, on a line of its own or in front of the name, where a dump has a line for each
element."""


class Sign(IntEnum):
    """What makes a line sign a story, the surest last."""

    UNKNOWN = 1
    """What has the form of a name, right beside the day."""
    NAME = 2
    """A name alone: it begins with a given name, or the page prints it again, or tells about the person."""
    LED_ELSEWHERE = 3
    """A word like `By` in front of a name, above the headline or below the first or the last paragraph."""
    BESIDE_DAY = 4
    """A name, or an agency, by the day."""
    WITH_DAY = 5
    """A name and the day on one line."""
    LED = 6
    """A word like `By` in front of a name by the headline, on the line or on the one above."""


class Dating(IntEnum):
    """How a line dates a story, the surest last. Above a headline stands the day on which a page was fetched, too."""

    ABOVE_BESIDE = 1
    """With other words, above the headline."""
    ABOVE = 2
    """Alone, above the headline."""
    BELOW = 3
    """Alone, below the first paragraph."""
    BESIDE = 4
    """With other words, by the headline."""
    BY_HEADLINE = 5
    """Alone or in a byline, by the headline, or with a word for publishing at the end."""


class Place(NamedTuple):
    """Where the lines stand that may sign a story: between its headline and its text, right above the headline, right
    below the first paragraph, right behind the last one."""

    head: Sequence[int]
    above: range
    below: range
    behind: range

    def lines(self) -> Iterator[int]:
        """All of them, the likeliest first."""
        yield from self.head
        yield from self.below
        yield from self.behind
        yield from reversed(self.above)


def signature(passage: Passage) -> Iterator[Revision]:
    """The lines that name a story's writers, by the surest kind of sign; other names and bylines sign nothing."""
    place = _place(passage)
    head = _Names(passage, place)
    signs = {index: sign for index in place.lines() if (sign := head.sign(index))}
    chosen = _chosen(passage, signs)
    for index in chosen:
        yield index, Label.BYLINE, 0.85
    for index in range(len(passage)):
        if (
            passage.label(index) is Label.BYLINE
            and index not in chosen
            and not dateline_of_byline(passage.blocks[index].text)
        ):
            yield index, Label.NAVIGATION, 0.6


def day_of_story(passage: Passage) -> Iterator[Revision]:
    """The lines by the headline that give the day of a story. A date elsewhere is one, too, but hardly the story's."""
    place = _place(passage)
    kinds = {index: kind for index in place.lines() if (kind := _dating(passage, index, place))}
    best = max(kinds.values(), default=None)
    first = next((index for index, kind in kinds.items() if kind is best), 0)
    for index, kind in kinds.items():
        says = kind is best or speaks_of_publishing(passage.blocks[index].text)
        if says and abs(index - first) <= NEAR:
            yield index, Label.BYLINE if passage.label(index) is Label.BYLINE else Label.DATE, 0.8


def _place(passage: Passage) -> Place:
    first = passage.head_end()
    titles = [index for index in range(first) if passage.label(index) is Label.TITLE]
    top = next((index for index in titles if index >= titles[-1] - PRINTED_WITHIN), max(0, first - ABOVE_TEXT))
    head = sorted({*range(top, min(top + BELOW_TITLE, first)), *range(max(top, first - ABOVE_TEXT), first)})
    last = next((index for index in reversed(range(len(passage))) if _is_text(passage, index)), first)
    behind = range(last + 1, min(last + 1 + BEHIND, len(passage)))
    return Place(head, range(max(0, top - ABOVE), top), range(first, min(first + BELOW, last + 1)), behind)


def _is_text(passage: Passage, index: int) -> bool:
    return passage.label(index) is Label.BODY and passage.verdicts[index].confidence >= OPEN


# The writers


def _chosen(passage: Passage, signs: dict[int, Sign]) -> list[int]:
    """The lines that sign the story: the first of the surest kind, those of that kind that follow close by, and the
    names that a comma or an `and` on a line of its own joins to them."""
    best = max(signs.values(), default=None)
    chosen: list[int] = []
    for index in (index for index, sign in signs.items() if sign is best):
        if not chosen or (0 < index - chosen[-1] <= NEAR and best not in (Sign.NAME, Sign.UNKNOWN)):
            chosen.append(index)
            while joined := _joined(passage, chosen[-1] + 1):
                chosen.append(joined)
    return chosen


def _joined(passage: Passage, index: int) -> int | None:
    """The index of the line with the name that a comma or an `and` at the index joins to one above; None if there is
    none."""
    joint = _JOINT.fullmatch(passage.blocks[index].text.strip()) if index < len(passage) else None
    if joint is None:
        return None
    named = index if joint["name"] else index + 1
    text = joint["name"] or (passage.blocks[named].text if named < len(passage) else "")
    names = find_names(text) if len(text) <= LONGEST else ()
    if not names or not text.startswith(names[0]) or not _may_be_name(names[0]):
        return None
    return named if text == names[0] or has_given_name(text) else None


class _Names:
    """The names by the headline of a story, and what makes them sign it."""

    def __init__(self, passage: Passage, place: Place) -> None:
        self.passage, self.place = passage, place
        self.head = frozenset(place.head)
        self.end = next((index for index in place.behind if passage.label(index) is not Label.CAPTION), None)
        self.days = [index for index in (*place.head, *place.above) if is_day(passage.blocks[index].text)]

    def sign(self, index: int) -> Sign | None:
        """What makes a line sign the story; None if nothing does."""
        text = unglued(self.passage.blocks[index].text.strip(_AROUND))
        if not text or len(text) > LONGEST or self._says_else(index) or dateline_of_byline(text):
            return None
        if self._is_led(index, text) and not self._is_below_teaser(index):
            return Sign.LED if index in self.head else Sign.LED_ELSEWHERE
        if index not in self.head or self.passage.label(index) is Label.CAPTION:
            return Sign.NAME if index == self.end and self._is_known(text) else None
        if has_digit(text):
            return Sign.WITH_DAY if find_byline(text) or self._is_dated_name(text) else None
        return self._bare(index, text)

    def _says_else(self, index: int) -> bool:
        """Whether a line is a paragraph, or known for something else, or stands below a word like `Edited by`."""
        if self.passage.shapes[index].paragraph or self.passage.label(index) in _SAYS_ELSE:
            return True
        return index > 0 and is_other_lead_alone(self.passage.blocks[index - 1].text)

    def _is_below_teaser(self, index: int) -> bool:
        """Whether a line behind the story stands below the headline of another one."""
        behind = self.place.behind
        return index in behind and any(
            self.passage.shapes[each].words in TEASER_WORDS and not is_byline(self.passage.blocks[each].text)
            for each in range(behind.start, index)
        )

    def _is_led(self, index: int, text: str) -> bool:
        """Whether a word like `By` stands in front of the names, on the line or on the one above."""
        if index and is_lead_alone(self.passage.blocks[index - 1].text) and _may_follow_lead(text):
            return True
        if index in self.head and self.passage.verdicts[index].rule.endswith(_BY_PHRASE):
            return not any(map(is_section, find_names(text)))
        if any("/" in name for name in find_names(text)):
            return False  # one who took a picture, with the agency
        found = find_byline(text)
        return (found is not None and found.has_lead) or bool(byline_names(text)) or _is_led_team(text)

    def _bare(self, index: int, text: str) -> Sign | None:
        """What makes a name without such a word sign the story."""
        beside = min((abs(index - day) for day in self.days), default=NEAR + 1)
        if signed_by_agency(text) or self._is_known(text):
            return Sign.BESIDE_DAY if beside <= NEAR else Sign.NAME
        return Sign.UNKNOWN if beside == 1 and self._may_sign(text) else None

    def _may_sign(self, text: str) -> bool:
        """Whether a line has the form of a name, maybe with the job of its owner, or is one given name."""
        names = find_names(text) if len(text.split()) <= 2 * NAME_WORDS else ()
        if len(names) != 1 or not text.startswith(names[0]) or self._is_topic(names[0]):
            return False
        behind = text.removeprefix(names[0])
        return (_may_be_name(names[0]) or has_given_name(text)) and (not behind or names_a_job(behind))

    def _is_known(self, text: str) -> bool:
        """Whether a line is a name that is surely a person's or a team's, and none that the story is about."""
        if not _may_be_name(text) or self._is_topic(text):
            return False
        return has_given_name(text) or is_team(text) or self._is_told_about(text)

    def _is_told_about(self, name: str) -> bool:
        """Whether a paragraph beside the story begins with the name, as those about a writer do."""
        blocks, shapes = self.passage.blocks, self.passage.shapes
        return any(
            form.paragraph
            and self.passage.label(index) not in KEPT
            and blocks[index].text.startswith((f"{name} ", f"{name}, "))
            for index, form in enumerate(shapes)
        )

    def _is_dated_name(self, text: str) -> bool:
        """Whether a line is a day and one or more names."""
        dates = find_dates(text, day_first=True)
        names = find_names(text) if dates and not is_about_something_else(text) else ()
        persons = all(_may_be_name(name) or has_given_name(name) for name in names)
        return bool(names) and persons and not any(map(self._is_topic, names))

    def _is_topic(self, name: str) -> bool:
        """Whether the story is about one of that name: its headline or its text has it, and does not begin with it."""
        sought = fold(name)
        for index, block in enumerate(self.passage.blocks):
            if self.passage.label(index) in _ABOUT and name in block.text:
                folded = fold(block.text)
                if sought in folded and not folded.startswith(sought):
                    return True
        return False


_BY_PHRASE = "/byline"
"""What the rules by phrase on bylines end with."""

_ABOUT = frozenset({Label.TITLE, Label.BODY, Label.SUMMARY})

_SAYS_ELSE = frozenset({Label.TITLE, Label.CREDIT, Label.LEGAL, Label.COMMENT})


def _may_follow_lead(text: str) -> bool:
    """Whether a line may be the name below a line that is a word like `By`."""
    names = find_names(text)
    if not names or is_lead_alone(names[0].split()[-1]):  # as in `Cited by (12)`
        return False
    return len(text.split()) <= 2 * NAME_WORDS and text[0].isalpha() and not text.endswith((".", "?", "!"))


def _is_led_team(text: str) -> bool:
    """Whether a line is a word like `By` and a team: `By Example Staff`."""
    head, _, rest = text.partition(" ")
    return is_lead_alone(head) and is_team(rest)


def _may_be_name(text: str) -> bool:
    if is_unspaced_name(text) or is_team(text):
        return True
    return is_name(text, NAME_WORDS) and not (is_no_person(text) or is_section(text) or names_a_job(text))


# The day


def is_day(text: str) -> bool:
    """Whether a line is a day and hardly anything else, or says when the story was published.

    >>> is_day("7 January 2026, 10:15"), is_day("Published on 7 January 2026")
    (True, True)
    >>> is_day("The fair of 7 January 2026 was the largest"), is_day("On 7 January 2026 the fair opened in the harbour")
    (False, False)
    """
    return len(text) <= LONGEST and has_digit(text) and (is_date_alone(text) or is_publishing_line(text))


def _dating(passage: Passage, index: int, place: Place) -> Dating | None:
    """What makes a line give the day of the story; None if nothing does."""
    text, form = passage.blocks[index].text, passage.shapes[index]
    if len(text) > LONGEST or not has_digit(text) or passage.label(index) in (Label.TITLE, Label.LEGAL):
        return None
    dates = find_dates(text, day_first=True)
    if not dates or is_about_something_else(text):
        return None
    above = index in place.above
    if index in place.behind:
        return Dating.BY_HEADLINE if is_publishing_line(text) else None
    if is_day(text) or ((found := find_byline(text)) and found.has_day):
        return Dating.ABOVE if above else Dating.BELOW if index in place.below else Dating.BY_HEADLINE
    beside = _letters(text) - sum(_letters(text[date.start : date.end]) for date in dates)
    if beside > BESIDE or form.ends_sentence or index in place.below or (above and passage.label(index) in KEPT):
        return None
    return Dating.ABOVE_BESIDE if above else Dating.BESIDE


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
