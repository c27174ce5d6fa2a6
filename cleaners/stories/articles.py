"""Stories to articles: the text, the captions and the counts of a record, and its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from cleaners.data import DROPPED, KEPT, Article, Judged, Label, Metadata, Page, Rights, Story, StoryPosition
from cleaners.metadata.captions import read_captions
from cleaners.stories.body import StoryBody
from cleaners.stories.lines import story_text
from cleaners.version import VERSION
from cleaners.words.shapes import count_words

ID_BYTES = 8


class PageFacts(NamedTuple):
    """What all records of a page share: the page and its id (see `identify`), how many stories it holds, its kind, and
    what it reserves."""

    page: Page
    id: str
    stories: int
    kind: str
    rights: Rights


def article(about: PageFacts, story: Story, metadata: Metadata, confidence: float) -> Article:
    """The record of one story of a page; `confidence` is what `story_confidence` gives."""
    page = about.page
    text = story_text(story.blocks)
    return Article(
        id=about.id if story.index == 0 else f"{about.id}-{story.index}",
        url=page.url,
        canonical_url=metadata.canonical_url,
        source=page.source,
        retrieved_at=page.retrieved_at,
        title=metadata.title,
        summary=metadata.summary,
        text=text,
        language=metadata.language,
        date_published=metadata.date_published,
        date_modified=metadata.date_modified,
        authors=metadata.authors,
        publisher=metadata.publisher,
        section=metadata.section,
        dateline=metadata.dateline,
        credits=metadata.credits,
        captions=read_captions([block.block for block in story.blocks if block.label is Label.CAPTION]),
        kind=about.kind,
        confidence=confidence,
        story=StoryPosition(story.index, about.stories, parent_id=about.id if story.index else None),
        dropped=count_dropped(story.blocks),
        copydesk=VERSION,
        rights=about.rights,
        images=metadata.images,
        tags=metadata.tags,
        free=metadata.free,
        license=metadata.license,
        words=text_words(text),
        embeds=metadata.embeds,
        updates=metadata.updates,
        body=StoryBody(story.blocks, page.url or metadata.canonical_url),
    )


def text_words(text: str) -> int:
    """The words of a story's text.

    >>> text_words("Two towns.\\nOne fire engine.")
    5
    """
    return sum(map(count_words, text.split("\n")))


def identify(page: Page, content: bytes) -> str:
    """The stable id of a page: sixteen hexadecimal digits of a hash of its address and its content in UTF-8.

    The path of a file differs from machine to machine, so a file is identified by its content alone.

    >>> identify(Page("A page.", url="https://example.org/a"), b"A page.") == identify(Page(""), b"A page.")
    False
    """
    digest = blake2b(digest_size=ID_BYTES)
    for part in ((page.url or "").encode("utf-8", "surrogatepass"), content):
        digest.update(part)
        digest.update(b"\0")
    return digest.hexdigest()


def count_dropped(blocks: Iterable[Judged], kept: frozenset[Label] = KEPT) -> dict[str, int]:
    """How many blocks carry a label that is dropped, unless it is kept here, by label."""
    counts = Counter(block.verdict.label for block in blocks)
    return {label.value: counts[label] for label in Label if counts[label] and label in DROPPED - kept}
