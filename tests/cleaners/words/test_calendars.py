"""Dates in other scripts and by other calendars, and days that no calendar has."""

from __future__ import annotations

import datetime as dt

import pytest

from cleaners.words import calendars
from cleaners.words.dates import find_dates


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("۳ اسفند ۱۴۰۳", "fa", "2025-02-21"),
        ("1404/01/01", "fa", "2025-03-21"),
        ("30 اسفند 1403", "fa", "2025-03-20"),
        ("٣ مارس ٢٠٢٦", "ar", "2026-03-03"),
        ("3 آذار/مارس 2026 - 9:15 م", "ar", "2026-03-03T21:15"),
        ("3 كانون الأول 2025", "ar", "2025-12-03"),
        ("๓ มีนาคม ๒๕๖๙", "th", "2026-03-03"),
        ("3 เม.ย. 2569 09:15 น.", "th", "2026-04-03T09:15"),
        ("3 মার্চ ২০২৬", "bn", "2026-03-03"),
        ("3 במרץ 2026", "he", "2026-03-03"),
        ("平成31年4月1日", "ja", "2019-04-01"),
        ("令和元年5月1日", "ja", "2019-05-01"),
        ("民國114年12月3日", "zh", "2025-12-03"),
        ("２０２６年３月３日 午前9時15分", "ja", "2026-03-03T09:15"),
        ("2026년 3월 3일 오후 9시 15분", "ko", "2026-03-03T21:15"),
        ("26.03.04", "ko", "2026-03-04"),
        ("26.03.04", "de", "2004-03-26"),
        ("3. listopada 2025.", "hr", "2025-10-03"),
        ("3 listopada 2025", "pl", "2025-11-03"),
        ("3. marta 2026.", "sr", "2026-03-03"),
        ("3. avgusta 2026", "sl", "2026-08-03"),
        ("2026. gada 3. martā", "lv", "2026-03-03"),
        ("ngày 3 tháng 3 năm 2026", "vi", "2026-03-03"),
        ("3 მარტი, 2026", "ka", "2026-03-03"),
        ("Tue Mar  3 09:15:07 2026", "en", "2026-03-03T09:15:07"),
        ("3 มี.ค. 69", "th", "2026-03-03"),
        ("13/3/69", "th", "2026-03-13"),
        ("115/03/13", "zh-TW", "2026-03-13"),
        ("115年3月3日", "zh-Hant", "2026-03-03"),
        ("R8.3.3", "ja", "2026-03-03"),
        ("26/3/4", "eu", "2026-03-04"),
        ("26. 3. 4.", "ko", "2026-03-04"),
        ("03‏/13‏/2026", "ar", "2026-03-13"),
        ("2026. márc. 3.", "hu", "2026-03-03"),
        ("2026 թ. մարտի 3", "hy", "2026-03-03"),
        ("2026 ж. 3 наурыз", "kk", "2026-03-03"),
        ("2026-yil 3-mart", "uz", "2026-03-03"),
        ("2026-cı il martın 3", "az", "2026-03-03"),
        ("2026 оны 3-р сарын 4", "mn", "2026-03-04"),
        ("2026(e)ko martxoaren 3(a)", "eu", "2026-03-03"),
        ("19 Meán Fómhair 2025", "ga", "2025-09-19"),
        ("၂၀၂၆ ခုနှစ် မတ် ၃", "my", "2026-03-03"),
        ("3 Mar '26", "en", "2026-03-03"),
        ("3 مارس 2026 الساعة 9:15 مساءً", "ar", "2026-03-03T21:15"),
        ("2026年3月3日(火) 21時15分", "ja", "2026-03-03T21:15"),
        ("03-04-2026", "en-US", "2026-04-03"),
    ],
)
def test_other_scripts_and_calendars(text: str, language: str, iso: str) -> None:
    assert [found.iso for found in find_dates(" ".join(text.split()), language=language)] == [iso]


@pytest.mark.parametrize(
    ("text", "language"),
    [("115/03/13", "de"), ("115/03/13", "zh-CN"), ("R8.3.3", "en"), ("26/3/4", "es"), ("Suite 3, 115/2", "zh-TW")],
)
def test_years_of_one_country_count_there_only(text: str, language: str) -> None:
    assert find_dates(text, language=language) == []


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2026",
        "115/02/30",
        "2026 оны 13-р сарын 4",
        "30 ก.พ. 69",
        "30 اسفند 1404",
        "31 مهر 1404",
        "7 March 2569",
        "0 มกราคม 2569",
    ],
)
def test_days_that_do_not_exist(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("२०८२ माघ २० गते, मंगलबार", "2026-02-03"),
        ("२० माघ २०८२", "2026-02-03"),
        ("मंगलबार, माघ २०, २०८२ ०७:१५", "2026-02-03T07:15"),
        ("प्रकाशित : २०८२ माघ २०", "2026-02-03"),
        ("२०८२/१०/२०", "2026-02-03"),
        ("२०७७-०१-०१", "2020-04-13"),
        ("3 फेब्रुअरी 2026", "2026-02-03"),
        ("२०८२ माघ ३१", None),
        ("२०६२ माघ २०", None),
        ("२०८३ कात्तिक २०", None),
        ("२०९९ माघ २०", None),
        ("२०९९/१०/२०", None),
    ],
)
def test_bikram_sambat_where_it_is_certain(text: str, iso: str | None) -> None:
    assert next((date.iso for date in find_dates(text, day_first=True, language="ne")), None) == iso


def test_a_month_of_the_same_name_in_india_is_another() -> None:
    assert find_dates("२० माघ २०८२", language="hi") == []


def test_years_of_bikram_sambat_follow_each_other() -> None:
    for year, (first, months) in calendars._NEPALI_YEARS.items():
        if following := calendars._NEPALI_YEARS.get(year + 1):
            assert first + dt.timedelta(days=sum(months)) == following[0]
            assert len(months) == 12
