"""Outlets to learn profiles from: real ones of the corpora, and made ones, a real page's chrome around other stories.

The chrome of made outlets comes from corpora that nothing is trained on, so that the scorer has not seen it. Pages with
comments are left out: on a real outlet these differ from page to page. The stories are of the same language. All
choices have fixed seeds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple
from zlib import crc32

from lxml import etree, html

from bench.pages.corpora import MORE_MEASURING, MORE_TRAINING, NEWS_SITES, Sample, read_annotations, read_jsonl, teaches
from bench.pages.renderers import RENDERERS, decoded
from bench.pages.story_sources import StorySource, story_source, story_sources
from cleaners.metadata.language import detect_language
from cleaners.words.addresses import host_of
from cleaners.words.folding import fold_space

OUTLETS = 60
STORIES = 30
"""Stories of a made outlet."""

LEARNED = 5
"""Stories of a made outlet that are learned from; the others are measured."""

FEWEST_PARAGRAPHS = 4
"""Annotated paragraphs of a page whose chrome is taken. All must be elements, so that no old story stays behind."""

FEWEST_PAGES = 3
"""Pages of a real outlet."""

CHINESE = "wwwxmu"
"""The set of `more-measuring` with four Chinese outlets of a hundred pages each."""

STATED = "//script[@type='application/ld+json'] | //meta[@property] | //meta[@name] | //link[@rel='canonical']"
"""What a page states about its own story."""

HEADLINES = ("h1", "h2", "title")


class OutletPage(NamedTuple):
    """A page of an outlet with its gold text."""

    html: str | bytes
    gold: str


class KnownOutlet(NamedTuple):
    """An outlet, named by its host, as its pages: those to learn from, and those to measure. `renderer` makes dumps of
    them."""

    name: str
    learned: tuple[OutletPage, ...]
    measured: tuple[OutletPage, ...]
    renderer: str


def made_outlets(count: int = OUTLETS) -> Iterator[KnownOutlet]:
    """Outlets of STORIES stories in the chrome of one real page each. Raises MissingCorpusError."""
    stories = _stories_by_language()
    chromes = [sample for page, sample in read_annotations(MORE_MEASURING) if not page.get("comments")]
    sites: set[str] = set()
    for sample in sorted(chromes, key=lambda sample: crc32(sample.id.encode())):
        if len(sites) == count:
            return
        language = detect_language(list(sample.paragraphs or ())) or ""
        pool = [story for story in stories[language] if story.site != sample.site]
        if sample.site in sites or len(pool) < STORIES or not page_with(sample, pool[0]):
            continue
        sites.add(sample.site)
        rng = Random(f"outlet {sample.id}")
        pages = [page for story in rng.sample(pool, STORIES) if (page := page_with(sample, story))]
        name = host_of(sample.url) or sample.domain or sample.id
        yield KnownOutlet(name, tuple(pages[:LEARNED]), tuple(pages[LEARNED:]), rng.choice(list(RENDERERS)))


def chinese_outlets() -> Iterator[KnownOutlet]:
    """The Chinese outlets of about a hundred pages; twenty are learned from, as of `real_outlets`."""
    yield from _split(_by_host(sample for sample in read_jsonl(MORE_MEASURING) if sample.set == CHINESE), learned=20)


def real_outlets() -> Iterator[KnownOutlet]:
    """All other outlets of the corpora with FEWEST_PAGES pages or more, half of them learned from."""
    others = (sample for sample in read_jsonl(MORE_MEASURING) if sample.set != CHINESE)
    yield from _split(_by_host(others))


def _by_host(samples: Iterable[Sample]) -> dict[str, list[Sample]]:
    found: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        if (host := host_of(sample.url) or sample.domain) and sample.text:
            found[host].append(sample)
    return {host: pages for host, pages in found.items() if len(pages) >= FEWEST_PAGES}


def _split(hosts: dict[str, list[Sample]], learned: int | None = None) -> Iterator[KnownOutlet]:
    for host, samples in hosts.items():
        rng = Random(f"real outlet {host}")
        pages = [OutletPage(sample.html, sample.text or "") for sample in samples]
        rng.shuffle(pages)
        count = learned or max(2, len(pages) // 2)
        yield KnownOutlet(host, tuple(pages[:count]), tuple(pages[count:]), rng.choice(list(RENDERERS)))


def _stories_by_language() -> dict[str, list[StorySource]]:
    more = (
        story_source(sample)
        for corpus in (NEWS_SITES, MORE_TRAINING)
        for page, sample in read_annotations(corpus)
        if page.get("text") and teaches(page)
    )
    found: dict[str, list[StorySource]] = defaultdict(list)
    for story in (*story_sources(), *filter(None, more)):
        found[story.language].append(story)
    return found


def page_with(sample: Sample, story: StorySource) -> OutletPage | None:
    """The page with another story in place of its own; None if its own cannot be taken out whole."""
    tree = html.document_fromstring(decoded(sample.html).encode(), parser=html.HTMLParser(encoding="utf-8"))
    elements = _paragraphs(tree, sample.paragraphs or ())
    if elements is None:
        return None
    for stated in tree.xpath(STATED):
        _remove(stated)
    title = fold_space(sample.title or "").casefold()
    for element in tree.iter(*HEADLINES):
        if element.tag in ("h1", "title") or fold_space("".join(element.itertext())).casefold() == title:
            _set_text(element, story.title)
    _put_story(elements, story)
    return OutletPage(etree.tostring(tree, encoding="unicode", method="html"), story.text)


def _paragraphs(tree: etree._Element, lines: Sequence[str]) -> list[etree._Element] | None:
    """The elements of the annotated paragraphs, in their order; None unless each is an element of its own."""
    by_text: dict[str, etree._Element] = {}
    for element in tree.iter("p", "div", "li", "h2", "h3", "h4", "span", "section"):
        by_text[fold_space("".join(element.itertext()))] = element  # the innermost comes last
    elements = [by_text.get(fold_space(line)) for line in lines]
    found = [element for element in elements if element is not None]
    whole = len(found) == len(lines) >= FEWEST_PARAGRAPHS and len(set(found)) == len(found)
    body = tree.find("body")
    return found if whole and body is not None and not any(element is body for element in found) else None


def _put_story(elements: list[etree._Element], story: StorySource) -> None:
    """Each paragraph in the place of an old one; more of them below the last one, in its markup."""
    for element, text in zip(elements, story.paragraphs, strict=False):
        _set_text(element, text)
    for element in elements[len(story.paragraphs) :]:
        _remove(element)
    last = elements[-1]
    for text in reversed(story.paragraphs[len(elements) :]):
        names = last.get("class")
        element = html.Element(last.tag, {"class": names} if names else {})
        element.text, element.tail = text, "\n"
        last.addnext(element)


def _set_text(element: etree._Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text


def _remove(element: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    if element.getparent() is not None and isinstance(element, html.HtmlElement):
        element.drop_tree()
