"""At which joins of a made page a story starts, and which story a line is from."""

from __future__ import annotations

import pytest

from bench.train.joins import starts_of, stories_of


@pytest.mark.parametrize(
    ("stories", "titled", "starts"),
    [
        ([0, 1, 1], [False, True, False], [1]),
        ([0, None, 1], [False, True, False], [1]),  # a standfirst below the headline
        ([0, None, 1], [False, False, False], [2]),
        ([0, None, None, 1], [False, True, True, False], [2]),  # a teaser below the first story has a headline, too
        ([None, 0, None], [True, False, True], []),  # what no annotation holds, below the story
        ([1, 0, 2], [False, False, True], [0, 2]),  # a line of the first story that stands in the second
    ],
)
def test_starts_of_stories(stories: list[int | None], titled: list[bool], starts: list[int]) -> None:
    assert [index for index, start in enumerate(starts_of(stories, titled)) if start] == starts


TEXTS = ("The ferry was late again.\nNobody knew why.", "A bakery opened on Monday, in the old bank.\nNobody knew why.")


@pytest.mark.parametrize(
    ("line", "story"),
    [
        ("A bakery opened on Monday, in the old bank.", 1),
        ("in the old bank.", 1),  # a line of a paragraph that a dump cuts
        ("late  again.Nobody knew", 0),  # two paragraphs on one line
        ("Subscribe to our letter.", None),
        ("knew why.", None),  # both stories hold it
    ],
)
def test_the_story_of_a_line(line: str, story: int | None) -> None:
    assert stories_of([line], TEXTS) == [story]
