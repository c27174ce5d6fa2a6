"""What kind of page it is, told from hand-made evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import clean, clean_page
from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Page
from cleaners.kind.decision import PageKind
from cleaners.kind.evidence import Evidence, Layout, evidence_of
from cleaners.kind.model import article_log_odds
from cleaners.kind.signs import read_signs
from cleaners.metadata import read_markup
from tests.support.evidence import ARTICLE, SHORT, WEIGHTS, page_kind

BARE = Evidence(kept_words=40, kept_blocks=1, longest_run=40, total_words=600)


def test_an_article() -> None:
    found = page_kind(ARTICLE)
    assert (found.kind, found.gives_record) == (PageKind.ARTICLE, True)
    assert found.confidence > 0.9


def test_a_long_text_without_any_sign_is_kept() -> None:
    assert page_kind(Evidence(kept_words=500, kept_blocks=9, longest_run=400, total_words=900)).gives_record


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (replace(BARE, signs=read_signs({"Product", "og:product"}, "https://example.org/p/9")), PageKind.PRODUCT),
        (replace(BARE, signs=read_signs({"DiscussionForumPosting"}, "https://example.org/t/9")), PageKind.FORUM),
        (replace(BARE, signs=read_signs({"QAPage"}, "https://example.org/forums/threads/9")), PageKind.FORUM),
        (replace(BARE, signs=read_signs({"CollectionPage"}, "https://example.org/search?q=x")), PageKind.SEARCH),
        (
            replace(
                BARE,
                signs=read_signs({"ItemList"}, "https://example.org/tag/9"),
                kept_words=5,
                layout=Layout(teasers=30),
            ),
            PageKind.INDEX,
        ),
        (replace(BARE, layout=Layout(lines=frozenset({"add to cart", "in stock", "write a review"}))), PageKind.INDEX),
        (
            replace(
                BARE,
                signs=read_signs(url="https://example.org/gallery/tag/9"),
                long_blocks=3,
                layout=Layout(controls=40),
            ),
            PageKind.GALLERY,
        ),
        (
            replace(
                BARE, signs=read_signs(url="https://example.org/video/tag/9"), long_blocks=3, layout=Layout(controls=40)
            ),
            PageKind.VIDEO,
        ),
    ],
)
def test_a_page_that_is_surely_no_article_is_refused(evidence: Evidence, kind: PageKind) -> None:
    found = page_kind(evidence)
    assert (found.kind, found.gives_record) == (kind, False)
    assert found.confidence > 0.95


PICTURES = Evidence(kept_words=120, kept_blocks=9, longest_run=120, total_words=300, has_date=True)


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (replace(PICTURES, signs=read_signs({"ImageGallery"})), PageKind.GALLERY),
        (
            replace(PICTURES, signs=read_signs(url="https://example.org/fotos/2026/carnaval-en-imagenes")),
            PageKind.GALLERY,
        ),
        (replace(PICTURES, signs=read_signs({"VideoObject", "og:video.other"})), PageKind.VIDEO),
        (replace(PICTURES, signs=read_signs({"VideoObject", "NewsArticle"})), PageKind.ARTICLE),
        (replace(PICTURES, signs=read_signs({"ImageGallery"}), long_blocks=2), PageKind.ARTICLE),
    ],
)
def test_a_page_around_pictures_says_so_and_has_little_to_read(evidence: Evidence, kind: PageKind) -> None:
    assert page_kind(evidence).kind is kind


def test_a_page_in_doubt_gives_a_record_that_states_its_kind() -> None:
    found = page_kind(replace(PICTURES, signs=read_signs({"ImageGallery"}), kept_words=300, has_date=False))
    assert (found.kind, found.is_doubtful, found.gives_record) == (PageKind.GALLERY, True, True)
    assert 0.5 < found.confidence < 0.9


@pytest.mark.parametrize(
    ("kept", "kind"),
    [
        ("Mit Werbung weiterlesen\nWir und unsere Partner speichern Daten auf Ihrem Gerät.", PageKind.COOKIE_WALL),
        ("The mayor spoke.\nOur partners use cookies.", PageKind.ARTICLE),
    ],
    ids=["several ways", "a banner beside a story"],
)
def test_a_wall_asks_for_consent_in_several_ways(kept: str, kind: PageKind) -> None:
    page = replace(SHORT, kept=kept, kept_words=80, kept_blocks=3, ending="It opens at ten.")
    assert page_kind(page).kind is kind


def test_an_address_of_a_host_alone_says_nothing() -> None:
    facts = Evidence(kept_words=120, kept_blocks=3, longest_run=120, total_words=400, sentence_words=120, long_blocks=3)
    front = replace(facts, signs=read_signs(url="https://news.example.org/"))
    assert article_log_odds(front, WEIGHTS) == article_log_odds(facts, WEIGHTS)


@pytest.mark.parametrize(
    ("evidence", "rule"),
    [
        (replace(SHORT, is_free=False), None),
        (replace(SHORT, is_free=False, ending="The ferries run again when the"), "not-free"),
        (replace(SHORT, is_free=False, kept_words=40, kept_blocks=2), "not-free"),
        (replace(SHORT, notices="Already a subscriber? Sign in"), "phrase-paywall"),
        (replace(SHORT, dropped="Already a subscriber? Sign in"), None),
        (replace(SHORT, ending="Um weiterzulesen, melden Sie sich an."), "phrase-paywall"),
        (replace(SHORT, ending="The ferries run and…", notices="Read more"), "cut-off"),
        (replace(SHORT, ending="The ferries run and [...]", notices="Jetzt weiterlesen…"), "phrase-paywall"),
        (replace(SHORT, ending="The ferries run and [...]", kept_blocks=1), None),
        (replace(SHORT, ending="The ferries run and ...", kept_blocks=1), "cut-off"),
        (replace(SHORT, ending="And so they sailed away…", notices="Share this"), None),
    ],
)
def test_a_text_that_is_cut_off_is_a_stub(evidence: Evidence, rule: str | None) -> None:
    found = page_kind(evidence)
    assert found.gives_record
    assert (found.rule if found.kind is PageKind.STUB else None) == rule


@pytest.mark.parametrize("evidence", [SHORT, replace(ARTICLE, is_free=False), replace(SHORT, is_free=True)])
def test_a_short_text_or_a_long_one_behind_a_paywall_is_whole(evidence: Evidence) -> None:
    assert page_kind(evidence).kind is PageKind.ARTICLE


PAYWALLED = (
    ("en", "The harbour was closed for a week.", "Subscribe to continue reading"),
    ("en", "The harbour was closed for a week.", "You have reached your limit of free articles this month."),
    ("de", "Der Hafen war eine Woche lang gesperrt.", "Weiterlesen mit Küste Plus"),
    ("fr", "Le port est resté fermé une semaine.", "Cet article est réservé aux abonnés. Il vous reste 80 % à lire."),
    ("es", "El puerto estuvo cerrado una semana.", "Suscríbete para seguir leyendo"),
    ("it", "Il porto è rimasto chiuso per una settimana.", "Contenuto riservato agli abbonati"),
    ("pt", "O porto ficou fechado durante uma semana.", "Conteúdo exclusivo para assinantes"),
    ("nl", "De haven was een week gesloten.", "Dit artikel is alleen voor abonnees"),
    ("pl", "Port był zamknięty przez tydzień.", "Pozostało jeszcze 70% treści"),
    ("sv", "Hamnen var stängd i en vecka.", "Logga in för att läsa vidare"),
    ("da", "Havnen var lukket i en uge.", "Artiklen er kun for abonnenter"),
    ("ja", "港は一週間閉鎖された。船は沖で待った。", "この記事は有料記事です"),
)


@pytest.mark.parametrize(("language", "body", "notice"), PAYWALLED, ids=[language for language, *_ in PAYWALLED])
def test_a_page_with_a_paywalls_notice_below_its_text_is_a_stub(language: str, body: str, notice: str) -> None:
    story = f"<h1>{body[:20]}</h1>" + f"<p>{body}</p>" * 3
    head = f'<html lang="{language}"><body><header>Already a subscriber? Réservé aux abonnés. Weiterlesen mit</header>'
    assert _kind_of(f"{head}<article>{story}</article><div>{notice}</div>") is PageKind.STUB
    assert _kind_of(f"{head}<article>{story}</article><div>Share</div>") is PageKind.ARTICLE


def _kind_of(page: str) -> PageKind:
    tree = parse(page)
    blocks = html_blocks(tree)
    kept = [block.tag == "p" for block in blocks]
    return page_kind(
        evidence_of(blocks, kept, read_markup(tree), "https://example.org/2026/the-harbour-was-closed")
    ).kind


NUMBERS = st.integers(0, 10**7)


@given(
    st.builds(
        Evidence,
        NUMBERS,
        NUMBERS,
        NUMBERS,
        NUMBERS,
        st.text(),
        st.text(),
        signs=st.builds(read_signs, url=st.text()),
    )
)
def test_every_evidence_gives_a_kind_with_a_confidence(evidence: Evidence) -> None:
    assert 0 <= page_kind(evidence).confidence <= 1


@pytest.mark.parametrize("sign", ["has_date", "has_author"])
def test_what_articles_have_speaks_for_one(sign: str) -> None:
    assert article_log_odds(ARTICLE, WEIGHTS) > article_log_odds(replace(ARTICLE, **{sign: False}), WEIGHTS)


@pytest.mark.parametrize("piece", ["a/", "-", "search/", "?q=", "&s=", "tag"])
def test_hostile_addresses_and_texts(piece: str) -> None:
    text = piece * 200_000
    page_kind(
        replace(
            ARTICLE, signs=read_signs(ARTICLE.signs.types, f"https://example.org/{text}"), ending=text, notices=text
        )
    )
    page_kind(replace(ARTICLE, signs=read_signs(ARTICLE.signs.types, f"https://{piece * 200_000}.example.org/a")))


@pytest.mark.parametrize(
    ("url", "headline", "kind"),
    [
        ("https://example.org/suche?q=ampel&sort=datum", "Suche: ampel", PageKind.SEARCH),
        ("https://example.org/news/2026/search-for-boat-goes-on?q=1", "Search for boat goes on", PageKind.ARTICLE),
        ("https://example.org/gone", "Oups, page introuvable", PageKind.ERROR),
        (
            "https://example.org/news/a-story",
            "Why ‘page not found’ became the sentence that readers hate most",
            PageKind.ARTICLE,
        ),
    ],
)
def test_an_address_or_a_headline_that_says_it_all(url: str, headline: str, kind: PageKind) -> None:
    """Whatever text is kept: teasers fill the pages of errors and searches."""
    story = Evidence(
        kept_words=600, kept_blocks=14, longest_run=500, total_words=900, headline=headline,
        has_date=True, has_author=True, signs=read_signs({"NewsArticle", "og:article"}, url),
    )  # fmt: skip
    assert page_kind(story).kind is kind


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div><a href=/1>Home</a><p>Nothing much to read here, really</p></div>", "Nothing much to read here, really"),
        ("<ul><li><a href=/1>One</a><li><a href=/2>Two</a></ul>", "One\nTwo"),
    ],
)
def test_any_page_with_text_gives_a_record(page: str, text: str) -> None:
    assert clean(page, kind="html") == []
    assert [article.text for article in clean(page, kind="html", any_page=True)] == [text]


def test_a_whole_story_that_is_not_free_is_no_stub() -> None:
    story = replace(SHORT, is_free=False, kept_words=180, ending="The council meets again in June.")
    assert page_kind(story).kind is PageKind.ARTICLE
    assert page_kind(replace(story, ending="The council meets again when")).kind is PageKind.STUB
    assert page_kind(replace(story, notices="Subscribe to continue reading")).kind is PageKind.STUB


def test_a_page_in_which_no_story_is_found_keeps_its_verdicts() -> None:
    page = (
        '<title>Lanterns at the pier - Gazette</title><meta property="og:type" content="article">'
        "<h1>Lanterns at the pier</h1><div>19 February 2019</div><p>Lanterns rise at the old pier.</p>"
        "<div>Related stories</div><div><a href=/a>Another day at the pier of the town</a></div><div>1 2 3 next</div>"
    )
    cleaned = clean_page(Page(page, url="https://gazette.example/news/2019/lanterns-at-the-old-pier", kind="html"))
    assert cleaned.rejection
    assert cleaned.rejection.code == "too-short"
    assert cleaned.blocks[0].verdict.rule == "after-the-end"  # by the neighbours, which are asked last


def test_a_short_story_under_an_address_of_videos_is_an_article() -> None:
    story = Evidence(kept_words=40, kept_blocks=3, longest_run=40, total_words=60, sentence_words=40, widest_box=40)
    story = replace(story, has_date=True, signs=read_signs(url="https://example.ru/video/2026/katok.html"))
    assert page_kind(story).kind is PageKind.ARTICLE
    for other in ({"kept_blocks": 2}, {"sentence_words": 20}, {"signs": read_signs({"VideoObject"})}):
        assert page_kind(replace(story, **other)).kind is PageKind.VIDEO


def test_a_sentence_beside_a_notice_about_scripts_is_no_shell() -> None:
    page = Evidence(kept_words=19, kept_blocks=1, longest_run=19, total_words=25, sentence_words=19, widest_box=19)
    page = replace(page, title_words=3, dropped="Please enable JavaScript", ending="It opens at ten.")
    assert page_kind(page).kind is not PageKind.SCRIPT_SHELL
    assert page_kind(replace(page, sentence_words=6)).kind is PageKind.SCRIPT_SHELL


@pytest.mark.parametrize(
    "notice", ["Zbývá vám přečíst 85 % článku.", "Материал доступен только по подписке", "会員限定記事です"]
)
def test_more_notices_of_paywalls(notice: str) -> None:
    assert page_kind(replace(SHORT, notices=notice)).rule == "phrase-paywall"
