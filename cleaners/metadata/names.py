"""The names of people and agencies in a byline, without the words around them.

    By Jane Doe, Senior Editor, and Max Roe in Berlin | Updated Jan. 7, 2026   ->   Jane Doe, Max Roe

A name is always a piece of the byline, its white space folded: nothing is completed, turned round or corrected. The
words that stand around names, in many languages, are data in `names.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from cleaners.metadata.dates import find_dates
from cleaners.metadata.folding import clean, fold, squeeze

MAX_BYLINE = 600
"""Longer texts are no bylines."""

MAX_WORDS = 7
MAX_CHARACTERS = 80

_DATA: dict[str, list[str]] = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))
_ROLES, _INSTITUTIONS, _AGENCIES, _DEGREES, _NOBODY = (
    frozenset(fold(word) for word in _DATA[key]) for key in ("roles", "institutions", "agencies", "degrees", "nobody")
)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ADDRESS = re.compile(r"https?://\S*|www\.\S*|[^\s@]{1,64}@\S*|(?<!\S)@\w*")
_LEAD = re.compile(rf"[\s\W]{{0,5}}(?:{_alternatives(_DATA['lead'])})(?:\s?:\s?|\s)(?=\S)|[\s,;:|/•·*–—-]{{1,9}}", re.IGNORECASE)
_END = re.compile(
    r"\s(?:[|•·–—]\s)?(?:updated|published|posted|last updated|aktualisiert|stand|veröffentlicht|publié|mis à jour|publicado|actualizado"
    r"|pubblicato|aggiornato|atualizado|opublikowano|min read|minutes? read|\d{1,3}\s?min\b)",
    re.IGNORECASE,
)
_STRONG = re.compile(
    rf"\s?[;|•·\n]\s?|\s[/–—-]\s|,?\s(?:{_alternatives(_DATA['and'])})\s(?:(?:by|von|par|por|di)\s)?", re.IGNORECASE
)
_SHORT_AND = re.compile(rf"\s(?:{_alternatives(_DATA['and_short'])})\s", re.IGNORECASE)
_BRACKETED = re.compile(r"\s?[(\[][^()\[\]]{0,200}[)\]]?")
_PLACE = re.compile(r",?\s(?:in|à|en|aus|a|from|at)\s[^\W\d_]\S*(?:\s\S+)?$")
_CAPITALS = re.compile(r"[A-Z][A-Za-z-]?[A-Z][A-Za-z-]{0,5}[®™]?")


def find_names(byline: str, *, outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in a byline, in its order, each once.

    `outlets` are names of the outlet: they are left out where somebody else is named too.
    """
    text = clean(byline[:MAX_BYLINE])
    text = _until_date(_ADDRESS.sub(" ", text))
    text = _without_lead(text)
    names: dict[str, str] = {}
    described = False
    for segment in _segments(text):
        found, described = _names(segment, described)
        for name in found:
            names.setdefault(fold(name), name)
    own = {squeeze(outlet) for outlet in outlets}
    others = tuple(name for name in names.values() if squeeze(name) not in own)
    return others or tuple(names.values())


def _until_date(text: str) -> str:
    """The text up to the first date or word that announces one; what follows it where the text begins with a date."""
    dates = find_dates(text, day_first=True)
    if dates and dates[0].start < 3:
        text = text[dates[0].end :]
    elif dates:
        text = text[: dates[0].start]
    end = _END.search(text)
    return text[: end.start()] if end else text


def _without_lead(text: str) -> str:
    while lead := _LEAD.match(text):
        text = text[lead.end() :]
    return text


def _segments(text: str) -> list[str]:
    """The text cut at list marks and at words like `and`, unless it is the name of one institution."""
    segments = [text]
    if not _is_institution(text):
        segments = _STRONG.split(text)
    pieces = []
    for segment in segments:
        sides = _SHORT_AND.split(segment)
        pieces += sides if len(sides) > 1 and all(len(side.split()) > 1 for side in sides) else [segment]
    return pieces


def _is_institution(text: str) -> bool:
    return "," not in text and not _INSTITUTIONS.isdisjoint(fold(text).split())


def _names(segment: str, described: bool) -> tuple[list[str], bool]:
    """The names between the commas of a segment, and whether a person's job has been told by its end."""
    names: list[str] = []
    for part in segment.split(","):
        name = _name(part)
        folded = fold(name)
        if folded in _AGENCIES:
            names.append(name)
        elif not name or folded in _NOBODY or _is_degree(name):
            continue
        elif not _is_institution(name) and not _ROLES.isdisjoint(folded.split()):
            described = True
            if len(name.split()) > 3 and not names:
                names.append(_before_role(name))
        elif (described or names) and len(name.split()) < 2:
            continue  # a place, a subject or the employer
        elif not described or not _is_institution(name):
            names.append(name)
    return names, described


def _name(part: str) -> str:
    """The part without brackets, a place behind it and marks around it; empty where no name is left."""
    name = _BRACKETED.sub(" ", _without_lead(part.strip()))
    name = _PLACE.sub("", name) if len(name.split()) > 3 else name
    name = " ".join(name.split()).strip(" ,;:|/•·*–—-\"“”„«»'")
    if not any(character.isalpha() for character in name):
        return ""
    return name if len(name) <= MAX_CHARACTERS and len(name.split()) <= MAX_WORDS else ""


def _is_degree(name: str) -> bool:
    return fold(name) in _DEGREES or bool(_CAPITALS.fullmatch(name) and " " not in name)


def _before_role(name: str) -> str:
    """The person in front of a job without a comma: two words, three where the second one is an initial or `von`."""
    words = name.split()
    count = 3 if words[1].endswith(".") or words[1].islower() else 2
    return " ".join(words[:count])
