"""Datelines: where a report was filed and by which agency, read from the start of its first paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cleaners.data import Dateline
from cleaners.words.agencies import agency_named, agency_pattern, agency_spellings, may_name_agency
from cleaners.words.patterns import lazy_pattern

HEAD = 120
"""Characters at the head of a paragraph in which a dateline stands."""

_WORD = r"[^\W\d_][\w.'’-]{0,20}"
_MONTH = r"(?:Jan|Feb|Mar|Mär|Apr|May|Mai|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dec|Dez)"
_PLACE = rf"(?P<place>{_WORD}(?:[ /-]{{1,2}}{_WORD}){{0,3}}(?:, (?!{_MONTH}){_WORD}(?: {_WORD}){{0,2}})?)"
_DAY = r"(?:,? (?:\d{1,2}\.? )?[^\W\d_]{3,10}\.?(?: \d{1,2})?(?:,? \d{4})?|,? \d{1,2}(?: [^\W\d_]{3,10}\.?)?)?"
_DASH = r"\s?(?:—|–|-{1,2}|:|\.-|\.—|\.)\s?"


_HAN = "[\u4e00-\u9fff]"
_EASTERN_PLACE = r"(?P<place>[^\W\d_]{2,10}?)"
_PARTED = rf"(?:[＝=·\s]|(?<=[\u3040-\u30ff\u4e00-\u9fff])(?={_HAN}))"
_FILED = r"[电電讯訊](?=[^\w]|記者|记者|報導|$)"
_EASTERN_DATE = r"(?:\d{1,2}月)?\d{1,2}日"
_EASTERN_DAY = rf"(?:\s?{_EASTERN_DATE})?\s?"

_IN_BRACKETS = {"共同": "共同通信", "時事": "時事通信"}
"""Short names of agencies that are everyday words elsewhere than in the brackets of a dateline."""

_OWN_REPORT = lazy_pattern(rf"(?:本报|本報|本刊|本网|本網)(?!记者|記者)(?P<place>{_HAN}{{2,4}}){_EASTERN_DATE}{_FILED}")
"""A dateline in Chinese without an agency: `本报北京10月3日电`."""


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline, and whether it is certain.

    It is certain if it names an agency or a day. A place with a colon, or capitals with a dash, may start any sentence.
    """

    dateline: Dateline
    certain: bool


