"""Addresses of one article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.finding.variants import article_address, is_other_version, names_same_article, spellings

OWN = "https://gazette.example/world/bridge-1"
VERSIONS = [
    "https://gazette.example/world/bridge-1/amp/",
    "https://gazette.example/amp/world/bridge-1",
    "https://amp.gazette.example/world/bridge-1",
    "https://gazette.example/world/bridge-1?amp",
    "https://gazette.example/world/bridge-1?amp=1",
    "https://gazette.example/world/bridge-1?outputType=amp",
    "https://gazette.example/world/bridge-1/print",
    "https://gazette.example/world/bridge-1?view=print",
    "https://gazette.example/world/bridge-1/drucken/",
]
SAME = [
    "https://gazette.example/world/bridge-1/",
    "https://gazette.example/world/bridge-1?ref=home",
    "http://www.gazette.example:80/world/bridge-1",
    "https://m.gazette.example/world/bridge-1",
    "https://gazette.example/world/bridge-1/index.html",
]


@pytest.mark.parametrize("url", VERSIONS)
def test_amp_and_print_versions_are_known(url: str) -> None:
    assert is_other_version(url)
    assert article_address(url) == article_address(OWN)
    assert names_same_article(url, OWN)


@pytest.mark.parametrize("url", SAME)
def test_other_spellings_are_no_versions_but_the_same_article(url: str) -> None:
    assert not is_other_version(url)
    assert article_address(url) == article_address(OWN)


@pytest.mark.parametrize("url", ["/world/blueprint-1", "/fingerprint", "/a?amp=0", "/camp/1", "/lamp.html", "/sprint/"])
def test_a_word_that_only_ends_so_names_no_version(url: str) -> None:
    assert not is_other_version(f"https://gazette.example{url}")


def test_articles_are_told_apart() -> None:
    assert article_address(OWN) != article_address("https://gazette.example/world/bridge-2")
    assert article_address(OWN) != article_address("https://other.example/world/bridge-1")
    assert not names_same_article(OWN, "https://gazette.example/template-2")
    assert names_same_article("https://g.example/news/12345", "https://g.example/news/bridge-opens-12345.html")


@given(st.text(), st.text())
def test_no_address_makes_it_stumble(path: str, other: str) -> None:
    url = f"https://gazette.example/{path}"
    is_other_version(url)
    names_same_article(url, other if other.isascii() else OWN)


def test_an_address_is_one_of_its_spellings() -> None:
    for url in (OWN, "https://www.gazette.example/", "http://gazette.example/a?id=1", "http://127.0.0.1:8000/a/"):
        assert url in spellings(url)
