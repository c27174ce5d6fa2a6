"""A story's facts from its own blocks: title, standfirst, dates, authors, publisher, dateline, contributors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cleaners.data import KEPT, Dateline, Judged, Label, Metadata, Story
from cleaners.metadata.contributors import credited_names
from cleaners.metadata.date_habits import by_place
from cleaners.metadata.datelines import dateline_of_byline, find_dateline
from cleaners.metadata.title_parts import title_parts
from cleaners.words.bylines import is_byline
from cleaners.words.dates import find_dates
from cleaners.words.names import find_names
from cleaners.words.patterns import lazy_pattern
from cleaners.words.publishing_dates import (
    PublicationDates,
    find_publication_dates,
    is_publishing_line,
    speaks_of_publishing,
)
from cleaners.words.shapes import capitalised, comparable, count_words, has_digit

MASTHEAD_WORDS = 4
"""Words that the name of an outlet has at most."""


LEAD = 30
"""Characters of a line that may say which date the next one gives."""


def read_story_facts(story: Story, language: str | None = None, latest: str | None = None) -> Metadata:
    """The facts in a story's labelled blocks, with its language, which tells how it writes dates. A date behind the
    `latest` day, in ISO 8601, is that of an event."""
    labelled = _by_label(story)
    bylines, date_lines = labelled[Label.BYLINE], labelled[Label.DATE]
    dates = _dates(story, language, latest)
    own_dateline, byline_dateline = _datelines(labelled[Label.BODY], bylines)
    signed_line = byline_dateline.agency if byline_dateline else None
    publisher, section = _imprint(date_lines)
    credited = (name for block in labelled[Label.CREDIT] for name in credited_names(block.text))
    return Metadata(
        title=_title(labelled[Label.TITLE], story),
        summary=_first(labelled[Label.SUMMARY]),
        language=language,
        date_published=dates.published,
        date_modified=dates.modified,
        authors=_authors(bylines),
        publisher=publisher or signed_line or _masthead(story),
        section=section,
        dateline=own_dateline or byline_dateline,
        credits=tuple(dict.fromkeys(credited)),
    )


def _by_label(story: Story) -> defaultdict[Label, list[Judged]]:
    """The blocks of a story by their labels."""
    labelled: defaultdict[Label, list[Judged]] = defaultdict(list)
    for block in story.blocks:
        labelled[block.verdict.label].append(block)
    return labelled


def _first(blocks: Sequence[Judged]) -> str | None:
    return blocks[0].text if blocks else None


def _title(titles: Sequence[Judged], story: Story) -> str | None:
    """The first title, without the name of the site behind it, if the page has that on a line."""
    title = _MARKDOWN.sub("", _first(titles) or "").strip() or None
    parts = title_parts(title) if title else []
    if title and len(parts) == 2 and count_words(parts[1]) <= MASTHEAD_WORDS < count_words(parts[0]) + 2:
        name = comparable(parts[1])
        if any(comparable(block.text).strip(_AROUND) == name for block in story.blocks if block.label not in KEPT):
            return parts[0]
    return title


_MARKDOWN = lazy_pattern(r"\A#{1,6} | #{1,6}\Z")
"""The marks of a heading in Markdown."""

_AROUND = "©#*[] 0123456789.,|"
"""What stands around a site's name on its own line."""


def _authors(bylines: Sequence[Judged]) -> tuple[str, ...]:
    """The names in the bylines; a line that gives a place and an agency is a dateline and names no author, unless it
    begins with a word like `By`."""
    lines = [block.text for block in bylines if is_byline(block.text) or not dateline_of_byline(block.text)]
    return tuple(dict.fromkeys(name for line in lines for name in find_names(line)))


def _datelines(body: Sequence[Judged], bylines: Sequence[Judged]) -> tuple[Dateline | None, Dateline | None]:
    """The dateline at the head of the first paragraph, and the one that a byline gives."""
    found = find_dateline(body[0].text) if body else None
    on_lines = (dateline_of_byline(block.text) for block in bylines)
    return found.dateline if found else None, next(filter(None, on_lines), None)


_IMPRINT = lazy_pattern(r"(?P<publisher>[^\W\d_][^/|:\d]{1,40}?) / (?P<section>[^\W\d_][^/|:\d]{1,30})\Z")


def _imprint(date_lines: Sequence[Judged]) -> tuple[str | None, str | None]:
    """The outlet and its section, where a date line ends with them: `2026-01-07 Example Times / world`."""
    for block in date_lines:
        dates = find_dates(block.text)
        found = _IMPRINT.match(block.text[dates[-1].end :].strip()) if dates else None
        if found and capitalised(found["publisher"]):
            return found["publisher"], found["section"]
    return None, None


def _masthead(story: Story) -> str | None:
    """The outlet's name: the only line that the rule `masthead` has labelled."""
    lines = [block.text for block in story.blocks if block.verdict.rule == "masthead"]
    if len(lines) == 1 and capitalised(lines[0]) and len(lines[0].split()) <= MASTHEAD_WORDS:
        return lines[0]
    return None


def _dates(story: Story, language: str | None, latest: str | None) -> PublicationDates:
    """When the story was published and modified.

    Lines that are known for those of its day count alone. A line that names its date (`First published:`) counts before
    a date alone, which may be the masthead's clock, and a byline last. English writes 03/04/2026 in both orders, so
    that nothing tells the day.
    """
    day_first = None if language == "en" else by_place(language, None)
    pairs = zip(["", *(block.text for block in story.blocks)], story.blocks, strict=False)
    lines = [(above, block) for above, block in pairs if block.label in (Label.DATE, Label.BYLINE)]
    own = [(above, block) for above, block in lines if block.verdict.rule in _OWN_DAY and has_digit(block.text)]
    stated = [
        find_publication_dates(_with_lead(above, block.text), day_first=day_first, language=language)
        for above, block in sorted(own or lines, key=_order)
    ]
    published = (dates.published for dates in stated if dates.published)
    return PublicationDates(
        published=next((date for date in published if not latest or date[:10] <= latest), None),
        modified=next((dates.modified for dates in stated if dates.modified), None),
    )


_OWN_DAY = frozenset({"day-of-story", "signature"})
"""The rules that know a line for one of its story's own day."""


def _order(line: tuple[str, Judged]) -> tuple[bool, bool]:
    """The key by which lines with a date are read, each with the one above it."""
    block = line[1]
    says = block.verdict.rule.endswith("/date-lead") or is_publishing_line(block.text)
    return not says, block.label is Label.BYLINE


def _with_lead(above: str, text: str) -> str:
    """A line with the short one above it, where that says which date it is: `Updated`."""
    says = len(above) < LEAD and not has_digit(above) and speaks_of_publishing(above)
    return f"{above} {text}" if says else text
