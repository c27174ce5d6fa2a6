"""Lines that ask the reader to subscribe, to follow or to register."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.label.pitches import is_pitch

PARAGRAPHS = (
    "The lighthouse of Example was lit again on Sunday, after nine years in which ships had to do without it.",
    "Its keeper climbed the two hundred steps for the first time since the storm and trimmed the lamp by hand.",
    "The council pays for the oil, and the school has taken over the care of the small museum at its foot.",
)
PITCHES = (
    "Sign up for our weekly newsletter and get the harbour in your inbox",
    "Abonnieren Sie kostenlos unseren Newsletter für den Norden",
    "Schrijf je in voor onze nieuwsbrief en mis niets uit de haven",
    "Prenumerera på vårt nyhetsbrev om skärgården",
    "Tilaa viikoittainen uutiskirje saaristosta",
    "Odebírejte náš newsletter o přístavu",
    "Iratkozz fel a kikötő hírlevelére",
    "Підписуйтесь на наш Telegram, щоб знати новини порту",
    "Liman haberleri için bültenimize abone olun",
    "اشترك في النشرة البريدية للميناء",
    "הירשמו לניוזלטר של הנמל",
    "请扫描二维码关注港口公众号",
    "公式アカウントをフォローすると港の便りが届きます",
    "항구 소식 뉴스레터 구독하기",
    "กดติดตามเพจท่าเรือของเราได้ที่นี่",
    "Đăng ký nhận bản tin của cảng",
)
SENTENCES = (
    "The keeper writes a newsletter about the birds that rest on the rock, and three hundred people read it.",
    "Fans were asked to sign up for the race before noon, the club said on Monday after its meeting.",
    "Er bestellte die Zeitung ab und schrieb selbst einen Brief, der im Newsletter der Stadt nie erschien.",
    "“Subscribe to our newsletter,” the sign on the tower said for nine years, and nobody ever did.",
    "灯台の会員は百人を超え、毎週日曜日に集まって掃除をしている。",
)


def text_of(line: str) -> list[str]:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<title>Lighthouse lit</title><article><h1>Lighthouse lit</h1>{first}<p>{line}</p>{''.join(rest)}</article>"
    (article,) = clean_page(Page(html)).articles
    return article.text.split("\n")


@pytest.mark.parametrize("line", PITCHES)
def test_a_pitch_between_paragraphs_is_no_text(line: str) -> None:
    assert is_pitch(line)
    assert text_of(line) == list(PARAGRAPHS)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_on_such_things_stay(sentence: str) -> None:
    assert not is_pitch(sentence)
    assert sentence in text_of(sentence)


def test_hostile_lines() -> None:
    for piece in ("newsletter ", "sign up to ", "line", "“", "İ"):
        assert not is_pitch(piece * 100_000)


@pytest.mark.parametrize(
    "line",
    [
        "Saken fortsetter under annonsen.",
        "Artikeln fortsätter efter annonsen",
        "La suite après la publicité",
        "Článek pokračuje pod reklamou",
        "Дальше — продолжение после рекламы",
        "Story continues below advertisement",
        "（责任编辑：李例）",
        "责编：王例 校对：张例",
    ],
)
def test_lines_for_those_who_read_on_and_of_those_who_edit(line: str) -> None:
    assert is_pitch(line)


@pytest.mark.parametrize(
    "line", ["The story continues in court.", "Annonsen kostet tusen kroner.", "责任编辑是一份辛苦的工作。"]
)
def test_sentences_about_them_stay(line: str) -> None:
    assert not is_pitch(line)
