"""The stories that made pages are put together from: annotated articles of the corpora that are mostly prose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zlib import crc32

from bench.metrics import words
from bench.pages.captions import captions_of
from bench.pages.corpora import ARTICLES, NEWS, Sample, read_jsonl
from cleaners.metadata.language import detect_language

STORY_WORDS = range(120, 1500)
"""Lengths of an article, in words."""

HEADING_WORDS = 12
"""Most words of a subheading that the annotation does not mark."""

PROSE_SHARE = 0.9
"""Least share of an article's words in paragraphs that end like sentences; excludes lists and tables."""


@dataclass(frozen=True, slots=True)
class StorySource:
    """An annotated article that a made page can hold. `headings` are the indices of its subheadings."""

    id: str
    site: str
    language: str
    title: str
    author: str
    date: str
    paragraphs: tuple[str, ...]
    headings: frozenset[int]
    captions: tuple[str, ...]

    @property
    def text(self) -> str:
        """One paragraph per line."""
        return "\n".join(self.paragraphs)


def half_of(site: str) -> int:
    """The half of the sites that a site belongs to: rules are developed on half 0 and confirmed on half 1."""
    return crc32(b"half " + site.encode()) % 2


@cache
def story_sources() -> tuple[StorySource, ...]:
    """The articles of news-world and WCXB that are mostly prose and of usual length. Raises MissingCorpusError."""
    found = [story_source(sample) for path in (NEWS, ARTICLES) for sample in read_jsonl(path)]
    return tuple(source for source in found if source)


def story_source(sample: Sample) -> StorySource | None:
    """An annotated page as a story, or None if it is not mostly prose or not of usual length."""
    captions = captions_of(sample.html)
    lines = [" ".join(line.split()) for line in sample.paragraphs or ()]
    lines = [line for line in lines if not any(line in caption or caption in line for caption in captions)]
    named = {" ".join(heading.split()) for heading in sample.headings}
    headings = frozenset(index for index, line in enumerate(lines[:-1]) if line in named or _heading_like(line))
    prose = sum(len(line.split()) for line in lines if _is_prose(line))
    size = sum(len(words(line)) for line in lines)
    if not sample.title or size not in STORY_WORDS or prose < PROSE_SHARE * sum(len(line.split()) for line in lines):
        return None
    if not _is_prose(lines[0]) or len(sample.title.split()) < 4 or len(headings) > len(lines) / 2:
        return None
    return StorySource(
        id=sample.id,
        site=sample.site,
        language=detect_language([line for line in lines if _is_prose(line)]) or "und",
        title=" ".join(sample.title.split()),
        author=" ".join((sample.authors or ("",))[0].split())[:60],
        date=(sample.date or "2025-11-03")[:10],
        paragraphs=tuple(lines),
        headings=headings,
        captions=tuple(caption for caption in captions if len(caption) < 250)[:3],
    )


def _is_prose(line: str) -> bool:
    return len(line) > 60 and line[-1:] in '.!?"”»。…'


def _heading_like(line: str) -> bool:
    return len(line.split()) <= HEADING_WORDS and line[-1:].isalnum() and line[:1].isupper()
