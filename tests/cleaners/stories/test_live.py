from __future__ import annotations

from dataclasses import asdict

import pytest

from bench.measure.live import counts
from bench.pages.live_lookalikes import lookalikes
from bench.pages.live_pages import LivePage, document, live_pages
from bench.pages.live_texts import TOLD, Told
from cleaners import Page, clean_page
from cleaners.data import Article, Update

PAGES, LOOKALIKES = live_pages(), lookalikes()
ENGLISH = TOLD["en"]


def column(
    entries: str, *, title: str = "What happened at the harbour", day: str = "2026-02-03T22:00:00+01:00"
) -> Article:
    """The article of a page with these entries, last changed at `day`, which is not called live."""
    html = document(Told(title, ENGLISH.intro, ()), "en", entries).replace("2026-02-03T21:30:00+01:00", day)
    (article,) = clean_page(Page(html)).articles
    return article


def entries(*times: str, form: str = "<div class=e><p>{time}</p><h3>{title}</h3><p>{text}</p></div>") -> str:
    """An entry of an English column for each time, in a form."""
    return "".join(
        form.format(time=time, title=title, text=text)
        for time, (title, text) in zip(times, ENGLISH.entries, strict=False)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_column_in_any_layout_is_one_story_with_all_its_entries(page: LivePage) -> None:
    (article,) = clean_page(Page(page.html, kind="html")).articles
    assert article.kind == "live"
    assert counts(article.updates, page.entries) == (6, 6, 6)
    assert all(entry.text in article.text for entry in page.entries)


@pytest.mark.parametrize("page", LOOKALIKES, ids=lambda page: page.name)
def test_what_only_looks_like_a_column_gains_no_entries(page: LivePage) -> None:
    articles = clean_page(Page(page.html), any_page=True).articles
    assert articles
    assert all(article.updates == () and article.kind != "live" for article in articles)


def test_the_words_of_entries_are_words_of_the_text() -> None:
    article = column(entries("21:00", "20:00", "19:30", "18:45"))
    assert article.updates[0] == Update("2026-02-03T21:00", *ENGLISH.entries[0])
    assert all(update.text in article.text for update in article.updates)
    assert ENGLISH.intro in article.text


@pytest.mark.parametrize(
    ("times", "days"),
    [
        (("00:40", "00:10", "23:50", "22:00"), ["04", "04", "03", "03"]),
        (("21:00", "20:00", "19:30", "18:45"), ["03", "03", "03", "03"]),
    ],
)
def test_the_day_changes_where_the_clock_passes_midnight(times: tuple[str, ...], days: list[str]) -> None:
    last = "2026-02-04T00:45:00+01:00" if times[0] < "12" else "2026-02-03T22:00:00+01:00"
    found = column(entries(*times), day=last)
    assert [update.time for update in found.updates] == [
        f"2026-02-{day}T{time}" for day, time in zip(days, times, strict=True)
    ]


def test_a_time_that_was_read_in_another_zone_than_the_page_states_keeps_its_day() -> None:
    found = column(entries("00:20", "23:50", "23:10", "22:00"), day="2026-02-03T23:30:00+00:00")
    assert [update.time for update in found.updates][:2] == ["2026-02-04T00:20", "2026-02-03T23:50"]


def test_without_any_day_the_times_are_null() -> None:
    html = f"<html lang=en><article><h1>{ENGLISH.title}</h1>{entries('21:00', '20:00', '19:30', '18:45')}</article>"
    (article,) = clean_page(Page(html)).articles
    assert [update.time for update in article.updates] == [None] * 4
    assert article.kind == "live"


@pytest.mark.parametrize(
    ("times", "title", "found"),
    [
        (("21:00", "20:00", "19:30", "18:45"), "What happened at the harbour", 4),
        (("21:00", "20:00", "19:30"), "What happened at the harbour", 0),
        (("21:00", "20:00", "19:30"), "Harbour live", 3),
        (("18:45", "19:30", "20:00", "21:00"), "What happened at the harbour", 0),
        (("18:45", "19:30", "20:00", "21:00"), "Harbour live", 4),
        (("18:45", "21:30", "17:00", "21:00"), "Harbour live", 0),
        (("21:00", "15:30", "9:00", "4:45"), "Harbour live", 0),
        (("21:00", "21:00", "21:00", "21:00"), "Harbour live", 0),
    ],
)
def test_times_in_order_make_a_column(times: tuple[str, ...], title: str, found: int) -> None:
    assert len(column(entries(*times), title=title).updates) == found


@pytest.mark.parametrize(
    "form",
    [
        "<div class=comment><p>{time}</p><h3>{title}</h3><p>{text}</p></div>",
        "<div class=e><p>{time}</p><h3><a href=/{time}>{title}</a></h3><p>{text}</p></div>",
    ],
)
def test_comments_and_links_to_stories_are_no_entries(form: str) -> None:
    assert column(entries("21:00", "20:00", "19:30", "18:45", form=form), title="Harbour live").updates == ()


def test_the_time_of_an_element_counts_more_than_what_it_shows() -> None:
    form = "<div class=e><time datetime='2026-02-03T{time}:07Z'>a while ago</time><h3>{title}</h3><p>{text}</p></div>"
    found = column(entries("21:00", "20:00", "19:30", "18:45", form=form), title="Harbour live")
    assert [update.time for update in found.updates][:2] == ["2026-02-03T21:00:07+00:00", "2026-02-03T20:00:07+00:00"]


def test_an_empty_time_element_gives_its_time_to_what_is_below() -> None:
    form = "<div class=e><time datetime='2026-02-03T{time}:00Z'></time><h3>{title}</h3><p>{text}</p></div>"
    found = column(entries("21:00", "20:00", "19:30", "18:45", form=form), title="Harbour live")
    assert found.updates[0] == Update("2026-02-03T21:00:00+00:00", *ENGLISH.entries[0])


def test_an_entry_without_words_is_left_out_and_one_with_a_headline_is_not() -> None:
    whole = entries("21:00", "20:00", "19:30")
    rest = "<div class=e><p>18:45</p><h3>Only a headline</h3></div><div class=e><p>18:40</p></div>"
    found = column(whole + rest, title="Harbour live")
    assert found.updates[3:] == (Update("2026-02-03T18:45", "Only a headline", ""),)


def test_a_long_column_is_read_whole() -> None:
    text = "The brigade has pumped water out of cellar number {} and goes on to the next one, said its chief."
    clocks = (f"{minute // 60:02}:{minute % 60:02}" for minute in (1439 - number // 4 for number in range(5000)))
    many = "".join(
        f"<div class=e><p>{clock}</p><p>{text.format(number)}</p></div>" for number, clock in enumerate(clocks)
    )
    assert len(column(many, title="Harbour live").updates) == 5000


def test_updates_are_plain_values_in_the_record() -> None:
    article = column(entries("21:00", "20:00", "19:30", "18:45"))
    assert article.to_dict()["updates"] == [asdict(update) for update in article.updates]


SIGNED = "<div class=e><{tag}>{{time}} {who}</{tag}><p>{{text}}</p></div>"


def heads(tag: str, *who: str) -> list[bool]:
    """Whether the text has what stands behind the time of each entry of a column."""
    times = ("21:00", "20:00", "19:30", "18:45")
    parts = (
        SIGNED.format(tag=tag, who=name).format(time=time, text=text)
        for name, time, (_, text) in zip(who, times, ENGLISH.entries, strict=False)
    )
    text = column("".join(parts), title="Harbour live").text
    return [f"{time} {name}" in text for name, time in zip(who, times, strict=True)]


@pytest.mark.parametrize("tag", ["h3", "p"])
def test_headlines_of_two_capitalised_words_sign_no_entries(tag: str) -> None:
    assert heads(tag, "Final Whistle", "Goal Rovers", "Half Time", "Team News") == [True] * 4


def test_who_writes_several_entries_signs_them() -> None:
    assert heads("p", "Nora Quill", "Otto Sample", "Nora Quill", "Nora Quill") == [False] * 4
