"""The day of publishing: stated, shown, and the dates of other things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.blocks.html import parse
from cleaners.metadata import read_markup
from cleaners.metadata.publication import NEVER, last_day
from cleaners.words.dates import find_publication_dates
from tests.support.metadata_pages import ARTICLE, json_ld, metadata


def test_a_page_that_only_says_when_it_was_changed_states_no_publishing() -> None:
    found = metadata("", "<h1>Harbour reopens</h1><p>Updated: 8 January 2026</p>")
    assert (found.date_published, found.date_modified) == ("2026-01-07", "2026-01-08")  # the former from the address


def test_the_zone_of_the_page_goes_before_utc() -> None:
    stated = json_ld({**ARTICLE, "datePublished": "2026-01-07T23:30:00Z"})
    found = metadata(stated, '<time datetime="2026-01-08T00:30:00+01:00">8 January</time>')
    assert found.date_published == "2026-01-08T00:30:00+01:00"


@pytest.mark.parametrize(
    ("language", "day"), [("en-US", "2026-03-04"), ("en-GB", "2026-04-03"), ("fr", "2026-04-03"), ("", "2026-01-07")]
)
def test_numeric_dates_follow_the_habit_of_the_page(language: str, day: str) -> None:
    assert metadata("", "<h1>Harbour reopens</h1><p>03/04/2026</p>", language).date_published == day


@pytest.mark.parametrize("line", ["Received: 10 March 2022", "Died 4 January 2026", "Aufgenommen am 1. Juni 2020"])
def test_a_date_of_something_else_does_not_override_the_stated_one(line: str) -> None:
    body = f"<h1>{ARTICLE['headline']}</h1><p>{line}</p>"
    assert metadata(json_ld(ARTICLE), body).date_published == ARTICLE["datePublished"]


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
    assert metadata(stated("2026-01-07"), page(line)).date_published == "2026-01-07"


@pytest.mark.parametrize("label", ["Hearing:", "Termin:", "<b>Plazo:</b>", "開催日"])
def test_a_time_element_of_an_event_is_no_publication(label: str) -> None:
    event = f'{label} <time datetime="2027-02-14">14.2.2027</time>'
    body = page(event, "Posted 7 January 2026")
    assert read_markup(parse(body)).metadata.date_published == "2026-01-07"


def stated(published: str, modified: str | None = None) -> str:
    """JSON-LD with the dates."""
    return json_ld({**ARTICLE, "datePublished": published, **({"dateModified": modified} if modified else {})})


def page(*behind: str, front: str = "") -> str:
    """A body with a headline, what stands in front of it, and lines behind it."""
    return f"{front}<h1>{ARTICLE['headline']}</h1>{''.join(f'<p>{line}</p>' for line in behind)}"


@pytest.mark.parametrize(
    ("statement", "line", "day"),
    [
        ("2026-01-07T22:30:00Z", "8. Januar 2026", "2026-01-08"),  # in Berlin
        ("2026-01-07T20:00:00Z", "8 January 2026 - 7:00AM", "2026-01-08T07:00"),  # in Sydney
        ("2026-01-08T03:28:35Z", "January 7, 2026", "2026-01-07"),  # in New York
        ("2026-01-08T04:00:41Z", "Jan. 7, 2026 11:00 pm EST", "2026-01-07T23:00-05:00"),  # seconds are not shown
        ("2026-01-08T10:32:00Z", "7 January 2026, 06:00", "2026-01-08T10:32:00+00:00"),  # no zone is so far away
        ("2026-01-07T08:00:00Z", "8 January 2026", "2026-01-08"),  # of a change that the page shows for its day
        ("2026-01-07T08:00:00Z", "Updated 8 January 2026", "2026-01-07T08:00:00+00:00"),  # of a change, as it says
        ("2026-01-07T08:00:00Z", "Stand: 8. Januar 2026", "2026-01-07T08:00:00+00:00"),
    ],
    ids=lambda value: value[:16],
)
def test_a_day_shown_in_another_zone_is_the_day_of_the_page(statement: str, line: str, day: str) -> None:
    assert metadata(stated(statement), page(line)).date_published == day


@pytest.mark.parametrize(("modified", "line"), [("2026-01-14", "14. Januar 2026"), ("2026-01-12", "12 janvier 2026")])
def test_a_change_of_the_same_days_may_be_the_day_that_a_page_shows(modified: str, line: str) -> None:
    assert metadata(stated("2026-01-07", modified), page(line)).date_published == modified
    assert metadata(stated("2025-12-07", modified), page(line)).date_published == "2025-12-07"
    assert metadata(stated("2026-01-07", "2026-01-20"), page(line)).date_published == "2026-01-07"


@pytest.mark.parametrize("line", ["30 December 2013", "30. Dezember 2013", "2013年12月30日"])
def test_a_page_that_states_no_change_was_published_when_it_shows_an_earlier_day(line: str) -> None:
    moved = json_ld({key: value for key, value in ARTICLE.items() if key != "dateModified"})
    assert metadata(moved, page(line)).date_published == "2013-12-30"
    assert metadata(moved, page("The harbour of 30 December 2013")).date_published == ARTICLE["datePublished"]
    assert metadata(moved, page(front=f"<p>{line}</p>")).date_published == ARTICLE["datePublished"]


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
    body = page(
        *["The harbour is open."] * 60, f"{sentence} It is open now." if sentence.endswith("one.") else sentence
    )
    found = read_markup(parse(body)).metadata
    assert (found.date_published, found.date_modified) == (published, modified)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Seen by many on 15 April 2020", "2026-01-07"),
        ("Berlin, 15.04.2020 – Der Hafen ist offen.", "2026-01-07"),
        ("15 April 2020", "2026-01-07"),
        ("Posted with joy on 8 January 2026, 9:00", "2026-01-08T09:00"),
    ],
)
def test_the_address_goes_before_lines_away_from_the_headline(line: str, day: str) -> None:
    assert metadata(body=page(*["The harbour is open."] * 12, line)).date_published == day
    assert metadata(body=page("15 April 2020", line)).date_published == "2020-04-15"


@pytest.mark.parametrize(
    ("path", "day"), [("2023/october/3", "2023-10-03"), ("2023/10/x", "2023-10-03"), ("2023/mar/x", "2023-03-10")]
)
def test_the_address_tells_whether_the_day_comes_first(path: str, day: str) -> None:
    for language in ("en-US", "en-GB", "fr"):
        tree = parse(f'<html lang="{language}"><body>{page("03/10/2023")}</body></html>')
        assert read_markup(tree, f"https://example.org/{path}/harbour").metadata.date_published == day


@pytest.mark.parametrize("epoch", ["1970-01-01T01:00:00+01:00", "1969-12-31T19:00:00-05:00", "December 31, 1969"])
def test_the_clock_at_0_is_no_date_in_any_zone(epoch: str) -> None:
    head = json_ld({**ARTICLE, "datePublished": epoch})
    assert metadata(head, page()).date_published in (None, "2026-01-07")


def test_the_zone_of_the_page_follows_from_its_local_time() -> None:
    head = stated("2026-01-08T03:28:35Z") + '<meta name="sailthru.date" content="2026-01-07 22:28:35">'
    assert metadata(head, page()).date_published == "2026-01-07T22:28:35-05:00"


@pytest.mark.parametrize("line", ["3 December 2025", "2. Dezember 2025", "2025년 12월 3일"])
def test_a_much_earlier_date_by_the_headline_is_not_believed(line: str) -> None:
    assert metadata(stated("2026-01-07", "2026-01-20"), page(line)).date_published == "2026-01-07"


def test_a_page_that_was_renewed_states_the_day_of_that() -> None:
    found = metadata(stated("2026-01-07", "2026-01-07"), page("3 December 2024"))
    assert found.date_published == "2024-12-03"
    also = metadata(stated("2026-01-07", "2026-01-07"), page("3 December 2024", "Text", "7 January 2026"))
    assert also.date_published == "2026-01-07"


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
    body = page("The harbour is open.").replace("</h1>", f"</h1>{teaser}")
    assert metadata(stated("2026-01-07"), body).date_published == "2026-01-07"


def test_two_statements_outvote_one() -> None:
    head = stated("2026-01-04", "2026-01-25") + '<meta property="article:published_time" content="2026-01-06T08:29">'
    assert metadata(head, page("6 January 2026")).date_published == "2026-01-06"


def test_a_meta_tag_that_is_older_than_a_renewal_counts() -> None:
    head = stated("2026-01-07", "2026-01-07") + '<meta property="article:published_time" content="2024-03-12">'
    assert metadata(head, page()).date_published == "2024-03-12"


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
    assert metadata(head, page(line, "Text"), "de").date_published == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://gazette.example/20260107/bridge", "2026-01-07"),
        ("https://gazette.example/news/07-01-2026", "2026-01-07"),
        ("https://gazette.example/report_07.01.2026_bridge", "2026-01-07"),
        ("https://gazette.example/news/31-02-2026", None),
        ("https://gazette.example/20261307/bridge", None),
        ("https://gazette.example/phone-07-01-20265", None),
    ],
)
def test_the_address_tells_the_day(url: str, day: str | None) -> None:
    assert read_markup(parse(f"<h1>{ARTICLE['headline']}</h1>"), url).metadata.date_published == day


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


def test_the_title_of_a_microformat_states_the_date() -> None:
    marked = '<abbr class="published" title="2026-01-07T10:52:00+02:00">10:52</abbr>'
    body = f"<h1>{ARTICLE['headline']}</h1><p>14.12.2025</p>{marked}"
    assert read_markup(parse(body)).metadata.date_published == "2026-01-07T10:52:00+02:00"


def test_a_date_above_the_headline_goes_before_one_far_below() -> None:
    body = page(*["Text of the story"] * 9, "3 December 2025", front="<div>Harbour, 7 January 2026</div>")
    assert read_markup(parse(body)).metadata.date_published == "2026-01-07"


def test_a_page_that_shows_only_its_change_has_no_date_of_a_teaser() -> None:
    found = read_markup(parse(page("Updated: 8 January 2026", *["Text"] * 60, "3 December 2025"))).metadata
    assert (found.date_published, found.date_modified) == (None, "2026-01-08")


DATES = [
    "2026-01-07", "2026-01-07T22:52Z", "2026-01-07T22:52:07Z", "2026-01-07T22:52", "2026-01-08T00:52:07", "2026-01-08",
    "2026-01-08T00:52:07+02:00", "Wed, 07 Jan 2026 22:52 GMT", "01/07/2026", "07/01/2026 23:52", "7 January 2026, 6 pm",
    "2025-12-31T23:59:59-11:00", "31/02/2026", "0000-00-00", "1767826327", "9999-12-31T23:59:59Z", "1900-01-01", "",
]  # fmt: skip


@given(st.tuples(*[st.sampled_from(DATES)] * 5), st.sampled_from(["", "en", "de", "zh-TW", "fa"]))
def test_no_pair_of_dates_raises(dates: tuple[str, ...], language: str) -> None:
    published, modified, tag, line, time = dates
    head = stated(published, modified) + f'<meta name="sailthru.date" content="{tag}">'
    body = page(line, f'<time datetime="{time}">then</time>')
    found = metadata(head, body, language).date_published
    assert found is None or found[:4].isdigit()


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


def test_the_first_second_of_all_clocks_is_no_date() -> None:
    stated = json_ld({**ARTICLE, "datePublished": "1970-01-01T00:00:00+00:00"})
    assert metadata(stated, "<h1>Harbour reopens</h1><p>4 March 2026</p>").date_published == "2026-03-04"


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


EVENT = '<h1>Harbour reopens</h1><p><time datetime="2026-05-16">16 May 2026</time></p>'


@pytest.mark.parametrize(
    ("retrieved", "day"),
    [("2026-02-03T09:00:00+00:00", None), ("2026-05-15T23:00:00+00:00", "2026-05-16"), (None, "2026-05-16")],
)
def test_no_page_was_published_after_it_was_retrieved(retrieved: str | None, day: str | None) -> None:
    """A day behind that is an event's; one of the next day may be written by a clock that is ahead."""
    assert read_markup(parse(EVENT), None, retrieved).metadata.date_published == day


@pytest.mark.parametrize(
    ("today", "day"),
    [("2026-12-24", "2026-12-25"), ("2026-12-31", "2027-01-01"), ("1970-01-01", NEVER), ("2025-06-01", NEVER)],
)
def test_a_page_that_nobody_retrieved_is_of_today_unless_the_clock_is_wrong(
    today: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaners.metadata.publication.time.strftime", lambda form, clock: today)
    assert last_day(None) == day


def test_a_date_to_come_leaves_the_one_below_it() -> None:
    shown = EVENT + "<p>Posted on 3 February 2026</p>"
    found = read_markup(parse(shown), None, "2026-02-03").metadata
    assert found.date_published == "2026-02-03"


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


@pytest.mark.parametrize("stated", ["", "yesterday", "0000-00-00", "9999-12-31T23:59:59+00:00", "2026-02-31", "1"])
def test_no_statement_of_when_a_page_was_retrieved_raises(stated: str) -> None:
    assert read_markup(parse("<h1>Harbour reopens</h1><p>7 January 2026</p>"), None, stated) is not None
