"""From a page to its articles: the one place that sees all stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import accumulate, islice

from cleaners.arguments import check_content, check_no_name, check_page
from cleaners.blocks.embedded import EMBEDDING, FEWEST_ALONE, FEWEST_BESIDE, find_embedded, put_into_page
from cleaners.blocks.html import html_blocks, parse_safe, show_noscript
from cleaners.blocks.safe_markup import without_huge_tags
from cleaners.collecting import no_collecting
from cleaners.data import KEPT, Article, Block, Cleaned, ContentType, Judged, Label, Metadata, Page, Rejection, Story
from cleaners.decoding.encodings import decode
from cleaners.decoding.markup_detection import guess_kind
from cleaners.errors import NotText
from cleaners.kind.decision import ARTICLE_KINDS, KindVerdict, PageKind, page_kind
from cleaners.kind.evidence import evidence_of
from cleaners.kind.rejections import FEWEST_WORDS, no_story, not_an_article, refused
from cleaners.kind.signs import address_parts
from cleaners.label import second_opinion
from cleaners.label.html import html_passage, with_embedded, with_opinion, with_paragraphs, with_whatever_reads
from cleaners.label.neighbours import (
    ANY_PAGE_RULES,
    HTML_PAGE_RULES,
    HTML_STORY_RULES,
    ON_ARTICLES,
    PAGE_RULES,
    STORY_RULES,
    NeighbourRule,
    revise,
)
from cleaners.label.passage import LINKED, Passage
from cleaners.label.profile import find_profile, with_profile
from cleaners.label.signed_lines import signing_lines
from cleaners.metadata.images import story_images
from cleaners.metadata.language import story_languages
from cleaners.metadata.markup import Markup, read_markup
from cleaners.metadata.merging import merge
from cleaners.metadata.publication import last_day
from cleaners.metadata.story_facts import read_story_facts
from cleaners.models import Models, shipped_models
from cleaners.rights.signals import rights_of
from cleaners.stories import assign_stories, find_starts, group_by_story, story_stops, with_head
from cleaners.stories.articles import PageFacts, article, identify
from cleaners.stories.confidence import story_confidence
from cleaners.stories.live import Column, find_column, says_live
from cleaners.stories.model import StoryModels
from cleaners.stories.updates import FEWEST_UPDATES, carries, live_updates, with_entries
from cleaners.words.shapes import count_words

SHELL = 400
"""Characters of text below which a page may be a shell that a script fills, with its text in `<noscript>`."""

ENOUGH_WORDS = 150
"""Words of body text from which on a page shows its story, so that its data are not searched."""

MOST_HELD = 20_000
"""Elements of a page that are held while it is read. lxml makes an object for an element whenever it is asked for one
that nobody holds, and a page is walked several times."""

MORE_WORDS = 3
"""Times as many words as the page shows that the text in its data needs."""

MORE_IF_CONTINUED = 1.5
"""The same of a text that begins with what the page shows."""

BEGINNING = 60
"""Characters with which such a text begins, at least."""


def clean(
    content: str | bytes,
    *,
    url: str | None = None,
    kind: ContentType | None = None,
    any_page: bool = False,
    models: Models | None = None,
) -> list[Article]:
    """See `cleaners.clean`, by which callers come here."""
    check_content(content)
    check_no_name(content)
    with no_collecting():  # until the blocks, which nobody asks for, are gone
        return list(clean_page(Page(content, url=url, kind=kind), any_page=any_page, models=models).articles)


def clean_page(page: Page, *, any_page: bool = False, models: Models | None = None) -> Cleaned:
    """See `cleaners.clean_page`, by which callers come here."""
    check_page(page)
    models = models or shipped_models()
    try:
        text = page.content if isinstance(page.content, str) else decode(page.content, page.charset, page.kind)
    except NotText as error:
        return Cleaned(page, rejection=Rejection("not-text", str(error)))
    page = replace(page, kind=page.kind or guess_kind(text))
    with no_collecting():
        if page.kind == "html":
            return _clean_html(page, text, models, any_page)
        return _clean_text(page, text, models)


def _clean_text(page: Page, text: str, models: Models) -> Cleaned:
    from cleaners.blocks.text import text_blocks  # both have large patterns, which no HTML page needs
    from cleaners.label.text import text_passage

    blocks, after = text_blocks(text)
    rights = rights_of(page.signals)
    if refusal := refused(blocks, text):
        return Cleaned(page, rejection=refusal, after=after, rights=rights)
    passage, set_aside = _profiled(text_passage(blocks, models.text), page)
    judged = label_by_story(passage, models.stories, PAGE_RULES, STORY_RULES)
    found = _stories(judged)
    about = PageFacts(page, identify(page, text.encode("utf-8", "surrogatepass")), len(found), "article", rights)
    facts = _story_facts(found, page.language, page.retrieved_at)
    articles = _articles(about, found, facts, models.confidence["text"])
    return Cleaned(page, articles, tuple(judged), None if found else no_story(judged), after, rights, set_aside)


def _clean_html(page: Page, text: str, models: Models, any_page: bool) -> Cleaned:
    content = text.encode("utf-8", "replace")  # encoded once, for the parser and for the page's id
    html = without_huge_tags(content.replace(b"\0", b""))
    tree = parse_safe(html)
    elements = list(islice(tree.iter(), MOST_HELD))
    blocks = html_blocks(tree)
    if sum(len(block.text) for block in blocks) < SHELL and show_noscript(tree):
        blocks = html_blocks(tree)
    markup = _with_language(read_markup(tree, page.url, page.retrieved_at), page.language)
    rights = rights_of((*markup.signals, *page.signals))
    # Freeing thousands of nodes takes a fifth of the time while they are in the cache of the processor.
    del elements, tree
    if not blocks:
        blocks = _with_embedded(html, markup, page.url, 0) or blocks
    if refusal := refused(blocks, text):
        return Cleaned(page, rejection=refusal, rights=rights)
    opinion = cache(lambda: second_opinion.main_text(html.decode()))
    passage = html_passage(blocks, markup, models.html, opinion)
    column = find_column(blocks, _says_live(markup, page.url))
    judged = label_by_story(passage, models.stories, HTML_PAGE_RULES, HTML_STORY_RULES, column)
    judged, set_aside = _profiled_blocks(judged, passage, page)
    pairs = zip(judged, passage.shapes, strict=True)
    body = [(own.text, form.words) for own, form in pairs if _is_body(own) and own.block.link_density < LINKED]
    shown = sum(words for _, words in body)
    first = body[0][0] if body else ""
    if shown < ENOUGH_WORDS and (more := _with_embedded(html, markup, page.url, shown, first)):
        blocks = more
        passage = with_embedded(html_passage(blocks, markup, models.html, opinion))
        judged = label_by_story(passage, models.stories, HTML_PAGE_RULES, HTML_STORY_RULES)
        column = find_column(blocks, _says_live(markup, page.url))
    words = [form.words for form in passage.shapes]
    evidence = evidence_of(blocks, [block.label in KEPT for block in judged], markup, page.url, words)
    kind, column = _live(page_kind(evidence, models.page_kind), column, judged, markup)
    if column:
        judged = with_entries(column, judged)
    judged = _as_its_kind(judged, passage, page, models, kind)
    if not (kind.gives_record or any_page):
        return Cleaned(page, (), tuple(judged), not_an_article(kind), rights=rights, profile_set_aside=set_aside)
    if not (found := _stories(judged)):
        passage = with_opinion(passage, opinion())
        judged = label_by_story(passage, models.stories, HTML_PAGE_RULES, HTML_STORY_RULES)
        found = _stories(judged)
    if not found:
        whole = with_whatever_reads(passage) if any_page else with_paragraphs(passage)
        lines = label_by_story(whole, models.stories, (), (signing_lines,))
        found = group_by_story(lines) if any_page else _stories(lines)
        judged = lines if found else judged
    stated = _story_facts(found, markup.metadata.language, page.retrieved_at)
    facts = [_facts(story, own, markup, html, stated[1:]) for story, own in zip(found, stated, strict=True)]
    if kind.kind is PageKind.LIVE and found and found[0].index == 0:
        facts[0] = replace(facts[0], updates=live_updates(column, judged, facts[0], markup.updates))
    about = PageFacts(page, identify(page, content), len(found), kind.kind.value, rights)
    articles = _articles(about, found, facts, models.confidence["html"])
    rejection = None if found else no_story(judged)
    return Cleaned(page, articles, tuple(judged), rejection, rights=rights, profile_set_aside=set_aside)


def _profiled(passage: Passage, page: Page) -> tuple[Passage, bool]:
    """The passage as the profile of the page's outlet revises it, and whether the profile was set aside because it
    would leave no story."""
    profile = find_profile(page.profiles, page.kind) if page.kind else None
    revised = with_profile(passage, profile, FEWEST_WORDS)
    return (passage, True) if revised is None else (revised, False)


def _profiled_blocks(judged: list[Judged], passage: Passage, page: Page) -> tuple[list[Judged], bool]:
    """The same for blocks that are labelled: on HTML the rules on neighbours and the splitting do better without."""
    if not page.profiles:
        return judged, False
    last = Passage(passage.blocks, passage.shapes, [block.verdict for block in judged])
    revised, set_aside = _profiled(last, page)
    return [block._replace(verdict=verdict) for block, verdict in zip(judged, revised.verdicts, strict=True)], set_aside


def _as_its_kind(judged: list[Judged], passage: Passage, page: Page, models: Models, kind: KindVerdict) -> list[Judged]:
    """The blocks without what rules on articles took from a page of another kind."""
    if kind.kind in ARTICLE_KINDS or not any(block.verdict.rule in ON_ARTICLES for block in judged):
        return judged
    again = label_by_story(passage, models.stories, ANY_PAGE_RULES, HTML_STORY_RULES)
    return _profiled_blocks(again, passage, page)[0]


def _says_live(markup: Markup, url: str | None) -> bool:
    return "LiveBlogPosting" in markup.types or says_live(f"{markup.metadata.title or ''} {url or ''}")


def _live(
    found: KindVerdict, column: Column | None, judged: Sequence[Judged], markup: Markup
) -> tuple[KindVerdict, Column | None]:
    """The kind of a page, and its live column if it has one that makes its story."""
    stated = "LiveBlogPosting" in markup.types
    says = stated or (column is not None and column.says)
    if not (found.kind in ARTICLE_KINDS or (says and found.kind is PageKind.INDEX)):
        return found, None
    column = column if column and carries(column, judged) else None
    if column or (stated and len(markup.updates) >= FEWEST_UPDATES):
        return KindVerdict(PageKind.LIVE, "live-column", found.confidence), column
    return found, None


def _with_embedded(html: bytes, markup: Markup, url: str | None, shown: int, first: str = "") -> list[Block] | None:
    """The blocks of a page together with the story that stands in its data, if the page shows `shown` words only and
    that is a small part of the story; `first` is the first line shown. A front page has no story, whatever its data
    hold."""
    address = address_parts(url)
    if (address and not address.path) or not (markup.article_body or any(sign in html for sign in EMBEDDING)):
        return None
    tree = parse_safe(html)
    story = find_embedded(tree, markup.article_body, FEWEST_BESIDE if shown else FEWEST_ALONE)
    if story is None or story.words < (MORE_IF_CONTINUED if _begins(story.html, first) else MORE_WORDS) * shown:
        return None
    put_into_page(tree, story)
    return html_blocks(tree)


def _begins(html: str, first: str) -> bool:
    """Whether a text begins with the first line that a page shows."""
    return len(first) >= BEGINNING and first[:BEGINNING] in html[: len(first) + 2 * BEGINNING]


def label_by_story(
    passage: Passage,
    models: StoryModels,
    page_rules: Sequence[NeighbourRule],
    story_rules: Sequence[NeighbourRule],
    column: Column | None = None,
) -> list[Judged]:
    """The blocks with their last verdicts and their stories: over the whole page first, then story by story. No story
    starts inside a live column."""
    passage = revise(passage, page_rules)
    starts = find_starts(passage, models)
    if column:
        starts = [start for start in starts if not column.holds(start.first)]
    verdicts = []
    for start, stop in zip(starts, story_stops(starts, len(passage)), strict=True):
        verdicts += revise(with_head(passage, start)[start.first : stop], story_rules).verdicts
    return assign_stories(passage.blocks, verdicts, starts)


def _with_language(markup: Markup, language: str | None) -> Markup:
    """The markup's facts, with the known language of the source if the markup names none."""
    if markup.metadata.language or not language:
        return markup
    return replace(markup, metadata=replace(markup.metadata, language=language))


