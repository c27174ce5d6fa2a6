"""The day of publishing that a page shows, and the dates of other things."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.blocks.html import parse
from cleaners.metadata import read_markup
from cleaners.words.publishing_dates import find_publication_dates
from tests.support.metadata_pages import ARTICLE, headed, metadata, stated


@pytest.mark.parametrize(
    ("language", "day"), [("en-US", "2026-03-04"), ("en-GB", "2026-04-03"), ("fr", "2026-04-03"), ("", "2026-01-07")]
)
def test_numeric_dates_follow_the_habit_of_the_page(language: str, day: str) -> None:
    assert metadata("", "<h1>Harbour reopens</h1><p>03/04/2026</p>", language).date_published == day


def test_the_date_of_an_event_is_not_that_of_the_page() -> None:
    body = "<h1>Harbour reopens</h1><p>Hearing: 14 February 2027</p><p>Posted 7 January 2026</p>"
    assert metadata(body=body).date_published == "2026-01-07"


@pytest.mark.parametrize(
    "line",
    [
        "2026年1月3日 撮影", "2026년 1월 3일 접수", "2026年1月3日收稿", "3 Ocak 2026'da doğdu", "3 जनवरी 2026 को जन्म",
        "Uživatel od 3. ledna 2026", "Член от 3 януари 2026", "Учасник з 3 січня 2026", "† 3. Januar 2026",
        "Μέλος από 3 Ιανουαρίου 2026", "Archivbild vom 3. Januar 2026", "สมาชิกตั้งแต่ 3 มกราคม 2569",
    ],
)  # fmt: skip
def test_words_in_front_of_a_date_or_behind_it_say_that_it_is_another(line: str) -> None:
    assert metadata(stated("2026-01-07"), headed(line)).date_published == "2026-01-07"


@pytest.mark.parametrize("label", ["Hearing:", "Termin:", "<b>Plazo:</b>", "開催日"])
def test_a_time_element_of_an_event_is_no_publication(label: str) -> None:
    event = f'{label} <time datetime="2027-02-14">14.2.2027</time>'
    body = headed(event, "Posted 7 January 2026")
    assert read_markup(parse(body)).metadata.date_published == "2026-01-07"


@pytest.mark.parametrize(
    ("sentence", "published", "modified"),
    [
        ("This entry was posted on Saturday, December 3rd, 2011 and is filed under Sea.", "2011-12-03", None),
        ("Dieser Beitrag wurde am 3. Dezember 2011 veröffentlicht.", "2011-12-03", None),
        ("Story published on Dec 3, 2011.", "2011-12-03", None),
        ("This page was last modified on 3 December 2011, at 19:23.", None, "2011-12-03T19:23"),
        ("Diese Seite wurde zuletzt am 3. Dezember 2011 um 19:23 Uhr geändert.", None, "2011-12-03T19:23"),
        ("Harbour (last edited 2011-12-03 19:23:18 by", None, "2011-12-03T19:23:18"),
        ("Last updated: December 3, 2011", None, "2011-12-03"),
        ("The ferry of 3 December 2011 was the last one.", None, None),
        ("A member of the harbour board since 3 December 2011", None, None),
    ],
)
def test_a_sentence_below_the_text_says_when_a_page_was_published_or_changed(
    sentence: str, published: str | None, modified: str | None
) -> None:
    body = headed(
        *["The harbour is open."] * 60, f"{sentence} It is open now." if sentence.endswith("one.") else sentence
    )
    found = read_markup(parse(body)).metadata
    assert (found.date_published, found.date_modified) == (published, modified)


@pytest.mark.parametrize(
    "teaser",
    [
        "<div class=related-story>Old bridge closes <span>5 January 2026</span></div>",
        "<div><a href=/old>Old harbour bridge closes for repairs</a> <span>5 January 2026</span></div>",
        "<a href=/old><span>5 January 2026</span><b>Old harbour bridge closes for repairs</b></a>",
        "<figure><figcaption>5 January 2026</figcaption></figure>",
    ],
)
def test_the_date_of_a_teaser_or_a_picture_is_not_the_pages(teaser: str) -> None:
    body = headed("The harbour is open.").replace("</h1>", f"</h1>{teaser}")
    assert metadata(stated("2026-01-07"), body).date_published == "2026-01-07"


@pytest.mark.parametrize(
    ("content", "line", "day"),
    [
        ("11/01/2025 12:43", "Erstellt am: 01.11.2025", "2025-11-01"),
        ("11/01/2025 12:43", "Uhrzeit 12:43", "2025-01-11T12:43"),
        ("04/03/2026", "Photo of 25/02/2026", "2026-03-04"),
        ("04/03/2026", "Photo of 02/25/2026", "2026-04-03"),
    ],
    ids=lambda value: value[:12],
)
def test_other_dates_of_the_page_decide_between_day_and_month(content: str, line: str, day: str) -> None:
    head = f'<meta name="date" content="{content}">'
    assert metadata(head, headed(line, "Text"), "de").date_published == day


@pytest.mark.parametrize(
    "line",
    [
        "(7.1.2026) Der Hafen ist offen.",
        "Berlin, 7.1.2026 – Der Hafen ist offen.",
        "7 January 2026 - The port is open.",
    ],
)
def test_the_date_that_begins_a_paragraph_is_the_pages(line: str) -> None:
    body = f"<h1>{ARTICLE['headline']}</h1><p>{line} {'Mehr dazu morgen. ' * 9}</p>"
    assert read_markup(parse(body)).metadata.date_published == "2026-01-07"


@pytest.mark.parametrize("line", ["On 7 January 2026 the port opened", "Im Hafen, 7.1.2026 geöffnet, liegen Schiffe"])
def test_a_date_in_a_sentence_is_not_the_pages(line: str) -> None:
    body = f"<h1>{ARTICLE['headline']}</h1><p>{line} {'and more is to come. ' * 9}</p>"
    assert read_markup(parse(body)).metadata.date_published is None


def test_a_date_above_the_headline_goes_before_one_far_below() -> None:
    body = headed(*["Text of the story"] * 9, "3 December 2025", front="<div>Harbour, 7 January 2026</div>")
    assert read_markup(parse(body)).metadata.date_published == "2026-01-07"


def test_a_page_that_shows_only_its_change_has_no_date_of_a_teaser() -> None:
    found = read_markup(parse(headed("Updated: 8 January 2026", *["Text"] * 60, "3 December 2025"))).metadata
    assert (found.date_published, found.date_modified) == (None, "2026-01-08")


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("fa", "تاریخ انتشار: ۱۴۰۴/۱۲/۱۳ - ۰۸:۳۰", "2026-03-04"),
        ("zh-TW", "發布日期：115/03/04", "2026-03-04"),
        ("th", "04/03/2569 07:15", "2026-03-04"),
        ("zh", "二〇二六年三月四日", "2026-03-04"),
    ],
)
def test_a_shown_date_is_read_by_the_calendar_of_the_page(language: str, line: str, day: str) -> None:
    page = f'<html lang="{language}"><h1>Harbour</h1><p>{line}</p>'
    assert (read_markup(parse(page)).metadata.date_published or "")[:10] == day


@pytest.mark.parametrize(
    ("language", "published", "modified"),
    [
        ("sv", "Publicerad 3 mars 2026 07:15", "Uppdaterad 4 mars 2026 09:02"),
        ("zh", "发布时间：2026-03-03 07:15", "更新时间：2026-03-04 09:02"),
        ("ko", "등록 2026.03.03 07:15", "수정 2026.03.04 09:02"),
        ("tr", "Yayınlanma: 03.03.2026 07:15", "Güncelleme: 04.03.2026 09:02"),
    ],
)
@pytest.mark.parametrize("between", ["</p><p>", " "])
def test_a_change_may_stand_in_a_line_of_its_own(language: str, published: str, modified: str, between: str) -> None:
    found = read_markup(
        parse(f'<html lang="{language}"><h1>Harbour</h1><p>{published}{between}{modified}</p>')
    ).metadata
    assert (found.date_published, found.date_modified) == ("2026-03-03T07:15", "2026-03-04T09:02")


@pytest.mark.parametrize(("language", "day"), [("pl", "2025-11-03"), ("hr", "2025-10-03")])
def test_the_date_that_begins_a_paragraph_is_read_in_the_language_of_the_page(language: str, day: str) -> None:
    line = "Lipovac, 3 listopada 2025 – " + "Most je ponovno otvoren nakon dugih radova na stupovima i ogradi. " * 2
    found = read_markup(parse(f'<html lang="{language}"><h1>Most je ponovno otvoren</h1><p>{line}</p></html>'))
    assert found.metadata.date_published == day


@pytest.mark.parametrize("sentence", ["The fair opens at noon on {}.", "Jarmark ruszy na rynku {}, a skończy nocą."])
def test_a_time_element_in_a_sentence_of_the_text_is_no_publication(sentence: str) -> None:
    body = f"<h1>Fair</h1><p>{sentence.format('<time datetime=2027-02-14>14.2.</time>')}</p>"
    assert read_markup(parse(body)).metadata.date_published is None


def test_a_time_element_that_a_sentence_calls_the_day_of_publishing_counts() -> None:
    body = "<h1>Fair</h1><p>This article was first published on <time datetime=2026-02-14>14.2.</time>.</p>"
    assert (read_markup(parse(body)).metadata.date_published or "")[:10] == "2026-02-14"


@pytest.mark.parametrize(
    ("other", "own"),
    [
        ("Abonelik: 1 Ocak 2024", "Yayın tarihi: 7 Ocak 2026"),
        ("창간 1998년 4월 1일", "승인 2026.01.07 11:20"),
        ("Example Town, 1 March 2024", "Published: 7 January 2026"),
        ("Subscription from 1 March 2024", "Mis en ligne le 7 janvier 2026"),
    ],
)
def test_the_line_that_names_its_day_as_that_of_publishing_goes_first(other: str, own: str) -> None:
    page = f"<html><h1>Harbour reopens</h1><p>{other}</p><p>{own}</p><p>The harbour is open again, the town says.</p>"
    found = read_markup(parse(page)).metadata.date_published
    assert (found or "").startswith("2026-01-07")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("cs", "Vychází od 1. dubna 1991 | 7. 1. 2026"),
        ("zh", "资料照片（2022年6月1日摄） 2026-01-07 10:00:00"),
        ("no", "Medlem siden 4. mai 2018 – Publisert 7. jan. 2026 kl. 06.10"),
        ("tr", "Giriş: 07.01.2026 - 07:15 Güncelleme: 08.01.2026 - 09:00"),
    ],
)
def test_one_of_several_dates_of_a_line(language: str, line: str) -> None:
    story = "<p>The harbour is open again, the town says, after a year.</p>"
    page = f"<html lang={language}><h1>Harbour reopens</h1><p>{line}</p>{story}"
    assert (read_markup(parse(page)).metadata.date_published or "")[:10] == "2026-01-07"


@pytest.mark.parametrize(
    "line",
    [
        "Dernière connexion : 12/01/2025 — Publié le 7 janvier 2026",
        "Alapítva: 1921. május 1. | 2026. január 7. 7:15",
        "ก่อตั้งเมื่อ 1 มกราคม 2530 | เผยแพร่ 7 ม.ค. 2569",
        "1 March 2024 in Example Town, published 7 January 2026",
    ],
)
def test_the_date_that_is_named_of_several(line: str) -> None:
    assert (find_publication_dates(line, day_first=True).published or "")[:10] == "2026-01-07"


def test_two_days_of_an_event_are_no_days_of_publishing() -> None:
    page = "<html><h1>Harbour reopens</h1><p>Hearing: 3 February 2027 – 5 February 2027</p><p>The harbour is open.</p>"
    assert read_markup(parse(page)).metadata.date_published is None


@pytest.mark.parametrize(
    "event",
    [
        "<div class='event'><time datetime='2026-10-09T19:00'>9 October, 7 pm</time> Town Hall</div>",
        "<p>The fair opens on <time datetime='2026-10-09'>9 October</time>.</p>",
        "<p><time itemprop='startDate' datetime='2026-10-09'>9 October</time></p>",
        "<p>Πότε: 9 Οκτωβρίου 2026, 19:00</p>",
        "<p>Wann: 9.10.2026</p>",
    ],
)
def test_the_day_of_an_event_is_no_day_of_publishing(event: str) -> None:
    story = "".join(
        f"<p>The harbour is open again after {n} years, the town said, and boats may come in.</p>" for n in "234"
    )
    (article,) = clean_page(
        Page(f"<!DOCTYPE html><title>Harbour</title><h1>Harbour reopens</h1>{story}{event}")
    ).articles
    assert article.date_published is None


def test_a_page_in_another_script_writes_the_day_first() -> None:
    page = (
        "<html><h1>Cầu cũ mở lại</h1><p>03/02/2026</p><p>Cây cầu cũ đã được mở lại sau bốn năm, thị trấn cho biết.</p>"
    )
    assert read_markup(parse(page)).metadata.date_published == "2026-02-03"
    page = "<html><h1>Bridge reopens</h1><p>03/02/2026</p><p>The old bridge is open again, the town says.</p>"
    assert read_markup(parse(page)).metadata.date_published is None


def test_the_words_in_a_time_element_say_that_it_is_that_of_an_event() -> None:
    body = "<h1>Le port rouvre</h1><time datetime='2026-09-01'>Rentrée le 1er septembre 2026</time>"
    assert read_markup(parse(f'<html lang="fr"><body>{body}</body></html>')).metadata.date_published is None


@pytest.mark.parametrize("piece", ["event", "event-", "-", "agenda ", "Hearing: ", "16 May 2026 ", "Rentrée le "])
def test_hostile_events(piece: str) -> None:
    """Class names, words in front of times and the words in them that go on and on, and many times in boxes."""
    long = piece * 100_000
    boxes = f'<div class="{long}">{long}<time class="{long}">{long}</time></div>'
    many = f'<div class="{piece}"><time datetime="2026-05-16">{piece}</time></div>' * 5_000
    for body in (boxes, many):
        read_markup(parse(f"<h1>Harbour reopens</h1>{body}"), None, "2026-02-03T09:00:00+00:00")
