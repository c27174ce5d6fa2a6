"""Dates that pages print."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.words.dates import MONTHS, find_dates, read_date
from cleaners.words.publishing_dates import (
    PublicationDates,
    find_publication_dates,
    is_about_something_else,
    is_publishing_line,
    speaks_of_publishing,
)


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
        ("٧ يناير ٢٠٢٦", "2026-01-07"),  # the year is matched in ASCII digits only
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


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("7 Januari 2026, 8:30 malam", "20:30"),
        ("7 Januari 2026, 12:30 malam", "00:30"),
        ("7 Januari 2026 11.30 siang", "11:30"),
        ("7 Januari 2026 1:30 siang", "13:30"),
        ("7 Januari 2026 2:30 petang", "14:30"),
        ("7 Januari 2026, 20:30 malam", "20:30"),
        ("Enero 7, 2026 8:30 ng gabi", "20:30"),
        ("৭ জানুয়ারি ২০২৬, ০৮:৩০ পিএম", "20:30"),
        ("৭ জানুয়ারি ২০২৬, রাত ১:৩০", "01:30"),
        ("7 जनवरी 2026, रात 8:30 बजे", "20:30"),
        ("ஜனவரி 7, 2026 8:30 பிற்பகல்", "20:30"),
        ("2026. január 7. du. 8:30", "20:30"),
        ("7 Janar 2026, 8:30 MD", "20:30"),
        ("7 de enero de 2026, 8:30 p. m.", "20:30"),
        ("7 de enero de 2026, 8:30 de la mañana", "08:30"),
        ("2026年1月7日 中午12:30", "12:30"),
        ("2026年1月7日 中午11:30", "11:30"),
        ("2026年1月7日 晚上8点30分", "20:30"),
        ("2026年01月07日 20时30分", "20:30"),
        ("2026年1月7日 星期三 20:30", "20:30"),
        ("2026年1月7日（水）午後8時30分", "20:30"),
        ("2026년 1월 7일 수요일 오후 8:30", "20:30"),
        ("7 января 2026 г., 20:30", "20:30"),
        ("7 января 2026 года в 20:30", "20:30"),
        ("7 січня 2026 року, 20:30", "20:30"),
        ("7. januára 2026 o 20:30", "20:30"),
        ("ថ្ងៃទី 7 មករា 2026 ម៉ោង 20:30", "20:30"),
        ("8:30 PM, Wed January 7, 2026", "20:30"),
    ],
)
def test_the_part_of_the_day_and_what_stands_between_day_and_clock(text: str, time: str) -> None:
    assert [date.iso for date in find_dates(text)] == [f"2026-01-07T{time}"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-жыл, 7-январь",
        "7 ta’ Jannar 2026",
        "Ika-7 ng Enero, 2026",
        "2026 ජනවාරි 7",
        "7.º de enero de 2026",
        "Jan-07-2026",
    ],
)
def test_more_shapes_of_days(text: str) -> None:
    assert [date.iso for date in find_dates(text)] == ["2026-01-07"]


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
        ("20240827T103224Z", "2024-08-27T10:32:24+00:00"),
        ("202408271032", "2024-08-27T10:32"),
        ("20240827T9999Z", "2024-08-27"),
        ("Tuesday, 27-Aug-24 10:32:24 GMT", "2024-08-27T10:32:24+00:00"),
        ("二〇二四年八月二十七日", "2024-08-27"),
        ("民國一百一十三年八月二十七日", "2024-08-27"),
        ("令和六年八月二十七日", "2024-08-27"),
        ("二〇二四年二月三十日", None),
        ("2024 оны 8 сарын 27", "2024-08-27"),
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
    "\u200f",
    "1\u200f/",
    "115/",
    "R8.",
    "2026 оны ",
    "1 ก.พ. ",
    "二〇二六年",
    "十百",
    "07-Mar-",
    "7 h ",
    "காலை 1",
    "hearing ",
    "née le ",
    "rentrée 1 ",
    "活动",
    "| 1 May 2026 ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_are_read_to_the_end(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    assert find_dates(f"{text}\n7 January 2026")[-1].iso == "2026-01-07"
    find_publication_dates(text)
    is_about_something_else(text)
    speaks_of_publishing(text)


def test_american_dates_with_dashes_begin_with_the_month() -> None:
    assert find_dates("03-04-2026", day_first=False, language="en-US")[0].iso == "2026-03-04"
    assert find_dates("03-24-2026")[0].iso == "2026-03-24"


def test_marks_of_direction_do_not_move_a_date() -> None:
    text = "نشر 7‏/1‏/2026 في"
    found = find_dates(text, day_first=True)[0]
    assert (found.iso, text[found.start : found.end]) == ("2026-01-07", "7‏/1‏/2026")


@pytest.mark.parametrize("value", [1676551869, "1676551869", "1676551869000", "/Date(1676551869000)/"])
def test_seconds_since_1970(value: object) -> None:
    assert read_date(value) == "2023-02-16T12:51:09+00:00"


@pytest.mark.parametrize("value", [10**400, -5, True, 1.5, "99999999999999"])
def test_numbers_that_are_no_dates(value: object) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize(
    "line", ["Died 4 January 2026", "Geboren am 1. Juni 1980", "Membre depuis le 1 juin 2020", "Родился 1 июня 1980",
             "撮影 2020年6月1日", "Deadline: 1 June 2027"]
)  # fmt: skip
def test_dates_of_other_things(line: str) -> None:
    assert is_about_something_else(line)
    assert not is_about_something_else(line.split()[-1])


@pytest.mark.parametrize("line", ["Published 4 January 2026", "Mittwoch, 7. Januar 2026", "By Jane Doe, 7 May 2026"])
def test_dates_of_the_page(line: str) -> None:
    assert not is_about_something_else(line)


@pytest.mark.parametrize(
    "text",
    ["ថ្ងៃទី៧ ខែមករា ឆ្នាំ២០២៦", "ថ្ងៃទី 7 ខែ មករា ឆ្នាំ 2026", "ວັນທີ 7 ເດືອນມັງກອນ ປີ 2026", "วันที่ 7 เดือนมกราคม พ.ศ. 2569"],
)
def test_the_word_for_month_in_front_of_its_name(text: str) -> None:
    assert [date.iso for date in find_dates(text)] == ["2026-01-07"]


@pytest.mark.parametrize(
    "line", ["Πότε: 7 Ιανουαρίου 2026", "창간 1998년 4월 1일", "Wann: 7.1.2026", "Abonelik: 1 Ocak 2024"]
)
def test_more_lines_about_something_else(line: str) -> None:
    assert is_about_something_else(line)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("பிப்ரவரி 3, 2026 காலை 7:15", "07:15"),
        ("பிப்ரவரி 3, 2026, மாலை 7:15", "19:15"),
        ("৩ ফেব্রুয়ারি ২০২৬, সকাল ৭:১৫", "07:15"),
        ("3 फ़रवरी 2026 शाम 6:30 बजे", "18:30"),
        ("3 फरवरी 2026 दोपहर 12:30", "12:30"),
        ("3 tháng 2, 2026 7:15 chiều", "19:15"),
        ("3 בפברואר 2026, 7:15 בערב", "19:15"),
        ("3 فوریه 2026، 7:15 صبح", "07:15"),
        ("3 فروری 2026 7:15 شام", "19:15"),
        ("2026년 2월 3일 저녁 7:15", "19:15"),
        ("2026年2月3日 清晨5:40", "05:40"),
        ("3 shkurt 2026, 7:15 pasdite", "19:15"),
        ("3 février 2026 à 7 h 15", "07:15"),
    ],
)
def test_words_for_the_halves_of_the_day(text: str, clock: str) -> None:
    assert [date.iso for date in find_dates(text, day_first=True)] == [f"2026-02-03T{clock}"]
