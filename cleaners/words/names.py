"""The names of people and agencies in a byline, without the words around them.

    By Jane Doe, Senior Editor, and Max Roe in Berlin | Updated Jan. 7, 2026   ->   Jane Doe, Max Roe

A name is always a part of the byline with its white space folded: nothing is completed, reordered or corrected. The
words that stand around names, in many languages, are in `names.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaners.words.alternatives import any_of
from cleaners.words.dates import MONTHS, find_dates
from cleaners.words.folding import REMEMBERED, fold, one_line, squeeze
from cleaners.words.glued_names import unglued
from cleaners.words.name_kinds import ROLES, has_given_name, is_institution
from cleaners.words.name_words import COLONS, PARTICLES, alternatives, words_of
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import has_digit
from cleaners.words.sources import AGENCIES, says_source, without_sources
from cleaners.words.unspaced_names import labelled_names

MAX_BYLINE = 600
"""Longer texts are no bylines."""

MAX_WORDS = 7
MAX_CHARACTERS = 80
"""Words and characters of one name, an institution's among them. A longer piece of a byline is a sentence."""

MAX_DESCRIPTION = 4
"""Words of a description that counts as a name where a byline has nothing else: `The Example Post Reporter`."""

_DEGREES, _NOBODY = (frozenset(map(fold, words_of(key))) for key in ("degrees", "nobody"))

_ADDRESS = lazy_pattern(r"https?://\S*|www\.\S*|[^\s@]{1,64}@\S*|(?<!\S)@\w*")
_LEAD = lazy_pattern(
    rf"[\s\W]{{0,5}}(?:{alternatives('lead_sure', 'lead_short', 'lead_weak')})(?:\s?[{COLONS}]\s?|\s)(?!to\s)(?=\S)"
    r"|[\s,;:|/•·*–—-]{1,9}|(?:and|und|et|och|og|и|та)\s(?-i:(?=[^\W\d_a-zß-ÿа-я]))",
    re.IGNORECASE,
)
_END = lazy_pattern(
    rf"(?<!\S)(?:[|•·–—]\s)?(?:{alternatives('end')}(?![^\W\d_])|{alternatives('lead_others')}\s?[{COLONS}])|\d{{1,3}}\s?min\b",
    re.IGNORECASE,
)
_DANGLING = lazy_pattern(rf"(?:[\s,;:|/•·@*&+–—-]|\s\.|(?<!\S)(?:{alternatives('dangling')})\s?)+$", re.IGNORECASE)
_STRONG = lazy_pattern(
    rf"\s?[;|•·\n]\s?|\s[/–—-]\s|,?\s(?:{alternatives('and')})\s(?:(?:by|von|par|por|di)\s)?", re.IGNORECASE
)
_LISTED = lazy_pattern(r"\s?[;\n、]\s?")
_COMMA = lazy_pattern("[,،]")
_SHORT_AND = lazy_pattern(rf"\s(?:{alternatives('and_short')})\s", re.IGNORECASE)
_BRACKETED = lazy_pattern(r"\s?[(\[][^()\[\]]{0,200}(?:[)\]](?!\s[^\W\d_])|\Z)")
_PLACE = lazy_pattern(r",?\s(?:in|à|en|aus|a|from|at)\s[^\W\d_]\S*(?:\s\S+)?$")
_AGENCY_MARK = lazy_pattern(r"(?<=[^\W\d_A-Z])/\S+$")
_BEHIND = lazy_pattern(rf"(?<=[\u3400-\u9fff\uac00-\ud7a3])\s?(?:{alternatives('behind')})(?:\s외\s?\d+명)?$")
_WITH = lazy_pattern(r"\s?[(\[](?:with|avec|mit|con|com|met|med|z|с)\s([^()\[\]]{1,200})(?:[)\]]|$)")
_PARTICLE_FIRST = lazy_pattern(
    rf"(?:{'|'.join(sorted(word.title() for word in PARTICLES))})\s[^\W\d_a-zß-ÿ][^\W\d_]+"
    r"(?:,\s[^\W\d_a-zß-ÿ][^\W\d_]+)?"
)
_FOR = lazy_pattern(r"\s[Ff]or\s[A-Z].*$")
_SHORT_DAY = lazy_pattern(rf"{any_of(MONTHS)}\.?\s\d{{1,2}}\s(?=\D)", re.IGNORECASE)
_CAPITALS = lazy_pattern(r"[A-Z][A-Za-z-]?[A-Z][A-Za-z-]{0,5}[®™]?")


