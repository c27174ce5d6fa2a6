"""Stories to articles: the text, the captions and the counts of a record, and its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version

from cleaners.captions import read_captions
from cleaners.data import DROPPED, KEPT, Article, Block, Judged, Label, Metadata, Page, Story, StoryPosition

ID_BYTES = 8


def article(page: Page, page_id: str, story: Story, count: int, metadata: Metadata, kind: str) -> Article:
    """The record of one story of a page that holds `count` of them; `page_id` is what `identify` gives."""
    return Article(
        id=page_id if story.index == 0 else f"{page_id}-{story.index}",
        url=page.url,
        canonical_url=metadata.canonical_url,
        source=page.source,
        retrieved_at=page.retrieved_at,
        title=metadata.title,
        summary=metadata.summary,
        text=story_text(story.blocks),
        language=metadata.language,
        date_published=metadata.date_published,
        date_modified=metadata.date_modified,
        authors=metadata.authors,
        publisher=metadata.publisher,
        section=metadata.section,
        dateline=metadata.dateline,
        credits=metadata.credits,
        captions=read_captions([block.block for block in story.blocks if block.label is Label.CAPTION]),
        kind=kind,
        story=StoryPosition(story.index, count, parent_id=page_id if story.index else None),
        dropped=_dropped(story.blocks),
        copydesk=installed_version(),
    )


def identify(page: Page, content: bytes) -> str:
    """An id that the same page keeps: sixteen hexadecimal digits of its address and its content in UTF-8.

    A file has no address that holds on another machine, so its content alone names it.
    """
    digest = blake2b(digest_size=ID_BYTES)
    for part in ((page.url or "").encode("utf-8", "surrogatepass"), content):
        digest.update(part)
        digest.update(b"\0")
    return digest.hexdigest()


def story_text(blocks: Iterable[Judged]) -> str:
    """The kept blocks, one a line, in reading order; neighbours that the page has on one line, a space between them,
    stay on one line."""
    text = []
    last: Block | None = None
    for block in (judged.block for judged in blocks if judged.label in KEPT):
        same_line = last is not None and block.line == last.line and bool(block.raw and block.before)
        text += ["" if last is None else " " if same_line else "\n", block.text]
        last = block
    return "".join(text)


def _dropped(blocks: Sequence[Judged]) -> dict[str, int]:
    counts = Counter(block.verdict.label for block in blocks)
    return {label.value: counts[label] for label in Label if label in DROPPED and counts[label]}


@cache
def installed_version() -> str:
    """The version of Copydesk that made a record."""
    try:
        return version("copydesk")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"
