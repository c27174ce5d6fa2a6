"""Lessons in the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.profiles import Lesson
from scraper.storage import lessons
from scraper.storage.lessons import Lessons


def lesson(story: str) -> Lesson:
    return Lesson("html", story, ())


def test_lessons_are_kept_by_outlet_and_kind_each_story_once(tmp_path: Path) -> None:
    kept = Lessons(tmp_path, 3)
    assert [kept.add("a.example", lesson(story)) for story in "1123"] == [1, 1, 2, 3]
    assert kept.add("b.example", lesson("1")) == 1
    assert kept.add("a.example", Lesson("text", "1", ())) == 1
    again = Lessons(tmp_path, 3)
    assert [each.story for each in again.of("a.example", "html")] == ["1", "2", "3"]
    assert again.add("b.example", lesson("2")) == 2


def test_no_more_are_kept_than_are_needed(tmp_path: Path) -> None:
    kept = Lessons(tmp_path, 3)
    assert [kept.add("a.example", lesson(str(number))) for number in range(9)] == [1, 2, 3, 3, 3, 3, 3, 3, 3]
    assert len(list(kept.of("a.example", "html"))) == 3


def test_the_stories_of_few_outlets_are_remembered_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "MOST_OPEN", 2)
    kept = Lessons(tmp_path, 3)
    for story in "12":
        for outlet in "abcd":
            kept.add(outlet, lesson(story))
            kept.add(outlet, lesson(story))
            assert len(kept._stories) <= 2
    assert [len(list(kept.of(outlet, "html"))) for outlet in "abcd"] == [2, 2, 2, 2]


def test_a_torn_lesson_is_cut_off_and_a_damaged_one_passed_over(tmp_path: Path) -> None:
    kept = Lessons(tmp_path, 9)
    for story in "12":
        kept.add("a.example", lesson(story))
    (file,) = (tmp_path / ".lessons").iterdir()
    file.write_bytes(b"no lesson\n" + file.read_bytes()[:-5])
    again = Lessons(tmp_path, 9)
    assert again.add("a.example", lesson("3")) == 2
    assert [each.story for each in again.of("a.example", "html")] == ["1", "3"]


def test_a_removed_outlet_begins_again(tmp_path: Path) -> None:
    kept = Lessons(tmp_path, 3)
    kept.remove("a.example", "html")
    kept.add("a.example", lesson("1"))
    kept.remove("a.example", "html")
    assert list(kept.of("a.example", "html")) == []
    assert kept.add("a.example", lesson("1")) == 1
