"""Datelines: where a report was filed and by which agency, read from the start of its first paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cleaners.data import Dateline
from cleaners.words.agencies import agency_named, agency_pattern, agency_spellings, may_name_agency

HEAD = 120
"""Characters at the head of a paragraph in which a dateline stands."""

_WORD = r"[^\W\d_][\w.'’-]{0,20}"
_MONTH = r"(?:Jan|Feb|Mar|Mär|Apr|May|Mai|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dec|Dez)"
_PLACE = rf"(?P<place>{_WORD}(?:[ /-]{{1,2}}{_WORD}){{0,3}}(?:, (?!{_MONTH}){_WORD}(?: {_WORD}){{0,2}})?)"
_DAY = r"(?:,? (?:\d{1,2}\.? )?[^\W\d_]{3,10}\.?(?: \d{1,2})?(?:,? \d{4})?|,? \d{1,2}(?: [^\W\d_]{3,10}\.?)?)?"
_DASH = r"\s?(?:—|–|-{1,2}|:|\.-|\.—|\.)\s?"


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline, and whether it is certain.

    It is certain if it names an agency or a day. A place with a colon, or capitals with a dash, may start any sentence.
    """

    dateline: Dateline
    certain: bool


@cache
def _signed() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of a dateline with an agency: `PARIS (AP) —`, `Berlin, 7 Jan (dpa) -`, `(ANSA) - ROMA, 07 GEN -`.

    Each comes with the characters of which one stands before the agency.
    """
    agency = rf"(?P<agency>(?:{agency_pattern()})(?:[/-][\w-]{{2,12}})*)"
    return (
        ("([", re.compile(rf"{_PLACE}{_DAY}\s?[(\[]\s?{agency}\s?[)\]]{_DASH}")),
        ("([", re.compile(rf"[(\[]\s?{agency}\s?[)\]]{_DASH}{_PLACE}{_DAY}{_DASH}")),
        (",/", re.compile(rf"{_PLACE}{_DAY}\s?[,/]\s?{agency}{_DASH}")),
        ("([", re.compile(rf"[(\[]\s?{agency}\s?[)\]]{_DASH}")),
    )


_PLACE_AND_COLON = re.compile(rf"{_PLACE}:\s")
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{2,20}"
_STATE = rf"(?:, (?!{_MONTH}\w{{0,8}}\.? \d)[A-Z][\w.]{{1,20}})"
_DAY_ALONE = r"(?:,? (?:\d{1,2}\.? [^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.? \d{1,2})(?:,? \d{4})?|, [^\W\d_]{3,10})?"
_CAPITALS_AND_DASH = re.compile(
    rf"(?P<place>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}{_STATE}{{0,2}})(?P<day>{_DAY_ALONE})\s?(?:—|–|-{{1,2}})\s"
)

MOST_PLACE_WORDS = 3
"""Words of a place without an agency at most; a longer run is the start of a sentence."""

OPENING_WORDS = 12
"""Words at the start of a paragraph that hold the character behind the place: a bracket, comma, slash or colon."""


def find_dateline(paragraph: str) -> FoundDateline | None:
    """The dateline at the head of a story's first paragraph, or None.

    >>> find_dateline("PARIS (AP) — The harbour reopened on Monday.")
    FoundDateline(dateline=Dateline(place='PARIS', agency='AP'), certain=True)
    >>> find_dateline("The harbour reopened on Monday.")
    """
    head = paragraph[:HEAD]
    opening = " ".join(head.split(" ", OPENING_WORDS)[:OPENING_WORDS])
    for marks, pattern in _signed() if may_name_agency(head) else ():
        found = pattern.match(head) if any(mark in opening for mark in marks) else None
        if found and _capitalised(found.groupdict().get("place") or ""):
            named = found.groupdict()
            return FoundDateline(Dateline(named.get("place"), _short(found["agency"])), certain=True)
    found = _CAPITALS_AND_DASH.match(head)
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


def _capitalised(place: str) -> bool:
    """Whether a place is written like a name: `Frankfurt am Main`, `Rio de Janeiro`, and not `He said`."""
    words = place.replace("/", " ").split()
    return all(word[0].isupper() or len(word) <= 3 for word in words)


def _short(spelling: str) -> str:
    return agency_spellings().get(spelling) or agency_spellings().get(re.split(r"[/-]", spelling)[0]) or spelling


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
