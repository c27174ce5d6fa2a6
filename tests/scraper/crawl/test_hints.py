"""What a rejection says that can be done about it in a crawl."""

from __future__ import annotations

import pytest

from cleaners.data import Page
from cleaners.running.batch import clean_to_lines
from scraper.crawl.hints import in_crawl

SHELL = b"<html><body><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>" + (
    b"<script src=/app.js></script></body></html>"
)
EMPTY_SHELL = b"<html><body><div id=root></div><script src=/app.js></script></body></html>"
FRONT = b"<html><body>" + b"".join(b"<h2><a href=/%d>A headline of a story</a></h2>" % n for n in range(60))


def reason(content: bytes, *, may_use_browser: bool = True) -> str:
    page = Page(content, url="https://gazette.example/")
    rejected = in_crawl(clean_to_lines(page), page, may_use_browser=may_use_browser).rejected
    assert rejected is not None
    return str(rejected["reason"])


@pytest.mark.parametrize("content", [SHELL, EMPTY_SHELL], ids=["it says so", "it is empty"])
def test_a_browser_is_named_for_a_shell_where_none_was_asked(content: bytes) -> None:
    assert reason(content).endswith(" With -s JAVASCRIPT=True a browser fills it.")
    assert "JAVASCRIPT=" not in reason(content, may_use_browser=False)


def test_the_setting_is_named_and_not_the_argument_of_python() -> None:
    assert "With -s CLEANING_ANY_PAGE=True its main content" in reason(FRONT)
    assert "any_page=True" not in reason(SHELL)
    assert "JAVASCRIPT=" not in reason(FRONT)


def test_a_page_with_an_article_is_left_as_it_is() -> None:
    page = Page(b"<article><h1>News</h1>" + b"<p>The council voted on Monday to rebuild the old ferry landing.</p>" * 9)
    cleaned = clean_to_lines(page)
    assert cleaned.articles
    assert in_crawl(cleaned, page, may_use_browser=True) is cleaned
