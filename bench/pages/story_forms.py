"""Annotated articles in forms that are easily taken for several stories, and with datelines and credits put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from bench.metrics import words
from bench.pages.story_materials import Material
from bench.pages.wordings import wording
from cleaners.metadata.datelines import find_dateline

FORMS = ("long story", "live blog", "briefs", "interview", "recipe")
LONG_WORDS = 700
BRIEF_WORDS = range(20, 75)


def formed(pool: Sequence[Material], form: str, chance: Random) -> Material:
    """A story of one of FORMS, made of a real one but for the recipe."""
    if form == "recipe":
        return _recipe(chance)
    long = [story for story in pool if len(words(story.text)) >= LONG_WORDS]
    story = chance.choice([story for story in long if len(story.headings) >= 2] if form == "long story" else long)
    if form == "live blog":
        return _live_blog(story, chance)
    if form == "interview":
        return _interview(story, chance)
    return _briefs(pool, story, chance) if form == "briefs" else story


def _with_headings(story: Material, lines: Sequence[tuple[str, bool]]) -> Material:
    headings = frozenset(index for index, (_, heading) in enumerate(lines) if heading)
    return replace(story, paragraphs=tuple(text for text, _ in lines), headings=headings)


def _prose(story: Material) -> list[str]:
    return [line for index, line in enumerate(story.paragraphs) if index not in story.headings]


def _live_blog(story: Material, chance: Random) -> Material:
    """The paragraphs as entries, the latest first, each below a line with its hour and a few of its words."""
    lines: list[tuple[str, bool]] = []
    minute = 21 * 60
    for text in _prose(story):
        if not lines or chance.random() < 0.5:
            minute -= chance.randrange(5, 50)
            lines.append((f"{minute // 60:02}:{minute % 60:02} {' '.join(text.split()[:6]).rstrip(',.')}", True))
        lines.append((text, False))
    return _with_headings(story, lines)


def _interview(story: Material, chance: Random) -> Material:
    questions = list(wording(story.language).questions)
    lines: list[tuple[str, bool]] = []
    for index, text in enumerate(_prose(story)):
        if index % 3 == 1 and questions:
            lines.append((questions.pop(0), True))
        lines.append((text, False))
    return _with_headings(story, lines)


def _briefs(pool: Sequence[Material], lead: Material, chance: Random) -> Material:
    """Five to eight unrelated briefs under one headline, each with a heading or a dateline."""
    same = [story for story in pool if story.language == lead.language]
    dated = chance.random() < 0.3
    lines: list[tuple[str, bool]] = []
    for story in chance.sample(same, min(len(same), chance.randrange(5, 9))):
        brief = next((text for text in _prose(story) if len(words(text)) in BRIEF_WORDS), None)
        if brief is None:
            continue
        if dated:
            lines.append((datelined(replace(story, paragraphs=(brief,)), chance).paragraphs[0], False))
        else:
            lines += [(story.title, True), (brief, False)]
    return replace(_with_headings(lead, lines), captions=())


DISHES = ("Leek and barley pie", "Plum dumplings", "Smoked trout tart", "Chestnut soup with pears", "Rye pancakes")
PARTS = ("the dough", "the filling", "the sauce", "the topping")


def _recipe(chance: Random) -> Material:
    dish = chance.choice(DISHES)
    lines = [
        (f"{dish} is what we cook when the first cold week of the year comes and the market is nearly empty.", False),
        ("It takes about two hours, most of which it spends in the oven while you do something else.", False),
    ]
    for part in chance.sample(PARTS, 3):
        weight = chance.randrange(2, 9) * 50
        lines += [
            (f"For {part}", True),
            (
                f"Weigh out {weight} grams of flour, a spoon of salt and {chance.randrange(2, 5)} eggs for {part}.",
                False,
            ),
            (f"Mix everything until {part} holds together, cover it and let it rest for half an hour.", False),
            ("Taste it, and add a little more salt or a few drops of vinegar where it seems flat to you.", False),
        ]
    lines.append(("Serve it warm; what is left keeps for two days and is better on the second one.", False))
    blank = Material(
        "recipe", "made", "en", f"{dish} for a cold evening", "Ida Sample", "2025-10-12", (), frozenset(), ()
    )
    return _with_headings(blank, lines)


def datelined(story: Material, chance: Random) -> Material:
    """The story with a dateline before its first words, where it has none of its own."""
    if find_dateline(story.paragraphs[0]):
        return story
    first = chance.choice(wording(story.language).datelines) + story.paragraphs[0]
    return replace(story, paragraphs=(first, *story.paragraphs[1:]))


def credited(story: Material) -> Material:
    """The story with a line below it that names who contributed."""
    return replace(story, paragraphs=(*story.paragraphs, wording(story.language).contributed))
