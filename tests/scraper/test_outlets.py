"""Outlets: arguments of spiders, the outlets file, and the selectors in it."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import CopydeskError, MissingPath, NotText
from scraper.finding.moments import is_older, read_moment, read_span
from scraper.finding.selectors import without_parts
from scraper.outlets import (
    COUNT,
    DEPTH,
    BadArgument,
    Outlet,
    parse_outlets,
    read_addresses,
    read_bound,
    read_entry_points,
    read_max_age,
    read_outlets,
    read_since,
)
from scraper.spiders.urls import UrlsSpider

WHOLE = """
[[outlet]]
name = "The Made Gazette"
feeds = "https://gazette.example/feed.xml"
sitemaps = ["https://gazette.example/robots.txt"]
sites = ["https://gazette.example/", "https://sport.gazette.example"]
urls = ["https://gazette.example/a?utm_source=x"]
language = "EN"
since = 2026-01-01
max_age = "12h"
depth = 2
count = 50
keep = ["article.story", "h1"]
drop = [".ticker"]
hosts = ["m.gazette.example:8080", "any"]
cookies = false

[[outlet]]
name = "Die gemachte Zeitung"
sites = ["https://zeitung.example/"]
"""


# --- Moments and spans -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        (" 2026-03-07 ", datetime(2026, 3, 7, tzinfo=UTC)),
        ("2026-03-07T10:30Z", datetime(2026, 3, 7, 10, 30, tzinfo=UTC)),
        ("2026-03-07T10:30:15.5+02:00", datetime(2026, 3, 7, 8, 30, 15, 500_000, tzinfo=UTC)),
        ("2026-03-07 10:30", datetime(2026, 3, 7, 10, 30, tzinfo=UTC)),
    ],
)
def test_moments_are_read(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["", "yesterday", "26-03-07", "2026-13", "2026-02-30", "0000", "0001-01-01T00:00+23:00", "9" * 100_000]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_read_as_it_was_written(moment: datetime) -> None:
    text = moment.isoformat()
    assert read_moment(text) in (datetime.fromisoformat(text), None)


def test_spans_are_read() -> None:
    assert [read_span(text) for text in ("90s", "30m", " 12h", "7D", "2 w")] == [90, 1_800, 43_200, 604_800, 1_209_600]
    assert [read_span(text) for text in ("", "7", "d", "-1d", "1.5h", "7 days", "9" * 99 + "d")] == [None] * 7


def test_only_what_is_known_to_be_older_is_older() -> None:
    new_year, day_before = datetime(2026, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC)
    assert is_older(day_before, new_year)
    assert not is_older(new_year, new_year)
    assert not is_older(None, new_year)
    assert not is_older(day_before, None)


# --- Arguments ---------------------------------------------------------------------------------------------------


def test_addresses_are_separated_by_commas() -> None:
    assert read_addresses("https://a.example/1, https://b.example,,") == ("https://a.example/1", "https://b.example/")
    assert read_addresses("") == ()


def test_entry_points_stand_in_arguments_and_files(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# feeds\nhttps://a.example/1\n\n  https://b.example/2  \n", "utf-8")
    found = read_entry_points("https://c.example/", f"{tmp_path / 'list.txt'}")
    assert found == ("https://c.example/", "https://a.example/1", "https://b.example/2")


def test_wrong_arguments_are_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("https://a.example/1\nnonsense\n", "utf-8")
    with pytest.raises(BadArgument, match=r"^not a web address: 'a\.example' \(it begins with http:// or https://\)$"):
        read_addresses("a.example")
    with pytest.raises(BadArgument, match=r"^not a web address: 'nonsense'"):
        read_entry_points("", str(tmp_path / "list.txt"))
    with pytest.raises(BadArgument, match=r"^no address to begin with: give -a url=… or -a file=…$"):
        read_entry_points(" , ", "")
    with pytest.raises(MissingPath, match="no such file or folder: nowhere"):
        read_entry_points("", "nowhere.txt")
    with pytest.raises(BadArgument, match="since is a day such as 2026-01-01, not 'last week'"):
        read_since("last week")
    with pytest.raises(BadArgument, match="max_age is a number with s, m, h, d or w, such as 12h or 7d, not '7'"):
        read_max_age("7")
    with pytest.raises(BadArgument, match="depth is a whole number, not '-1'"):
        read_bound("depth", "-1")


def test_messages_stay_short_and_on_one_line() -> None:
    with pytest.raises(CopydeskError) as raised:
        read_addresses("x\n" * 100_000)
    assert len(str(raised.value)) < 250
    assert "\n" not in str(raised.value)


def test_what_is_not_given_is_none() -> None:
    assert read_since("") is None
    assert read_max_age("") is None


# --- The outlets file --------------------------------------------------------------------------------------------


def test_an_outlets_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text(WHOLE, "utf-8")
    first, second = read_outlets(tmp_path / "outlets.toml")
    assert first == Outlet(
        "The Made Gazette",
        urls=("https://gazette.example/a",),
        feeds=("https://gazette.example/feed.xml",),
        sitemaps=("https://gazette.example/robots.txt",),
        sites=("https://gazette.example/", "https://sport.gazette.example/"),
        language="en",
        since=datetime(2026, 1, 1, tzinfo=UTC),
        max_age=43_200,
        depth=2,
        count=50,
        keep=("article.story", "h1"),
        drop=(".ticker",),
        hosts=("m.gazette.example:8080", "any"),
        cookies=False,
    )
    assert first.named_hosts == {"gazette.example", "sport.gazette.example", "m.gazette.example"}
    assert second == Outlet("Die gemachte Zeitung", sites=("https://zeitung.example/",), depth=DEPTH, count=COUNT)


SOUND: dict[str, Any] = {"name": "A", "urls": ["https://a.example/"]}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "f: no outlets; each is a table [[outlet]]"),
        ({"outlet": []}, "f: no outlets; each is a table [[outlet]]"),
        ({"outlet": {"name": "A"}}, "f: no outlets; each is a table [[outlet]]"),
        ({"outlets": [SOUND]}, "f: not known here: outlets; each outlet is a table [[outlet]]"),
        ({"outlet": [SOUND, "B"]}, "f, outlet 2: not a table"),
        ({"outlet": [{"urls": []}]}, "f, outlet 1: it has no name"),
        ({"outlet": [{"name": 7}]}, "f, outlet 1: it has no name"),
        ({"outlet": [SOUND, SOUND]}, "f: several outlets named A"),
        ({"outlet": [{"name": "A"}]}, "f, outlet 1 ('A'): no entry points: give it urls, feeds, sitemaps or sites"),
        ({"outlet": [SOUND | {"feed": "x"}]}, "f, outlet 1 ('A'): not known here: feed"),
        ({"outlet": [SOUND | {"feeds": 7}]}, "f, outlet 1 ('A'): a text or a list of texts, not '7'"),
        ({"outlet": [SOUND | {"feeds": ["file:///etc/passwd"]}]}, "f, outlet 1 ('A'): not a web address: 'file:///etc"),
        (
            {"outlet": [SOUND | {"language": "English"}]},
            "f, outlet 1 ('A'): language is a code of two or three letters, not",
        ),
        ({"outlet": [SOUND | {"depth": True}]}, "f, outlet 1 ('A'): depth is a whole number, not 'True'"),
        ({"outlet": [SOUND | {"count": 1.5}]}, "f, outlet 1 ('A'): count is a whole number, not '1.5'"),
        ({"outlet": [SOUND | {"max_age": 7}]}, "f, outlet 1 ('A'): max_age is a number with s, m, h, d or w"),
        ({"outlet": [SOUND | {"since": 7}]}, "f, outlet 1 ('A'): since is a day such as 2026-01-01, not '7'"),
        ({"outlet": [SOUND | {"cookies": "no"}]}, "f, outlet 1 ('A'): cookies is true or false, not 'no'"),
        ({"outlet": [SOUND | {"hosts": "https://b.example/x"}]}, "f, outlet 1 ('A'): hosts are names such as sport."),
        ({"outlet": [SOUND | {"hosts": ["a b"]}]}, "f, outlet 1 ('A'): hosts are names such as sport.gazette.example"),
        ({"outlet": [SOUND | {"hosts": "b.example:99999"}]}, "f, outlet 1 ('A'): hosts are names such as sport."),
        ({"outlet": [SOUND | {"drop": [">>"]}]}, "f, outlet 1 ('A'): not a CSS selector: '>>'"),
        ({"outlet": [SOUND | {"keep": ["p::before"]}]}, "f, outlet 1 ('A'): not a CSS selector: 'p::before'"),
    ],
)
def test_what_means_nothing_is_told_with_its_place(document: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArgument) as raised:
        parse_outlets(document, "f")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8", "utf-32"])
def test_a_file_in_any_unicode_with_a_byte_order_mark_is_read(tmp_path: Path, encoding: str) -> None:
    text = '[[outlet]]\nname = "Größe"\nurls = "https://news.example/a"\n'
    (tmp_path / "outlets.toml").write_bytes(text.encode(encoding))
    (outlet,) = read_outlets(tmp_path / "outlets.toml")
    assert (outlet.name, outlet.urls) == ("Größe", ("https://news.example/a",))
    (tmp_path / "list.txt").write_bytes("https://news.example/a\r\n# größe\nhttps://news.example/b\n".encode(encoding))
    expected = ("https://news.example/a", "https://news.example/b")
    assert read_entry_points("", str(tmp_path / "list.txt")) == expected
    assert asyncio.run(_started(UrlsSpider(file=str(tmp_path / "list.txt")))) == expected


async def _started(spider: UrlsSpider) -> tuple[str, ...]:
    return tuple([request.url async for request in spider.start()])


@pytest.mark.parametrize("content", [b"[[outlet", b"\xff\xff", b"a = 1\na = 2"])
def test_what_is_no_toml_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.toml").write_bytes(content)
    with pytest.raises(BadArgument, match=r"bad\.toml: no TOML file: "):
        read_outlets(tmp_path / "bad.toml")


@given(
    st.dictionaries(
        st.sampled_from([*SOUND, "feeds", "since", "keep", "depth"]),
        st.one_of(st.text(), st.dates(), st.lists(st.text()), st.none(), st.integers()),
    )
)
def test_any_table_is_an_outlet_or_is_told(table: dict[str, Any]) -> None:
    try:
        (outlet,) = parse_outlets({"outlet": [SOUND | table]}, "f")
    except BadArgument as error:
        message = str(error)
    else:
        message = f"f, outlet 1: {outlet.name}" if outlet.entry_points else ""
    assert message.startswith("f, outlet 1")


def test_days_of_toml_are_days() -> None:
    assert read_since(date(2026, 3, 7)) == read_since("2026-03-07") == datetime(2026, 3, 7, tzinfo=UTC)


# --- Selectors ---------------------------------------------------------------------------------------------------

PAGE = b"""<!doctype html><html><head><title>Title</title><meta name="author" content="Ana"></head><body class="page">
<nav>Menu</nav> loose <div id="wrap"><script type="application/ld+json">{"a": 1}</script><script>track()</script>
<article><h1>Headline</h1><p>One.</p><aside>Advert</aside> between <p>Two.</p></article> behind </div>
<footer>Imprint</footer></body></html>"""


def test_what_is_dropped_leaves_the_rest() -> None:
    html = without_parts(PAGE, None, (), ("aside", "nav, footer", ".not-there"))
    assert "Advert" not in html
    assert "Menu" not in html
    assert "Imprint" not in html
    for left in ("Title", "loose", "Headline", "One.", "between", "Two.", "behind", '{"a": 1}', "track()"):
        assert left in html


def test_what_is_kept_leaves_the_facts() -> None:
    html = without_parts(PAGE, None, ("article", "article p"), ("aside",))
    for left in ("Title", "Ana", "Headline", "One.", "between", "Two.", '{"a": 1}', 'class="page"'):
        assert left in html
    for gone in ("Menu", "loose", "Advert", "track()", "behind", "Imprint"):
        assert gone not in html
    assert html.count("One.") == 1


def test_what_is_kept_stays_in_its_order() -> None:
    html = without_parts(b"<p id=a>1</p><p id=b>2</p><p id=c>3</p>", None, ("#c", "#a"), ())
    assert html.index(">1<") < html.index(">3<")
    assert ">2<" not in html


def test_a_page_on_which_nothing_is_kept_stays_whole() -> None:
    assert "Menu" in without_parts(PAGE, None, (".other-template",), ())


def test_a_page_of_two_bodies_is_one() -> None:
    html = without_parts(b"'></body><body><a href='x'>A</a><p>B</p>", None, ("a",), ())
    assert ">A<" in html
    assert ">B<" not in html


@pytest.mark.parametrize("selector", ["html", "body", "head", "title", "*", ":root"])
def test_selectors_of_the_frame_do_no_harm(selector: str) -> None:
    assert "<html" in without_parts(PAGE, None, (selector,), ())
    assert "<title>Title</title>" in without_parts(PAGE, None, (), (selector,))


def test_the_charset_of_the_header_is_heard() -> None:
    assert "Größe" in without_parts("<p>Größe</p><i>x</i>".encode("cp1252"), "cp1252", ("p",), ())


@pytest.mark.parametrize(
    "content", [b"", b"<", b"<p>" * 3_000, b"<div>" * 5_000 + b"<p>x", b"plain text", b"\xff\xfe<\x00"]
)
def test_any_page_can_be_taken_apart(content: bytes) -> None:
    assert isinstance(without_parts(content, "nonsense", ("p",), ("i",)), str)


def test_a_picture_is_no_page() -> None:
    with pytest.raises(NotText):
        without_parts(b"\x89PNG\r\n\x1a\n" + bytes(500), None, ("p",), ())
