"""From a page to its articles: the one place that sees all stages."""

from __future__ import annotations

from dataclasses import replace

from cleaners.articles import article
from cleaners.blocks.html import html_blocks, parse
from cleaners.blocks.text import text_blocks
from cleaners.data import Article, Cleaned, Judged, Kind, Label, Metadata, Page, Rejection, Story
from cleaners.decoding import decode, guess_kind
from cleaners.errors import NotText
from cleaners.label.neighbours import PAGE_RULES, STORY_RULES, Passage, read_passage, revise
from cleaners.label.shape import count_words
from cleaners.language import detect_language
from cleaners.metadata.stated import read_stated
from cleaners.rejections import EMPTY, FEWEST_WORDS, MOST_BLOCKS, TOO_MANY_BLOCKS, no_story
from cleaners.second_opinion import kept_lines
from cleaners.stories import assign, split, stories


def clean(content: str | bytes, *, url: str | None = None, kind: Kind | None = None) -> list[Article]:
    """The articles on a page: its own story first, those that the site appended after it.

    `content` is the page as it was fetched or read, `kind` is "html" or "text" (found out if None). The list is empty
    where the page holds no article; `clean_page` says why. Nothing that a page contains raises an error.
    """
    return list(clean_page(Page(content, url=url, kind=kind)).articles)


def clean_page(page: Page) -> Cleaned:
    """A page's articles, every block with its verdict, and the reason where there is no article."""
    try:
        text = page.content if isinstance(page.content, str) else decode(page.content, page.charset, page.kind)
    except NotText as error:
        return Cleaned(page, rejection=Rejection("not-text", str(error)))
    page = replace(page, kind=page.kind or guess_kind(text))
    blocks, after = (html_blocks(parse(text)), "") if page.kind == "html" else text_blocks(text)
    if not blocks:
        return Cleaned(page, rejection=EMPTY, after=after)
    if len(blocks) > MOST_BLOCKS:
        return Cleaned(page, rejection=TOO_MANY_BLOCKS)
    passage = read_passage(blocks, kept_lines(text) if page.kind == "html" else None)
    judged = label_by_story(passage)
    articles = _articles(page, text, judged)
    return Cleaned(page, articles, tuple(judged), None if articles else no_story(judged), after)


def label_by_story(passage: Passage) -> list[Judged]:
    """The blocks with their last verdicts and their stories: over the whole page first, then story by story."""
    passage = revise(passage, PAGE_RULES)
    starts = split(passage.blocks, passage.verdicts)
    verdicts = []
    for start, stop in zip(starts, [*starts[1:], len(passage)], strict=True):
        verdicts += revise(passage[start:stop], STORY_RULES).verdicts
    return assign(passage.blocks, verdicts, starts)


def _articles(page: Page, text: str, judged: list[Judged]) -> tuple[Article, ...]:
    found = [story for story in stories(judged) if _body_words(story) >= FEWEST_WORDS]
    return tuple(article(page, text, story, len(found), _metadata(story), "article") for story in found)


def _metadata(story: Story) -> Metadata:
    body = [block.text for block in story.blocks if block.label is Label.BODY]
    return replace(read_stated(story), language=detect_language(body))


def _body_words(story: Story) -> int:
    return sum(count_words(block.text) for block in story.blocks if block.label is Label.BODY)
