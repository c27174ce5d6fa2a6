"""At which joins of a made page a story starts."""

from __future__ import annotations

import pytest

from bench.train.joins import starts_of


@pytest.mark.parametrize(
    ("stories", "titled", "starts"),
    [
        ([0, 1, 1], [False, True, False], [1]),
        ([0, None, 1], [False, True, False], [1]),  # a standfirst below the headline
        ([0, None, 1], [False, False, False], [2]),
        ([None, 0, None], [True, False, True], []),  # what no annotation holds, below the story
        ([1, 0, 2], [False, False, True], [0, 2]),  # a line of the first story that stands in the second
    ],
)
def test_starts_of_stories(stories: list[int | None], titled: list[bool], starts: list[int]) -> None:
    assert [index for index, start in enumerate(starts_of(stories, titled)) if start] == starts
