"""Lines that name the writers of a story, with the day or without."""

from __future__ import annotations

import pytest

from cleaners.words.bylines import find_byline, is_byline

WITH_LEAD = [
    "By Ana Example",
    "Von Max Muster und Ida Muster",
    "Par Camille Exemple | Lecture 2 min",
    "di Carla Esempio",
    "Автор: Дарина Прикладна",
    "كتبت: هناء الزبيدي",
    "מאת: נועה לוי",
    "लेखक: दीपक रावत",
    "Piše: Ivana Primjer",
    "记者：王例",
    "홍길동 기자",
]
DATED = [
    "By Ana Example 3 March 2026",
    "Von Max Muster, 4. März 2026",
    "Par Camille Exemple | 4 mars 2026 à 07h15 | Lecture 2 min",
    "Jane Doe | 7 May 2026",
    "By Jane Doe (@jane), 7 May 2026",
    "Егор Примеров, 4 марта 2026, 07:15",
    "홍길동 기자 | 2026.03.04",
]
NEITHER = [
    "By noon the river had risen by two metres",
    "By the Sea, 4 May 2026",
    "London, 7 May 2026",
    "World Cup 2026",
    "Real Estate",
    "Updated 3 March 2026",
    "3 comments",
    "— Ana Example (@ana) March 3, 2026",
    "",
]


def is_dated_byline(line: str) -> bool:
    found = find_byline(line)
    return found is not None and found.has_day


@pytest.mark.parametrize("line", WITH_LEAD)
def test_a_line_names_its_writers_behind_a_word_for_it(line: str) -> None:
    assert is_byline(line)
    assert not is_dated_byline(line)


@pytest.mark.parametrize("line", DATED)
def test_a_line_gives_a_person_and_a_day(line: str) -> None:
    assert is_dated_byline(line)


@pytest.mark.parametrize("line", NEITHER)
def test_other_short_lines_do_not(line: str) -> None:
    assert not is_byline(line)
    assert not is_dated_byline(line)


@pytest.mark.parametrize("piece", ["By ", "By A ", "1 May 2026 ", "| ", "记者", "Von Max Muster, "])
def test_a_long_line_is_no_byline(piece: str) -> None:
    assert not is_byline(piece * 100_000)
    assert not is_dated_byline(piece * 100_000)
