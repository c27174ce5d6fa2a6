"""JSON-LD: which object is the page's article, broken scripts, and what no script may do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import parse
from cleaners.data import Metadata
from cleaners.metadata import read_markup
from tests.support.metadata_pages import ARTICLE, json_ld, metadata, page


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
