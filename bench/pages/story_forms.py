"""Annotated articles in forms that are easily mistaken for several stories, and with added datelines and credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from textwrap import shorten

from bench.metrics import words
from bench.pages.chrome_phrases import chrome_phrases
from bench.pages.story_sources import StorySource
from cleaners.metadata.datelines import find_dateline
from cleaners.words.shapes import count_words

FORMS = ("long story", "live blog", "briefs", "interview", "recipe")
LONG_WORDS = 700
"""Least words of a long story, and of those that the other forms are made from."""

STANDFIRST, UNSPACED_STANDFIRST = 160, 40
"""Characters of a standfirst, and in scripts without spaces."""

BRIEF_WORDS = range(20, 75)
"""Words of a paragraph that can be a brief."""


def formed(pool: Sequence[StorySource], form: str, rng: Random) -> StorySource:
    """A story of one of FORMS, made from an annotated article; the recipe is made up."""
    if form == "recipe":
        return _recipe(rng)
    long = [story for story in pool if len(words(story.text)) >= LONG_WORDS]
    story = rng.choice([story for story in long if len(story.headings) >= 2] if form == "long story" else long)
    if form == "live blog":
        return _live_blog(story, rng)
    if form == "interview":
        return _interview(story, rng)
    return _briefs(pool, story, rng) if form == "briefs" else story


def standfirst(story: StorySource) -> str:
    """One sentence about the story that is not in its text: the beginning of its second paragraph, a word shorter at
    least."""
    text = _prose(story)[:2][-1]
    unspaced = count_words(text) > 2 * len(text.split())  # Chinese, Japanese, Thai
    longest = min(UNSPACED_STANDFIRST if unspaced else STANDFIRST, len(text) - 1)
    cut = text[:longest] if unspaced else shorten(text, longest, placeholder="")
    return cut.rstrip(".,;:，。") + ("。" if unspaced else ".")


def _with_headings(story: StorySource, lines: Sequence[tuple[str, bool]]) -> StorySource:
    headings = frozenset(index for index, (_, heading) in enumerate(lines) if heading)
    return replace(story, paragraphs=tuple(text for text, _ in lines), headings=headings)


def _prose(story: StorySource) -> list[str]:
    return [line for index, line in enumerate(story.paragraphs) if index not in story.headings]


def _live_blog(story: StorySource, rng: Random) -> StorySource:
    """The paragraphs as entries, latest first, each below a heading of its time and its first words."""
    lines: list[tuple[str, bool]] = []
    minute = 21 * 60
    for text in _prose(story):
        if not lines or rng.random() < 0.5:
            minute -= rng.randrange(5, 50)
            lines.append((f"{minute // 60:02}:{minute % 60:02} {' '.join(text.split()[:6]).rstrip(',.')}", True))
        lines.append((text, False))
    return _with_headings(story, lines)


def _interview(story: StorySource, rng: Random) -> StorySource:
    questions = list(chrome_phrases(story.language).questions)
    lines: list[tuple[str, bool]] = []
    for index, text in enumerate(_prose(story)):
        if index % 3 == 1 and questions:
            lines.append((questions.pop(0), True))
        lines.append((text, False))
    return _with_headings(story, lines)


def _briefs(pool: Sequence[StorySource], lead: StorySource, rng: Random) -> StorySource:
    """Up to eight unrelated briefs under one headline, each with a heading or a dateline."""
    same = [story for story in pool if story.language == lead.language]
    dated = rng.random() < 0.3
    lines: list[tuple[str, bool]] = []
    for story in rng.sample(same, min(len(same), rng.randrange(5, 9))):
        brief = next((text for text in _prose(story) if len(words(text)) in BRIEF_WORDS), None)
        if brief is None:
            continue
        if dated:
            lines.append((datelined(replace(story, paragraphs=(brief,)), rng).paragraphs[0], False))
        else:
            lines += [(story.title, True), (brief, False)]
    return replace(_with_headings(lead, lines), captions=())


DISHES = ("Leek and barley pie", "Plum dumplings", "Smoked trout tart", "Chestnut soup with pears", "Rye pancakes")
PARTS = ("the dough", "the filling", "the sauce", "the topping")


def _recipe(rng: Random) -> StorySource:
    dish = rng.choice(DISHES)
    lines = [
        (f"{dish} is what we cook when the first cold week of the year comes and the market is nearly empty.", False),
        ("It takes about two hours, most of which it spends in the oven while you do something else.", False),
    ]
    for part in rng.sample(PARTS, 3):
        weight = rng.randrange(2, 9) * 50
        lines += [
            (f"For {part}", True),
            (
                f"Weigh out {weight} grams of flour, a spoon of salt and {rng.randrange(2, 5)} eggs for {part}.",
                False,
            ),
            (f"Mix everything until {part} holds together, cover it and let it rest for half an hour.", False),
            ("Taste it, and add a little more salt or a few drops of vinegar where it seems flat to you.", False),
        ]
    lines.append(("Serve it warm; what is left keeps for two days and is better on the second one.", False))
    blank = StorySource(
        "recipe", "made", "en", f"{dish} for a cold evening", "Ida Sample", "2025-10-12", (), frozenset(), ()
    )
    return _with_headings(blank, lines)


def datelined(story: StorySource, rng: Random) -> StorySource:
    """The story with a dateline before its first paragraph, unless it has one."""
    if find_dateline(story.paragraphs[0]):
        return story
    first = rng.choice(chrome_phrases(story.language).datelines) + story.paragraphs[0]
    return replace(story, paragraphs=(first, *story.paragraphs[1:]))


def credited(story: StorySource) -> StorySource:
    """The story with a contributor line below it."""
    return replace(story, paragraphs=(*story.paragraphs, chrome_phrases(story.language).contributed))
