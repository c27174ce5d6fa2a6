"""The language of a story. The only module that imports langdetect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

SAMPLE = 500
"""Characters that langdetect reads: more of them cost time and hardly change its answer."""

SHORTEST = 40
"""Letters of a text at least; in a shorter one no language is detected."""

MAX_VOTES = 20
"""Paragraphs that are asked whether a story is in English."""

SEED = 0
"""langdetect samples at random. With a seed the same text always gives the same answer."""


ENGLISH = frozenset("the of and to in a is that for it was on with as by at from".split())
"""The most frequent words of English."""

ENGLISH_SHARE = 0.15
"""Smallest share of these words in English text. In other languages they are a few in a hundred."""


def story_languages(stories: Sequence[Sequence[str]], stated: str | None) -> list[str | None]:
    """The languages of a page's stories, its own first, given their paragraphs and the language that the page states.

    Where the page's own story is English, langdetect is not asked about an appended one with enough English words: it
    takes as long as all of the splitting.

    >>> story_languages([["It was the first day of spring in the town, and the harbour was open for trade."]], "en")
    ['en']
    """
    languages: list[str | None] = []
    for paragraphs in stories:
        known = languages[:1] == ["en"] and _reads_english(_sample(paragraphs))
        languages.append("en" if known else story_language(paragraphs, stated))
    return languages


def story_language(paragraphs: Sequence[str], stated: str | None) -> str | None:
    """The language of a story of which the page states one.

    A page that states a language is believed. On 319 pages of the corpora that state one, langdetect differs on six:
    three in languages that it does not know or names differently (Icelandic, Bokmål), where the page is right, and
    three in Zulu and Xhosa, where the page states English. Untranslated templates state English, so English must also
    show in the text.

    >>> story_language(["La réouverture du port a eu lieu lundi matin, ont annoncé les autorités locales."], "en")
    'fr'
    """
    if stated and (stated != "en" or _reads_english(_sample(paragraphs)) or _mostly_english(paragraphs)):
        return stated
    return detect_language(paragraphs) or stated


def _reads_english(sample: str) -> bool:
    words = sample.lower().split()
    return sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * len(words) > 0


def _mostly_english(paragraphs: Sequence[str]) -> bool:
    """Whether more than half of the first paragraphs read as English, however long a quotation in between is."""
    first = [text[:SAMPLE] for text in paragraphs[:MAX_VOTES] if len(text) >= SHORTEST]
    return 2 * sum(map(_reads_english, first)) > len(first) > 2


def detect_language(paragraphs: Sequence[str]) -> str | None:
    """The two-letter code of the language that most of a story is in, or None where the text is too short.

    >>> detect_language(["舊港口公路自三月起禁止大貨車夜間駛入，市議會星期二晚間表決通過。"])
    'zh'
    >>> detect_language(["Der Hafen ist am Montag wieder geöffnet worden, teilten die Behörden mit."])
    'de'
    """
    sample = _sample(paragraphs)
    letters = sum(map(str.isalpha, sample))
    if by_script := _by_script(sample, letters):
        return by_script
    if letters < SHORTEST:
        return None
    detector = _detector()
    detector.append(sample)
    try:
        language: str = detector.detect()
    except LangDetectException:  # no letter of any language that it knows
        return None
    return None if language == Detector.UNKNOWN_LANG else language.split("-")[0]


def _by_script(sample: str, letters: int) -> str | None:
    """Chinese, Japanese or Korean by the characters alone: langdetect takes traditional Chinese for Korean.

    These scripts say in a third of the letters what others do, so fewer are enough.
    """
    if sample.isascii() or letters < SHORTEST // 3:
        return None
    han, kana, hangul = (len(pattern.findall(sample)) for pattern in (_HAN, _KANA, _HANGUL))
    if 2 * (han + kana + hangul) < letters:
        return None
    if 4 * hangul > han + kana + hangul:
        return "ko"
    return "ja" if 10 * kana > han + kana else "zh"


_HAN, _KANA, _HANGUL = map(re.compile, (r"[\u3400-\u9fff]", r"[\u3041-\u30fa]", r"[\uac00-\ud7a3]"))


def _sample(paragraphs: Sequence[str]) -> str:
    """The start of the longest paragraphs, in reading order; quotations and names make up less of them."""
    room = SAMPLE
    chosen = []
    for index in sorted(range(len(paragraphs)), key=lambda index: -len(paragraphs[index])):
        if room <= 0:
            break
        chosen.append(index)
        room -= len(paragraphs[index])
    return " ".join(paragraphs[index][:SAMPLE] for index in sorted(chosen))[:SAMPLE]


def _detector() -> Detector:
    detector = _factory().create()
    detector.seed = SEED
    return detector


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    # The garbage collector would scan these 88,000 lists of numbers; it does not track tuples of numbers.
    factory.word_lang_prob_map = {word: tuple(figures) for word, figures in factory.word_lang_prob_map.items()}
    return factory


def language_code(stated: str) -> str | None:
    """The code of two letters (ISO 639-1), or of three (639-3) where there is none, that a page states.

    >>> [language_code(code) for code in ("en-GB", "pt_BR", "kmr", "fil-PH", "deu", "English", "x")]
    ['en', 'pt', 'kmr', 'fil', 'de', 'en', None]
    """
    code = re.split(r"[-_,;\s]", stated.strip().lower()[:40], maxsplit=1)[0]
    if not (code.isascii() and code.isalpha()):
        return None
    code = _SHORTER.get(code, code)
    return code if len(code) in (2, 3) else None


_SHORTER = dict(
    pair.split(":")
    for pair in (
        "english:en eng:en deu:de ger:de fra:fr fre:fr spa:es por:pt ita:it nld:nl dut:nl rus:ru zho:zh"
        " chi:zh cmn:zh jpn:ja kor:ko ara:ar pol:pl tur:tr ukr:uk swe:sv dan:da nor:no nob:nb nno:nn fin:fi"
        " ces:cs cze:cs slk:sk slo:sk ell:el gre:el heb:he iw:he hin:hi ben:bn fas:fa per:fa urd:ur ron:ro"
        " rum:ro hun:hu bul:bg hrv:hr srp:sr slv:sl lit:lt lav:lv est:et vie:vi tha:th ind:id in:id msa:ms"
        " may:ms kat:ka geo:ka hye:hy arm:hy sqi:sq alb:sq mkd:mk mac:mk isl:is ice:is cat:ca eus:eu baq:eu"
        " glg:gl gle:ga cym:cy wel:cy afr:af swa:sw tam:ta tel:te mar:mr guj:gu kan:kn mal:ml pan:pa nep:ne"
        " sin:si mya:my bur:my khm:km lao:lo mon:mn kaz:kk uzb:uz aze:az tgk:tg kir:ky bel:be kur:ku zul:zu"
        " xho:xh hau:ha ibo:ig yor:yo amh:am som:so mlt:mt ltz:lb epo:eo lat:la"
    ).split()
)
"""Codes of three letters, old codes and a name, each with the code of two letters for the same language."""
