"""What costs Copydesk its word F1: the loss of every page by cause, and the pages that score worst.

The loss of a page is 1 - F1: the superfluous words of the extracted text plus the missing ones, divided by the number
of words of both texts. Every word costs the same on its page, and the losses by cause add up to the loss of the page.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.metrics import words
from bench.pages.align import agreement
from bench.pages.corpora import Sample
from bench.pages.samples import add_set_arguments, chosen_samples
from bench.tables import Cell, table
from cleaners.data import KEPT, Block, Box, Cleaned, Judged, Page
from cleaners.pipeline import clean_page

POINTS = 100
"""Points of word F1 in a perfect score."""

LEVELS = 4
"""Enclosing boxes of a block whose names are looked at, from the inside out."""

NOT_ON_PAGE = "lacks: not on the page"
NOT_FOUND = "lacks: no block found for it"

_CONTAINERS = tuple(
    (cause, re.compile(rf"(?:^|[\s_-])(?:{names})", re.IGNORECASE))
    for cause, names in (
        ("comments", r"comments?|disqus|repl(?:y|ies)"),
        ("related", r"relat|recommend|recirc|teaser|card|trending|popular|most-?read|read-?(?:more|next|also)|more-"),
        ("promo", r"promo|newsletter|subscri|sign-?up|donat|banner|advert|paywall|cta"),
        ("author box", r"author|bio|byline|contributor"),
        ("infobox", r"info-?box|fact|aside|side-?bar|widget|highlight|summary|key-?point"),
        ("captions", r"caption|figure|galler|slide|credit|image|photo|video"),
        ("contents and tags", r"toc|table-of-contents|tags?(?:$|[\s_-])|breadcrumb|share|social|meta(?:$|[\s_-])"),
    )
)
_TAGS = {"aside": "infobox", "figure": "captions", "table": "table", "footer": "footer", "header": "header"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_set_arguments(parser)
    parser.add_argument("--pages", type=int, default=30, help="how many of the worst pages are listed")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table of causes and the list of pages."""
    yield report(page_losses(chosen_samples(options)), options.pages)


@dataclass(frozen=True, slots=True)
class PageLoss:
    """A page and its loss of word F1 (0 to 1) by cause; the causes add up to `1 - F1`."""

    id: str
    url: str
    causes: Mapping[str, float]

    @property
    def total(self) -> float:
        """The whole loss of the page."""
        return sum(self.causes.values())


def losses(gold: str, cleaned: Cleaned) -> dict[str, float]:
    """The loss of word F1 of a page by cause; empty where the text equals the gold text.

    Superfluous ("alien") words are charged to the kept blocks that are not part of the gold text: by the box around
    them, else by their position relative to the story. Missing words are charged to the dropped blocks that hold them,
    by label and rule, or to the gold text where the page does not hold them. A page without an article is charged to
    its rejection as a whole.
    """
    wanted = Counter(words(gold))
    if not cleaned.articles:
        code = cleaned.rejection.code if cleaned.rejection else "no article"
        return {f"no record: {code}": 1.0} if wanted else {}
    got = Counter(words(cleaned.articles[0].text))
    if not (size := wanted.total() + got.total()):
        return {}
    shares = _shares(gold, cleaned.blocks)
    on_page = Counter(word for judged in cleaned.blocks for word in words(judged.text))
    absent = (wanted - on_page).total()
    found = {
        **_spread((got - wanted).total(), _alien(cleaned.blocks, shares), "alien: unplaced"),
        **_spread((wanted - got).total() - absent, _missing(cleaned.blocks, shares), NOT_FOUND),
        NOT_ON_PAGE: absent,
    }
    return {cause: count / size for cause, count in found.items() if count}


def _shares(gold: str, blocks: Sequence[Judged]) -> list[float]:
    """For each block the share of its words that are in the gold text; of two equal blocks a kept one is preferred."""
    trust = [1.0 if judged.label in KEPT else 0.9 for judged in blocks]
    return agreement([words(judged.text) for judged in blocks], gold, trust)


def _alien(blocks: Sequence[Judged], shares: Sequence[float]) -> Counter[str]:
    """The words of kept blocks that are not in the gold text, by where they come from."""
    story = [index for index, share in enumerate(shares) if share]
    first, last = (story[0], story[-1]) if story else (0, len(blocks))
    causes: Counter[str] = Counter()
    for index, (judged, share) in enumerate(zip(blocks, shares, strict=True)):
        if judged.label in KEPT and judged.story == 0:
            side = "above" if index < first else "below" if index > last else "inside"
            cause = container(judged.block) or f"{judged.label.value} {side} the story"
            causes[f"alien: {cause}"] += round(len(words(judged.text)) * (1 - share))
    return causes


def _missing(blocks: Sequence[Judged], shares: Sequence[float]) -> Counter[str]:
    """The gold text's words in blocks that were not kept for the page's own story, by label and rule."""
    causes: Counter[str] = Counter()
    for judged, share in zip(blocks, shares, strict=True):
        if judged.label not in KEPT or judged.story > 0:
            taken = "another story" if judged.label in KEPT else f"{judged.label.value} by {judged.verdict.rule}"
            causes[f"lacks: {taken}"] += round(len(words(judged.text)) * share)
    return causes


def _spread(count: int, causes: Counter[str], other: str) -> dict[str, float]:
    """A number of words, distributed over causes by their weights; all for `other` where there are no causes."""
    total = causes.total()
    if not total:
        return {other: float(count)}
    return {cause: count * weight / total for cause, weight in causes.items()}


def container(block: Block) -> str | None:
    """What a block is by the names and tags of the boxes around it; the innermost box with a known name decides."""
    box: Box | None = block.surroundings.box if block.surroundings else None
    for _ in range(LEVELS):
        if box is None or box.tag in ("body", "html", "main", "article"):
            return None
        names = box.names
        named = next((cause for cause, pattern in _CONTAINERS if pattern.search(names)), None) if names else None
        if cause := named or _TAGS.get(box.tag):
            return cause
        box = box.parent
    return None


def page_losses(samples: Iterable[Sample]) -> list[PageLoss]:
    """The losses of annotated pages, in their order; pages without a gold text are left out."""
    return [
        PageLoss(sample.id, sample.url, losses(sample.text, clean_page(Page(sample.html, kind="html"))))
        for sample in samples
        if sample.text is not None
    ]


def report(pages: Sequence[PageLoss], worst: int) -> str:
    """The mean points of word F1 that each cause costs over all pages, and the pages with the highest losses."""
    if not pages:
        return "No page has a gold text."
    costs: Counter[str] = Counter()
    for page in pages:
        costs.update(page.causes)
    touched = Counter(cause for page in pages for cause in page.causes)
    rows: list[list[Cell]] = [
        [cause, touched[cause], POINTS * cost / len(pages)] for cause, cost in costs.most_common()
    ]
    rows.append(["all", len(pages), POINTS * costs.total() / len(pages)])
    head = ("cause", "pages", "points of word F1 lost")
    lines = [_line(page) for page in sorted(pages, key=lambda page: -page.total)[:worst]]
    return "\n".join([table(head, rows), "", *lines])


def _line(page: PageLoss) -> str:
    causes = sorted(page.causes.items(), key=lambda item: -item[1])
    shown = "; ".join(f"{POINTS * cost:.1f} {cause}" for cause, cost in causes[:LEVELS])
    return f"{POINTS * page.total:5.1f}  {page.id}  {shown}  {page.url}"
