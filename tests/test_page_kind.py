"""What kind of page it is, told from hand-made evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import parse
from cleaners.data import Block
from cleaners.evidence import Evidence, evidence_of
from cleaners.metadata import read_markup
from cleaners.page_kind import Kind, article_log_odds, page_kind

ARTICLE = Evidence(
    kept_words=600,
    kept_blocks=15,
    longest_run=600,
    link_words=200,
    total_words=1000,
    ending="The ferries run again.",
    dropped="Home World Sport Subscribe Related: Storm in the north",
    has_h1=True,
    has_date=True,
    has_author=True,
    types=frozenset({"NewsArticle", "og:article"}),
    url="https://example.org/world/harbour-reopens-after-winter-storm",
    is_free=None,
)
BARE = Evidence(kept_words=40, kept_blocks=1, longest_run=40, link_words=300, total_words=600)


def test_an_article() -> None:
    found = page_kind(ARTICLE)
    assert (found.kind, found.is_article) == (Kind.ARTICLE, True)
    assert found.confidence > 0.9


def test_a_long_text_without_any_sign_is_kept() -> None:
    assert page_kind(Evidence(kept_words=500, kept_blocks=9, longest_run=400, total_words=900)).is_article


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (replace(BARE, types=frozenset({"Product", "og:product"}), url="https://example.org/p/9"), Kind.PRODUCT),
        (replace(BARE, types=frozenset({"DiscussionForumPosting"}), url="https://example.org/t/9"), Kind.FORUM),
        (replace(BARE, url="https://example.org/forums/threads/9", types=frozenset({"QAPage"})), Kind.FORUM),
        (replace(BARE, url="https://example.org/search?q=x", types=frozenset({"CollectionPage"})), Kind.SEARCH),
        (replace(BARE, url="https://example.org/", types=frozenset({"ItemList"}), kept_words=5), Kind.INDEX),
        (replace(BARE, url="https://example.org/gallery/tag/9", types=frozenset({"ItemList"})), Kind.GALLERY),
        (replace(BARE, url="https://example.org/video/tag/9", types=frozenset({"ItemList"})), Kind.VIDEO),
    ],
)
def test_a_page_that_is_surely_no_article_is_refused(evidence: Evidence, kind: Kind) -> None:
    found = page_kind(evidence)
    assert (found.kind, found.is_article) == (kind, False)
    assert found.confidence > 0.95


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("404 Page not found. Go home.", Kind.ERROR, "phrase-error"),
        ("Just a moment... Checking your browser", Kind.ERROR, "phrase-error"),
        ("Weiter mit Werbung oder werbefrei im Abo", Kind.COOKIE_WALL, "phrase-cookie-wall"),
        ("Please enable JavaScript to view this page", Kind.SCRIPT_SHELL, "phrase-script-shell"),
    ],
)
def test_walls_errors_and_shells(text: str, kind: Kind, rule: str) -> None:
    found = page_kind(Evidence(kept_words=6, total_words=40, dropped=text))
    assert (found.kind, found.rule) == (kind, rule)
    assert page_kind(replace(ARTICLE, dropped=text)).kind is Kind.ARTICLE


SHORT = replace(ARTICLE, kept_words=90, kept_blocks=3, longest_run=90, total_words=400)


@pytest.mark.parametrize(
    ("evidence", "rule"),
    [
        (replace(SHORT, is_free=False), "not-free"),
        (replace(SHORT, dropped="Already a subscriber? Sign in"), "phrase-paywall"),
        (replace(SHORT, ending="Um weiterzulesen, melden Sie sich an."), "phrase-paywall"),
        (replace(SHORT, ending="The ferries run and…"), "cut-off"),
        (replace(SHORT, ending="The ferries run and [...]"), None),
        (replace(SHORT, ending="The ferries run and ..."), "cut-off"),
    ],
)
def test_a_text_that_is_cut_off_is_a_stub(evidence: Evidence, rule: str | None) -> None:
    found = page_kind(evidence)
    assert found.is_article
    assert (found.rule if found.kind is Kind.STUB else None) == rule


@pytest.mark.parametrize("evidence", [SHORT, replace(ARTICLE, is_free=False), replace(SHORT, is_free=True)])
def test_a_short_text_or_a_long_one_behind_a_paywall_is_whole(evidence: Evidence) -> None:
    assert page_kind(evidence).kind is Kind.ARTICLE


def test_evidence_from_blocks() -> None:
    tree = parse("<html><body><h1>Harbour reopens</h1><p>By Jane Doe</p><p>7 January 2026</p></body></html>")
    blocks = [
        Block("Home World", 1, link_density=1.0),
        Block("The harbour is open.", 2),
        Block("Ferries run again.", 3),
        Block("Advertisement", 4),
        Block("It snows.", 5, link_density=0.5),
    ]
    found = evidence_of(blocks, [False, True, True, False, True], read_markup(tree), "https://example.org/a")
    assert found == Evidence(
        kept_words=9,
        kept_blocks=3,
        longest_run=7,
        link_words=3,
        total_words=12,
        ending="It snows.",
        dropped="Home World Advertisement",
        headline="Harbour reopens",
        has_h1=True,
        has_date=True,
        has_author=True,
        url="https://example.org/a",
    )


def test_no_blocks_are_evidence_too() -> None:
    assert not page_kind(evidence_of([], [], read_markup(parse("")), "https://example.org/")).is_article


NUMBERS = st.integers(0, 10**7)


@given(st.builds(Evidence, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.text(), st.text(), url=st.text()))
def test_every_evidence_gives_a_kind_with_a_confidence(evidence: Evidence) -> None:
    assert 0 <= page_kind(evidence).confidence <= 1


@pytest.mark.parametrize("sign", ["has_h1", "has_date", "has_author"])
def test_what_articles_have_speaks_for_one(sign: str) -> None:
    assert article_log_odds(ARTICLE) > article_log_odds(replace(ARTICLE, **{sign: False}))


@pytest.mark.parametrize("piece", ["a/", "-", "search/", "?q=", "&s=", "tag"])
def test_hostile_addresses_and_texts(piece: str) -> None:
    page_kind(replace(ARTICLE, url="https://example.org/" + piece * 200_000, ending=piece * 200_000))


@pytest.mark.parametrize(
    ("url", "headline", "kind"),
    [
        ("https://example.org/suche?q=ampel&sort=datum", "Suche: ampel", Kind.SEARCH),
        ("https://example.org/news/2026/search-for-boat-goes-on?q=1", "Search for boat goes on", Kind.ARTICLE),
        ("https://example.org/gone", "Oups, page introuvable", Kind.ERROR),
        (
            "https://example.org/news/a-story",
            "Why ‘page not found’ became the sentence that readers hate most",
            Kind.ARTICLE,
        ),
    ],
)
def test_an_address_or_a_headline_that_says_it_all(url: str, headline: str, kind: Kind) -> None:
    """Whatever text is kept: teasers fill the pages of errors and searches."""
    story = Evidence(
        kept_words=600, kept_blocks=14, longest_run=500, link_words=100, total_words=900, headline=headline,
        has_h1=True, has_date=True, has_author=True, types=frozenset({"NewsArticle", "og:article"}), url=url,
    )  # fmt: skip
    assert page_kind(story).kind is kind