def find_names(byline: str, *, outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in a byline, in its order, each once.

    `outlets` are names of the outlet: they are left out where somebody else is named too.

    >>> find_names("By Jane Doe, Senior Editor, and Max Roe in Berlin | Updated Jan. 7, 2026")
    ('Jane Doe', 'Max Roe')
    """
    found = _find_names(byline[:MAX_BYLINE])
    if not found.may_be_outlets:
        return found.names
    own = {squeeze(outlet) for outlet in outlets}
    others = tuple(name for name in found.names if own.isdisjoint({squeeze(name), squeeze(name.split()[0])}))
    return others or found.names


def given_first(name: str) -> str:
    """A name as libraries write it, with the given name in front; any other text as it is.

    >>> given_first("Doe, Jane T."), given_first("Jane Doe, Editor")
    ('Jane T. Doe', 'Jane Doe, Editor')
    """
    found = _FAMILY_FIRST.fullmatch(name)
    return f"{found['given']} {found['family']}" if found else name


def _family_first(text: str) -> tuple[str, ...]:
    """The names of a library's list of authors, `Doe, Jane; Roe, Max T.`, each with the given name in front; none where
    the text is no such list."""
    parts = text.split(";")
    names = [given_first(part) for part in parts]
    turned = all(name != part for name, part in zip(names, parts, strict=True))
    return tuple(names) if turned and all(map(has_given_name, names)) else ()


_FAMILY_FIRST = lazy_pattern(
    r"\s?(?P<family>[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)?), (?P<given>[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z]\.)?)\s?"
)


class _Found(NamedTuple):
    """The names in a byline, and whether those of outlets may be among them, which are left out."""

    names: tuple[str, ...]
    may_be_outlets: bool


@lru_cache(maxsize=REMEMBERED)
def _find_names(byline: str) -> _Found:
    """The same whatever the outlet is. Cached: a page's byline is read for the rules, the joins and the record."""
    text = unglued(one_line(byline))
    if "(" in text or "[" in text:
        text = _WITH.sub(r" and \1", text)
    if labelled := labelled_names(text):
        return _Found(labelled, may_be_outlets=False)
    if family_first := _family_first(text):
        return _Found(family_first, may_be_outlets=False)
    text = _without_lead(_until_date(_without_lead(_without_short_day(_without_addresses(text)))))
    names = without_sources(_names_of(_segments(text)), text)
    if not names:
        return _Found(_description(text), may_be_outlets=False)
    if any(map(has_given_name, names.values())):
        names = {folded: name for folded, name in names.items() if not _is_paper(folded)}
    if any(" " in name for name in names.values()):
        names = {folded: name for folded, name in names.items() if not _OFFICE.fullmatch(folded)}
    return _Found(tuple(names.values()), may_be_outlets=True)


def _is_paper(folded: str) -> bool:
    """Whether a folded name is that of a newspaper or the like, and of no agency."""
    words = folded.split()
    return len(words) > 1 and folded not in AGENCIES and (words[0] == "the" or words[-1] in _PAPERS)


_PAPERS = frozenset(map(fold, words_of("papers")))


_OFFICE = lazy_pattern(
    r"(?:\w{0,20}-?)?(?:redaktion(?:en)?|redaktie|redakcja|redakce|redakcia|rédaction|redacción|redacció|redazione"
    r"|redação|redacção|редакция|редакція|newsroom|newsdesk)"
)
"""An office that stands behind the names of persons, in one word."""


def _names_of(segments: Sequence[str]) -> dict[str, str]:
    """The names in the segments, by their folded form."""
    names: dict[str, str] = {}
    job_told = False
    above = ""
    for segment in segments:
        found, job_told = _names(segment, job_told, bool(names))
        for name in found:
            if has_given_name(name) or not _JOB_OF.search(above):
                names.setdefault(fold(name), name)
        above = segment
    return names


_JOB_OF = lazy_pattern(rf",.*\b{any_of(ROLES)}\s(?:of|for|de|für|di|van)\s[^,]*$", re.IGNORECASE)
"""A job that may go on behind `and`: `Jane Doe, Head of Marketing and Community Development`."""


def _without_addresses(text: str) -> str:
    """The text without addresses, and without the brackets around a name that an address stood in front of; most
    bylines have none of the characters that every address has."""
    if not any(mark in text for mark in ("@", "://", "www.")):
        return text
    left = _ADDRESS.sub(" ", text).strip()
    return left[1:-1] if left.startswith("(") and left.find(")") == len(left) - 1 else left


def _without_short_day(text: str) -> str:
    return _SHORT_DAY.sub("", text, count=1) if has_digit(text) else text


def _description(text: str) -> tuple[str, ...]:
    """The few words that describe the writer where the byline holds nothing else: `Staff Writer`."""
    words = _name(text)
    return (words,) if words and fold(words) not in _NOBODY and len(words.split()) <= MAX_DESCRIPTION else ()


def _until_date(text: str) -> str:
    """The text up to the first date, or word in front of a date; the rest of a text that begins with a date."""
    whole, dates = text, find_dates(text, day_first=True)
    if dates and dates[0].start < 3:
        text = text[dates[0].end :]
    elif dates:
        text = text[: dates[0].start]
    if end := _END.search(text):
        text = text[: end.start()]
    dangling = _DANGLING.search(text)
    return text[: dangling.start()] if dangling and not (text == whole and dangling[0].istitle()) else text


def _without_lead(text: str) -> str:
    while (lead := _LEAD.match(text)) and not (
        _PARTICLE_FIRST.fullmatch(text) and fold(text[lead.end() :]) not in AGENCIES
    ):
        text = text[lead.end() :]
    return text


def _segments(text: str) -> list[str]:
    """The text cut at list marks and at words like `and`, unless it is the name of one institution."""
    segments = [segment for listed in _LISTED.split(_without_employer(text)) for segment in _sides(listed)]
    pieces: list[str] = []
    for segment in segments:
        sides = _SHORT_AND.split(segment)
        pieces += sides if all(len(side.split()) > 1 or fold(side) in AGENCIES for side in sides) else [segment]
    return pieces


def _without_employer(text: str) -> str:
    """The text with a comma in place of each slash between two names, or without what stands behind the slash and is
    no person's name: `Jane Doe/Example Gazette`."""
    parts = _GLUED_SLASH.split(text)
    return ", ".join([parts[0], *filter(has_given_name, parts[1:])]) if len(parts) > 1 else text


_GLUED_SLASH = lazy_pattern(r"(?<=[a-zß-ÿ])/(?=[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+)?\s[A-ZÀ-Þ])")
"""The slash between a name and a name of several words; an agency's stays, and is read elsewhere."""


def _sides(text: str) -> list[str]:
    """The text cut at words like `and`, unless they stand in the name of one institution."""
    sides = _STRONG.split(text)
    one = (
        "|" not in text
        and is_institution(text)
        and not any(fold(side) in AGENCIES or says_source(fold(side)) for side in sides)
    )
    return [text] if one else sides


def _tells_a_job(folded: str) -> bool:
    return not ROLES.isdisjoint(folded.split())


def _describes(part: str) -> bool:
    """Whether the words behind a name describe the person, as lower-case words do: `home and security expert`."""
    return any(word.islower() and word not in PARTICLES for word in part.split())


def _names(segment: str, job_told: bool, others: bool) -> tuple[list[str], bool]:
    """The names between the commas of a segment, and whether it names a job; `others` stand in front of it."""
    names: list[str] = []
    for part in _COMMA.split(segment):
        name = _name(part)
        folded = fold(name)
        if folded in AGENCIES:
            names.append(name)
        elif not name or folded in _NOBODY or folded.endswith(" admin") or _is_degree(name):
            continue
        elif _tells_a_job(folded) and (names or others or has_given_name(name) or not is_institution(name)):
            job_told = True
            if not names and (person := _before_role(name)):
                names.append(person)
        elif (job_told or names) and len(name.split()) < 2:
            continue  # a place, a subject or the employer
        elif names and _describes(name):
            job_told = True
        elif not job_told or not (is_institution(name) or (names and not has_given_name(name))):
            names.append(name)
    return names, job_told


def _name(part: str) -> str:
    """The part without brackets, a place behind it and marks around it; empty where no name is left."""
    name = _BRACKETED.sub(" ", _without_lead(part.strip()))
    name = _PLACE.sub("", name) if len(name.split()) > 3 else name
    name = " ".join(name.split()).strip(" ,;:|/•·*&+–—-\"“”„«»'")
    words = name.split()
    while len(words) > 2 and (fold(words[-1]) in _DEGREES or _NOTE.fullmatch(words[-1])):
        words.pop()
    if _is_figure(words):
        return ""
    words = _without_outlet(_without_agency(words))
    name = _SENTENCE_END.sub("", _BEHIND.sub("", " ".join(words)))
    words = name.split()
    name = _AGENCY_MARK.sub("", " ".join(_once(words))) if len(words) > 1 else name
    if not any(character.isalpha() for character in name):
        return ""
    return name if len(name) <= MAX_CHARACTERS and len(name.split()) <= MAX_WORDS else ""


def _without_agency(words: list[str]) -> list[str]:
    """The words without an agency's name behind a person's: `Jane Doe The Associated Press`."""
    ends = (at for at in range(2, len(words)) if fold(" ".join(words[at:])) in AGENCIES)
    return words[: next(ends, len(words))] if len(words) > 2 and has_given_name(" ".join(words)) else words


def _without_outlet(words: list[str]) -> list[str]:
    """The words without the outlet for which a person writes: `Jane Doe For Example Times`."""
    text = " ".join(words)
    return _FOR.sub("", text).split() if has_given_name(text) else words


def _is_figure(words: Sequence[str]) -> bool:
    """Whether the words are a figure with its unit (`10+ Years`, `14.8 KB`) or end in a number (`Example 48513`)."""
    if len(words) < 2:
        return False
    return not (words[0].isdigit() or any(map(str.isalpha, words[0]))) or sum(map(str.isdigit, words[-1])) > 3


_NOTE = lazy_pattern(r"[\d*†‡]{1,2}")
"""The mark of a note behind a name: `Jane Doe 1`."""

_SENTENCE_END = lazy_pattern(r"(?<=[^\W\d_]{4})\.$")


def _once(words: list[str]) -> list[str]:
    """The words without an avatar's initials in front (`JD Jane Doe`) and without a second printing of them all."""
    if len(words) > 2 and words[0] == "".join(word[0] for word in words[1:]):
        words = words[1:]
    half = len(words) // 2
    return words[:half] if words[:half] == words[half:] and len(words[-1]) > len("R.") else words


def _is_degree(name: str) -> bool:
    return fold(name) in _DEGREES or bool(_CAPITALS.fullmatch(name) and " " not in name)


def _before_role(name: str) -> str:
    """The person in front of a job without a comma: two words, three where the second one is an initial or `von`. Empty
    if there is none, as in `Head of Sales`, or none can be told, as in `Senior Staff Editor`."""
    words = name.split()
    if len(words) < 3 or (len(words) == 3 and not has_given_name(name)):
        return ""
    person = words[: 3 if len(words) > 3 and (words[1].endswith(".") or words[1].islower()) else 2]
    return " ".join(person) if ROLES.isdisjoint(map(fold, person)) and fold(words[0]) != "the" else ""
