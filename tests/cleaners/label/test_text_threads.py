"""Threads of comments below the story of a dump."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaners.blocks.text import text_blocks
from cleaners.data import Label
from cleaners.label.passage import read_passage
from cleaners.label.text_threads import COMMENT_LINES, comment_thread

STORY = (
    "Lighthouse of Example is lit again",
    "The old lighthouse of Example was lit again on Sunday evening, after nine years in which the ships that call at "
    "the harbour had to find their way past the reef without it and with the help of two small lamps.",
    "Its keeper climbed the two hundred steps for the first time since the storm, trimmed the lamp by hand and told "
    "the school children who had come with her that it would burn until the morning, whatever the wind.",
    "The council pays for the oil, and the school has taken over the care of the small museum at its foot, which will "
    "open on every second Sunday of the month from the spring on, and in the summer on Saturdays, too.",
)
SAID = (
    "I rowed past it every night of those nine years, and it is good to see the light.",
    "And who pays for the oil when the council has changed its mind again?",
    "The small lamps on the reef were never much use in the fog.",
    "My grandmother was born in that house, and she would have liked it.",
)
SHORT = ("Who rowed past the old lighthouse of Example in the nine years without its light?",) * 2
READERS = ("gull77", "Netta", "Old Tom", "Maren K")


def above(day: str, names: Sequence[str] = READERS) -> list[str]:
    """Signatures of one line above what is said, numbered by their minute."""
    return [line for at, (name, said) in enumerate(zip(names, SAID, strict=True)) for line in (day % (name, at), said)]


def parts(lines: Sequence[str]) -> list[str]:
    """The lines that such lines stand for, which have a bar between them."""
    return [part for line in lines for part in line.split("|")]


THREADS = {
    "in one line": above("%s, 4 February 2026, 09:1%d"),
    "name on a line of its own": [
        part for line in above("%s says:|4 February 2026 at 9:1%d am") for part in line.split("|")
    ],
    "below what is said": [
        *above("Posted by: %s on Feb 4, 2026 9:1%d AM")[1:],
        "Posted by: Ada on Feb 4, 2026 9:30 AM",
    ],
    "in German": above("%s schreibt am 4. Februar 2026 um 09:1%d Uhr"),
    "in Russian": above("%s 4 февраля 2026, 09:1%d"),
    "in Japanese": above("%s 2026年2月4日 09:1%d"),
}


def dropped(lines: Sequence[str]) -> list[str]:
    blocks, _ = text_blocks("\n".join(lines))
    passage = read_passage(blocks)
    found = list(comment_thread(passage))
    assert all(label is Label.COMMENT for _, label, _ in found)
    return [passage.blocks[index].text for index, _, _ in found]


@pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)
def test_what_readers_say_below_a_story_is_a_comment(thread: list[str]) -> None:
    said = [line for line in thread if line in SAID[1:]]
    assert len(said) == 3
    assert set(said) <= set(dropped([*STORY, *thread]))
    assert not set(STORY) & set(dropped([*STORY, *thread]))


LOOKALIKES = {
    "two readers": above("%s, 4 February 2026, 09:1%d")[:4],
    "a live column": above("%.0s4 February 2026, 09:1%d"),
    "a live column by one reporter": above("Ada Beispiel %.0s| 4 February 2026, 09:1%d"),
    "a live column with headlines": above("%.0sThe light is seen from afar|4 February 2026, 09:1%d"),
    "a round-up of signed stories": above("Ferry to Example runs again today|By %s, 4 February 2026, 09:1%d"),
    "an interview": above("%s:%.0d"),
    "letters with towns": above("%s, Sample Bay%.0d"),
    "a list of numbered places": above("%s: 1%d metres"),
    "a diary by days": above("%s on 4 February 202%d"),
}


@pytest.mark.parametrize("lines", LOOKALIKES.values(), ids=LOOKALIKES)
def test_what_looks_like_a_thread_stays(lines: list[str]) -> None:
    assert dropped([*STORY, *parts(lines)]) == []


def test_signatures_at_the_top_of_a_page_are_those_of_its_text() -> None:
    thread = above("%s, 4 February 2026, 09:1%d")
    assert dropped(thread * 3) == []
    assert dropped([*STORY[:2], *thread]) == []
    assert dropped([STORY[0], *SHORT, *thread]) == []


def test_the_next_story_below_a_thread_stays() -> None:
    thread = above("%s, 4 February 2026, 09:1%d")
    below = ["Ferry to Example runs again today", "By Ada Beispiel", *STORY[1:3]]
    assert not set(below) & set(dropped([*STORY, *thread, *below]))


def test_signatures_far_from_each_other_are_no_thread() -> None:
    first, *others = (above("%s, 4 February 2026, 09:1%d")[at : at + 2] for at in range(0, 8, 2))
    far = [line for pair in others for line in [*STORY[1:] * COMMENT_LINES, *pair]]
    assert dropped([*STORY, *first, *far]) == []


def test_pages_of_nothing_but_days_take_no_long_time() -> None:
    days = [f"Ada{number} 4 February 2026, 09:{number % 60:02}" for number in range(20_000)]
    assert dropped([*STORY, *days]) == []