def _stories(judged: Sequence[Judged]) -> list[Story]:
    return [story for story in group_by_story(judged) if _has_text(story)]


def _has_text(story: Story) -> bool:
    """Whether a story has enough words; the first paragraphs of most stories do."""
    return any(words >= FEWEST_WORDS for words in accumulate(map(count_words, _body(story))))


def _body(story: Story) -> Iterator[str]:
    return (block.text for block in story.blocks if _is_body(block))


def _is_body(block: Judged) -> bool:
    return block.verdict.label is Label.BODY


def _articles(
    about: PageFacts, found: Sequence[Story], facts: Sequence[Metadata], weights: Mapping[str, float]
) -> tuple[Article, ...]:
    return tuple(
        article(about, story, own, story_confidence(story, weights)) for story, own in zip(found, facts, strict=True)
    )


def _story_facts(found: Sequence[Story], language: str | None, retrieved_at: str | None) -> list[Metadata]:
    """The facts that each story states in its blocks, and its language; `language` is that of the page, if known."""
    languages = story_languages([list(_body(story)) for story in found], language)
    latest = last_day(retrieved_at)
    return [read_story_facts(story, code, latest) for story, code in zip(found, languages, strict=True)]


def _facts(story: Story, stated: Metadata, markup: Markup, html: bytes, others: Sequence[Metadata]) -> Metadata:
    """The facts from the markup, then those that the story states, then those of trafilatura if the title or the date
    is still missing. The markup describes the page's own story; appended ones take only the publisher from it. `others`
    are the facts that the appended ones state, which trafilatura may take for the page's."""
    if story.index > 0:
        images = story_images((), markup.pictures.figures, _captions(story))
        return replace(stated, publisher=stated.publisher or markup.metadata.publisher, images=images)
    images = story_images(markup.pictures.lead, markup.pictures.figures, _captions(story))
    known = replace(merge(markup.metadata, stated), language=stated.language, images=images, free=markup.free)
    if known.title and known.date_published:
        return known
    if known.title:
        found = second_opinion.date(html.decode(), known.canonical_url)
        return _dated(known, found, others, markup.other_days)
    opinion = second_opinion.facts(html.decode())
    if not frozenset(opinion.authors).isdisjoint(name for other in others for name in other.authors):
        opinion = replace(opinion, authors=())
    whole = merge(known, opinion)
    return whole if known.date_published else _dated(whole, opinion.date_published, others, markup.other_days)


def _captions(story: Story) -> list[str]:
    return [block.text for block in story.blocks if block.label is Label.CAPTION]


def _dated(known: Metadata, published: str | None, others: Sequence[Metadata], other_days: Set[str]) -> Metadata:
    """The facts with the day of publishing, unless it is only the day on which the page says that it was changed, or
    that of another story or of an event on the page."""
    taken = other_days | {
        date[:10] for date in (known.date_modified, *(other.date_published for other in others)) if date
    }
    return replace(known, date_published=None if published and published[:10] in taken else published)
