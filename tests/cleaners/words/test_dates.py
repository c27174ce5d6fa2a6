"""Dates that pages print, and the zones that they name."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.words.dates import (
    MONTHS,
    PublicationDates,
    find_dates,
    find_publication_dates,
    is_publishing_line,
    read_date,
)
from cleaners.words.zones import offset


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-01-07 22:52", "2026-01-07T22:52"),
        ("Jan 06 2026 | 11:37 PM IST", "2026-01-06T23:37+05:30"),
        ("Tuesday, January 06, 2026 | 11:38 PM ISTहिंदी", "2026-01-06T23:38+05:30"),
        ("Tuesday, January 06, 2026", "2026-01-06"),
        ("05.01.26, 17:32 • 7684 views", "2026-01-05T17:32"),
        ("7. Januar 2026, 14:05 Uhr", "2026-01-07T14:05"),
        ("7. Januar 2026 um 14.05 Uhr", "2026-01-07T14:05"),
        ("7. Januar 2026, 14 Uhr", "2026-01-07T14:00"),
        ("7 janvier 2026 à 14h05", "2026-01-07T14:05"),
        ("1er mars 2026", "2026-03-01"),
        ("7 de enero de 2026 a las 10:30", "2026-01-07T10:30"),
        ("7 gennaio 2026 alle ore 14:05", "2026-01-07T14:05"),
        ("7 de março de 2026 às 9h30", "2026-03-07T09:30"),
        ("7 stycznia 2026, o godz. 14:05", "2026-01-07T14:05"),
        ("7 januari 2026 om 14:05", "2026-01-07T14:05"),
        ("7 января 2026, 14:05 МСК", "2026-01-07T14:05+03:00"),
        ("1.2.2026 klo 14.05", "2026-02-01T14:05"),
        ("2026. január 7. 12:00", "2026-01-07T12:00"),
        ("12 जनवरी 2026", "2026-01-12"),
        ("2026年1月7日 14時05分", "2026-01-07T14:05"),
        ("2026년 1월 7일 20:00", "2026-01-07T20:00"),
        ("٧ يناير ٢٠٢٦", None),  # the year is matched in ASCII digits only
        ("2026-01-06T14:16:29+01:00", "2026-01-06T14:16:29+01:00"),
        ("2026-01-06T14:16:29.467Z", "2026-01-06T14:16:29+00:00"),
        ("Tue, 27 Jan 2026 10:32:24 +0000", "2026-01-27T10:32:24+00:00"),
        ("11:37 PM, 6 Jan 2026", "2026-01-06T23:37"),
        ("12:05 a.m. EST, Jan. 6, 2026", "2026-01-06T00:05-05:00"),
        ("12-Nov-2025 10:30", "2025-11-12T10:30"),
        ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("05/05/2025", "2025-05-05"),
        ("03/04/2026", None),
        ("31.02.2026", None),
        ("29.02.2024", "2024-02-29"),
        ("January 7, 2026 14 people", "2026-01-07"),
        ("May 5, 2020 10.30", "2020-05-05"),
        ("version 1.2.2026.4", None),
        ("call 555-12-2026-01", None),
        ("no date", None),
    ],
)
def test_a_printed_date(text: str, iso: str | None) -> None:
    assert next((date.iso for date in find_dates(text)), None) == iso


@pytest.mark.parametrize(("day_first", "iso"), [(True, "2026-04-03"), (False, "2026-03-04")])
def test_a_date_with_two_readings_needs_the_habit_of_the_page(day_first: bool, iso: str) -> None:
    assert [date.iso for date in find_dates("03/04/2026", day_first=day_first)] == [iso]


def test_dates_come_in_reading_order_and_do_not_overlap() -> None:
    text = "Published 7 Jan 2026 10:00, updated 8 Jan 2026 11:00"
    first, second = find_dates(text)
    assert (first.iso, second.iso) == ("2026-01-07T10:00", "2026-01-08T11:00")
    assert text[first.start : first.end] == "7 Jan 2026 10:00"
    assert first.end <= second.start


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2026-01-07 22:52 Last Updated At:23:00", PublicationDates("2026-01-07T22:52", "2026-01-07T23:00")),
        ("Stand: 05.01.2026 17:32 Uhr", PublicationDates(None, "2026-01-05T17:32")),
        (
            "Publié le 7 janvier 2026 à 14h05, mis à jour le 8 janvier 2026 à 9h",
            PublicationDates("2026-01-07T14:05", "2026-01-08T09:00"),
        ),
        ("Updated January 7, 2026", PublicationDates(None, "2026-01-07")),
        ("January 7, 2026", PublicationDates("2026-01-07", None)),
        ("nothing", PublicationDates()),
    ],
)
def test_published_and_changed(text: str, stated: PublicationDates) -> None:
    assert find_publication_dates(text) == stated


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-08-27 10:32:24.467000+00:00", "2024-08-27T10:32:24+00:00"),
        ("20240827", "2024-08-27"),
        ("20240827T103224Z", "2024-08-27"),
        ("Tue Aug 27 2024 10:32:24 GMT+0200 (CEST)", "2024-08-27T10:32:24+02:00"),
        ("", None),
        (None, None),
        (20240827, None),
        (["2024-08-27"], None),
        ("0000-00-00T00:00:00", None),
    ],
)
def test_a_date_in_an_attribute(value: object, iso: str | None) -> None:
    assert read_date(value) == iso


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("IST", "2026-01-06", "+05:30"),
        ("GMT", "2026-01-06", "+00:00"),
        ("UTC+05:45", "2026-01-06", "+05:45"),
        ("-0330", "2026-01-06", "-03:30"),
        ("ET", "2026-03-07", "-05:00"),
        ("ET", "2026-03-08", "-04:00"),
        ("PT", "2026-10-31", "-07:00"),
        ("PT", "2026-11-01", "-08:00"),
        ("CST", "2026-01-06", None),
        ("XYZ", "2026-01-06", None),
    ],
)
def test_a_zone_counts_where_it_names_one_offset(zone: str, day: str, expected: str | None) -> None:
    assert offset(zone, dt.date.fromisoformat(day)) == expected


def test_a_line_for_publishing() -> None:
    assert is_publishing_line("Published on 7 January 2026")
    assert is_publishing_line("Veröffentlicht: 07.01.2026")
    assert not is_publishing_line("7 January 2026")
    assert not is_publishing_line("Published in Berlin")


def test_month_names_are_casefolded_and_name_one_month() -> None:
    assert all(name == name.casefold() for name in MONTHS)
    assert set(MONTHS.values()) == set(range(1, 13))


@pytest.mark.parametrize("month", ["January", "enero", "Februar", "août", "grudnia", "Kasım", "октября", "elokuuta"])
def test_months_of_many_languages(month: str) -> None:
    assert find_dates(f"7 {month} 2026")[0].iso == f"2026-{MONTHS[month.casefold()]:02}-07"


SNIPPETS = st.sampled_from(
    [
        "2026",
        "26",
        "1",
        "07",
        "31",
        ".",
        "/",
        "-",
        ":",
        " ",
        ", ",
        "Jan",
        "mars",
        "PM",
        "IST",
        "T",
        "Z",
        "+05:30",
        "Uhr",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(SNIPPETS, max_size=12).map("".join))


@given(TEXTS, st.sampled_from([None, True, False]))
def test_a_date_is_a_day_of_the_calendar_and_invents_no_digits(text: str, day_first: bool | None) -> None:
    for found in find_dates(text, day_first=day_first):
        printed = text[found.start : found.end]
        digits = {str(unicodedata.digit(character)) for character in printed if character.isdigit()}
        dt.datetime.fromisoformat(found.iso)
        assert found.iso[8:10].lstrip("0") in "".join(
            str(unicodedata.digit(character)) if character.isdigit() else character for character in printed
        )
        assert set(found.iso[2:4]) <= digits


@given(TEXTS)
def test_nothing_in_a_text_raises(text: str) -> None:
    find_publication_dates(text)
    read_date(text)


HOSTILE = [
    "1",
    "1.",
    "a",
    "a ",
    "jan 1 ",
    "2026-01-01 ",
    "1:",
    "updated ",
    "12 ",
    "2026 ",
    "1 de ",
    "2026年1月",
    "1/",
    " ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_are_read_to_the_end(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    assert find_dates(f"{text}\n7 January 2026")[-1].iso == "2026-01-07"
    find_publication_dates(text)
