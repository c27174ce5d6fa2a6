"""Lines in the middle of a story that lead to another one: `Read also: …`, in some seventy languages.

The leads are data, `leads.toml`. On HTML a link has to follow the lead, so that no sentence is taken for one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from unicodedata import normalize

from cleaners.data import KEPT, Block, Label
from cleaners.label.passage import Passage
from cleaners.words.shapes import comparable

HEAD = 60
"""Characters in which a lead stands."""

LONGEST_TEASER = 300
"""Characters of a line that teases another story at most."""

LONGEST_HEADLINE = 30
"""Words of a line of a dump that teases another story at most, its lead among them."""

LINKED_REST = 0.8
"""Share of the line behind its lead that is in a link, for a lead without a colon."""

LINK = 0.9
"""Share of a line in links from which on it is a link."""

MOST_TEASERS = 12
"""Links below a lead that stands alone."""

_MARKS = r"[\s:：|>»›→▶►\-.…]"


@cache
def leads() -> tuple[str, ...]:
    """All leads, folded."""
    tables = tomllib.loads((files("cleaners.label") / "leads.toml").read_text("utf-8"))
    return tuple(dict.fromkeys(_folded(lead) for group in tables.values() for lead in group))


def _folded(text: str) -> str:
    return normalize("NFC", comparable(text))


@cache
def _leads_by_letter() -> dict[str, re.Pattern[str]]:
    """A pattern of the leads that begin with a letter, the longest first, for each letter."""
    by_letter: dict[str, list[str]] = {}
    for lead in sorted(leads(), key=len, reverse=True):
        by_letter.setdefault(_first_letter(lead), []).append(lead)
    return {
        letter: re.compile(rf"[\W_]{{0,4}}(?:{'|'.join(map(re.escape, group))})(?!\w)(?P<marks>{_MARKS}{{0,6}})")
        for letter, group in by_letter.items()
    }


def _first_letter(text: str) -> str:
    """The first letter or digit among the first characters of a text; empty where there is none."""
    return next((character for character in text[:6] if character.isalnum()), "")


def find_lead(text: str) -> re.Match[str] | None:
    """The lead that a line begins with, and the marks behind it.

    >>> find_lead("Les også: Fergen går igjen")["marks"]
    ': '
    >>> find_lead("Readers also like this.")
    """
    folded = _folded(text[:HEAD])
    pattern = _leads_by_letter().get(_first_letter(folded))
    return pattern.match(folded) if pattern else None


def read_also(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line of an HTML page that begins with a lead and is a link to another story; a lead alone, and the links right
    below it."""
    for index, block in enumerate(passage.blocks):
        if len(block.text) > LONGEST_TEASER or not (
            _is_kept_link(passage, index) or _stands_above_link(passage, index)
        ):
            continue
        if (lead := find_lead(block.text)) is None:
            continue
        if lead.end() < len(block.text):
            teasers = [index] if _leads_to_link(block, lead) else []
        else:
            links = list(_links_below(passage, index))
            teasers = [index, *links] if links else []
        yield from ((teaser, Label.RELATED, 0.9) for teaser in teasers if passage.label(teaser) in KEPT)


def _is_kept_link(passage: Passage, index: int) -> bool:
    return passage.blocks[index].link_density > 0 and passage.label(index) in KEPT


def _stands_above_link(passage: Passage, index: int) -> bool:
    """Whether a short line has a kept link below it. (Few lines have, and the search for a lead costs more.)"""
    below = index + 1
    return (
        len(passage.blocks[index].text) <= HEAD
        and passage.label(below) in KEPT
        and passage.blocks[below].link_density >= LINK
    )


def read_also_line(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """The same on a dump, which has no links: a lead, a colon or a bar, and a headline."""
    for index, block in enumerate(passage.blocks):
        if passage.label(index) not in KEPT or passage.shapes[index].words > LONGEST_HEADLINE:
            continue
        lead = find_lead(block.text)
        if lead and lead["marks"].strip() and lead.end() < len(block.text) and not block.text.endswith((".", "。")):
            yield index, Label.RELATED, 0.85


def _leads_to_link(block: Block, lead: re.Match[str]) -> bool:
    around = block.surroundings
    if around is None or not around.links:
        return False
    rest = len(block.text) - lead.end()
    return around.linked >= (LINKED_REST if not lead["marks"].strip() else LINKED_REST / 2) * rest


def _links_below(passage: Passage, index: int) -> Iterator[int]:
    for below in range(index + 1, min(index + 1 + MOST_TEASERS, len(passage))):
        block = passage.blocks[below]
        if block.link_density < LINK or len(block.text) > LONGEST_TEASER:
            return
        yield below
