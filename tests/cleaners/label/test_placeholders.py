"""Boxes in the place of a video, a post or a map, in many languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from cleaners import Page, clean_page
from cleaners.label.placeholders import SIGNS, is_placeholder

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


def test_every_condition_has_a_sign() -> None:
    tables = tomllib.loads((files("cleaners.label") / "placeholders.toml").read_text("utf-8"))
    phrases = [phrase for table in tables.values() for phrase in table["conditions"]]
    assert [phrase for phrase in phrases if not any(sign in phrase.casefold() for sign in SIGNS)] == []


@pytest.mark.parametrize("piece", ["your browser does not ", "cookie", "cookies akzeptieren inhal"])
def test_hostile_lines(piece: str) -> None:
    is_placeholder(piece * 50_000)
