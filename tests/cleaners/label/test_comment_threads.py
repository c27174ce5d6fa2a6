"""Comments of readers in boxes that are named for them."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.label.comment_threads import boxed_comments
from tests.support.scored_pages import TEXT, kept, passage_of

COMMENT = "I crossed that bridge every day for forty years, and it never shook like this."
STORY = f"<h1>Bridge repaired</h1><p>{TEXT}</p>"


def thread(names: str) -> str:
    return f"<div class='{names}'><div class=comment><b>gull</b><p>{COMMENT}</p></div></div>"


def comments_kept(html: str) -> bool:
    return COMMENT in kept(boxed_comments, passage_of(html, "MENU"))


@pytest.mark.parametrize(
    "names",
    [
        "comments",
        "post-comments",
        "comment_list",
        "commentlist",
        "comments-body",
        "art-komentarze",
        "Kommentare",
        "kommentarer",
        "commentaires",
        "comentarios",
        "reacties",
        "yorumlar",
        "disqus_thread",
        "box wide dsq-comments",
    ],
)
def test_what_stands_in_a_box_of_comments_below_a_story_is_dropped(names: str) -> None:
    assert not comments_kept(STORY + thread(names))


@pytest.mark.parametrize(
    "names",
    ["comment", "commentary", "has-comments", "no-comments", "comments-open", "comment-count", "commenting-guidelines"],
)
def test_names_that_a_whole_story_may_have_tell_nothing(names: str) -> None:
    assert comments_kept(STORY + thread(names))


def test_a_section_of_a_manual_may_be_called_comments() -> None:
    assert comments_kept(STORY + f"<section id=comments><h2>Comments</h2><p>{COMMENT}</p></section>")


@pytest.mark.parametrize(
    "html",
    [
        thread("comments"),
        thread("comments") + STORY,
        f"<div class=comments>{STORY}{thread('')}</div>",
        f"<h1>Bridge</h1><p>Repaired.</p>{thread('comments')}",
        f"<h1>Bridge</h1><p><a href=/a>{TEXT}</a></p>{thread('comments')}",
    ],
    ids=["no story", "above the story", "around the story", "no paragraph", "a link alone"],
)
def test_comments_that_are_all_that_a_page_says_stay(html: str) -> None:
    assert comments_kept(html)


def test_the_comments_stay_in_the_audit() -> None:
    cleaned = clean_page(Page(f"<body>{STORY}<p>{TEXT} Work begins in May.</p>{thread('comments')}"))
    (article,) = cleaned.articles
    assert COMMENT not in article.text
    assert COMMENT in [judged.text for judged in cleaned.blocks]


def test_a_thread_may_nest_two_thousand_deep() -> None:
    assert not comments_kept(STORY + "<div class=comments>" * 2_000 + f"<p>{COMMENT}</p>" * 5_000)


def test_hostile_names_are_read_in_linear_time() -> None:
    assert comments_kept(STORY + f"<div class='{'comment-' * 200_000}'><p>{COMMENT}</p></div>")


ANSWERS = (
    "It shook under me as well, and the driver said that he reports it every week.",
    "My brother welds for the council, and he has not been asked to look at it since spring.",
    "The railing on the north side came loose two winters ago, so I am not surprised at all.",
    "Has anybody written to the engineer yet, or do we wait until a lorry falls into the river?",
)


def test_a_forum_keeps_its_answers() -> None:
    answers = "".join(
        f"<article class=comment><b>gull{number}</b><p>{answer}</p><p>{ANSWERS[number - 1]}</p></article>"
        for number, answer in enumerate(ANSWERS)
    )
    page = Page(
        "<title>Old bridge shakes - Example Forum</title><h1>Old bridge shakes</h1>"
        f"<div class=post><p>{TEXT}</p><p>{TEXT} It shook.</p></div><div class=comments>{answers}</div>",
        url="https://forum.example.org/forum/viewtopic.php?t=41",
        kind="html",
    )
    (article,) = clean_page(page, any_page=True).articles
    assert article.kind == "forum"
    assert all(answer in article.text for answer in ANSWERS)
