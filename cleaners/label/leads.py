"""Lines in the middle of a story that lead to another one: `Read also: …`, in some seventy languages.

The leads are data, `leads.toml`. A link has to follow the lead, or a colon and a headline, so that no sentence is taken
for one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from unicodedata import normalize

from cleaners.data import DROPPED, KEPT, Block, Label
from cleaners.label.own_links import hosts_of_menus, is_of_site
from cleaners.label.passage import PARAGRAPH, SENTENCE, Passage
from cleaners.words.patterns import lazy_pattern
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

FULL_STOPS = (".", "。", "।", "։", "።", "។", "။", "།", ":", "：", ";")

MOST_TEASERS = 12
"""Links below a lead that stands alone."""

_MARKS = r"[\s:：፡፦|>»›→▶►՝\-.…]"


@cache
def leads() -> tuple[str, ...]:
    """All leads, folded."""
    tables = tomllib.loads((files("cleaners.label") / "leads.toml").read_text("utf-8"))
    return tuple(dict.fromkeys(_folded(lead) for group in tables.values() for lead in group))


def _folded(text: str) -> str:
    return normalize("NFC", comparable(text).replace(_DOTTED, "i"))


_DOTTED = "i\u0307"
"""What folding the case makes of the Turkish capital `İ`."""


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
    """A line of an HTML page that begins with a lead and is a link to another story, or names it behind a colon; a
    lead alone, and the links right below it."""
    kept = passage.kept()
    linked = (index for index in kept if passage.blocks[index].link_density > 0)
    above = (index - 1 for index in kept if _may_be_below_lead(passage, index))
    named = (index for index in kept if _names_story(passage, index))
    for index in sorted({*linked, *above, *named}):
        block = passage.blocks[index]
        if len(block.text) > LONGEST_TEASER or (lead := find_lead(block.text)) is None:
            continue
        if lead.end() < len(block.text):
            teases = (
                _leads_to_link(block, lead)
                or (bool(lead["marks"].strip()) and _names_story(passage, index))
                or _ends_in_headline(passage, index, lead)
            )
            teasers = [index] if teases else []
        else:
            links = list(_links_below(passage, index))
            teasers = [index, *links] if links else []
        yield from ((teaser, Label.RELATED, 0.9) for teaser in teasers if passage.label(teaser) in KEPT)


def _may_be_below_lead(passage: Passage, index: int) -> bool:
    """Whether a line is a link below a short line. (Few lines are, and the search for a lead costs more.)"""
    link = passage.blocks[index].link_density >= LINK
    return link and index > 0 and len(passage.blocks[index - 1].text) <= HEAD


def read_also_line(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """The same on a dump, which has no links: a lead, a colon or a bar, and a headline. Sentences right below
    such a line go on with the story above it."""
    for index in passage.kept():
        if not _names_story(passage, index):
            continue
        lead = find_lead(passage.blocks[index].text)
        if lead and lead["marks"].strip() and lead.end() < len(passage.blocks[index].text):
            yield index, Label.RELATED, 0.85
            if passage.label(index - 1) is Label.BODY and not passage.open(index - 1):
                yield from ((below, Label.BODY, 0.6) for below in _paragraphs_below(passage, index))


def _paragraphs_below(passage: Passage, index: int) -> Iterator[int]:
    """What ends as a sentence although the scorer dropped it, below a line, with nothing but sentences between."""
    for below in range(index + 1, len(passage)):
        verdict = passage.verdicts[below]
        if (verdict.first or verdict) not in (PARAGRAPH, SENTENCE):
            return
        if verdict.label in DROPPED:
            yield below


def _names_story(passage: Passage, index: int) -> bool:
    """Whether a line is as short as a lead with a headline is, has a mark behind its first words, and no full stop."""
    text = passage.blocks[index].text
    return (
        passage.shapes[index].words <= LONGEST_HEADLINE
        and _LEADING_MARK.search(text, 0, HEAD) is not None
        and not text.endswith(FULL_STOPS)
    )


_LEADING_MARK = lazy_pattern(r"[:：፡፦|>»›→▶►՝՞]|[-–—] ")


def _leads_to_link(block: Block, lead: re.Match[str]) -> bool:
    """Whether what stands behind the lead is a link."""
    around = block.surroundings
    if around is None or not around.links:
        return False
    rest = len(block.text) - lead.end()
    return around.linked >= (LINKED_REST if not lead["marks"].strip() else LINKED_REST / 2) * rest


def _ends_in_headline(passage: Passage, index: int, lead: re.Match[str]) -> bool:
    """Whether a colon further on than the lead is followed by a headline of the site, in a link: `Reread our report of
    2024: …`. What a sentence says behind its colon may be a link as well, but goes on with a small letter, or leads to
    another site."""
    block = passage.blocks[index]
    around, text = block.surroundings, block.text
    colon = text.find(":", lead.end(), HEAD)
    if around is None or around.links != 1 or colon < 0 or "," in text[lead.end() : colon]:
        return False
    if around.linked < LINKED_REST * len(text[colon:]):
        return False
    headline = text[colon + 1 :].lstrip(" \"«“„'‘\u00a0\u202f")
    return not headline[:1].islower() and not text.endswith(FULL_STOPS) and is_of_site(block, hosts_of_menus(passage))


def _links_below(passage: Passage, index: int) -> Iterator[int]:
    for below in range(index + 1, min(index + 1 + MOST_TEASERS, len(passage))):
        block = passage.blocks[below]
        if block.link_density < LINK or len(block.text) > LONGEST_TEASER:
            return
        yield below
