"""Where an article's address leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import parse
from scraper.finding.landing import led_elsewhere, reads_as_article

BASE = "https://news.example"
ASKED = f"{BASE}/world/2026/01/02/a-story-about-a-bridge-12345.html"
TEASERS = "<div><h2><a href='/a-b-c-1'>One</a></h2><p>Short.</p></div>" * 9
STORY = "<main>" + f"<p>{'The council met in the town hall on Monday evening. ' * 3}</p>" * 3 + "</main>"


@pytest.mark.parametrize(
    "landed", ["/", "", "/index.html", "/?error=404", "/en/", "/de-CH/", "https://parked.example/", "/home"]
)
def test_a_front_page_is_no_article(landed: str) -> None:
    assert "front page" in (led_elsewhere(ASKED, landed if "//" in landed else BASE + landed, parse(STORY)) or "")


@pytest.mark.parametrize(
    "landed", ["/world/", "/world/2026/", "/politics/", "/tag/bridges", "/archive?page=2", "/login"]
)
def test_a_section_is_no_article_unless_it_reads_as_one(landed: str) -> None:
    assert "section page" in (led_elsewhere(ASKED, BASE + landed, parse(TEASERS)) or "")
    assert led_elsewhere(ASKED, BASE + landed, parse(STORY)) is None
    assert led_elsewhere(ASKED, BASE + landed, parse('<meta property="og:type" content="article">' + TEASERS)) is None


@pytest.mark.parametrize(
    ("asked", "landed"),
    [
        (ASKED, ASKED + "?page=1"),
        (ASKED, ASKED.replace("https://", "http://www.")),
        (ASKED, f"{BASE}/local/2026/01/02/a-story-about-a-bridge-12345.html"),
        (f"{BASE}/bridge", f"{BASE}/bridge/"),
        (f"{BASE}/x", f"{BASE}/?p=123"),
        (f"{BASE}/", f"{BASE}/en/"),
        (f"{BASE}/p/abc", f"{BASE}/bridge"),
    ],
)
def test_an_article_that_has_moved_is_one(asked: str, landed: str) -> None:
    assert led_elsewhere(asked, landed, parse(TEASERS)) is None


@given(st.text(), st.text())
def test_no_address_makes_it_stumble(path: str, other: str) -> None:
    led_elsewhere(f"{BASE}/{path}", f"{BASE}/{other}", parse(TEASERS))


def test_a_page_of_endless_paragraphs_is_looked_at_in_part() -> None:
    assert reads_as_article(parse("<p>" * 10_000 + STORY)) in (True, False)
    assert not reads_as_article(parse("<div>" + "<p>word</p>" * 10_000 + "</div>"))
