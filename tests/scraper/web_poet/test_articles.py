"""Records as articles of zyte-common-items."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("zyte_common_items", reason="pip install 'copydesk[web-poet]' brings zyte-common-items")
pytest.importorskip("scrapy_poet", reason="pip install 'copydesk[web-poet]' brings scrapy-poet")

import attrs
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings
from zyte_common_items import Article

from cleaners.data import Page
from cleaners.running.batch import CleaningOptions, clean_to_lines
from scraper.web_poet.addon import PLACE, PROVIDER, PROVIDERS, WebPoet
from scraper.web_poet.articles import zyte_article
from tests.support.made_pages import STORY
from tests.support.paths import ROOT

URL = "https://gazette.example/oaks?from=front"
FETCHED = "2026-03-08T01:30:00+02:00"
HEAD = """<html lang="en"><head><title>{title}</title><link rel="canonical" href="https://gazette.example/oaks">
<meta property="og:type" content="article"><meta property="og:image" content="https://gazette.example/oaks.jpg">
<meta name="description" content="Volunteers plant oaks."><meta name="author" content="Ana Example">{more}</head>"""


def made(more: str = "", url: str = URL, text: str | None = None) -> Article:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.body) if text is None else text
    markup = HEAD.format(title=STORY.headline, more=more)
    page = Page(f"{markup}<body><article><h1>{STORY.headline}</h1>{body}</article>", url=url, retrieved_at=FETCHED)
    return zyte_article(clean_to_lines(page, CleaningOptions(audit=False, bodies="html")), url)


def stated(article: Article) -> dict[str, Any]:
    """The fields that are not None."""
    return attrs.asdict(article, filter=lambda _, value: value is not None)


def published(moment: str, name: str = "published") -> str:
    return f'<meta property="article:{name}_time" content="{moment}">'


def test_each_fact_has_its_place() -> None:
    article = made(published("2026-03-07T18:20:05+01:00") + published("2026-03-07T19:00:00Z", "modified"))
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in STORY.body)
    wanted: dict[str, Any] = {
        "url": URL,
        "canonicalUrl": "https://gazette.example/oaks",
        "headline": STORY.headline,
        "description": "Volunteers plant oaks.",
        "datePublished": "2026-03-07T18:20:05+01:00",
        "dateModified": "2026-03-07T19:00:00Z",
        "authors": [{"name": "Ana Example"}],
        "inLanguage": "en",
        "mainImage": {"url": "https://gazette.example/oaks.jpg"},
        "images": [{"url": "https://gazette.example/oaks.jpg"}],
        "articleBody": "\n".join(STORY.body),
        "articleBodyHtml": f"<article>\n\n{paragraphs}\n\n</article>",
        "metadata": {"probability": 1.0, "dateDownloaded": "2026-03-07T23:30:00Z"},
    }
    assert stated(article) == wanted


@pytest.mark.parametrize(
    ("date", "given"),
    [
        ("2026-03-07", "2026-03-07T00:00:00"),
        ("2026-03-07T18:20", "2026-03-07T18:20:00"),
        ("2026-03-07T18:20Z", "2026-03-07T18:20:00Z"),
        ("2026-03-07T18:20:05-03:00", "2026-03-07T18:20:05-03:00"),
    ],
)
def test_a_date_is_given_to_the_second(date: str, given: str) -> None:
    assert made(published(date)).datePublished == given


def test_the_day_of_a_change_stands_for_one_of_publication() -> None:
    article = made(published("2026-03-07T19:00:00Z", "modified"))
    assert article.datePublished == article.dateModified == "2026-03-07T19:00:00Z"


def test_what_a_page_does_not_state_is_none() -> None:
    page = Page("<article>" + "".join(f"<p>{paragraph}</p>" for paragraph in STORY.body), retrieved_at=FETCHED)
    article = zyte_article(clean_to_lines(page, CleaningOptions(any_page=True, audit=False, bodies="html")), URL)
    assert article.articleBody == "\n".join(STORY.body)
    for name in ("authors", "breadcrumbs", "datePublished", "dateModified", "mainImage", "images", "canonicalUrl"):
        assert getattr(article, name) is None, name


def test_a_page_without_a_story_is_empty_and_says_why() -> None:
    page = Page("<p>Nothing", url=URL, retrieved_at=FETCHED)
    cleaned = clean_to_lines(page, CleaningOptions(audit=False, bodies="html"))
    article = zyte_article(cleaned, URL)
    assert cleaned.rejected
    assert stated(article) == {
        "url": URL,
        "metadata": {
            "probability": 0.0,
            "dateDownloaded": "2026-03-07T23:30:00Z",
            "validationMessages": {"articleBody": [cleaned.rejected["reason"]]},
        },
    }


def test_a_page_of_another_kind_has_no_known_probability() -> None:
    page = Page((ROOT / "tests" / "whole" / "pages" / "forum-en.html").read_bytes(), url=URL, retrieved_at=FETCHED)
    article = zyte_article(clean_to_lines(page, CleaningOptions(any_page=True, audit=False, bodies="html")), URL)
    assert article.articleBody
    assert article.get_probability() is None


def test_text_is_escaped_and_only_web_links_stay() -> None:
    paragraph = f"{STORY.body[0]} &lt;script&gt; <a href='javascript:x()'>Lowland</a> <a href='/up'>Mirador</a>."
    html = made(text="".join(f"<p>{each}</p>" for each in (paragraph, *STORY.body[1:]))).articleBodyHtml
    assert html
    assert "&lt;script&gt;" in html
    assert "javascript" not in html
    assert 'href="https://gazette.example/up"' in html


def test_the_add_on_keeps_what_the_project_says() -> None:
    other = "gazette.providers.Other"
    settings = Settings({PROVIDERS: {other: 1}})
    WebPoet().update_settings(settings)
    assert settings.getdict(PROVIDERS) == {other: 1, PROVIDER: PLACE}
    assert any("InjectionMiddleware" in str(each) for each in settings.getdict("DOWNLOADER_MIDDLEWARES"))
    settings = Settings({PROVIDERS: {PROVIDER: 900}})
    WebPoet().update_settings(settings)
    assert settings.getdict(PROVIDERS) == {PROVIDER: 900}


def test_another_reactor_is_told() -> None:
    with pytest.raises(NotConfigured, match="needs Scrapy's asyncio reactor"):
        WebPoet().update_settings(Settings({"TWISTED_REACTOR": "twisted.internet.epollreactor.EPollReactor"}))
