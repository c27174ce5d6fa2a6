"""The language of a story. The only module that imports py3langid and langdetect.

py3langid knows some 140 languages, is right more often and takes a fourteenth of langdetect's time. langdetect is asked
where py3langid is unsure. `python -m bench languages` measures both, and what is decided with them.
"""

from __future__ import annotations

import lzma
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from cleaners.words.patterns import lazy_pattern

if TYPE_CHECKING:
    from langdetect.detector import Detector
    from langdetect.detector_factory import DetectorFactory
    from py3langid.langid import LanguageIdentifier

SAMPLE = 500
"""Characters that a detector reads: more of them cost time and hardly change its answer."""

SHORTEST = 40
"""Letters of a text at least; in a shorter one no language is detected."""

MAX_VOTES = 15
"""Paragraphs that are asked for their language."""

VOTE = 200
"""Characters of a paragraph that are read for its vote, so that a long quotation has no more of one than others."""

SURE = 0.5
"""Confidence of py3langid below which langdetect is asked. Above it langdetect is right less often, also in languages
that it knows."""

SEED = 0
"""langdetect samples at random. With a seed the same text always gives the same answer."""


ENGLISH = frozenset("the of and to in a is that for it was on with as by at from".split())
"""The most frequent words of English."""

ENGLISH_SHARE = 0.15
"""Smallest share of these words in English text. In other languages they are a few in a hundred."""

ENGLISH_WORDS = 30
"""Words of a text from which on this share says enough."""


LEAST = 0.2
"""Confidence of py3langid below which it says nothing: it knows none of the letters."""


def load() -> None:
    """Load both detectors now, before a process is copied; they load when they are first asked otherwise."""
    import langdetect  # noqa: F401
    import py3langid.langid  # noqa: F401


def story_languages(stories: Sequence[Sequence[str]], stated: str | None) -> list[str | None]:
    """The languages of a page's stories, its own first, given their paragraphs and the language that the page states.

    Where the page's own story is English, no detector is asked about an appended one with enough English words.

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
    first = _first_paragraphs(paragraphs)
    return 2 * sum(map(_reads_english, first)) > len(first) > 2


def _first_paragraphs(paragraphs: Sequence[str]) -> list[str]:
    return [text[:SAMPLE] for text in paragraphs[:MAX_VOTES] if len(text) >= SHORTEST]


def detect_language(paragraphs: Sequence[str]) -> str | None:
    """The code of the language that most of a story is in, or None where the text is too short.

    No detector is asked about a text with enough English words, since the first question takes a second: of 1,389
    annotated texts these are 971 of 1,021 in English and none of the others.

    >>> detect_language(["舊港口公路自三月起禁止大貨車夜間駛入，市議會星期二晚間表決通過。"])
    'zh'
    >>> detect_language(["Der Hafen ist am Montag wieder geöffnet worden, teilten die Behörden mit."])
    'de'
    """
    sample = _sample(paragraphs)
    letters = _letters(sample)
    by_script = _by_script(sample, letters)
    if not by_script and letters < SHORTEST:
        return None
    if _is_english(paragraphs, sample):
        return "en"
    return _majority(paragraphs) or by_script or _by_letters(sample) or _detected(sample)


def _is_english(paragraphs: Sequence[str], sample: str) -> bool:
    """Whether a text is long enough to be English by its most frequent words alone, and most of its paragraphs are."""
    if len(sample.split()) < ENGLISH_WORDS or not _reads_english(sample):
        return False
    return len(_first_paragraphs(paragraphs)) < 3 or _mostly_english(paragraphs)


def _letters(text: str) -> int:
    """The letters of a text, with the vowels that Indic and other scripts write as marks."""
    return sum(map(str.isalpha, text)) + (0 if text.isascii() else len(_MARKS.findall(text)))


_MARKS = lazy_pattern(
    r"[\u0900-\u0903\u093a-\u094f\u0981-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e\u17b4-\u17d3](?<![^\W\d_])"
)


def _majority(paragraphs: Sequence[str]) -> str | None:
    """The language of more than half of the first paragraphs by length, None where there are fewer than three."""
    first = [(text[:VOTE], _bytes(text[:VOTE])) for text in paragraphs[:MAX_VOTES] if _bytes(text) >= SHORTEST]
    if len(first) < 3:
        return None
    everything = sum(size for _, size in first)
    votes: Counter[str | None] = Counter()
    for text, size in first:
        likely, confidence = _ranked(text)
        own = _by_script(text, _letters(text)) or _by_letters(text)
        language = own or (likely if confidence >= SURE else None)
        votes[language] += size
        if 2 * votes[language] > everything:  # whatever the others say
            return language
    return None


def _bytes(text: str) -> int:
    """The length of a text in bytes: wide characters say more, and have more of them."""
    return len(text.encode("utf-8", "replace"))


def _detected(text: str) -> str | None:
    """The language of a text by py3langid, by langdetect where that is unsure."""
    language, confidence = _ranked(text)
    if confidence >= SURE:
        return language
    return _second_opinion(text) or (language if confidence >= LEAST else None)


def _ranked(text: str) -> tuple[str, float]:
    """The most likely language by py3langid, and how sure that is."""
    ranked = _identifier().rank(text)
    language, confidence = next((code, score) for code, score in ranked if code not in _RARE)
    return language_code(language) or language, confidence


def _second_opinion(text: str) -> str | None:
    from langdetect.detector import Detector
    from langdetect.lang_detect_exception import LangDetectException

    detector = _detector()
    detector.append(text)
    try:
        language: str = detector.detect()
    except LangDetectException:  # no letter of any language that it knows
        return None
    return None if language == Detector.UNKNOWN_LANG else language.split("-")[0]


_RARE = frozenset("zxx pcm wuu yue ext gcf gcr hbo grc uzs ary arz vo gug guw".split())
"""Labels of py3langid that are no language of news pages, or a spoken form of one that is written like another."""

_KURDISH = lazy_pattern(r"[ێڵڕۆ]")


def _by_letters(sample: str) -> str | None:
    """The languages that no detector knows by letters that stand together in no other: Sorani has `ێ` and `ڵ`, the
    Sorbian ones Polish `ł` beside Czech `ě`, and the upper one `ř` where the lower one has `ś`."""
    if sample.isascii():
        return None
    if len(_KURDISH.findall(sample)) >= 3 and "ێ" in sample and "ې" not in sample and "ئۇ" not in sample:
        return "ckb"
    lowered = sample.lower()
    if min(lowered.count("ł"), lowered.count("ě")) >= 2:
        return "dsb" if lowered.count("ś") + lowered.count("ŕ") > lowered.count("ř") else "hsb"
    return None


def _by_script(sample: str, letters: int) -> str | None:
    """Chinese, Japanese, Korean, Tibetan or Dzongkha by the characters: langdetect takes traditional Chinese for
    Korean, and py3langid Tibetan for Dzongkha.

    These scripts say in a third of the letters what others do, so fewer are enough.
    """
    if sample.isascii() or letters < SHORTEST // 3:
        return None
    if 2 * len(_TIBETAN.findall(sample)) > letters:
        return "dz" if _reads_dzongkha(sample) else "bo"
    han, kana, hangul = (len(pattern.findall(sample)) for pattern in (_HAN, _KANA, _HANGUL))
    if 2 * (han + kana + hangul) < letters:
        return None
    if 4 * hangul > han + kana + hangul:
        return "ko"
    return "ja" if 10 * kana > han + kana else "zh"


def _reads_dzongkha(sample: str) -> bool:
    """Whether a text in Tibetan script has the endings and the verbs that only Dzongkha writes as words of their own:
    of Tibetan a syllable in a thousand is one by chance."""
    syllables = _BETWEEN_SYLLABLES.split(sample)
    return sum(syllable in _DZONGKHA for syllable in syllables) >= DZONGKHA_SHARE * len(syllables)


DZONGKHA_SHARE = 0.03
"""Smallest share of Dzongkha's own syllables in such a text."""

