"""Real pages with the story of another real page below their own: the second test bed of story splitting.

The chrome above, between and below is the page's own, and so is the markup of the paragraphs: a site prints all of its
stories alike. What opens the second story takes one of FORMS. The pages of one corpus are grafted with stories of the
same corpus, so that fitting and measuring can use corpora that share no page, site or design. All random choices have
fixed seeds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from lxml import etree, html

from bench.pages.chrome_phrases import chrome_phrases
from bench.pages.corpora import MORE_TRAINING, NEWS_SITES, Sample, read_annotations, teaches
from bench.pages.renderers import RENDERERS, decoded
from bench.pages.stories import StoryPage
from bench.pages.story_forms import datelined, standfirst
from bench.pages.story_layouts import printed_date, signature
from bench.pages.story_sources import StorySource, half_of, story_source
from cleaners.blocks.elements import HEADINGS
from cleaners.words.folding import fold_space

FORMS = (
    "article, signed headline", "article, headline", "article, byline", "headline", "signed headline",
    "headline and standfirst", "bold headline", "byline", "dateline", "headline repeated", "picture and headline",
    "plain headline", "signed plain headline", "date and headline", "label and headline", "plain byline",
)  # fmt: skip
"""What opens the second story: in an `article` of its own, or in the container of the page's own story. A plain
headline is no heading, and its signature stands in boxes whose names say nothing."""

GRAFT = "grafted"
"""What the names of the layouts of these pages begin with."""

ALONE = "alone"
"""The same for the pages before a story was grafted below theirs."""

GRAFTED = (NEWS_SITES, MORE_TRAINING)
"""The corpora to measure on: no made page is made of them."""

FOUND = 0.7
"""Share of the annotated paragraphs that must be found as elements of the page."""

FEWEST = 3
"""Paragraphs that must be found."""


class _Place(NamedTuple):
    """A page as a tree, the container of its story, and the last paragraph in it."""

    tree: etree._Element
    container: etree._Element
    last: etree._Element


def grafted_pages(corpora: Sequence[Path], times: int = 1) -> Iterator[StoryPage]:
    """Each page of the corpora that can be grafted, in as many forms as `times`, as HTML and as a dump by one of
    RENDERERS. Raises MissingCorpusError."""
    for corpus in corpora:
        pool = _pool(corpus)
        for number, (sample, source) in enumerate(pool):
            for time in range(times):
                rng = Random(f"graft {source.id} {time}")
                form = FORMS[(number + time) % len(FORMS)]
                yield from _grafted(sample, source, _other(source, pool, rng), form, rng)


def pages_alone(corpora: Sequence[Path]) -> Iterator[StoryPage]:
    """The pages that `grafted_pages` grafts, with their own story alone, as HTML and as a dump: what they give without
    any join. Raises MissingCorpusError."""
    for corpus in corpora:
        pool = _pool(corpus)
        for sample, source in pool:
            rng = Random(f"graft {source.id} alone")
            place = _place(sample, source)
            if place is not None and _other(source, pool, rng):
                yield from _rendered(place, (source,), ALONE, ALONE, rng)


def _grafted(
    sample: Sample, source: StorySource, other: StorySource | None, form: str, rng: Random
) -> Iterator[StoryPage]:
    place = _place(sample, source)
    if place is None or other is None:
        return
    other = _shaped(other, form, rng)
    _graft(place, other, form, rng)
    yield from _rendered(place, (source, other), GRAFT, form, rng)


def _rendered(
    place: _Place, stories: Sequence[StorySource], layout: str, form: str, rng: Random
) -> Iterator[StoryPage]:
    """The page as HTML and as a dump; the first story is its own."""
    page = etree.tostring(place.tree, encoding="unicode", method="html")
    texts, half = tuple(story.text for story in stories), half_of(stories[0].site)
    yield StoryPage(page, "html", texts, (), f"{layout}, html", form, half)
    renderer = rng.choice(list(RENDERERS))
    yield StoryPage(RENDERERS[renderer](page), "text", texts, (), f"{layout}, {renderer}", form, half)


@cache
def _pool(corpus: Path) -> list[tuple[Sample, StorySource]]:
    read = (sample for page, sample in read_annotations(corpus) if page.get("text") and teaches(page))
    found = ((sample, story_source(sample)) for sample in read)
    return [(sample, source) for sample, source in found if source]


def _other(source: StorySource, pool: Sequence[tuple[Sample, StorySource]], rng: Random) -> StorySource | None:
    """Another story in the same language, in two cases of three of the same site where there is one."""
    own = set(source.paragraphs)  # some corpora hold a page twice, in versions that share most paragraphs
    others = [other for _, other in pool if other.language == source.language and own.isdisjoint(other.paragraphs)]
    same_site = [other for other in others if other.site == source.site]
    return rng.choice(same_site if same_site and rng.random() < 2 / 3 else others) if others else None


def _shaped(story: StorySource, form: str, rng: Random) -> StorySource:
    """The story with the first paragraph that the form asks for."""
    if form == "dateline":
        return datelined(story, rng)
    if form == "headline repeated":
        return replace(story, paragraphs=(f"{story.title} {story.paragraphs[0]}", *story.paragraphs[1:]))
    return story


def _place(sample: Sample, source: StorySource) -> _Place | None:
    """Where the story stands in its page; None if its paragraphs are not elements of it."""
    tree: etree._Element = html.document_fromstring(
        decoded(sample.html).encode(), parser=html.HTMLParser(encoding="utf-8")
    )
    by_text: dict[str, etree._Element] = {}
    for element in tree.iter("p", "div", "li", "h2", "h3", "h4", "span", "section"):
        text = fold_space("".join(element.itertext()))
        by_text.setdefault(text, element)  # the outermost: the line itself, not a piece of it in bold
    elements = [by_text[line] for line in source.paragraphs if line in by_text]
    if len(elements) < max(FEWEST, FOUND * len(source.paragraphs)):
        return None
    container = _container(elements)
    body = tree.find("body")
    if container is None or body is None or container in (tree, body):
        return None
    inside = [each for each in elements if each.tag not in HEADINGS and container in each.iterancestors()]
    return _Place(tree, container, inside[-1]) if inside else None


def _container(elements: Sequence[etree._Element]) -> etree._Element | None:
    """The innermost element that holds most of the paragraphs."""
    counts: dict[etree._Element, int] = defaultdict(int)
    for element in elements:
        for above in element.iterancestors():
            counts[above] += 1
    enough = [element for element, count in counts.items() if count >= FOUND * len(elements)]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _graft(place: _Place, story: StorySource, form: str, rng: Random) -> None:
    """Put the story below the page's own, in a box of its own or in that of the page's."""
    boxed = form.startswith("article")
    head, paragraphs = _head(story, form.removeprefix("article, "), rng), _paragraphs(place, story)
    if boxed:
        box: etree._Element = html.Element("article", {"class": place.container.get("class") or "story"})
        box.extend([*head, *paragraphs])
        place.container.addnext(box)
        return
    above = next(each for each in (place.last, *place.last.iterancestors()) if each.getparent() is place.container)
    for element in reversed([*head, *paragraphs]):
        element.tail = "\n"
        above.addnext(element)


def _paragraphs(place: _Place, story: StorySource) -> list[etree._Element]:
    """The paragraphs in the markup of the page's own last one."""
    tag, names = place.last.tag, place.last.get("class")
    found: list[etree._Element] = []
    for index, text in enumerate(story.paragraphs):
        element = html.Element("h3" if index in story.headings else tag, {"class": names} if names else {})
        element.text = text
        found.append(element)
    return found


