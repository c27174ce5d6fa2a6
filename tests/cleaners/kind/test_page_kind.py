"""What kind of page it is, told from hand-made evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import clean, clean_page
from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block, Page
from cleaners.kind.decision import KindVerdict, PageKind
from cleaners.kind.decision import page_kind as page_kind_by
from cleaners.kind.evidence import Evidence, Layout, evidence_of
from cleaners.kind.model import article_log_odds
from cleaners.kind.signs import read_signs
from cleaners.metadata import read_markup
from cleaners.models import shipped_models

WEIGHTS = shipped_models().page_kind
ARTICLE = Evidence(
    kept_words=600,
    kept_blocks=15,
    longest_run=600,
    total_words=1000,
    ending="The ferries run again.",
    dropped="Home World Sport Subscribe Related: Storm in the north",
    has_h1=True,
    has_date=True,
    has_author=True,
    signs=read_signs({"NewsArticle", "og:article"}, "https://example.org/world/harbour-reopens-after-winter-storm"),
    is_free=None,
    sentence_words=600,
    widest_box=600,
    kept_boxes=1,
    long_blocks=14,
    title_words=7,
)
BARE = Evidence(kept_words=40, kept_blocks=1, longest_run=40, total_words=600)


def page_kind(evidence: Evidence) -> KindVerdict:
    return page_kind_by(evidence, WEIGHTS)


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


PICTURES = Evidence(kept_words=120, kept_blocks=9, longest_run=120, total_words=300, has_h1=True, has_date=True)


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
    found = page_kind(replace(PICTURES, signs=read_signs({"ImageGallery"}), kept_words=300))
    assert (found.kind, found.is_doubtful, found.gives_record) == (PageKind.GALLERY, True, True)
    assert 0.5 < found.confidence < 0.9


def test_an_address_of_a_host_alone_says_nothing() -> None:
    facts = Evidence(kept_words=120, kept_blocks=3, longest_run=120, total_words=400, sentence_words=120, long_blocks=3)
    front = replace(facts, signs=read_signs(url="https://news.example.org/"))
    assert article_log_odds(front, WEIGHTS) == article_log_odds(facts, WEIGHTS)


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("404 Page not found. Go home.", PageKind.ERROR, "phrase-error"),
        ("Just a moment... Checking your browser", PageKind.ERROR, "phrase-error"),
        ("Weiter mit Werbung oder werbefrei im Abo", PageKind.COOKIE_WALL, "phrase-cookie-wall"),
        ("Please enable JavaScript to view this page", PageKind.SCRIPT_SHELL, "phrase-script-shell"),
    ],
)
def test_walls_errors_and_shells(text: str, kind: PageKind, rule: str) -> None:
    found = page_kind(Evidence(kept_words=6, total_words=40, dropped=text))
    assert (found.kind, found.rule) == (kind, rule)
    assert page_kind(replace(ARTICLE, dropped=text)).kind is PageKind.ARTICLE


def test_a_short_article_above_a_banner_is_none_of_its_wall() -> None:
    banner = "We value your privacy. Accept all cookies"
    brief = replace(SHORT, dropped=banner)
    assert page_kind(brief).kind is PageKind.ARTICLE
    assert page_kind(replace(brief, kept_words=30)).kind is PageKind.COOKIE_WALL


SHORT = replace(ARTICLE, kept_words=90, kept_blocks=3, longest_run=90, total_words=400)


@pytest.mark.parametrize(
    ("evidence", "rule"),
    [
        (replace(SHORT, is_free=False), "not-free"),
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
        total_words=12,
        kept_link_words=1,
        sentence_words=9,
        widest_box=9,
        kept_boxes=1,
        title_words=2,
        ending="It snows.",
        dropped="Home World Advertisement",
        notices="Advertisement",
        layout=Layout(
            lines=frozenset({"home world", "the harbour is open.", "ferries run again.", "advertisement", "it snows."})
        ),
        headline="Harbour reopens",
        has_h1=True,
        has_date=True,
        has_author=True,
        signs=read_signs(url="https://example.org/a"),
    )


def test_the_layout_of_a_list() -> None:
    tree = parse(
        "<main><h1>County</h1>"
        + "<article><h3><a href='/1'>Ferry timetable to change after inspection</a></h3><p>12:30</p></article>" * 3
        + "<button>Load more</button><form><input></form><p>Only $5 a month, or 4 €</p></main>"
    )
    blocks = html_blocks(tree)
    found = evidence_of(blocks, [block.text.startswith("Ferry") for block in blocks], read_markup(tree))
    assert found.layout == Layout(
        headings=4, teasers=3, articles=3, controls=2, prices=2, dates=3,
        lines=frozenset(
            {"county", "ferry timetable to change after inspection", "12:30", "load more", "only $5 a month, or 4 €"}
        ),
    )  # fmt: skip
    assert (found.kept_boxes, found.widest_box, found.kept_link_words) == (3, 6, 18)


def test_words_of_a_script_without_spaces_are_estimated() -> None:
    """Two characters make a word; a full stop is none."""
    text = "気象庁は日向灘で地震があったと発表した。" * 3
    assert evidence_of([Block(text, 1)], [True], read_markup(parse(""))).kept_words == 57 // 2


def test_notices_stand_between_the_kept_blocks_and_below_them() -> None:
    blocks = [Block(text, line) for line, text in enumerate(["above", "kept", "between", "kept", *["below"] * 20])]
    found = evidence_of(blocks, [block.text == "kept" for block in blocks], read_markup(parse("")))
    assert found.notices == "between" + " below" * 9


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


def test_no_blocks_are_evidence_too() -> None:
    assert not page_kind(evidence_of([], [], read_markup(parse("")), "https://example.org/")).gives_record


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


@pytest.mark.parametrize("sign", ["has_h1", "has_date", "has_author"])
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


@pytest.mark.parametrize("piece", ["1", "1/", "12.", "20", ":", "$", " kr"])
def test_hostile_prices_and_dates(piece: str) -> None:
    evidence_of([Block(piece * 80, 1)] * 5_000, [False] * 5_000, read_markup(parse("")))


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
        has_h1=True, has_date=True, has_author=True, signs=read_signs({"NewsArticle", "og:article"}, url),
    )  # fmt: skip
    assert page_kind(story).kind is kind


def test_a_shell_shows_what_it_holds_for_readers_without_scripts() -> None:
    thread = "<p>Which ferry runs in winter, and does it take bicycles on board?</p>" * 9
    shell = f"<html><body><div id=app></div><noscript><h1>Ferries</h1>{thread}</noscript></body></html>"
    (taken,) = clean(shell, any_page=True)
    assert taken.text.count("Which ferry") > 0
    full = f"<html><body><main>{thread}</main><noscript>Please enable JavaScript</noscript></body></html>"
    assert "JavaScript" not in clean(full, any_page=True)[0].text


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


@pytest.mark.parametrize(
    "notice", ["Please enable JavaScript to see the map.", "Loading...", "Bitte aktivieren Sie JavaScript"]
)
def test_a_paragraph_beside_a_notice_about_scripts_is_no_shell(notice: str) -> None:
    page = replace(ARTICLE, kept_words=38, kept_blocks=2, long_blocks=1, dropped=notice)
    assert page_kind(page).kind is not PageKind.SCRIPT_SHELL
    assert page_kind(replace(page, long_blocks=0)).kind is PageKind.SCRIPT_SHELL


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


GONE = {
    "bg": "Съжаляваме, страницата, която търсите, вече я няма.",
    "ca": "Ho sentim, la pàgina que busques ja no hi és.",
    "cs": "Je nám líto, stránka, kterou hledáte, tu už není.",
    "da": "Beklager, siden, du leder efter, er flyttet.",
    "de": "Leider konnten wir die gesuchte Seite nicht öffnen.",
    "el": "Λυπούμαστε, η σελίδα που αναζητάτε έχει μετακινηθεί.",
    "es": "Lo sentimos, la página que buscas se ha movido.",
    "et": "Vabandust, otsitud lehte enam ei ole.",
    "fa": "متأسفانه صفحه مورد نظر شما پیدا نشد.",
    "fi": "Valitettavasti etsimääsi sivua ei enää ole.",
    "fr": "Désolé, la page que vous cherchez a été déplacée.",
    "he": "סליחה, העמוד שחיפשת הוסר.",
    "hi": "क्षमा करें, यह पेज मौजूद नहीं है।",
    "hr": "Žao nam je, stranica koju tražite više nije ovdje.",
    "hu": "Sajnos a keresett oldal már nincs itt.",
    "id": "Maaf, halaman yang Anda cari sudah dipindahkan.",
    "it": "Spiacenti, la pagina che stai cercando è stata spostata.",
    "ja": "申し訳ございません。お探しのページは移動しました。",
    "ka": "უკაცრავად, ეს გვერდი არ არსებობს.",
    "ko": "죄송합니다. 요청하신 페이지는 이동되었습니다.",
    "lt": "Atsiprašome, ieškomas puslapis perkeltas.",
    "lv": "Atvainojiet, meklētā lapa ir pārvietota.",
    "nb": "Beklager, vi finner ikke siden. Den kan være flyttet.",
    "nl": "Sorry, de pagina die je zoekt is verplaatst.",
    "pl": "Niestety, nie znaleźliśmy strony pod tym adresem.",
    "pt": "Desculpe, a página que procura mudou de lugar.",
    "ro": "Ne pare rău, pagina pe care o cauți a fost mutată.",
    "ru": "К сожалению, запрашиваемая страница перемещена.",
    "sk": "Ľutujeme, stránku, ktorú hľadáte, sme presunuli.",
    "sl": "Žal stran ne obstaja več na tem naslovu.",
    "sq": "Na vjen keq, faqja që po kërkoni është zhvendosur.",
    "sr": "Жао нам је, страница коју тражите је премештена.",
    "sv": "Tyvärr, sidan du söker har flyttats.",
    "sw": "Samahani, ukurasa unaotafuta umehamishwa.",
    "th": "ขออภัย หน้าที่คุณค้นหาถูกย้ายแล้ว",
    "tr": "Üzgünüz, aradığınız sayfa taşınmış.",
    "uk": "На жаль, такої сторінки не існує.",
    "ur": "معذرت، آپ کا مطلوبہ صفحہ ہٹا دیا گیا ہے۔",
    "vi": "Rất tiếc, trang bạn đang tìm đã được chuyển đi.",
    "zh": "很抱歉，您访问的页面已经移走。",
    "zh-Hant": "很抱歉，您要找的頁面已經移走。",
}


@pytest.mark.parametrize("text", GONE.values(), ids=GONE)
def test_the_apology_of_an_error_page(text: str) -> None:
    """It counts while there is little else on the page, and not at the end of a story about such a page."""
    brief = replace(SHORT, kept_words=14, kept_blocks=1, ending=text)
    assert (page_kind(brief).kind, page_kind(brief).rule) == (PageKind.ERROR, "phrase-error")
    assert page_kind(replace(SHORT, ending=text)).kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("404", PageKind.ERROR),
        ("– 404 –", PageKind.ERROR),
        ("Cette page n’existe pas", PageKind.ERROR),
        ("404 lanterns", PageKind.ARTICLE),
        ("1404", PageKind.ARTICLE),
    ],
)
def test_a_heading_that_is_an_errors_number(headline: str, kind: PageKind) -> None:
    assert page_kind(replace(SHORT, headline=headline)).kind is kind


CONSENT = {
    "cs": "Svůj souhlas můžete kdykoli odvolat; odvolat svůj souhlas lze v patičce.",
    "de": "Sie können Ihre Einwilligung jederzeit zurückziehen.",
    "en": "You may withdraw your consent at any time in our privacy centre.",
    "es": "Puede retirar su consentimiento cuando quiera.",
    "fi": "Me ja 90 kumppanimme käytämme evästeitä.",
    "fr": "Vous pourrez retirer votre consentement plus tard.",
    "it": "Noi e i nostri 90 partner utilizziamo cookie.",
    "nl": "Wij en onze 90 partners gebruiken cookies.",
    "pl": "My i nasi partnerzy przetwarzamy dane o wizytach.",
    "pt": "Pode retirar o seu consentimento mais tarde.",
    "el": "Μπορείτε να ανακαλέσετε τη συγκατάθεσή σας.",
    "sv": "Du kan återkalla ditt samtycke senare.",
}


@pytest.mark.parametrize("text", CONSENT.values(), ids=CONSENT)
def test_a_wall_whose_kept_text_asks_for_consent(text: str) -> None:
    assert page_kind(replace(SHORT, ending=text)).rule == "phrase-consent"
    assert page_kind(replace(SHORT, headline=text)).kind is PageKind.COOKIE_WALL
    assert page_kind(replace(SHORT, dropped=text)).kind is PageKind.ARTICLE, "stories have banners"
    assert page_kind(replace(ARTICLE, ending=text)).kind is PageKind.ARTICLE
