"""Who wrote the page: the places that name an author, most trusted first.

Measured on annotated pages, JSON-LD's persons and what blog systems write into their own meta tags are right nine
times in ten, the plain `author` tag less often because it likes to hold the outlet, an element with an author's class
three times in four, a line that begins with a word like `By` half the time. The outlet itself is taken for the author
only where no trusted place names anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaners.metadata.dates import find_dates
from cleaners.metadata.folding import squeeze
from cleaners.metadata.names import find_names, names_a_job

NEAR = 25
"""Lines behind the headline among which a byline stands."""

_SURE_LEADS = (
    r"(?:(?:article|post|story|blog post) )?(?:was )?(?:written|authored|posted|published|contributed|submitted|reported) by|(?:words|story|reporting|article|post) by|"
    r"author(?:s|\(s\))?|(?:geschrieben|verfasst|erstellt|veröffentlicht|ein (?:artikel|beitrag|kommentar|gastbeitrag)) von|autor(?:in|en)?|text(?: von)?|"
    r"(?:écrit|publié|rédigé|propos recueillis) par|auteur|(?:escrito|publicado) por|a cura di|autorzy|tekst|автор|авторы|yazan|penulis|(?:by|von|par|por|di)(?=:)"
)
_LEADS = rf"(?:{_SURE_LEADS}|by|von|vom|par|por|di|door|przez|oleh|av|af)"
_LEAD_ALONE = re.compile(rf"{_LEADS}\s?:?", re.IGNORECASE)
_LEAD_FIRST = re.compile(rf"{_LEADS}(?:\s?:\s?|\s)(?P<names>[^\W\d_].*)", re.IGNORECASE)
_SURE_ALONE = re.compile(rf"(?:this )?(?:{_SURE_LEADS})\s?:?", re.IGNORECASE)
_SURE_FIRST = re.compile(rf"(?:this )?(?:{_SURE_LEADS})(?:\s?:\s?|\s)(?P<names>[^\W\d_].*)", re.IGNORECASE)
_NEVER = re.compile(r"(?!)")
_PARTICLES = r"(?:v[oa]n|de[rnl]?|d[aiou]s?|el|la|le|ter|ten|bin|al|zu|y|e)"
_CAPITALIZED = r"(?:(?![a-zß-ÿ])[^\W\d_][\w'’.-]*)"
_PERSON = re.compile(rf"(?:Dr\.?\s|Prof\.?\s)?{_CAPITALIZED}(?:\s{_PARTICLES}){{0,3}}(?:\s{_CAPITALIZED}(?:\s{_PARTICLES}){{0,2}}){{1,4}}")


def choose_authors(stated: Iterable[Sequence[str]], shown: Iterable[str], guessed: Iterable[str], outlets: Sequence[str]) -> tuple[str, ...]:
    """The names of the first place that names somebody besides the outlet, else of the first that names anybody.

    `stated` are the texts of structured data, place by place; `shown` the bylines that the page shows, surest first,
    and `guessed` those lines that are taken for one where nothing else names anybody.
    """
    rest: list[tuple[str, ...]] = []
    for names in _named(stated, outlets):
        if not all(is_outlet(name, outlets) for name in names):
            return names
        rest.append(names)
    others: list[tuple[str, ...]] = []
    for names in _named(([text] for text in shown), outlets):
        if all(map(is_person, names)) and not all(is_outlet(name, outlets) for name in names):
            return names
        others.append(names)
    if not rest:
        rest += [names for names in _named(([text] for text in guessed), outlets) if all(map(is_person, names))][:1]
    rest += others
    return rest[0] if rest else ()


def _named(places: Iterable[Sequence[str]], outlets: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The names in each place that holds any."""
    for texts in places:
        if names := find_names("; ".join(texts), outlets=outlets):
            yield names


def is_outlet(name: str, outlets: Sequence[str]) -> bool:
    """Whether the name is one of the outlet's, give or take words like `Staff` and a domain's ending."""
    own = squeeze(name)
    others = [squeeze(outlet) for outlet in outlets]
    return any(own == other or (len(other) > 3 and other in own) or (len(own) > 4 and own in other) for other in others)


def is_person(name: str) -> bool:
    """Whether the name looks like a person's: two words or more, capitalized but for particles like `von`."""
    return bool(_PERSON.fullmatch(name))


def byline_texts(lines: Sequence[str], start: int) -> Iterator[str]:
    """What stands behind words like `By` in the lines near the headline, which is the line `start`."""
    for index in _near(lines, start):
        yield from _behind(lines, index, _LEAD_ALONE, _LEAD_FIRST)


def guessed_texts(lines: Sequence[str], start: int) -> Iterator[str]:
    """Lines that a byline is taken from where no other names anybody, surest first.

    What stands behind words like `Written by` anywhere, a person near the headline with a job or a date beside, and
    what stands behind a `By` alone on its line anywhere.
    """
    for index in range(len(lines)):
        yield from _behind(lines, index, _SURE_ALONE, _SURE_FIRST)
    for index in _near(lines, start):
        if is_person(lines[index]) and any(map(_is_beside_names, lines[max(0, index - 2) : index + 3])):
            yield lines[index]
    for index in range(len(lines)):
        yield from _behind(lines, index, _LEAD_ALONE, _NEVER)


def _near(lines: Sequence[str], start: int) -> list[int]:
    """The indices of the lines around the headline, those behind it first."""
    return [*range(start + 1, min(start + NEAR, len(lines))), *range(start - 1, max(-1, start - 6), -1)]


def _behind(lines: Sequence[str], index: int, alone: re.Pattern[str], first: re.Pattern[str]) -> Iterator[str]:
    """What stands behind a word like `By` in the line, or in the next line where the word is alone."""
    line = lines[index]
    if len(line) < 40 and alone.fullmatch(line):
        if index + 1 < len(lines) and len(lines[index + 1]) < 100:
            yield lines[index + 1]
    elif len(line) < 150 and (match := first.fullmatch(line)):
        yield match["names"]


def _is_beside_names(line: str) -> bool:
    """Whether the line is of the kind that stands beside a name: a date, or a person's job."""
    return len(line) < 60 and (bool(find_dates(line, day_first=True)) or names_a_job(line))
