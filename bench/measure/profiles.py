"""What a profile of an outlet gains: word F1 of pages with and without what was learned on other pages of the outlet.

Three kinds of outlets, each as HTML and as dumps: made ones, a real page's chrome around other stories; the Chinese
ones of a hundred pages; and all others of the corpus with three pages or more. In scripts without spaces each character
counts as a word.

`shared` makes outlets of edited texts, as the bench of `trace` has them: of ten pages, half are versions of one text,
or quote it. It counts the lines that a profile takes out of a text.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import chain
from random import Random
from statistics import fmean, median

from bench.metrics import word_or_character_f1
from bench.pages.corpora import ARTICLES, NEWS, read_jsonl
from bench.pages.made_articles import EDITS, Paragraphs, originals
from bench.pages.made_outlets import KnownOutlet, OutletPage, chinese_outlets, made_outlets, real_outlets
from bench.pages.renderers import RENDERERS
from bench.tables import Cell, table
from cleaners.data import Cleaned, ContentType, Page, Profile
from cleaners.pipeline import clean_page
from cleaners.profiles import ProfileLearner

OUTLETS: dict[str, Callable[[], Iterator[KnownOutlet]]] = {
    "made": made_outlets,
    "Chinese": chinese_outlets,
    "real": real_outlets,
}

SHARED = "shared"
SHARED_OUTLETS, SHARED_PAGES, SHARED_VERSIONS = 100, 10, 4

HEAD = ("", "outlets", "pages", "without", "with", "gain", "median gain", "outlets up", "down", "set aside")

MOST_LISTED = 5
"""Outlets of the largest loss and gain that are named."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The word F1 of an outlet's pages without and with its profile, each a mean, and how often it was set aside."""

    name: str
    pages: int
    without: tuple[float, ...]
    with_profile: tuple[float, ...]
    set_aside: int

    @property
    def gain(self) -> float:
        """The gain of the mean."""
        return fmean(self.with_profile) - fmean(self.without)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--only", choices=(*OUTLETS, SHARED), help="only outlets of this kind")
    parser.add_argument("--kind", choices=("html", "text"), help="only HTML, or only dumps")
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="measure at most N pages of an outlet")


def run(options: argparse.Namespace) -> Iterator[str]:
    """A table for each kind of outlets, and the outlets that gain and lose most."""
    kinds: tuple[ContentType, ...] = (options.kind,) if options.kind else ("html", "text")
    for name in [options.only] if options.only else [*OUTLETS, SHARED]:
        if name == SHARED:
            yield shared(kinds)
            continue
        measured: dict[ContentType, list[Measured]] = {kind: [] for kind in kinds}
        for outlet in OUTLETS[name]():
            for kind in kinds:
                measured[kind].append(measure(outlet, kind, options.pages))
        yield table(HEAD, [_row(f"{name}, {'dumps' if kind == 'text' else 'HTML'}", measured[kind]) for kind in kinds])
        for kind in kinds:
            yield f"{kind}: {extremes(measured[kind])}"


def shared(kinds: Sequence[ContentType]) -> str:
    """How many lines of texts that quote each other, or are versions of each other, a profile drops."""
    texts = originals(chain(read_jsonl(NEWS), read_jsonl(ARTICLES)))
    outlets = [*_quoting_outlets(texts)]
    rows = []
    for kind in kinds:
        counts = [lines_lost(pages, kind) for pages in outlets]
        rows.append([kind, len(outlets), sum(kept for kept, _ in counts), sum(lost for _, lost in counts)])
    return table(("shared", "outlets", "lines kept without", "lost with a profile"), rows)


def _quoting_outlets(texts: Sequence[Paragraphs]) -> Iterator[list[Paragraphs]]:
    """Outlets of ten pages: a text, versions of it, and other texts."""
    others = texts[1::2]
    for number, text in enumerate(texts[::2][:SHARED_OUTLETS]):
        rng = Random(f"shared {number}")
        found = (edit(number, text, rng.choice(others), rng) for edit in EDITS.values())
        versions = [tuple(version.text.split("\n")) for version in found if version][:SHARED_VERSIONS]
        yield [text, *versions, *rng.sample(others, SHARED_PAGES - 1 - len(versions))]


