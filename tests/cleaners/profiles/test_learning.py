"""What is learned of an outlet's pages, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cleaners.data import Cleaned, Page
from cleaners.pipeline import clean_page
from cleaners.profiles import LearnedLine, LearnedProfile, ProfileLearner, learning
from tests.support.made_outlet import PITCH, STORIES, dump, page

PAGES = [clean_page(Page(dump(headline), kind="text")) for headline in STORIES]
HTML = [clean_page(Page(page(headline), kind="html")) for headline in STORIES]


def learn(pages: list[Cleaned]) -> list[LearnedProfile]:
    learner = ProfileLearner()
    for cleaned in pages:
        learner.add("gazette", cleaned)
    return list(learner.profiles())


def test_lines_of_most_pages_are_learned_with_how_often_they_were_kept() -> None:
    (learned,) = learn(PAGES)
    assert (learned.outlet, learned.kind, learned.pages) == ("gazette", "text", 5)
    assert learned.lines[0] == LearnedLine(PITCH, 5, 5)
    texts = {line.text for line in learned.lines}
    assert {"Home", "Copyright 2026 Made Gazette."} <= texts
    assert not texts & {line for story in STORIES.values() for line in story}


def test_the_places_of_stories_are_learned() -> None:
    assert learn(HTML)[0].places == {"p. < div.story < article.": 5}
    assert learn(PAGES)[0].places == {"by ana example": 5, PITCH.lower().rstrip("."): 5}


def test_html_and_dumps_are_learned_apart() -> None:
    assert [learned.kind for learned in learn([*PAGES, *HTML])] == ["html", "text"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_pages_teach_nothing(count: int) -> None:
    learner = ProfileLearner()
    for cleaned in PAGES[:count]:
        learner.add("gazette", cleaned)
    assert list(learner.profiles()) == []
    assert learner.too_few() == ["gazette"][:count]


def test_a_line_of_three_pages_of_five_is_not_learned() -> None:
    others = [clean_page(Page(dump(headline, pitch="Nothing."), kind="text")) for headline in STORIES]
    (learned,) = learn([*PAGES[:3], *others[3:]])
    assert PITCH not in {line.text for line in learned.lines}


def test_a_story_printed_at_many_addresses_counts_once() -> None:
    learner = ProfileLearner()
    for number in range(10):
        learner.add("gazette", replace(PAGES[0], page=Page("", url=f"https://gazette.example/{number}", kind="text")))
    learner.add("gazette", PAGES[1])
    assert list(learner.profiles()) == []
    assert learner.left_out == {"with the story of another": 9}


def test_a_host_that_serves_the_pages_of_others_does_not_learn_from_them() -> None:
    canonical = '<link rel="canonical" href="https://www.{}/a">'
    learner = ProfileLearner()
    for host, headline in zip(["gazette.example.org", "m.gazette.example", "post.example.net"], STORIES, strict=False):
        content = page(headline, head=canonical.format(host))
        learner.add("x", clean_page(Page(content, url="https://www.gazette.example/1", kind="html")))
    assert learner.left_out == {"of another host": 2}


def test_pages_without_an_article_are_left_out() -> None:
    learner = ProfileLearner()
    learner.add("gazette", clean_page(Page("Home\nSport", kind="text")))
    learner.add("gazette", clean_page(Page(b"%PDF-1.7")))
    assert learner.left_out == {"without an article": 2}


def test_no_more_pages_are_wanted_than_are_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_PAGES", 3)
    learner = ProfileLearner()
    wanted = []
    for cleaned in PAGES:
        if wants := learner.wants("gazette", "text"):
            learner.add("gazette", cleaned)
        wanted.append(wants)
    assert wanted == [True, True, True, False, False]
    (learned,) = learner.profiles()
    assert (learned.pages, learned.seen) == (3, 5)


def test_copies_without_end_are_not_cleaned_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_SEEN", 4)
    learner = ProfileLearner()
    assert [learner.wants("gazette", "text") for _ in range(6)] == [True] * 4 + [False] * 2


def numbered(count: int) -> Iterator[Cleaned]:
    """Pages of one outlet, each with the pitch and twenty lines of its own."""
    for number in range(count):
        base = PAGES[number % len(PAGES)]
        own = [
            block._replace(block=replace(block.block, text=f"Line {number} {at}"))
            for at, block in enumerate(base.blocks)
        ]
        pitch = [block for block in base.blocks if block.text == PITCH]
        yield replace(base, blocks=(*own, *pitch), articles=(replace(base.articles[0], text=str(number)),))


def test_the_lines_that_are_counted_are_bounded_and_those_of_most_pages_are_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "MOST_LINES", 60)
    learner = ProfileLearner()
    for cleaned in numbered(200):
        learner.add("gazette", cleaned)
        assert len(learner._counts["gazette", "text"].lines) <= 60
    (learned,) = learner.profiles()
    assert [(line.text, line.pages) for line in learned.lines] == [(PITCH, 200)]


def test_the_outlets_that_are_counted_are_bounded_and_the_largest_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_OUTLETS", 2)
    learner = ProfileLearner()
    for cleaned in PAGES:
        if learner.wants("gazette", "text"):
            learner.add("gazette", cleaned)
    for number in range(4):
        learner.wants(f"other-{number}", "text")
    assert [learned.outlet for learned in learner.profiles()] == ["gazette"]
    assert learner.forgotten == 3
