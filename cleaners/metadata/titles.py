"""The headline of a page, chosen among everything that claims to be it.

A page states its headline up to five times: in an `h1`, in JSON-LD, in `og:title`, in `twitter:title` and in
`<title>`, the latter ones often with the outlet's name behind it, shortened, or written for search engines. No place
is right on every site. So the places vote: equal proposals add up and the heaviest one wins. An `h1` counts for more
the more words it shares with the other places, because pages also put their own name or a box's heading in an `h1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaners.metadata.folding import clean, fold, squeeze, words

MAX_CHARACTERS = 500
"""Longer texts are no headlines."""

H1_AGREEING = 4.0
H1_ANY = 0.4
H1_FIRST = 0.6
WEIGHTS = {"headline": 2.0, "og": 1.3, "twitter": 0.6, "title": 0.7}
UNKNOWN_TAIL = {"headline": 0.3, "og": 0.3, "twitter": 0.3, "title": 0.7}
"""Which part of a place's weight goes to its text without a tail that is not known as the outlet's name."""

_SEPARATOR = re.compile(r"\s(?:[|\-–—−·•»«:~.]|::|//?|›|\\)\s|\s?[|｜ㅣ]\s?")


@dataclass(frozen=True, slots=True)
class Claims:
    """What the places of a page claim as its headline. `outlets` are the outlet's names as far as the page tells."""

    headings: Sequence[str] = ()
    headline: str | None = None
    og: str | None = None
    twitter: str | None = None
    title: str | None = None
    outlets: Sequence[str] = ()


def choose_title(claims: Claims) -> str | None:
    """The headline, or None where no place states one."""
    votes: dict[str, float] = {}
    spellings: dict[str, dict[str, float]] = {}
    for text, weight in _proposals(claims):
        if key := squeeze(text):
            votes[key] = votes.get(key, 0.0) + weight
            spelling = spellings.setdefault(key, {})
            spelling[text] = spelling.get(text, 0.0) + weight
    if not votes:
        return None
    winner = spellings[max(votes, key=lambda key: votes[key])]
    return max(winner, key=lambda text: winner[text])


def without_outlet(text: str, outlets: Sequence[str]) -> str:
    """The text without the outlet's names in front of it and behind it."""
    names = [name for outlet in outlets if (name := squeeze(outlet))]
    while (parts := list(_SEPARATOR.finditer(text))) and _is_outlet(text[parts[-1].end() :], names):
        text = text[: parts[-1].start()]
    while (parts := list(_SEPARATOR.finditer(text))) and _is_outlet(text[: parts[0].start()], names):
        text = text[parts[0].end() :]
    return text


def _proposals(claims: Claims) -> Iterator[tuple[str, float]]:
    """Every text that might be the headline, with what it weighs."""
    texts = {place: clean(text)[:MAX_CHARACTERS] for place in WEIGHTS if (text := getattr(claims, place))}
    for position, heading in enumerate(claims.headings):
        weight = H1_AGREEING * _agreement(heading, list(texts.values()))
        yield heading[:MAX_CHARACTERS], weight + H1_ANY + (H1_FIRST if position == 0 else 0.0)
    for place, text in texts.items():
        core = without_outlet(text, claims.outlets)
        tails = list(_SEPARATOR.finditer(core))
        if core == text and tails:
            yield core[: tails[-1].start()], WEIGHTS[place] * UNKNOWN_TAIL[place]
            yield core, WEIGHTS[place] * (1 - UNKNOWN_TAIL[place])
        else:
            yield core, WEIGHTS[place]


def _agreement(heading: str, texts: Sequence[str]) -> float:
    """How far a heading says what the other places say: its words among theirs, and theirs among its own, 0 to 1."""
    own = set(words(heading))
    if not own:
        return 0.0
    others = [set(words(text)) for text in texts]
    told = len(own & set().union(*others)) / len(own)
    covered = max((len(own & other) / len(other) for other in others if other), default=0.0)
    return (told + covered) / 2


def _is_outlet(text: str, names: Sequence[str]) -> bool:
    own = squeeze(text)
    return not own or any(own == name or (len(own) > 3 and own in name) or (len(name) > 3 and name in own and len(text.split()) < 9) for name in names)
