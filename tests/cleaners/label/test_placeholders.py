"""Boxes in the place of a video, a post or a map, in many languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from cleaners import Page, clean_page
from cleaners.label.placeholders import is_placeholder

BOXES = {
    "en-consent": "We need your consent before this video from Example Tube can be loaded.",
    "en-browser": "Your browser does not support this audio player.",
    "de-consent": "Für diesen Inhalt benötigen wir Ihre Zustimmung.",
    "de-script": "Bitte JavaScript aktivieren, um die Karte zu sehen.",
    "fr-cookies": "Vous devez accepter les cookies pour voir cette vidéo.",
    "fr-browser": "Votre navigateur ne peut pas lire ce contenu audio.",
    "es-cookies": "Debes aceptar las cookies para que se muestre el vídeo.",
    "pt-browser": "Seu navegador não consegue mostrar este vídeo.",
    "it-consent": "Serve il tuo consenso per mostrare questo contenuto.",
    "nl-cookies": "Pas je cookie-instellingen aan om deze video te bekijken.",
    "sv-cookies": "Du måste acceptera cookies för att se innehållet.",
    "da-consent": "Vi skal bruge dit samtykke for at vise indhold fra Eksempel.",
    "fi-browser": "Selaimesi ei tue tätä videota.",
    "pl-cookies": "Zaakceptuj pliki cookie, aby obejrzeć film.",
    "cs-consent": "Pro zobrazení videa potřebujeme váš souhlas.",
    "uk-script": "Увімкніть JavaScript, щоб переглянути відео.",
    "he-browser": "הדפדפן שלך אינו תומך בהצגת סרטון זה.",
    "zh-browser": "您的浏览器不支持播放此视频。",
    "ko-cookies": "이 콘텐츠를 보려면 쿠키를 허용해 주세요.",
    "ko-setting": "쿠키 설정을 바꾸시면 영상이 재생됩니다.",
    "pl-consent": "Mapa pojawi się, gdy wyrazisz zgodę na pliki cookie.",
    "pl-allow": "Zezwól na cookies, a pokażemy ci nagranie.",
    "cs-allow": "Je třeba povolit soubory cookie, jinak se videa nepřehrají.",
    "sk-consent": "Na prehratie videa je potrebný súhlas s ukladaním cookies.",
    "sk-browser": "Tento prehliadač nepodporuje prehrávač zvuku.",
    "hu-cookies": "A térképhez el kell fogadnia a sütiket.",
    "hu-browser": "Az Ön böngészője nem támogatja a beágyazott videót.",
    "hr-cookies": "Dopustite kolačiće i video će se učitati.",
    "bs-browser": "Vaš pretraživač ne podržava ovaj video.",
    "sr-cookies": "Видео ће се приказати када прихватите колачиће.",
    "sl-cookies": "Za ogled posnetka morate sprejeti piškotke.",
    "mk-cookies": "Прифатете ги колачињата за да се прикаже содржината.",
    "bg-cookies": "Клипът ще се зареди, ако приемете бисквитките.",
    "uk-consent": "Допис з’явиться, коли ви дасте згоду на файли cookie.",
    "ru-consent": "Карта загрузится, если разрешить файлы cookie.",
    "id-cookies": "Izinkan cookie agar peta ini muncul.",
    "ms-cookies": "Sila benarkan kuki supaya video ini boleh ditayangkan.",
    "vi-cookies": "Bản đồ chỉ hiện khi bạn đồng ý sử dụng cookie.",
    "ar-cookies": "لعرض هذا المنشور يجب قبول ملفات الارتباط.",
    "fa-cookies": "برای دیدن این فیلم کوکی‌ها را فعال کنید.",
    "he-cookies": "כדי לצפות בסרטון יש לאשר עוגיות.",
    "ro-cookies": "Permiteți cookie-urile ca să apară harta.",
    "el-cookies": "Ο χάρτης και το περιεχόμενο φορτώνουν με αποδοχή των cookies.",
    "tr-cookies": "Haritayı görmek için çerezlere izin verin.",
    "et-cookies": "Video nägemiseks luba küpsised.",
    "lv-cookies": "Lai redzētu video, atļaujiet sīkdatnes.",
    "lt-cookies": "Kad matytumėte vaizdo įrašą, sutikite su slapukais.",
    "sq-cookies": "Pranoni cookies që të shihni videon.",
    "ca-cookies": "Cal acceptar les galetes perquè es vegi el vídeo.",
    "th-cookies": "กรุณายอมรับคุกกี้เพื่อชมวิดีโอนี้",
    "bn-browser": "আপনার ব্রাউজারটি সমর্থন করে না বলে ভিডিও চলছে না।",
    "zh-cookies": "请同意使用Cookie，地图才会显示。",
    "ja-cookies": "Cookieに同意すると地図が表示されます。",
}

STORY = (
    "The bridge over the Example opened on Friday after four years of work, and pupils crossed it first.",
    "The work cost a fifth more than the council had planned, mostly because the piers had to be replaced.",
    "Shopkeepers on both banks hope that customers who went to the next town for four years will now come back.",
)

SENTENCES = (
    "The court ruled that sites may not make readers accept all tracking.",
    "Browsers will block cookies of third parties from May, the company said of its video platform.",
    "He asked for their consent to publish the letters.",
    "Sie bat die Eltern um Erlaubnis, das Video zu zeigen.",
    "La ley obliga a las empresas a explicar para qué usan los datos.",
    "“Your browser does not support this video” is all that readers see.",
    "Sud je presudio da portali moraju pitati za privolu prije objave videa djece.",
    "Pekařka rozdává cookies zdarma a natočila o tom video.",
    "Rodzice muszą wyrazić zgodę na film o szkole.",
    "Komisioni i pyeti platformat se si i përdorin të dhënat.",
    "Браузер компанії отримав нове меню, пише видання про відео.",
)


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_is_no_text(box: str) -> None:
    assert is_placeholder(box)
    body = "".join(f"<p>{text}</p>" for text in (STORY[0], box, *STORY[1:]))
    for page in (Page(f"<article><h1>Bridge opens</h1>{body}</article>"), Page("\n".join((STORY[0], box, *STORY[1:])))):
        (article,) = clean_page(page).articles
        assert article.text.split("\n") == list(STORY)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_about_such_things_stays(sentence: str) -> None:
    assert not is_placeholder(sentence)


VIEWS = {
    "en": "This video is not shown because you have refused cookies.",
    "de": "Der Inhalt wird nicht angezeigt, weil Cookies abgelehnt wurden.",
    "fr": "La vidéo ne peut pas s'afficher sans cookies.",
    "nl": "U kunt deze video niet zien zonder cookies.",
    "sv": "Innehållet visas inte utan kakor.",
    "cs": "K zobrazení videa zapněte soubory cookies třetích stran.",
    "uk": "Щоб побачити цей допис, змініть вибір щодо файлів cookie.",
    "hr": "Za gledanje videa potrebni su kolačići.",
    "ja": "この動画を見るにはクッキーが必要です。",
    "tr": "Bu videoyu izlemek için çerezler gereklidir.",
}


@pytest.mark.parametrize("box", VIEWS.values(), ids=VIEWS)
def test_a_box_that_says_what_is_needed_to_see_something(box: str) -> None:
    assert is_placeholder(box)


@pytest.mark.parametrize(
    "sentence",
    [
        "The firm counts who wants to see a film, and it uses no cookies for that.",
        "Nutzer wollen das Video sehen, ohne dass Cookies gesetzt werden.",
        "They baked cookies for the children.",
    ],
)
def test_a_sentence_about_cookies_and_films_stays(sentence: str) -> None:
    assert not is_placeholder(sentence)


@pytest.mark.parametrize(
    "box",
    [
        "Contenuto bloccato: per visualizzarlo abilita i cookie.",
        "Sisältö on piilotettu, koska et ole hyväksynyt evästeitä.",
        "Контент недоступний без згоди на файли cookie.",
        "Der Inhalt ist ohne Cookies nicht verfügbar.",
    ],
)
def test_a_box_that_says_that_something_is_not_there(box: str) -> None:
    assert is_placeholder(box)


def test_every_condition_has_a_sign() -> None:
    tables = tomllib.loads((files("cleaners.label") / "placeholders.toml").read_text("utf-8"))
    signs = tables.pop("shared")["signs"]
    phrases = [phrase for table in tables.values() for phrase in table["conditions"]]
    assert [phrase for phrase in phrases if not any(sign in phrase.casefold() for sign in signs)] == []


@pytest.mark.parametrize(
    "piece", ["your browser does not ", "cookie", "cookies akzeptieren inhal", "vafr", "உலாவி ", "բրաուզեր", "براؤزر "]
)
def test_hostile_lines(piece: str) -> None:
    is_placeholder(piece * 50_000)


@pytest.mark.parametrize(
    "box",
    [
        "Je browser kan deze film en video niet afspelen.",
        "Din webbläsare kan inte spela upp ljudet.",
        "Nettleseren din kan ikke spille av lyden.",
        "Din browser kan ikke vise denne video.",
        "Selaimesi ei pysty näyttämään tätä videota.",
        "Twoja przeglądarka nie obsługuje plików audio.",
        "A böngésző nem támogatja a videolejátszást.",
        "הדפדפן שלך אינו תומך בהצגת סרטונים.",
        "আপনার ব্রাউজার ভিডিও চালাতে পারে না।",
        "Vafrinn þinn styður ekki þetta myndband.",
        "உங்கள் உலாவி காணொளியை இயக்காது.",
        "Kivinjari chako hakiwezi kucheza sauti.",
        "თქვენი ბრაუზერი აუდიოს ვერ უკრავს.",
        "Ձեր դիտարկիչը չի նվագարկում տեսանյութը։",
        "የእርስዎ አሳሽ ይህን ቪዲዮ አያጫውትም።",
        "Brauzeriniz audio elementini dəstəkləmir.",
        "Сіздің браузеріңіз аудионы ойната алмайды.",
        "तपाईंको ब्राउजरले यो भिडियो देखाउन सक्दैन।",
        "آپ کا براؤزر یہ آڈیو نہیں چلا سکتا۔",
        "Brauzeringiz bu videoni koʻrsata olmaydi.",
        "కొత్త వీడియో చూపడానికి మీ బ్రౌజర్ సరిపోదు.",
    ],
)
def test_a_browser_that_cannot_play_in_more_languages(box: str) -> None:
    assert is_placeholder(box)
