"""What was learned of an outlet, applied to a page of it: lines that recur are dropped, and on a dump a doubted
paragraph is kept where the stories stood.

That a line recurs says little by itself: series have subheadings, and agencies sign off. So a long one is dropped, and
a short one only where the scorer doubts it and no story stood. `python -m bench profiles` measures it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaners.data import KEPT, Block, ContentType, Label, Profile, Verdict
from cleaners.label.network import RULE as SCORER
from cleaners.label.passage import Passage
from cleaners.words.shapes import Shape

RECURRING = 0.6
"""Share of an outlet's pages from which on a line recurs."""

FEWEST_PAGES = 3
"""Pages that a profile is learned from, at least. Two may be parts of a series."""

LONG = 12
"""Words from which on a line that recurs is dropped even where the scorer is sure of it."""

SURE = 0.9
"""Probability at or above which the scorer's word on a short line stands."""

DROPPABLE = frozenset({Label.BODY, Label.HEADING})
"""What may be dropped: not the line with which an agency or a colleague signs a story."""

BOXES = 3
"""Boxes around a line, from the inside out, that make its place on an HTML page."""

CONFIDENCE = 0.88
"""Of the 352 lines that are dropped on real outlets of the corpora, the share that the annotated text does not have."""

KEPT_CONFIDENCE = 0.7
"""Confidence in a paragraph that is kept for its place: more than rules on neighbours take for a guess."""


def find_profile(profiles: Sequence[Profile], kind: ContentType) -> Profile | None:
    """The profile of pages of this kind."""
    return next((profile for profile in profiles if profile.kind == kind and profile.pages >= FEWEST_PAGES), None)


def with_profile(passage: Passage, profile: Profile | None, fewest_words: int) -> Passage | None:
    """The passage with the verdicts that the profile revises; None if it would drop the page's text, of which fewer
    than `fewest_words` would be left."""
    if profile is None:
        return passage
    known = [form.key in profile.lines for form in passage.shapes]
    places = list(places_of(passage.blocks, passage.shapes, known))
    goes_on = _goes_on(passage, known)
    verdicts = list(passage.verdicts)
    for index, (verdict, form) in enumerate(zip(passage.verdicts, passage.shapes, strict=True)):
        if known[index]:
            in_story = _in_story(passage, index, known, places, profile)
            verdicts[index] = _without_recurring(verdict, form, profile, in_story)
        elif goes_on[index] and places[index] in profile.places and profile.kind == "text":
            verdicts[index] = _with_doubted(verdict, form, profile, places[index])
    revised = Passage(passage.blocks, passage.shapes, verdicts)
    return revised if _body_words(revised) >= min(fewest_words, _body_words(passage)) else None


def places_of(blocks: Sequence[Block], shapes: Sequence[Shape], recurring: Sequence[bool]) -> Iterator[str]:
    """The place of each block, by which pages of one outlet are compared: on HTML the boxes around it with their
    names, on a dump the key of the last line above it that recurs (empty above the first)."""
    above = ""
    for block, form, recurs in zip(blocks, shapes, recurring, strict=True):
        yield " < ".join(f"{box.tag}.{box.names}" for box in block.boxes(BOXES)) if block.surroundings else above
        if recurs:
            above = form.key


def _goes_on(passage: Passage, known: Sequence[bool]) -> list[bool]:
    """For each line whether a line that is kept follows before the next that recurs: what stands below the story is
    not of it."""
    found: list[bool] = []
    kept = False
    for verdict, recurs in zip(reversed(passage.verdicts), reversed(known), strict=True):
        kept = not recurs and (kept or verdict.label is Label.BODY)
        found.append(kept)
    return found[::-1]


def _in_story(passage: Passage, index: int, known: Sequence[bool], places: Sequence[str], profile: Profile) -> bool:
    """Whether a line stands in the story: on HTML where stories stood, on a dump between two lines that are kept and
    do not recur."""
    if profile.kind == "html":
        return places[index] in profile.places
    around = (index - 1, index + 1)
    return all(passage.label(near) in KEPT and not known[near] for near in around)


def _without_recurring(verdict: Verdict, form: Shape, profile: Profile, in_story: bool) -> Verdict:
    scored = verdict.first or verdict if profile.kind == "html" else verdict
    if verdict.label not in DROPPABLE or (form.words < LONG and (in_story or scored.confidence >= SURE)):
        return verdict
    rule = f"profile/on-{profile.lines[form.key]}-of-{profile.pages}-pages"
    return verdict.revised(Label.NAVIGATION, rule, CONFIDENCE)


def _with_doubted(verdict: Verdict, form: Shape, profile: Profile, place: str) -> Verdict:
    if not (verdict.label is Label.NAVIGATION and verdict.rule == SCORER and form.paragraph):
        return verdict
    rule = f"profile/story-here-on-{profile.places[place]}-of-{profile.pages}-pages"
    return verdict.revised(Label.BODY, rule, KEPT_CONFIDENCE)


def _body_words(passage: Passage) -> int:
    pairs = zip(passage.verdicts, passage.shapes, strict=True)
    return sum(form.words for verdict, form in pairs if verdict.label is Label.BODY)
