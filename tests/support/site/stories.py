"""Made news stories: each has a headline, an author, a time and a text of its own, all drawn from a seed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

SECTIONS = ("world", "local", "sport", "culture")

FIRST_DAY = datetime(2026, 1, 1, 6, tzinfo=UTC)
"""When the oldest story appeared; the others follow it, seven hours apart."""

_TOWNS = "Mirador|Lowland City|Port Ella|Stony Ford|Upper Brook|Saltmarsh|Three Mills|Eastgate|Linden|Coldwater".split(
    "|"
)
_FIRST = "Ana Tom Ida Max Lia Noor Jan Mila Otto Vera".split()
_LAST = "Example Sample Muster Dummy Placeholder Specimen".split()
_ROLES = "the mayor|the town's engineer|a shopkeeper|the head of the fire brigade|a teacher|the harbour master".split(
    "|"
)
_PROJECTS = (
    "the old tram depot|a second bridge|the public library|a night bus|the flood wall|the covered market|a solar roof"
    "|the swimming hall|a cycle path|the concert house"
).split("|")
_DECISIONS = "votes to rebuild|delays the plan for|agrees to pay for|opens|gives up|starts work on".split("|")
_SENTENCES = (
    "{person}, {role}, said on {day} that {project} had been talked about for {n} years without a decision.",
    "The council of {town} put {n} million crowns into the budget for it, most of which comes from the region.",
    "About {n} people stood in the square to hear the result, and some of them stayed until after midnight.",
    "Work is to begin in spring and to last {n} months, if the ground is as firm as the maps say.",
    "“We have waited long enough, and nobody here believes in another study,” {person} told the meeting.",
    "A survey that the town paid for found that {n} of a hundred households would use it at least once a week.",
    "The plan had failed twice before, the last time when a builder from {town} went out of business.",
    "Opponents collected {n} signatures and say that the money is needed for schools first.",
    "The region's government has promised to look at the costs again before the summer.",
    "{person} asked the council to keep the trees along the road, which were planted {n} years ago.",
    "Neighbouring {town} built something like it and now spends {n} thousand crowns a year on repairs.",
    "Until the work is done, shops nearby will get a rebate of {n} percent on what they pay the town.",
    "An engineer who has seen the drawings called them careful, but warned of water below the foundations.",
    "The decision was made with {n} votes against three, after a debate that went on for four hours.",
    "Children from the school by the river had sent in {n} drawings, which now hang in the town hall.",
    "{person} said that the first visitors could be let in next year, earlier than anyone had hoped.",
)


@dataclass(frozen=True)
class Story:
    """One article of the site. `path` is its address there; `version` counts how often it was changed."""

    number: int
    section: str
    headline: str
    author: str
    published: datetime
    modified: datetime
    paragraphs: tuple[str, ...]
    version: int = 0

    @property
    def path(self) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", self.headline.lower()).strip("-")
        return f"/{self.section}/{self.published:%Y/%m/%d}/{slug}-{self.number}.html"

    @property
    def etag(self) -> str:
        return f'"{self.number}-{self.version}"'

    @property
    def summary(self) -> str:
        return self.paragraphs[0]

    def changed(self) -> Story:
        """The story after its newsroom has added a paragraph, an hour later; the address stays."""
        added = f"Update {self.version + 1}: the council's office confirmed on the same evening that the plan stands."
        return replace(
            self,
            modified=self.modified + timedelta(hours=1),
            paragraphs=(*self.paragraphs, added),
            version=self.version + 1,
        )


def make_story(number: int, seed: int) -> Story:
    """Story `number` of the site with this seed."""
    draw = random.Random(f"{seed}/{number}")
    town, project = draw.choice(_TOWNS), draw.choice(_PROJECTS)
    published = FIRST_DAY + timedelta(hours=7 * number)
    sentences = [_filled(sentence, draw, project) for sentence in draw.sample(_SENTENCES, 12)]
    sentences.insert(0, f"It was decision number {number + 1:,} in the record that the council of {town} keeps.")
    return Story(
        number=number,
        section=SECTIONS[number % len(SECTIONS)],
        headline=f"{town} {draw.choice(_DECISIONS)} {project}",
        author=_name(draw),
        published=published,
        modified=published,
        paragraphs=tuple(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)),
    )


def _filled(sentence: str, draw: random.Random, project: str) -> str:
    day = draw.choice("Monday Tuesday Wednesday Thursday Friday".split())
    return sentence.format(
        person=_name(draw),
        role=draw.choice(_ROLES),
        town=draw.choice(_TOWNS),
        day=day,
        project=project,
        n=draw.randint(4, 90),
    )


def _name(draw: random.Random) -> str:
    return f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"
