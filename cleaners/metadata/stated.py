"""What a story's own blocks say about it: title, standfirst, dates, authors, publisher, dateline, contributors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.data import Dateline, Label, Metadata, Story
from cleaners.label.shape import capitalised
from cleaners.metadata.credits import credited_names
from cleaners.metadata.datelines import dateline_of_byline, find_dateline
from cleaners.metadata.dates import StatedDates, find_dates, stated_dates
from cleaners.metadata.names import find_names

MASTHEAD_WORDS = 4
"""Words that the name of an outlet has at most."""


def read_stated(story: Story) -> Metadata:
    """The facts that a story states in its own words; `language` is left to the caller."""
    dates = _dates(story)
    own_dateline, byline_dateline = _datelines(story)
    signed_line = byline_dateline.agency if byline_dateline else None
    publisher, section = _imprint(story)
    return Metadata(
        title=_first(story, Label.TITLE),
        summary=_first(story, Label.SUMMARY),
        date_published=dates.published,
        date_modified=dates.modified,
        authors=_authors(story),
        publisher=publisher or signed_line or _masthead(story),
        section=section,
        dateline=own_dateline or byline_dateline,
        credits=tuple(dict.fromkeys(name for line in _texts(story, Label.CREDIT) for name in credited_names(line))),
    )


def _texts(story: Story, label: Label) -> Iterator[str]:
    return (block.text for block in story.blocks if block.verdict.label is label)


def _first(story: Story, label: Label) -> str | None:
    return next(_texts(story, label), None)


def _authors(story: Story) -> tuple[str, ...]:
    """The names in the bylines; a line that gives a place and an agency is a dateline and names no author."""
    lines = [line for line in _texts(story, Label.BYLINE) if not dateline_of_byline(line)]
    return tuple(dict.fromkeys(name for line in lines for name in find_names(line)))


def _datelines(story: Story) -> tuple[Dateline | None, Dateline | None]:
    """The dateline at the head of the first paragraph, and the one that a byline gives."""
    first = _first(story, Label.BODY)
    found = find_dateline(first) if first else None
    on_lines = (dateline_of_byline(line) for line in _texts(story, Label.BYLINE))
    return found.dateline if found else None, next(filter(None, on_lines), None)


_IMPRINT = re.compile(r"(?P<publisher>[^\W\d_][^/|:\d]{1,40}?) / (?P<section>[^\W\d_][^/|:\d]{1,30})\Z")


def _imprint(story: Story) -> tuple[str | None, str | None]:
    """The outlet and its section, where a date line ends with them: `2026-01-07 Example Times / world`."""
    for line in _texts(story, Label.DATE):
        dates = find_dates(line)
        found = _IMPRINT.match(line[dates[-1].end :].strip()) if dates else None
        if found and capitalised(found["publisher"]):
            return found["publisher"], found["section"]
    return None, None


def _masthead(story: Story) -> str | None:
    """The outlet's name: the one line above the headline that nothing else explains."""
    lines = [block.text for block in story.blocks if block.verdict.rule == "masthead"]
    if len(lines) == 1 and capitalised(lines[0]) and len(lines[0].split()) <= MASTHEAD_WORDS:
        return lines[0]
    return None


def _dates(story: Story) -> StatedDates:
    """When the story was published and when modified. A line that says what its date is (`First published:`) goes
    before one that stands alone, which may be the clock of the masthead."""
    lines = [block for block in story.blocks if block.label is Label.DATE]
    lines.sort(key=lambda block: not block.verdict.rule.endswith("/date-lead"))
    stated = [stated_dates(block.text) for block in lines]
    return StatedDates(
        published=next((dates.published for dates in stated if dates.published), None),
        modified=next((dates.modified for dates in stated if dates.modified), None),
    )
