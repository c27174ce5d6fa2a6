"""What kind of name a few words are: a person's, a team's, an institution's, a section's or a job's.

The words that tell it, in many languages, are in `names.toml`.
"""

from __future__ import annotations

import re

from cleaners.words.folding import fold
from cleaners.words.name_words import GIVEN_NAMES, LAST_NAMES, words_of
from cleaners.words.patterns import lazy_pattern
from cleaners.words.unspaced_names import holds_label

MAX_TEAM_WORDS = 4
"""Words of a team's name: `The Example News Desk`."""

ROLES = frozenset(map(fold, words_of("roles")))
"""The folded words that name jobs."""

_INSTITUTIONS, _NO_PERSONS, _TEAMS, _ABOUT_TEAMS = (
    frozenset(map(fold, words_of(key))) for key in ("institutions", "no_persons", "teams", "about_teams")
)
_NOT_IN_NAMES = _INSTITUTIONS | _NO_PERSONS
_TITLES = frozenset(("dr.", "prof.", "dr", "prof", "by", "von", "mr.", "mrs.", "ms.", "sir", "dame"))
_INITIAL = lazy_pattern(r"(?:[^\W\d_a-zß-ÿ]\.){1,3}")


def names_a_job(text: str) -> bool:
    """Whether a word of the text names a job.

    >>> names_a_job("Senior Editor")
    True
    """
    return not ROLES.isdisjoint(re.findall(r"\w+", fold(text)))


def is_no_person(name: str) -> bool:
    """Whether a word of the name belongs to an institution or is no person's name.

    >>> is_no_person("Example University"), is_no_person("Jane Doe")
    (True, False)
    """
    return not _NOT_IN_NAMES.isdisjoint(fold(name).split()) or holds_label(name)


def is_section(name: str) -> bool:
    """Whether several words name a section or a button: one of them is no person's, and none is a team's or an
    institution's.

    >>> is_section("Local Government"), is_section("Local News Desk"), is_section("Jane Doe"), is_section("The")
    (True, False, False, False)
    """
    words = set(fold(name).split())
    if len(words) < 2 or _NO_PERSONS.isdisjoint(words):
        return False
    return _TEAMS.isdisjoint(words) and _INSTITUTIONS.isdisjoint(words)


def has_given_name(text: str) -> bool:
    """Whether the text begins as persons' names do: with a common given name or an initial. In Hungarian a given name
    stands behind the family's.

    >>> [has_given_name(name) for name in ("Jane Doe", "J. Doe", "Real Estate", "Doe Zsófia")]
    [True, True, False, True]
    """
    words = text.split()
    first = next((word for word in words[:3] if fold(word) not in _TITLES), "")
    if len(words) == 2 and words[1].casefold() in LAST_NAMES:
        return True
    return bool(_INITIAL.fullmatch(first)) or first.casefold().split("-")[0].rstrip(",.") in GIVEN_NAMES


def is_team(name: str) -> bool:
    """Whether the name is a team's. `Our Team` is a menu's line.

    >>> is_team("The Example Team"), is_team("Redaktion Beispiel"), is_team("Jane Doe"), is_team("Our Team")
    (True, True, False, False)
    """
    words = fold(name).split()
    return 1 < len(words) <= MAX_TEAM_WORDS and not _TEAMS.isdisjoint(words) and words[0] not in _ABOUT_TEAMS


def is_institution(text: str) -> bool:
    """Whether a word of the text belongs to an institution, and no comma divides it.

    >>> is_institution("Example University"), is_institution("Jane Doe, Example University")
    (True, False)
    """
    return "," not in text and not _INSTITUTIONS.isdisjoint(fold(text).split())