_DZONGKHA = frozenset("ལུ ཚུ ཨིན ཨིནམ འབདཝ འབདཝད ནིའི ཨིནམས".split())
_TIBETAN, _BETWEEN_SYLLABLES = lazy_pattern(r"[\u0f40-\u0f6c]"), lazy_pattern(r"[\u0f0b-\u0f14\s]+")
_HAN, _KANA, _HANGUL = map(lazy_pattern, (r"[\u3400-\u9fff]", r"[\u3041-\u30fa]", r"[\uac00-\ud7a3]"))


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


@cache
def _identifier() -> LanguageIdentifier:
    """py3langid's own, unpacked in memory: its loader unpacks the model into a temporary file, which a full disk or a
    limit on the size of files forbids, and then no page could be cleaned."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    packed = files("py3langid").joinpath(MODEL_FILE).read_bytes()
    with np.load(BytesIO(lzma.decompress(packed)), allow_pickle=False) as model:
        states, rows = (array(model[name].dtype.char, model[name].tobytes()) for name in ("nextmove", "nextmove_row"))
        classes, outputs = model["classes"].tolist(), model["out_feat"].tolist()
        return LanguageIdentifier(model["ptc"], model["pc"], classes, states, outputs, norm_probs=True, tk_row=rows)


def _detector() -> Detector:
    detector = _factory().create()
    detector.seed = SEED
    return detector


@cache
def _factory() -> DetectorFactory:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

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
    return code if len(code) in (2, 3) and code not in _NO_LANGUAGES else None


_NO_LANGUAGES = frozenset("utf iso und mul mis zxx xx default".split())


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
        " kik:ki kin:rw sna:sn tsn:tn sot:st fao:fo fry:fy uig:ug tat:tt tuk:tk pus:ps oci:oc bre:br gla:gd tgl:tl"
        " mlg:mg orm:om asm:as ori:or bod:bo tib:bo srd:sc cos:co roh:rm wln:wa arg:an hat:ht que:qu"
        " cn:zh jp:ja cz:cs gr:el dk:da ua:uk vn:vi us:en gb:en"
    ).split()
)
"""Codes of three letters, old codes, a name, and countries that pages state, each with the code of two letters."""
