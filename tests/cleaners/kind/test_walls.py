"""Walls, error pages and script shells, told from hand-made evidence by what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaners import clean
from cleaners.kind.decision import PageKind
from cleaners.kind.evidence import Evidence
from tests.support.evidence import ARTICLE, SHORT, page_kind


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


def test_a_shell_shows_what_it_holds_for_readers_without_scripts() -> None:
    thread = "<p>Which ferry runs in winter, and does it take bicycles on board?</p>" * 9
    shell = f"<html><body><div id=app></div><noscript><h1>Ferries</h1>{thread}</noscript></body></html>"
    (taken,) = clean(shell, any_page=True)
    assert taken.text.count("Which ferry") > 0
    full = f"<html><body><main>{thread}</main><noscript>Please enable JavaScript</noscript></body></html>"
    assert "JavaScript" not in clean(full, any_page=True)[0].text


@pytest.mark.parametrize(
    "notice", ["Please enable JavaScript to see the map.", "Loading...", "Bitte aktivieren Sie JavaScript"]
)
def test_a_paragraph_beside_a_notice_about_scripts_is_no_shell(notice: str) -> None:
    page = replace(ARTICLE, kept_words=38, kept_blocks=2, long_blocks=1, dropped=notice)
    assert page_kind(page).kind is not PageKind.SCRIPT_SHELL
    assert page_kind(replace(page, long_blocks=0)).kind is PageKind.SCRIPT_SHELL


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
