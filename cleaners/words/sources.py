"""Agencies in a byline: those that sign a story, and those from which its writers had material."""

from __future__ import annotations

from cleaners.words.agencies import agency_spellings
from cleaners.words.folding import fold
from cleaners.words.name_words import words_of

_COLLECTIVES, _SOURCE_WORDS = (frozenset(map(fold, words_of(key))) for key in ("collectives", "source_words"))
AGENCIES = _COLLECTIVES | {fold(name) for name in agency_spellings()}
"""The folded names of agencies, and the words that stand for several."""


def without_sources(names: dict[str, str], text: str) -> dict[str, str]:
    """The names without the agencies from which persons in front of them had material: `Jane Doe with AFP`. An agency
    that stands first, or in a list of names, signs the story."""
    signing: dict[str, str] = {}
    at, listed = 0, True
    for folded, name in names.items():
        at = max(at, text.find(name, at))
        if not _is_agency(folded):
            listed = not says_source(folded)
        elif not all(map(_is_agency, signing)):
            listed = folded not in _COLLECTIVES and listed and text[:at].rstrip().endswith((",", ";"))
        if listed:
            signing[folded] = name
    return signing


def _is_agency(folded: str) -> bool:
    """Whether a folded name is that of an agency, or of several (`dpa/AFP`)."""
    return folded in AGENCIES or set(folded.split("/")) <= AGENCIES


def says_source(folded: str) -> bool:
    """Whether the words stand for agencies in general, or say what comes from one, as `informazioni ANSA` and
    `dpa-Material` do."""
    words = folded.replace("-", " ").split()
    first = next((index for index, word in enumerate(words) if word in _SOURCE_WORDS), len(words))
    before = " ".join(words[:first]) if first < len(words) else ""
    rests = (" ".join(words[index:]) for index in range(first + 1, len(words)))
    return folded in _COLLECTIVES or before in AGENCIES or any(rest in AGENCIES for rest in rests)
