"""Metadata from the markup of made-up pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import parse
from cleaners.data import Metadata
from cleaners.metadata import Markup, read_markup

URL = "https://www.example.org/world/2026/01/07/harbour-reopens"


def page(head: str = "", body: str = "", language: str = "en") -> Markup:
    return read_markup(parse(f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'), URL)


def metadata(head: str = "", body: str = "", language: str = "en") -> Metadata:
    return page(head, body, language).metadata


def json_ld(value: Any) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour reopens after storm",
    "description": "Ferries run again.",
    "datePublished": "2026-01-07T14:05:00+01:00",
    "dateModified": "2026-01-08",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Max Roe"}],
    "publisher": {"@type": "Organization", "name": "Example Times"},
    "articleSection": ["World", "Sea"],
    "articleBody": "The harbour is open.",
    "isAccessibleForFree": "False",
}


def test_everything_from_json_ld() -> None:
    found = page(json_ld(ARTICLE) + '<link rel="canonical" href="/world/harbour">')
    assert found.metadata == Metadata(
        title="Harbour reopens after storm",
        summary="Ferries run again.",
        canonical_url="https://www.example.org/world/harbour",
        language="en",
        date_published="2026-01-07T14:05:00+01:00",
        date_modified="2026-01-08",
        authors=("Jane Doe", "Max Roe"),
        publisher="Example Times",
        section="World",
    )
    assert found.article_body == "The harbour is open."
    assert "NewsArticle" in found.types
    assert found.is_free is False


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
    assert (found.date_published, found.date_modified) == ("2026-01-07T14:05", None)


def test_a_page_that_only_says_when_it_was_changed_states_no_publishing() -> None:
    found = metadata("", "<h1>Harbour reopens</h1><p>Updated: 8 January 2026</p>")
    assert (found.date_published, found.date_modified) == ("2026-01-07", "2026-01-08")  # the former from the address


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ("Jane Doe and Max Roe", ("Jane Doe", "Max Roe")),
        ({"@type": "Person", "name": "Jane Doe"}, ("Jane Doe",)),
        ({"name": ["Jane Doe", "Max Roe"]}, ("Jane Doe", "Max Roe")),
        ([["Jane Doe"], [{"name": "Max Roe"}]], ("Jane Doe", "Max Roe")),
        ({"@id": "#jane"}, ("Jane Doe",)),
        ({"name": {"name": "Jane Doe"}}, ("Jane Doe",)),
        ([None, 7, {"name": None}, {}], ()),
        (None, ()),
        (7, ()),
        ("https://example.org/jane", ()),
        ("Max &amp; Jane Doe", ("Max", "Jane Doe")),
    ],
)
def test_authors_of_every_type(author: Any, names: tuple[str, ...]) -> None:
    graph = {"@graph": [{**ARTICLE, "author": author}, {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}
    assert metadata(json_ld(graph)).authors == names


HEADLINE = '"headline": "Harbour reopens after storm", "@type": "NewsArticle"'


@pytest.mark.parametrize(
    "script",
    [
        "{%s,}",
        "{%s},",
        "[{%s},]",
        "<!-- {%s} -->",
        "//<![CDATA[\n{%s}\n//]]>",
        "/* made by hand */ {%s} // end",
        "{%s};",
        '{"@type": "WebSite"}\n{%s}',
        '{"@type": "WebPage", "mainEntity": {%s}}',
        '{"@graph": [[{%s}]]}',
        '{%s, "text": "two\nlines\tand // no comment, }"}',
    ],
)
def test_broken_json_ld_is_mended(script: str) -> None:
    assert metadata(json_ld(script.replace("%s", HEADLINE))).title == "Harbour reopens after storm"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "[]",
        '"text"',
        "{" * 5_000,
        '{"@graph":[' * 5_000 + "{}" + "]}" * 5_000,
        "[" * 200_000,
        '"' * 200_001,
        '{"a\\' * 100_000,
        "/*" * 100_000,
        "{}" * 100_000,
        '{"n": ' + "1" * 100_000 + "}",
        '{"headline": "Not sound',
        '{"x": "' + "y" * 2_000_000 + '"}',
    ],
    ids=range(14),
)
def test_json_ld_beyond_mending_counts_as_absent(script: str) -> None:
    found = metadata('<meta property="og:title" content="Harbour reopens">' + json_ld(script))
    assert found.title == "Harbour reopens"


def test_the_article_of_the_page_is_told_from_others_beside_it() -> None:
    other = {**ARTICLE, "headline": "Another story", "author": "Eve Poe"}
    found = metadata(json_ld([other, ARTICLE]), "<h1>Harbour reopens after storm</h1>")
    assert (found.title, found.authors) == ("Harbour reopens after storm", ("Jane Doe", "Max Roe"))


def test_markup_in_the_body_of_json_ld_is_decoded() -> None:
    body = "&lt;p&gt;The harbour &amp;amp; the quay&lt;/p&gt;"
    assert page(json_ld({**ARTICLE, "articleBody": "<p>The harbour &amp; the quay</p>"})).article_body == (
        "The harbour & the quay"
    )
    assert page(json_ld({**ARTICLE, "articleBody": "AT&T < T&A"})).article_body == "AT&T < T&A"
    assert page(json_ld({**ARTICLE, "articleBody": body})).article_body is not None


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Harbour reopens - Example Times</title>", "", "Harbour reopens"),
        ("<title>Harbour reopens | World | Example</title>", "Harbour reopens", "Harbour reopens"),
        ('<meta property="og:title" content="Harbour reopens">', "Storm Harbour reopens", "Harbour reopens"),
        (
            '<meta property="og:title" content="Storm: Harbour reopens">',
            "Storm Harbour reopens",
            "Storm: Harbour reopens",
        ),
        ("<title>Ferries run as harbour reopens</title>", "Harbour reopens after days", "Harbour reopens after days"),
        ('<meta property="og:title" content="Harbour reopens at last">', "Example Times", "Harbour reopens at last"),
        ("", "Harbour reopens", "Harbour reopens"),
    ],
)
def test_the_headline_is_chosen_by_agreement(head: str, heading: str, title: str) -> None:
    site = '<meta property="og:site_name" content="Example Times">'
    assert metadata(site + head, f"<h1>{heading}</h1>").title == title


def test_the_zone_of_the_page_goes_before_utc() -> None:
    stated = json_ld({**ARTICLE, "datePublished": "2026-01-07T23:30:00Z"})
    found = metadata(stated, '<time datetime="2026-01-08T00:30:00+01:00">8 January</time>')
    assert found.date_published == "2026-01-08T00:30:00+01:00"


@pytest.mark.parametrize(
    ("language", "day"), [("en-US", "2026-03-04"), ("en-GB", "2026-04-03"), ("fr", "2026-04-03"), ("", "2026-01-07")]
)
def test_numeric_dates_follow_the_habit_of_the_page(language: str, day: str) -> None:
    assert metadata("", "<h1>Harbour reopens</h1><p>03/04/2026</p>", language).date_published == day


FOREIGN = (
    "<div class='comment-list'><span class='author'>Eve Poe</span><time datetime='2026-02-02'>x</time></div>",
    "<aside class='related'><a rel='author'>Ann Poe</a></aside>",
)


@pytest.mark.parametrize("box", FOREIGN)
def test_dates_and_names_of_comments_and_teasers_are_not_the_page_s(box: str) -> None:
    found = read_markup(parse(f"<h1>Harbour reopens</h1><p>The harbour is open.</p>{box}")).metadata
    assert (found.authors, found.date_published) == ((), None)


def test_the_outlet_is_author_only_where_nobody_else_is_named() -> None:
    stated = {**ARTICLE, "author": {"@type": "Organization", "name": "Example Times"}}
    body = "<h1>Harbour reopens after storm</h1>"
    assert metadata(json_ld(stated), body).authors == ("Example Times",)
    assert metadata(json_ld(stated), body + "<p>By Jane Doe</p>").authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("<p>By</p><p>mixmaster</p>", ("mixmaster",)),
        ("<p>Jane Doe</p><p>7 January 2026</p>", ("Jane Doe",)),
        ("<p>Jane Doe</p><p>Senior Editor</p>", ("Jane Doe",)),
        ("<p>Jane Doe | Senior Editor | 7 January 2026</p>", ("Jane Doe",)),
        ("<p>The Example Team</p><p>7 January 2026</p>", ("The Example Team",)),
        ("<p>Latest News</p><p>7 January 2026</p>", ()),
        ("<p>The harbour is open.</p>" * 40 + "<p>This post was written by</p><p>Jane Doe, Editor</p>", ("Jane Doe",)),
        ("<p>The harbour is open.</p>" * 40 + "<p>Jane Doe</p><p>7 January 2026</p>", ()),
    ],
)
def test_bylines_without_any_markup(lines: str, authors: tuple[str, ...]) -> None:
    assert metadata("", f"<h1>Harbour reopens</h1>{lines}").authors == authors


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


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "name", "headline", "author", "publisher", "datePublished", "mainEntity"]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@given(JSON, st.text(max_size=60))
def test_no_json_and_no_page_raises(value: Any, text: str) -> None:
    script = json_ld(json.dumps({"@type": "NewsArticle", "headline": "x", "part": value}).replace("</", "<\\/"))
    read_markup(
        parse(script + json_ld(json.dumps(value).replace("</", "<\\/")) + f"<h1>{text}</h1><time>{text}</time>")
    )


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


@pytest.mark.parametrize("title", ["…", "!!!", "—"])
def test_a_title_without_a_letter_is_compared_with_a_heading(title: str) -> None:
    assert metadata(f'<meta property="og:title" content="{title}">', "<h1>Harbour reopens after storm</h1>").title


@pytest.mark.parametrize(
    "label",
    ["Fact Check", "Real Estate", "Example Echo Dot", "Middle East", "Vie Locale", "責任編輯", "コラム", "댓글"],
)
@pytest.mark.parametrize("date", ["7 January 2026", "2026年1月7日"])
def test_a_label_beside_a_date_is_no_author(label: str, date: str) -> None:
    for lines in ((label, date), (date, label)):
        body = "".join(f"<p>{line}</p>" for line in lines)
        assert metadata(body=f"<h1>Harbour reopens after storm</h1>{body}").authors == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("بقلم: منى حسن", "منى حسن"),
        ("מאת: דנה לוי", "דנה לוי"),
        ("Γράφει η Άννα Παππά", "Άννα Παππά"),
        ("लेखक: आशा शर्मा", "आशा शर्मा"),
        ("โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("Tác giả: Trần Văn An", "Trần Văn An"),
        ("Piše: Ana Horvat", "Ana Horvat"),
        ("Autorius: Jonas Petraitis", "Jonas Petraitis"),
        ("Автор статті: Олена Коваль", "Олена Коваль"),
        ("記者：陳美麗", "陳美麗"),
        ("김보기 기자", "김보기"),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_a_labelled_byline_names_the_author(line: str, name: str) -> None:
    body = f"<h1>Harbour reopens after storm</h1><p>{line}</p><p>7 January 2026</p>"
    assert metadata(body=body).authors == (name,)


def test_a_river_of_other_stories_behind_the_article_names_no_author() -> None:
    river = "".join(f'<div><i>An hour ago</i> <a rel="author">{name} Roe</a></div>' for name in ("Jane", "Max"))
    story = '<main><article><h1>Harbour reopens</h1><div class="byline">Ada Doe / 3 hours ago</div></article></main>'
    assert metadata(body=story + river).authors == ("Ada Doe",)


def test_a_name_in_parts() -> None:
    author = {"@type": "Person", "givenName": "Ada", "familyName": "Roe"}
    assert metadata(json_ld({**ARTICLE, "author": author})).authors == ("Ada Roe",)


@pytest.mark.parametrize("line", ["Received: 10 March 2022", "Died 4 January 2026", "Aufgenommen am 1. Juni 2020"])
def test_a_date_of_something_else_does_not_override_the_stated_one(line: str) -> None:
    body = f"<h1>{ARTICLE['headline']}</h1><p>{line}</p>"
    assert metadata(json_ld(ARTICLE), body).date_published == ARTICLE["datePublished"]


def test_the_date_of_an_event_is_not_that_of_the_page() -> None:
    body = "<h1>Harbour reopens</h1><p>Hearing: 14 February 2027</p><p>Posted 7 January 2026</p>"
    assert metadata(body=body).date_published == "2026-01-07"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("橋梁今年春天重新開放_地方_範例日報", "橋梁今年春天重新開放"),
        ("橋が春に再開へ--見本新聞", "橋が春に再開へ"),
        ("Bridge reopens in the spring -- Example Times", "Bridge reopens in the spring"),
        ("Bridge reopens in the spring | Example Times", "Bridge reopens in the spring"),
    ],
)
@pytest.mark.parametrize("heading", ["", "Example Times"])
def test_a_title_without_a_heading_or_with_the_site_as_heading(title: str, headline: str, heading: str) -> None:
    if not heading or heading in title:
        assert metadata(f"<title>{title}</title>", f"<h1>{heading}</h1>").title == headline


@pytest.mark.parametrize(
    "name", ["0", "Uncategorized", "Sin categoría", "Без рубрики", "未分類", "Tweet", "Example News Home"]
)
def test_sections_that_are_none(name: str) -> None:
    assert metadata(json_ld({**ARTICLE, "articleSection": [name]})).section is None
    assert metadata(json_ld({**ARTICLE, "articleSection": [name, "Sea"]})).section == "Sea"


@pytest.mark.parametrize(("stated", "code"), [("fil-PH", "fil"), ("kmr", "kmr"), ("deu", "de"), ("pt_BR", "pt")])
def test_a_stated_language(stated: str, code: str) -> None:
    assert metadata(language=stated).language == code
