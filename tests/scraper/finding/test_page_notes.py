"""What a page says beside its article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import parse
from scraper.finding.page_notes import is_further_page, may_have_next, next_page, says_noindex

URL = "https://gazette.example/world/bridge"


@pytest.mark.parametrize("link", ["bridge/2", "/world/bridge/page/2/", "?page=2", "/world/bridge/seite2"])
def test_a_next_page_of_the_article_is_found(link: str) -> None:
    for page in (f'<link rel="next" href="{link}">', f"<p><a class=x rel='nofollow next' href='{link}'>Next</a>"):
        assert may_have_next(page.encode())
        assert next_page(parse(page), URL)


@pytest.mark.parametrize(
    "link", ["/world/market", "/world/", "https://other.example/world/bridge/2", URL, "javascript:0"]
)
def test_the_next_article_is_no_next_page(link: str) -> None:
    assert next_page(parse(f'<link rel="next" href="{link}">'), URL) is None


def test_pages_lead_from_one_to_the_next() -> None:
    assert is_further_page(f"{URL}/3", f"{URL}/2")
    assert is_further_page("https://g.example/bridge-2.html", "https://g.example/bridge.html")
    assert not is_further_page("https://g.example/2", "https://g.example/1")


@pytest.mark.parametrize(
    ("page", "noindex"),
    [
        (b'<meta content="NOINDEX,nofollow" name=robots>', True),
        (b'<meta name="googlebot" content="noindex">', True),
        (b'<meta name="description" content="what noindex means">', False),
        (b"<p>noindex", False),
    ],
)
def test_noindex_is_seen(page: bytes, noindex: bool) -> None:
    assert says_noindex(page) is noindex


@given(st.binary())
def test_no_page_makes_it_stumble(body: bytes) -> None:
    says_noindex(body)
    may_have_next(body)


@pytest.mark.parametrize("piece", [b"<meta ", b"<meta noindex ", b"rel=", b"rel = next-", b"rel=" + b" a" * 9])
def test_a_page_of_one_piece_again_and_again_costs_little(piece: bytes) -> None:
    assert not says_noindex(piece * (10**6 // len(piece)))
    may_have_next(piece * (10**6 // len(piece)))
