"""Microdata, sections, publishers and copyright lines, on pages of a few elements."""

from __future__ import annotations

from lxml import html

from cleaners.metadata import Markup, read_markup
from cleaners.metadata.copyright import copyright_owners


def markup(body: str, head: str = "") -> Markup:
    return read_markup(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def test_microdata_names_the_author_without_the_job() -> None:
    page = markup(
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Bridge shut until autumn</h1>'
        '<p itemprop="author" itemscope><b itemprop="name">Jane Doe</b> <i itemprop="jobTitle">Editor</i></p></div>'
    )
    assert page.metadata.authors == ("Jane Doe",)


def test_section_of_a_trail_is_its_deepest_part() -> None:
    trail = '<div class="breadcrumb"><a href="/">Home</a> <a href="/n">News</a> <a href="/l">Local</a></div>'
    assert markup(f"{trail}<h1>Bridge shut until autumn</h1>").metadata.section == "Local"


def test_section_of_a_linked_kicker() -> None:
    assert markup('<p><a href="/l">Transport</a></p><h1>Bridge shut until autumn</h1>').metadata.section == "Transport"


def test_no_section_from_a_long_line_above() -> None:
    assert markup(f'<p><a href="/">{"word " * 20}</a></p><h1>Bridge shut until autumn</h1>').metadata.section is None


def test_publisher_from_the_title_and_none_from_the_host() -> None:
    body = "<h1>Bridge shut until autumn</h1>"
    assert markup(body, "<title>Bridge shut until autumn | Example Times</title>").metadata.publisher == "Example Times"
    assert markup(body).metadata.publisher is None


def test_copyright_owner_and_a_hostile_line() -> None:
    assert list(copyright_owners(["© 2019-2026 Example Times. All rights reserved."])) == ["Example Times"]
    assert list(copyright_owners(["© " * 90])) == []


def test_scopes_and_dates_beside_and_inside_each_other() -> None:
    """A set of attributes with their elements took time that grows with its square."""
    dated = '<i itemprop="datePublished" content="2026-03-07"></i>'
    scope = '<div itemscope itemtype="https://schema.org/NewsArticle">'
    page = markup(f"<h1>Bridge shut until autumn</h1>{dated * 50_000}{scope * 1_000}")
    assert page.metadata.date_published == "2026-03-07"