@cache
def _signed() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of a dateline with an agency: `PARIS (AP) —`, `Berlin, 7 Jan (dpa) -`, `(ANSA) - ROMA, 07 GEN -`,
    `МОСКВА, 3 ноя — РИА Новости.`, `【北京＝共同】`, `(서울=연합뉴스)`, `新华社北京10月3日电`.

    Each comes with characters of which it holds one.
    """
    agency = rf"(?P<agency>(?:{agency_pattern()})(?:[/-][\w-]{{2,12}})*)"
    eastern = rf"(?=[^\x00-\x7f])(?P<agency>{agency_pattern()}|{'|'.join(_IN_BRACKETS)})"
    return (
        ("([", lazy_pattern(rf"{_PLACE}{_DAY}\s?[(\[]\s?{agency}\s?[)\]]{_DASH}")),
        ("([", lazy_pattern(rf"[(\[]\s?{agency}\s?[)\]]{_DASH}{_PLACE}{_DAY}{_DASH}")),
        (",/", lazy_pattern(rf"{_PLACE}{_DAY}\s?[,/]\s?{agency}{_DASH}")),
        ("([", lazy_pattern(rf"[(\[]\s?{agency}\s?[)\]]{_DASH}")),
        ("—–-/.", lazy_pattern(rf"{_PLACE}{_DAY}\.?\s?(?:[—–/-]|\.)\s?{agency}/?{_DASH}")),
        (
            "电電讯訊",
            lazy_pattern(
                rf"[（(【]?{agency}(?:記者{_HAN}{{3}})?{_EASTERN_PLACE}?{_EASTERN_DATE}{_HAN}{{0,4}}?{_FILED}"
            ),
        ),
        (
            "（([［【",
            lazy_pattern(
                rf"[（(［\[【](?:{_EASTERN_PLACE}{_EASTERN_DAY}{_PARTED})?{eastern}(?:[＝=·・／/\s][^）)］\]】]{{0,12}})?[）)］\]】]"
            ),
        ),
    )


def _may_be_signed(head: str) -> bool:
    return may_name_agency(head) or any(map(head.__contains__, _IN_BRACKETS))


_PLACE_AND_COLON = lazy_pattern(rf"{_PLACE}:\s")
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{2,20}"
_STATE = rf"(?:, (?!{_MONTH}\w{{0,8}}\.? \d)[A-Z][\w.]{{1,20}})"
_DAY_ALONE = r"(?:,? (?:\d{1,2}\.? [^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.? \d{1,2})(?:,? \d{4})?|, [^\W\d_]{3,10})?"
_CAPITALS_AND_DASH = lazy_pattern(
    rf"\(?(?P<place>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}{_STATE}{{0,2}})\)?(?P<day>{_DAY_ALONE})\s?(?:—|–|-{{1,2}})\s"
)

_OUTLETS = ("(CNN)", "(CBS)", "(NBC)", "(BBC)")
"""What stands like a place in brackets and is none."""

MOST_PLACE_WORDS = 3
"""Words of a place without an agency at most; a longer run is the start of a sentence."""

MOST_UNCASED_WORDS = 2
"""Words of a place in a script without capitals at most."""

OPENING_WORDS = 12
"""Words at the start of a paragraph that hold the character behind the place: a bracket, comma, slash or colon."""


def find_dateline(paragraph: str) -> FoundDateline | None:
    """The dateline at the head of a story's first paragraph, or None.

    >>> find_dateline("PARIS (AP) — The harbour reopened on Monday.")
    FoundDateline(dateline=Dateline(place='PARIS', agency='AP'), certain=True)
    >>> find_dateline("The harbour reopened on Monday.")
    """
    head = paragraph[:HEAD]
    signed = _signed() if _may_be_signed(head) else ()
    opening = " ".join(head.split(" ", OPENING_WORDS)[:OPENING_WORDS]) if signed or ":" in head else ""
    for marks, pattern in signed:
        found = pattern.match(head) if any(mark in opening for mark in marks) else None
        if found and _is_name(place := found.groupdict().get("place") or ""):
            named = None if agency_named(place) else _without_stop(place) or None
            return FoundDateline(Dateline(named, _short(found["agency"])), certain=True)
    if found := _OWN_REPORT.match(head):
        return FoundDateline(Dateline(found["place"]), certain=True)
    found = None if head.startswith(_OUTLETS) else _CAPITALS_AND_DASH.match(head)
    dated = found is not None and any(map(str.isdigit, found["day"]))
    if found and (dated or _is_place(found["place"])):
        return FoundDateline(Dateline(found["place"].rstrip(".")), certain=dated)
    found = _PLACE_AND_COLON.match(head) if ":" in opening else None
    if found and _is_place(found["place"]):
        return FoundDateline(Dateline(found["place"]), certain=False)
    return None


_NO_PLACES = frozenset(
    "details update updated analysis background opinion exclusive watch explainer explained live note question"
    " answer hintergrund analyse kommentar frage antwort exklusiv fakten hinweis contexte exclusif éclairage"
    " question réponse contexto análisis opinión exclusiva pregunta respuesta correction editor's note q a".split()
)
"""Words in front of a colon at the start of a story that are no place."""


def _is_place(text: str) -> bool:
    short = len(text.replace("/", " ").split()) <= MOST_PLACE_WORDS
    return short and _capitalised(text) and text.casefold() not in _NO_PLACES and not agency_named(text)


def _is_name(place: str) -> bool:
    """Whether no longer word begins with a small letter; of a script without capitals it has two words at most."""
    words = place.replace("/", " ").split()
    uncased = sum(not word[0].isupper() and not word[0].islower() for word in words)
    return uncased <= MOST_UNCASED_WORDS and not any(word[0].islower() and len(word) > 3 for word in words)


def _without_stop(place: str) -> str:
    """The place without the full stop behind it (`Киев. 3 ноября.`); that of `Springfield, Ill.` belongs to it."""
    return place if "," in place or place.count(".") > 1 else place.removesuffix(".")


def _capitalised(place: str) -> bool:
    """Whether a place is written like a name: `Frankfurt am Main`, `Rio de Janeiro`, and not `He said`."""
    words = place.replace("/", " ").split()
    return all(word[0].isupper() or len(word) <= 3 for word in words)


def _short(spelling: str) -> str:
    return (
        _IN_BRACKETS.get(spelling)
        or agency_spellings().get(spelling)
        or agency_spellings().get(re.split(r"[/-]", spelling)[0])
        or spelling
    )


def dateline_of_byline(text: str) -> Dateline | None:
    """The dateline on a line of its own, or None where the line does not name one agency and one place.

    >>> dateline_of_byline("Kyiv • UNN")
    Dateline(place='Kyiv', agency='UNN')
    """
    parts = [part.strip() for part in re.split(r"[•|·—–,]", text) if part.strip()]
    named = [agency for agency in map(agency_named, parts) if agency]
    places = [part for part in parts if not agency_named(part)]
    if len(named) == 1 and len(places) == 1 and _is_place(places[0]):
        return Dateline(places[0], named[0])
    return None
