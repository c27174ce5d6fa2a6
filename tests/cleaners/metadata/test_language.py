"""The language of a story."""

from __future__ import annotations

import tempfile
import tomllib

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bench.measure.languages import SAMPLES, halves
from cleaners.metadata import language
from cleaners.metadata.language import detect_language, language_code, story_language, story_languages
from tests.support.made_pages import STORY

MADE = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))
GERMAN = ["Der Gemeinderat hat nach langer Debatte beschlossen, die alte Brücke über den Fluss zu erneuern."]
FRENCH = ["Le conseil municipal a décidé lundi, après un long débat, de réparer le vieux pont qui traverse la rivière."]
SPANISH = [
    "El ayuntamiento decidió el lunes, tras un largo debate, reparar el viejo puente que cruza el río del pueblo."
]


@pytest.mark.parametrize(
    ("paragraphs", "language"), [(STORY.body, "en"), (GERMAN, "de"), (FRENCH, "fr"), (SPANISH, "es")]
)
def test_detected(paragraphs: list[str], language: str) -> None:
    assert detect_language(paragraphs) == language
    assert detect_language(paragraphs) == language, "seeded: the same text, the same answer"


@pytest.mark.parametrize("text", ["", "Yes.", "12 345 678 90 12 345 678 90 12 345 678 90", "•" * 200])
def test_too_short_to_tell(text: str) -> None:
    assert detect_language([text]) is None


def test_a_stated_language_is_believed() -> None:
    assert story_language(["Húsið stendur við ána og þar býr enginn lengur, sagði maðurinn."], "is") == "is"


def test_english_has_to_show() -> None:
    assert story_language(GERMAN, "en") == "de"
    assert story_language(STORY.body, "en") == "en"
    assert story_language(["Yes."], "en") == "en"


def test_an_appended_story_may_be_in_another_language() -> None:
    assert story_languages([STORY.body, STORY.body, GERMAN], None) == ["en", "en", "de"]
    assert story_languages([GERMAN, STORY.body], None) == ["de", "en"]
    assert story_languages([[], STORY.body], "de") == ["de", "de"], "a page that states a language is believed"


def test_an_english_story_below_an_english_one_is_not_detected_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        "cleaners.metadata.language.detect_language", lambda paragraphs: asked.append(paragraphs) or "en"
    )
    assert story_languages([STORY.body, STORY.body[::-1]], None) == ["en", "en"]
    assert asked == [STORY.body]


def test_a_long_foreign_quotation_does_not_set_the_language() -> None:
    english = "The council voted on Monday to keep the bridge open to all of the traffic in the town."
    quoted = "Die Brücke bleibt offen, und niemand fragt die Fischer, die seit dreißig Jahren am Ufer wohnen. " * 6
    assert story_language([english, quoted, english, english], "en") == "en"
    assert story_language([quoted, quoted, quoted], "en") == "de"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("部分培訓中心的器材設施略嫌不足，但導師水平和態度普遍良好。", "zh"),
        ("橋は春に再開する予定だと市は月曜日に発表した。", "ja"),
        ("시는 다리를 봄에 다시 연다고 월요일에 발표했다.", "ko"),
    ],
)
def test_chinese_japanese_and_korean(text: str, code: str) -> None:
    assert detect_language([text]) == code


@pytest.mark.parametrize("key", MADE)
def test_a_sample_in_each_language(key: str) -> None:
    assert detect_language([MADE[key]]) == key.partition("_")[0]


@pytest.mark.parametrize("key", ["en", "is", "zu", "ku", "hsb", "zh_hant", "ja", "ar", "ta"])
def test_one_long_quotation_does_not_set_the_language_of_a_page_that_states_none(key: str) -> None:
    tweet = " ".join([MADE["fr" if key != "fr" else "de"]] * 4)
    assert detect_language([*halves(MADE[key]), tweet, MADE[key], MADE[key]]) == key.partition("_")[0]


def test_letters_that_nobody_knows_are_in_no_language() -> None:
    assert detect_language(["\u13a0\u13a1\u13a2 " * 30] * 4) is None


@pytest.mark.parametrize("text", ["\ud800" * 99, "\u0e31" * 99, "ł ě " * 50_000, "ێ" * 90_000, "\ufffd" * 200])
def test_hostile_texts_have_a_code_or_none(text: str) -> None:
    found = detect_language([text] * 5)
    assert found is None or (found.isascii() and len(found) in (2, 3))


@pytest.mark.parametrize(
    ("stated", "code"), [("utf-8", None), ("cn", "zh"), ("hsb", "hsb"), ("kik", "ki"), ("und", None), ("default", None)]
)
def test_what_pages_state_for_a_language(stated: str, code: str | None) -> None:
    assert language_code(stated) == code


def test_the_model_is_the_one_that_its_own_loader_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    own = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    monkeypatch.setattr(tempfile, "TemporaryFile", None)  # a full disk: nothing is unpacked there
    ours = language._identifier.__wrapped__()
    for name in ("nb_classes", "tk_nextmove", "tk_row", "tk_output"):
        assert getattr(ours, name) == getattr(own, name)
    for name in ("nb_ptc", "nb_pc"):
        assert (getattr(ours, name) == getattr(own, name)).all()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("bo", "ཁ་སང་ས་གནས་དེའི་གྲོང་གསེབ་ཅིག་ཏུ་སློབ་གྲྭ་གསར་པ་ཞིག་སྒོ་ཕྱེ་བ་རེད། སློབ་ཕྲུག་བརྒྱ་ལྷག་ཙམ་འཛོམས་འདུག"),
        ("bo", "དགེ་རྒན་གྱིས་གསུངས་དོན། ང་ཚོས་ལོ་གསུམ་རིང་འབད་བརྩོན་བྱས་པ་ཡིན་ཞེས་བཤད་སོང་། ཕ་མ་ཚོ་ཡང་དགའ་པོ་བྱུང་འདུག"),
        ("dz", "གཞུང་གིས་ གཡུས་ཚན་དེ་ཁར་ སློབ་གྲྭ་གསརཔ་ཅིག་ ཁ་ཕྱེ་ཡོདཔ་ད་ སློབ་ཕྲུག་ཚུ་ སློབ་གྲྭ་དེ་ལུ་ འཛུལ་ནི་ཨིན་མས།"),
        ("dz", "སློབ་དཔོན་ཚུ་གིས་ སླབ་མིའི་ནང་ ཕམ་ཚུ་ལུ་ ཕན་ཐོགས་འབད་ནི་ཨིན་ཟེར་ཨིནམ་ད་ ལཱ་ཚུ་ འགོ་བཙུགས་ཡོད།"),
    ],
)
def test_tibetan_and_dzongkha_share_a_script(code: str, text: str) -> None:
    assert detect_language([text]) == code
