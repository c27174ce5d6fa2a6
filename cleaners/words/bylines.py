"""Lines that say who wrote a story, often with the day on the same line, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaners.words.dates import FoundDate, find_dates
from cleaners.words.figures import FIGURES
from cleaners.words.name_kinds import has_given_name, is_no_person
from cleaners.words.name_words import COLONS, PARTICLES, alternatives
from cleaners.words.names import find_names
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import has_digit
from cleaners.words.unspaced_names import is_label_alone, is_unspaced_name, labelled_names

LONGEST = 140
"""Characters of such a line."""

LONGEST_LEAD = 40
"""Characters of a word like `By` on a line of its own."""

MOST_WORDS = 5
"""Words of a person's name."""

MOST_BESIDE = 25
"""Characters of such a line that belong to neither name nor date: a place, the minutes of reading, a clock."""

_LEAD = lazy_pattern(rf"\W{{0,3}}(?:{alternatives('lead_sure', 'lead_short')})(?:\s?[{COLONS}]\s?|\s)", re.IGNORECASE)
_LEAD_ALONE = lazy_pattern(rf"\W{{0,3}}(?:{alternatives('lead_sure', 'lead_short')})\s?[{COLONS}]?", re.IGNORECASE)
_OTHER_LEAD = lazy_pattern(rf"\W{{0,3}}(?:{alternatives('lead_others')})\s?[{COLONS}]?", re.IGNORECASE)
_HANDLE = lazy_pattern(r"\(@\w")
"""The account below a quoted post, `— Jane Doe (@jane) 7 May 2026`, which signs the post and no story."""

_MARKS = " \t|·•–—-,;/()[]"
_LETTERS = lazy_pattern(r"[^\W\d_]")


_SIGN = lazy_pattern(rf"[{re.escape(_MARKS)}]*+(?i:{_LEAD.pattern})|[^{FIGURES}\u3005-\U0010ffff]*+.", re.DOTALL)
"""What every byline has: a lead, a figure of its day, or a character of a script without spaces. Most lines of a menu
have none, and this one look at them takes a fifth of the time of reading them."""


class Byline(NamedTuple):
    """What a byline has beside its names: a word like `By` in front of them, and the day."""

    has_lead: bool
    has_day: bool


def find_byline(text: str) -> Byline | None:
    """What a line is as a byline; None if it says something else, or names nobody behind a lead or beside a day.

    >>> find_byline("Von Max Muster, 4. März 2026"), find_byline("By noon the town was dry")
    (Byline(has_lead=True, has_day=True), None)
    """
    if len(text) > LONGEST or _SIGN.match(text) is None:
        return None
    dates = find_dates(text, day_first=True)
    has_day = bool(dates) and has_digit(text)
    rest = _without(text, dates).strip(_MARKS)
    if labelled_names(rest):
        return Byline(has_lead=True, has_day=has_day)
    lead = _LEAD.match(rest)
    if lead is None and (not has_day or _HANDLE.search(text)):
        return None
    named = rest[lead.end() :] if lead else rest
    names = [name for name in find_names(named) if _is_person(name)]
    if not names or not (lead or has_given_name(names[0])):
        return None
    beside = len(_LETTERS.findall(named)) - sum(len(_LETTERS.findall(name)) for name in names)
    says_more = not named.startswith(names[0]) or beside > MOST_BESIDE
    return None if says_more else Byline(lead is not None, has_day)


def is_lead_alone(text: str) -> bool:
    """Whether a line is a word like `By` alone, which stands in front of a name on the next line.

    >>> is_lead_alone("By"), is_lead_alone("Written by:"), is_lead_alone("By noon")
    (True, True, False)
    """
    return len(text) <= LONGEST_LEAD and (_LEAD_ALONE.fullmatch(text) is not None or is_label_alone(text))


def is_other_lead_alone(text: str) -> bool:
    """Whether a line is a word alone that stands in front of one who is no author, as `Reviewed by`.

    >>> is_other_lead_alone("reviewed by"), is_other_lead_alone("By")
    (True, False)
    """
    return len(text) <= LONGEST_LEAD and _OTHER_LEAD.fullmatch(text) is not None


def byline_names(text: str) -> tuple[str, ...]:
    """The names of a line that begins with a word like `By` and a person's name, whatever it says behind that.

    >>> byline_names("By Jane Doe, Head of Harbours, Example Town - 10 Years in the Trade"), byline_names("By noon")
    (('Jane Doe',), ())
    """
    lead = _LEAD.match(text) if len(text) <= LONGEST else None
    names = [name for name in find_names(text[lead.end() :]) if _is_person(name)] if lead else []
    return tuple(names) if lead and names and has_given_name(names[0]) and text.startswith(names[0], lead.end()) else ()


def is_byline(text: str) -> bool:
    """Whether a line names its writers behind a word like `By`, and says nothing else but perhaps the day.

    >>> is_byline("By Jane Doe"), is_byline("Von Max Muster, 4. März 2026"), is_byline("By noon the town was dry")
    (True, True, False)
    """
    found = find_byline(text)
    return found is not None and found.has_lead


def _without(text: str, dates: Sequence[FoundDate]) -> str:
    """The text without its dates."""
    for date in reversed(dates):
        text = f"{text[: date.start]} | {text[date.end :]}"
    return text


def _is_person(name: str) -> bool:
    words = name.split()
    if is_no_person(name) or not 2 <= len(words) <= MOST_WORDS:
        return is_unspaced_name(name)
    return all(word[0].isalpha() and (not word[0].islower() or word in PARTICLES) for word in words)