def lines_lost(texts: Sequence[Paragraphs], kind: ContentType) -> tuple[int, int]:
    """How many lines are kept of an outlet's pages without a profile, and how many of them a profile drops."""
    pages = [Page(as_page(text, number, kind), source="made/page", kind=kind) for number, text in enumerate(texts)]
    plain = [clean_page(page) for page in pages]
    learner = ProfileLearner()
    for cleaned in plain:
        learner.add("made", cleaned)
    profiles = tuple(learned.profile for learned in learner.profiles())
    again = [clean_page(replace(page, profiles=profiles)) for page in pages]
    kept = [Counter(_text(cleaned).splitlines()) for cleaned in plain]
    lost = [lines - Counter(_text(cleaned).splitlines()) for lines, cleaned in zip(kept, again, strict=True)]
    return sum(lines.total() for lines in kept), sum(lines.total() for lines in lost)


def as_page(text: Paragraphs, number: int, kind: ContentType) -> str:
    """The text as a page with a little chrome."""
    if kind == "text":
        return "\n".join(("Home", "Politics", "Sport", f"The story of the day, number {number}", *text, "About us"))
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text)
    return f"<nav><a href='/'>Home</a></nav><article><h1>The story, number {number}</h1>{paragraphs}</article>"


def measure(outlet: KnownOutlet, kind: ContentType, most: int) -> Measured:
    """Learn on some pages of an outlet, and clean others with and without what was learned."""
    profiles = learn(outlet, kind)
    without: list[float] = []
    with_profile: list[float] = []
    set_aside = 0
    for page in outlet.measured[:most]:
        plain = _page(outlet, page, kind)
        without.append(word_or_character_f1(page.gold, _text(clean_page(plain))))
        cleaned = clean_page(Page(plain.content, url=plain.url, kind=kind, profiles=profiles)) if profiles else None
        with_profile.append(word_or_character_f1(page.gold, _text(cleaned)) if cleaned else without[-1])
        set_aside += bool(cleaned and cleaned.profile_set_aside)
    return Measured(outlet.name, len(without), tuple(without), tuple(with_profile), set_aside)


def learn(outlet: KnownOutlet, kind: ContentType) -> tuple[Profile, ...]:
    """The profile of an outlet's pages of one kind, if there are enough of them."""
    learner = ProfileLearner()
    for page in outlet.learned:
        learner.add(outlet.name, clean_page(_page(outlet, page, kind)))
    return tuple(learned.profile for learned in learner.profiles())


def extremes(measured: Sequence[Measured]) -> str:
    """The outlets that lose most and gain most."""
    found = sorted(measured, key=lambda each: each.gain)
    shown = [*found[:MOST_LISTED], *found[-MOST_LISTED:]]
    return ", ".join(f"{each.name} {fmean(each.without):.3f} → {fmean(each.with_profile):.3f}" for each in shown)


def _row(name: str, measured: Sequence[Measured]) -> list[Cell]:
    without = fmean(score for each in measured for score in each.without)
    with_profile = fmean(score for each in measured for score in each.with_profile)
    gains = [each.gain for each in measured]
    return [
        name,
        len(measured),
        sum(each.pages for each in measured),
        f"{without:.4f}",
        f"{with_profile:.4f}",
        f"{with_profile - without:+.4f}",
        f"{median(gains):+.4f}",
        sum(gain > 0 for gain in gains),
        sum(gain < 0 for gain in gains),
        sum(each.set_aside for each in measured),
    ]


def _page(outlet: KnownOutlet, page: OutletPage, kind: ContentType) -> Page:
    content = page.html if kind == "html" else RENDERERS[outlet.renderer](page.html)
    return Page(content, url=f"http://{outlet.name}/story" if "." in outlet.name else None, kind=kind)


def _text(cleaned: Cleaned) -> str:
    return cleaned.articles[0].text if cleaned.articles else ""
