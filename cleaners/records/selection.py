"""Which labels make an article's text, and which articles are wanted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cleaners.data import KEPT, Article, Cleaned, Judged, Label
from cleaners.metadata.embeds import in_post
from cleaners.stories.articles import count_dropped, text_words
from cleaners.stories.body import StoryBody, base_of
from cleaners.stories.lines import story_text

Posts = Literal["keep", "drop"]
"""What becomes of the words of embedded posts."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted of the articles that cleaning gives.

    The blocks with a label among `kept` make the text; the words of embedded posts belong to it or do not as `posts`
    says (None: as for any other block). Articles are left out that are in none of `languages` (empty:
    any) or of none of `kinds` (of the page; empty: any), have fewer words than `min_words`, a lower confidence than
    `min_confidence`, or do not state that they were published on the day `since` or later.
    """

    kept: frozenset[Label] = KEPT
    posts: Posts | None = None
    languages: frozenset[str] = frozenset()
    min_words: int = 0
    since: date | None = None
    kinds: frozenset[str] = frozenset()
    min_confidence: float = 0.0


def select(cleaned: Cleaned, selection: Selection) -> tuple[Cleaned, Counter[str]]:
    """The page with the articles that are wanted and their texts as wanted, and how many were left out for what."""
    if selection.posts:
        cleaned = replace(cleaned, blocks=tuple(_with_posts(cleaned.blocks, selection.posts)))
    articles = cleaned.articles
    if selection.kept != KEPT or selection.posts:
        articles = tuple(_with_labels(cleaned, selection.kept))
    reasons = [_why_not(article, selection) for article in articles]
    wanted = tuple(article for article, reason in zip(articles, reasons, strict=True) if not reason)
    return replace(cleaned, articles=wanted), Counter(reason for reason in reasons if reason)


def stories_of(cleaned: Cleaned) -> dict[int, list[Judged]]:
    """The blocks of each story of a page, by its index."""
    blocks: dict[int, list[Judged]] = defaultdict(list)
    for judged in cleaned.blocks:
        blocks[judged.story].append(judged)
    return blocks


def _with_posts(blocks: Iterable[Judged], posts: Posts) -> Iterator[Judged]:
    """The blocks, with those of embedded posts in the text or dropped."""
    for judged in blocks:
        if in_post(judged.block) and (judged.label in KEPT) != (posts == "keep"):
            label = Label.BODY if posts == "keep" else Label.RELATED
            judged = judged._replace(verdict=judged.verdict.revised(label, f"{posts}-embed", 1.0))
        yield judged


def _with_labels(cleaned: Cleaned, kept: frozenset[Label]) -> Iterator[Article]:
    """The articles with the blocks of other labels as their text."""
    blocks = stories_of(cleaned)
    for article in cleaned.articles:
        story = blocks[article.story.index]
        text, dropped = story_text(story, kept), count_dropped(story, kept)
        yield replace(
            article, text=text, dropped=dropped, words=text_words(text), body=StoryBody(story, base_of(article), kept)
        )


def _why_not(article: Article, selection: Selection) -> str | None:
    """Why an article is not wanted, or None."""
    if not article.text:
        return "no words left"
    if selection.languages and article.language not in selection.languages:
        return "language"
    if selection.kinds and article.kind not in selection.kinds:
        return "kind"
    if text_words(article.text) < selection.min_words:
        return "too few words"
    if article.confidence < selection.min_confidence:
        return "confidence"
    if selection.since and (article.date_published or "")[:10] < selection.since.isoformat():
        return "date"
    return None
