"""A real page with another story in place of its own."""

from __future__ import annotations

import pytest

from bench.pages.corpora import Sample
from bench.pages.made_outlets import OutletPage, page_with
from bench.pages.renderers import blocks
from bench.pages.story_sources import StorySource

OLD = tuple(f"The old paragraph number {number} says what it has to say about the harbour." for number in range(5))
PAGE = (
    "<html><head><title>Old headline</title><meta property='og:title' content='Old headline'>"
    '<script type="application/ld+json">{"headline": "Old headline"}</script>'
    f"</head><body><nav>Home</nav><h1>Old headline</h1><div><p class=a>{OLD[0]}</p><aside>Read our letter</aside>"
    + "".join(f"<p class=a>{text}</p>" for text in OLD[1:])
    + "</div><footer>About us</footer></body></html>"
)


def sample(page: str = PAGE, lines: tuple[str, ...] = OLD) -> Sample:
    return Sample("1", "https://gazette.example/a", page, lines, title="Old headline")


def story(paragraphs: int) -> StorySource:
    texts = tuple(f"New paragraph {number} of the story." for number in range(paragraphs))
    return StorySource("2", "post", "en", "New headline", "", "2026-01-01", texts, frozenset(), ())


def made(paragraphs: int) -> OutletPage:
    page = page_with(sample(), story(paragraphs))
    assert page
    return page


@pytest.mark.parametrize("paragraphs", [3, 5, 8])
def test_the_chrome_stays_and_the_story_is_another(paragraphs: int) -> None:
    page = made(paragraphs)
    first, *others = story(paragraphs).paragraphs
    shown = ["Home", "New headline", first, "Read our letter", *others, "About us"]
    assert blocks(page.html).splitlines() == shown
    assert page.gold == story(paragraphs).text


def test_nothing_of_the_old_story_stays_behind() -> None:
    assert "Old headline" not in str(made(5).html)
    assert "old paragraph" not in str(made(5).html)
    assert str(made(8).html).count('class="a"') == 8


def test_a_page_whose_story_cannot_be_taken_out_whole_is_left_out() -> None:
    assert page_with(sample(lines=(*OLD, "A line that is no element.")), story(5)) is None
    assert page_with(sample(lines=OLD[:3]), story(5)) is None