def _head(story: StorySource, form: str, rng: Random) -> list[etree._Element]:
    rank = rng.choice(("h1", "h2", "h2", "h3"))
    title = _element(rank, story.title, "headline" if rng.random() < 0.5 else None)
    plain = _element(rng.choice(("div", "p")), story.title, rng.choice(("hd", "t", None)))
    signed = [
        *([_element("p", chrome_phrases(story.language).by + story.author, "byline")] if story.author else []),
        _element("time", printed_date(story), None),
    ]
    signed_plainly = [_element("div", line, "info") for line in signature(story, rng.choice((None, " ", " | ")))]
    label = rng.choice((chrome_phrases(story.language).following, *chrome_phrases(story.language).menu[1:5]))
    if form == "bold headline":
        bold: etree._Element = html.Element("p")
        bold.append(_element("strong", story.title, None))
        return [bold]
    picture = html.fragment_fromstring('<figure><img src="/p.jpg"><figcaption></figcaption></figure>')
    picture[1].text = story.captions[0] if story.captions else "The town hall on Monday."
    return {
        "signed headline": [title, *signed],
        "headline": [title],
        "headline repeated": [title],
        "headline and standfirst": [title, _element("p", standfirst(story), "standfirst")],
        "picture and headline": [picture, deepcopy(title)],
        "byline": signed,
        "dateline": [],
        "plain headline": [plain],
        "signed plain headline": [plain, *signed_plainly],
        "plain byline": signed_plainly,
        "date and headline": [_element("p", printed_date(story), None), title],
        "label and headline": [_element("p", label, None), title],
    }[form]


def _element(tag: str, text: str, names: str | None) -> etree._Element:
    element: etree._Element = html.Element(tag, {"class": names} if names else {})
    element.text = text
    return element
