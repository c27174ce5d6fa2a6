"""What a page teaches, as a value and as a line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaners.data import Cleaned, Page, Profile
from cleaners.pipeline import clean_page
from cleaners.profiles import ProfileLearner, lesson_line, lessons, parse_lesson
from cleaners.profiles.lessons import lesson_of, new_lesson
from cleaners.running.batch import CleaningOptions, clean_to_lines
from tests.support.made_outlet import PITCH, STORIES, dump, page

HTML = [clean_page(Page(page(headline), kind="html")) for headline in STORIES]
DUMPS = [clean_page(Page(dump(headline), kind="text")) for headline in STORIES]


@pytest.mark.parametrize("cleaned", [*HTML, *DUMPS])
def test_a_lesson_comes_back_from_its_line(cleaned: Cleaned) -> None:
    lesson = lesson_of(cleaned)
    line = lesson_line(lesson)
    assert line.count(b"\n") == 1
    assert parse_lesson(line) == lesson


@pytest.mark.parametrize("pages", [HTML, DUMPS])
def test_lessons_teach_what_the_pages_teach(pages: list[Cleaned]) -> None:
    by_pages, by_lessons = ProfileLearner(), ProfileLearner()
    for cleaned in pages:
        by_pages.wants("gazette", cleaned.page.kind)
        by_pages.add("gazette", cleaned)
        lesson = parse_lesson(lesson_line(lesson_of(cleaned)))
        assert lesson
        by_lessons.wants("gazette", lesson.kind)
        by_lessons.take("gazette", lesson)
    (learned,) = by_lessons.profiles()
    assert learned.lines[0].text == PITCH
    assert [learned] == list(by_pages.profiles())


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"{}", b'{"kind": "html", "story": "a", "rows": [[1]]}', b"\xff"])
def test_what_is_no_lesson_is_none(line: bytes) -> None:
    assert parse_lesson(line) is None


def test_a_page_without_an_article_or_with_a_profile_teaches_nothing() -> None:
    assert new_lesson(clean_page(Page("Home\nSport", kind="text"))) is None
    assert new_lesson(clean_page(Page(b"%PDF-1.7"))) is None
    with_profile = replace(HTML[0], page=replace(HTML[0].page, profiles=(Profile("html", 3, {}, {}),)))
    assert new_lesson(with_profile) is None
    of_dumps = replace(HTML[0], page=replace(HTML[0].page, profiles=(Profile("text", 3, {}, {}),)))
    assert new_lesson(of_dumps) == lesson_of(HTML[0])


def test_a_page_of_many_lines_gives_a_bounded_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "MOST_ROWS", 3)
    assert len(lesson_of(HTML[0]).rows) == 3


def test_a_lesson_is_made_only_where_it_is_asked_for() -> None:
    given = Page(page(next(iter(STORIES))), kind="html")
    assert clean_to_lines(given).lesson is None
    assert clean_to_lines(given, CleaningOptions(lesson=True)).lesson == lesson_of(HTML[0])
