"""Whether a name is a person's, by its form."""

from __future__ import annotations

from cleaners.words.name_kinds import is_no_person, is_team
from cleaners.words.name_words import PARTICLES
from cleaners.words.patterns import lazy_pattern
from cleaners.words.unspaced_names import is_unspaced_name

_PARTICLES = rf"(?:\s(?:{'|'.join(sorted(PARTICLES))}|y|e)(?!\w))"
_MARKS = r"\u0900-\u0903\u093a-\u094f\u0981-\u0dff\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
CAPITALIZED = rf"(?:(?![a-zß-ÿ])[^\W\d_][\w{_MARKS}'’.-]*)"
_PERSON = lazy_pattern(
    rf"(?:(?:Dr|Prof)\.?\s)?{CAPITALIZED}{_PARTICLES}{{0,3}}(?:\s{CAPITALIZED}{_PARTICLES}{{0,2}}){{1,4}}"
)


def is_person(name: str) -> bool:
    """Whether the name looks like a person's: two words or more, capitalized but for particles like `von`.

    In a script that writes names without a space, a few characters are a name.

    >>> is_person("Ludwig van Beispiel"), is_person("Example University"), is_person("admin")
    (True, False, False)
    """
    return bool(_PERSON.fullmatch(name) or is_unspaced_name(name)) and not is_no_person(name)


def may_sign(name: str) -> bool:
    """Whether the name is that of a person or a team, who sign."""
    return is_person(name) or is_team(name)
