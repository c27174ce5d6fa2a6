from __future__ import annotations

import pytest

from cleaners import Page, clean_page

pytest.importorskip("cmarkgfm")

from bench.measure.structure import _marked, keeps_the_law, links

TEXT = (
    "The council of <a href='/town'>the town</a> met on Monday, and <a href='#'></a> talked for a long time, it said."
)


def test_the_blocks_of_a_page_and_their_marks_are_counted() -> None:
    page = f"<article><h1>Bridge</h1><p>{TEXT}</p><ul><li>{TEXT} One.</li><li>{TEXT} Two.</li></ul><p>{TEXT} Three.</p>"
    cleaned = clean_page(Page(page, url="https://news.example/a", kind="html"), any_page=True)
    (article,) = cleaned.articles
    assert keeps_the_law(article)
    assert set(links(article)) == {"https://news.example/town"}
    counts = _marked(cleaned, article)
    assert (counts["li"], counts["marked li"]) == (2, 2)
    assert (counts["links"], counts["marked links"]) == (4, 4)
