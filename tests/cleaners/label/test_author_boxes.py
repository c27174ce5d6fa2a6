"""Biographies of authors in boxes that are named for them."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.label.author_boxes import author_box
from tests.support.scored_pages import TEXT, kept, passage_of

BIO = "Jane Doe writes about bridges for the Example Gazette and lives beside one of them."
STORY = f"<h1>Bridge repaired</h1><p>{TEXT}</p>"


def box(names: str) -> str:
    return f"<div class='{names}'><img src=a.jpg><p>{BIO}</p></div>"


def bio_kept(html: str) -> bool:
    return BIO in kept(author_box, passage_of(html, "MENU"))


@pytest.mark.parametrize(
    "names",
    [
        "author-bio",
        "authorBox",
        "about-the-author",
        "post_bio",
        "c-author__info author-info",
        "autor-box",
        "MeetTheWriter",
    ],
)
def test_a_biography_below_the_story_is_dropped(names: str) -> None:
    assert not bio_kept(STORY + box(names))


@pytest.mark.parametrize(
    "names", ["author", "biography-of-a-king", "biology", "coauthor-info", "authority-information"]
)
def test_names_that_a_story_may_have_tell_nothing(names: str) -> None:
    assert bio_kept(STORY + box(names))


@pytest.mark.parametrize(
    "html",
    [
        box("author-bio"),
        box("author-bio") + STORY,
        f"<div class=author-bio>{STORY}<p>{BIO}</p></div>",
        f"{STORY}{box('author-bio')}<p>{TEXT} Work begins in May.</p>",
    ],
    ids=["no story", "above the story", "around the story", "inside of the story"],
)
def test_a_biography_that_the_story_goes_on_behind_stays(html: str) -> None:
    assert bio_kept(html)


def test_the_biography_stays_in_the_audit() -> None:
    cleaned = clean_page(Page(f"<body>{STORY}<p>{TEXT} Work begins in May.</p>{box('author-bio')}"))
    (article,) = cleaned.articles
    assert BIO not in article.text
    assert BIO in [judged.text for judged in cleaned.blocks]


def test_hostile_names_are_read_in_linear_time() -> None:
    assert bio_kept(STORY + box("author-" * 200_000))
