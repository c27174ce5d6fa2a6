"""What is added to annotated articles: the standfirst."""

from __future__ import annotations

import pytest

from bench.pages.story_forms import standfirst
from bench.pages.story_sources import StorySource


def story(*paragraphs: str, headings: tuple[int, ...] = ()) -> StorySource:
    return StorySource("a", "example.org", "en", "Ferry sails", "", "", paragraphs, frozenset(headings), ())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (story("The ferry sails.", "It carries cars, lorries and trains."), "It carries cars, lorries and."),
        (story("The ferry sails.", "Cars and trains", "It carries them both.", headings=(1,)), "It carries them."),
        (story("The ferry sails again after years."), "The ferry sails again after."),
        (story("渡轮恢复了。", "渡轮" * 40 + "。"), "渡轮" * 20 + "。"),
    ],
)
def test_a_standfirst_is_the_beginning_of_the_second_paragraph(source: StorySource, said: str) -> None:
    assert standfirst(source) == said
