"""All facts of a page together: from meta tags, from what it shows, from odd and hostile markup."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import parse
from cleaners.data import Metadata
from cleaners.metadata import Markup, read_markup
from tests.support.metadata_pages import ARTICLE, json_ld, metadata, page


def test_a_page_that_states_nothing() -> None:
    assert read_markup(parse("<p>The harbour is open.</p>")) == Markup(Metadata())


def test_everything_from_meta_tags() -> None:
    found = metadata(
        '<title>Harbour reopens | Example Times</title><meta property="og:title" content="Harbour reopens">'
        '<meta property="og:site_name" content="Example Times"><meta name="author" content="Jane Doe">'
        '<meta property="article:published_time" content="2026-01-07"><meta name="description" content="Ferries run.">'
        '<meta property="article:section" content="World"><meta property="og:locale" content="de_DE">',
        language="",
    )
    assert found == Metadata(
        title="Harbour reopens",
        summary="Ferries run.",
        language="de",
        date_published="2026-01-07",
        authors=("Jane Doe",),
        publisher="Example Times",
        section="World",
    )


def test_everything_from_what_the_page_shows() -> None:
    found = metadata(
        "<title>Harbour reopens</title>",
        '<nav>Home</nav><h1>Harbour reopens</h1><p class="byline">By <a href="/jane">Jane Doe</a>, Sea Editor</p>'
        "<p>Published <span>7 January 2026, 14:05</span></p><p>Updated: 8 January 2026</p><p>The harbour is open.</p>",
    )
    assert (found.title, found.authors) == ("Harbour reopens", ("Jane Doe",))
    assert (found.date_published, found.date_modified) == ("2026-01-07T14:05", "2026-01-08")


FOREIGN = (
    "<div class='comment-list'><span class='author'>Eve Poe</span><time datetime='2026-02-02'>x</time></div>",
    "<aside class='related'><a rel='author'>Ann Poe</a></aside>",
)


@pytest.mark.parametrize("box", FOREIGN)
def test_dates_and_names_of_comments_and_teasers_are_not_the_page_s(box: str) -> None:
    found = read_markup(parse(f"<h1>Harbour reopens</h1><p>The harbour is open.</p>{box}")).metadata
    assert (found.authors, found.date_published) == ((), None)


@pytest.mark.parametrize("url", ["", "not an address", "http://[", "https://example.org:x/", "\x00"])
def test_any_address_will_do(url: str) -> None:
    tree = parse('<link rel="canonical" href="http://[">' + json_ld(ARTICLE))
    assert read_markup(tree, url).metadata.title == "Harbour reopens after storm"


@pytest.mark.parametrize(
    "stated", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/"]
)
def test_a_canonical_address_is_one_that_can_be_followed_safely(stated: str) -> None:
    link = f'<link rel="canonical" href="{stated}">'
    assert metadata(link).canonical_url is None
    og_url = '<meta property="og:url" content="https://www.example.org/harbour">'
    assert metadata(link + og_url).canonical_url == "https://www.example.org/harbour"
    assert metadata(f'<meta property="og:url" content="{stated}">').canonical_url is None


@pytest.mark.parametrize(
    "name", ["0", "Uncategorized", "Sin categoría", "Без рубрики", "未分類", "Tweet", "Example News Home"]
)
def test_sections_that_are_none(name: str) -> None:
    assert metadata(json_ld({**ARTICLE, "articleSection": [name]})).section is None
    assert metadata(json_ld({**ARTICLE, "articleSection": [name, "Sea"]})).section == "Sea"


@pytest.mark.parametrize(("stated", "code"), [("fil-PH", "fil"), ("kmr", "kmr"), ("deu", "de"), ("pt_BR", "pt")])
def test_a_stated_language(stated: str, code: str) -> None:
    assert metadata(language=stated).language == code


def test_deep_trees_are_read_without_recursion() -> None:
    deep = "<div class='author'>" * 5_000 + "Jane Doe" + "</div>" * 5_000
    assert read_markup(parse(f"<h1>Harbour reopens</h1><p>By Jane Doe</p>{deep}")).metadata.authors == ("Jane Doe",)
    # libxml2 2.14 stops at such a depth, and the page is read again without it; older ones go deeper than we look.
    assert read_markup(parse("<h1>" + "<b>" * 5_000 + "Harbour")).headings in ((), ("Harbour",))


def test_wide_pages_are_read_to_a_bound() -> None:
    wide = "<span class='author'>x</span><time>x</time><i itemprop='datePublished'>x</i><a rel='author'>x</a>" * 10_000
    metas = '<meta name="author" content="x y z"><meta name="date" content="x">' * 10_000
    found = read_markup(parse(f"<html><head>{metas}</head><h1>Harbour reopens</h1>{wide}</html>")).metadata
    assert (found.title, found.date_published) == ("Harbour reopens", None)


ODD = (
    "",
    "…",
    "!!!",
    "—",
    "0",
    "a",
    "\u202e",
    "العنوان الرئيسي",
    "9999-99-99",
    "1066-10-14",
    "3026-01-01",
    "By",
    "&lt;",
)


ODD_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.sampled_from(ODD), st.lists(st.sampled_from(ODD), max_size=3)
)


METAS = ("og:title", "author", "date", "og:site_name")


FACTS = ("headline", "datePublished", "dateModified", "author", "publisher", "articleSection", "inLanguage")


@given(
    st.dictionaries(st.sampled_from(METAS), st.sampled_from(ODD)),
    st.dictionaries(st.sampled_from(FACTS), ODD_VALUES),
    st.lists(st.tuples(st.sampled_from(("h1", "h2", "p", "time", "title")), st.sampled_from(ODD)), max_size=6),
)
def test_odd_facts_in_any_place_raise_nothing(
    metas: dict[str, str], facts: dict[str, Any], shown: list[tuple[str, str]]
) -> None:
    head = "".join(f'<meta name="{key}" property="{key}" content="{value}">' for key, value in metas.items())
    body = "".join(f"<{tag}>{text}</{tag}>" for tag, text in shown)
    assert isinstance(page(head + json_ld({"@type": "NewsArticle", **facts}), body), Markup)


@pytest.mark.parametrize(
    ("above", "section"),
    [
        ("<nav><a href='/1'>Beranda</a> <a href='/2'>Sport</a></nav>", None),
        ("<div class='main-menu'><a href='/1'>Sport</a> <a href='/2'>Kultur</a></div>", None),
        ("<nav><a href='/1'>Domů</a> » <a href='/2'>Sport</a></nav>", "Sport"),
        ("<p><a href='/2'>Sport</a></p>", "Sport"),
    ],
)
def test_a_menu_above_the_headline_is_no_section(above: str, section: str | None) -> None:
    assert metadata(body=f"{above}<h1>Harbour reopens</h1>").section == section


def test_the_day_of_a_quoted_post_is_not_that_of_the_page() -> None:
    post = "<blockquote class='twitter-tweet'><p>It is open!</p>— Jane (@jane) <a>February 3, 2026</a></blockquote>"
    assert read_markup(parse(f"<h1>Harbour reopens</h1><p>At last.</p>{post}")).metadata.date_published is None
