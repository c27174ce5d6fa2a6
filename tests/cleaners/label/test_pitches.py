"""Lines that ask the reader to subscribe, to follow or to register."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.data import Block, Label, Verdict
from cleaners.label.passage import read_passage
from cleaners.label.pitches import LAST, is_pitch, is_wall, pitch

PARAGRAPHS = (
    "The lighthouse of Example was lit again on Sunday, after nine years in which ships had to do without it.",
    "Its keeper climbed the two hundred steps for the first time since the storm and trimmed the lamp by hand.",
    "The council pays for the oil, and the school has taken over the care of the small museum at its foot.",
)
PITCHES = (
    "Volg ons op Facebook en Instagram.",
    "Seuraa meitä Facebookissa.",
    "Подписывайтесь на наш канал в Telegram",
    "Theo dõi chúng tôi trên Facebook",
    "تابعونا على فيسبوك وتويتر",
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
    "The police follow us on Facebook, the skipper said, and they know where each of the boats is at night.",
    "Facebook kündigte am Montag an, dass der Dienst im Herbst auch im Norden des Landes zu haben sein wird.",
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


def test_a_paragraph_that_ends_with_its_editor_is_text() -> None:
    assert is_pitch("（编辑：李例）")
    assert not is_pitch("港口明年将扩建两个泊位，工程由市政府出资。（编辑：李例）")


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


WALLS = {
    "uk": "Повний звіт доступний лише передплатникам.",
    "vi": "Nội dung này chỉ dành cho thành viên.",
    "id": "Laporan ini hanya untuk pelanggan.",
    "sw": "Ripoti hii ni ya wanachama pekee.",
    "bn": "এই প্রতিবেদন শুধু গ্রাহকদের জন্য।",
    "ta": "இந்தச் செய்தி சந்தாதாரர்களுக்கு மட்டும்.",
    "he": "כדי להמשיך לקרוא, התחברו.",
    "fa": "این گزارش فقط برای مشترکان است.",
    "tr": "Bu dosya yalnızca abonelere açık.",
    "hu": "A továbbolvasáshoz jelentkezzen be.",
    "cs": "Text je přístupný pouze předplatitelům.",
    "ro": "Reportajul este rezervat, numai pentru abonați.",
    "ko": "이 글은 구독자만 읽을 수 있습니다.",
    "ja": "この先は有料会員になるとお読みになれます。",
    "zh-Hant": "全文僅限訂戶閱讀。",
    "zh": "登录后阅读全文。",
    "th": "บทความนี้สำหรับสมาชิกเท่านั้น",
    "km": "អត្ថបទនេះសម្រាប់តែសមាជិក",
    "am": "ይህ ዘገባ ለአባላት ብቻ ነው።",
    "ka": "ტექსტი მხოლოდ გამომწერებისთვის.",
    "hy": "Կարդալու իրավունք ունեն միայն բաժանորդները։",
    "ru": "Чтобы продолжить чтение, войдите.",
    "hr": "Dostupno samo pretplatnicima.",
    "lt": "Visas tekstas – tik prenumeratoriams.",
    "el": "Διαθέσιμο μόνο στους συνδρομητές.",
    "ar": "لمتابعة القراءة سجل الدخول.",
    "hi": "पूरा पढ़ने के लिए लॉग इन करें।",
    "kk": "Жалғасын оқу үшін кіріңіз.",
    "en": "To continue reading, subscribe.",
    "en, a limit": "You have reached your limit of free articles.",
    "fr": "La suite est réservée aux abonnés.",
    "nl": "Lees verder met een abonnement.",
    "it": "Per continuare a leggere abbonati.",
}


@pytest.mark.parametrize("line", WALLS.values(), ids=WALLS)
def test_who_may_read_the_rest(line: str) -> None:
    """Such a line below the shown part of a story is none of it, and the story is a stub."""
    assert is_wall(line)
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<h1>The lighthouse of Example shines again</h1><article>{shown}<div><p>{line}</p></div></article>"
    (found,) = clean_page(Page(f"<html><body>{page}</body></html>")).articles
    assert found.text.split("\n") == list(PARAGRAPHS)
    assert found.kind == "stub"


@pytest.mark.parametrize(
    "line",
    [
        "Three hundred subscribers came to the harbour on Sunday.",
        "Abonații au primit câte un pom.",
        "“Samo pretplatnicima,” stajalo je na vratima.",
        "Csak kilencen jöttek el a próbára.",
        "订阅用户去年增加了三成。",
        "उन्होंने कहा कि गांव की लड़कियां अब आगे पढ़ने के लिए शहर जा सकेंगी।",
        "নতুন বছরে গ্রাহকদের জন্য সেতুর কাছে নতুন শাখা খোলা হবে।",
        "Diskon tarif listrik ini hanya untuk pelanggan rumah tangga kecil.",
        "Os ingressos serão vendidos apenas para assinantes do programa de sócios.",
        "القرض متاح للمشتركين في صندوق الصيادين",
        "다음 달에는 회원만 볼 수 있는 특별 전시가 열린다.",
        "港口的游艇码头仅限会员使用。",
        "Reducerea este valabilă doar abonaților la transportul public.",
        "İndirim bu yıl yalnızca abonelere uygulanacak.",
        "Мер сказав, що хоче прочитати повний договір.",
    ],
)
def test_sentences_about_subscribers_are_no_walls(line: str) -> None:
    assert not is_wall(line)


def test_walls_are_looked_for_in_the_last_lines_alone() -> None:
    wall = "Para continuar a ler foi o nome da peça"
    lines = [wall, *PARAGRAPHS * 2]
    assert len(lines) > LAST
    assert _pitches(lines) == []
    assert _pitches([*PARAGRAPHS, wall]) == [len(PARAGRAPHS)]


def _pitches(lines: list[str]) -> list[int]:
    passage = read_passage([Block(line, number) for number, line in enumerate(lines)])
    passage.verdicts[:] = [Verdict(Label.BODY, "scorer", 0.9)] * len(lines)
    return [index for index, _, _ in pitch(passage)]


@pytest.mark.parametrize("piece", ["только ", "par", "doar abonaţ", "僅限", "“doar abonaților ", "\u0301"])
def test_hostile_walls(piece: str) -> None:
    assert not is_wall(piece * 100_000)
