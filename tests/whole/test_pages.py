"""Made pages of many kinds of site, and what comes out of them.

`pages/NAME.html` is a page as a server would send it, `pages/NAME.json` says what a reader would take from it: the
address (`url`), what the page is there for (`exercises`), and either the records of its `stories`, with every field in
`FIELDS` and the text paragraph by paragraph, or the code of its `rejection`. To add a page, drop the two files.

Its `kinds` are the numbers of the faults of extractors that it is a case of, if it is one of any: those in `KINDS`. Of
each kind there are three pages or more.

The expected output is what the page's newsroom wrote, not what the cleaners make of it. Pages that come out wholly
right are marked `exact`; over all of them together three floors hold what has been reached.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from operator import eq
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from bench.metrics import word_f1
from cleaners import Article, Cleaned, Page, clean_page

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
FIELDS = (
    "title", "summary", "text", "language", "date_published", "date_modified", "authors", "publisher", "section",
    "dateline", "credits", "captions", "canonical_url", "kind",
)  # fmt: skip

KINDS = {
    1: "labels beside a byline are no authors, and labelled bylines are",
    2: "legacy encodings, with a stray or a cut byte",
    3: "other dates beside that of publishing",
    4: "read also, between paragraphs",
    5: "text that is only in data",
    6: "hidden parts that are read, and seen ones that are hidden from some",
    7: "short stories, in any script",
    8: "dates in other scripts and calendars",
    9: "a change or an event is no publication",
    10: "names from data and from bylines with more than names",
    11: "a site's name in the title or as the heading",
    12: "tables, footnotes, code",
    13: "said twice, and what only resembles",
    14: "placeholders of videos and the like",
    15: "languages that the page does not state, or foreign words",
    16: "readings above words",
    17: "several stories, or one in several parts",
    18: "stubs, and whole stories behind stated paywalls",
    19: "shells, and short pages that are none",
    20: "captions and their credits",
}
"""Kinds of faults that users of extractors report, by number."""

PAGES_OF_A_KIND = 3

RETRIEVED = "2026-11-30T12:00:00+00:00"
"""When all pages were retrieved: no date that they show is compared with the clock."""

TEXT_FLOOR = 0.94
"""Mean word F1 of the text over all expected stories; one that is missing counts 0."""

FIELDS_FLOOR = 0.9
"""Share of the fields of all expected stories, text among them, that come out exactly as expected."""

OUTCOMES_FLOOR = 0.99
"""Share of the pages that give as many stories as expected, or the expected rejection."""


@dataclass(frozen=True)
class Expected:
    """What a reader would take from a page: the records of its stories, or the code of its rejection."""

    url: str
    exact: bool
    stories: tuple[dict[str, Any], ...]
    rejection: str | None


@cache
def expected(name: str) -> Expected:
    page = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    return Expected(page["url"], page["exact"], tuple(page.get("stories", ())), page.get("rejection"))


@cache
def cleaned(name: str) -> Cleaned:
    content = (PAGES / f"{name}.html").read_bytes()
    return clean_page(Page(content, url=expected(name).url, retrieved_at=RETRIEVED))


def found_stories(name: str) -> tuple[dict[str, Any], ...]:
    """The records that came out of a page, cut down to what is compared."""
    return tuple(map(comparable, cleaned(name).articles))


def comparable(article: Article) -> dict[str, Any]:
    record = article.to_dict()
    return {field: record[field] for field in FIELDS} | {"text": article.text.split("\n")}


def found_rejection(name: str) -> str | None:
    rejection = cleaned(name).rejection
    return rejection.code if rejection else None


def pairs() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every expected story with the one found in its place, or an empty record."""
    for name in NAMES:
        found = chain(found_stories(name), repeat({}))
        yield from zip(expected(name).stories, found, strict=False)


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str) -> None:
    """A page marked `exact` comes out as expected, and one that does is marked."""
    wanted = (expected(name).rejection, expected(name).stories)
    found = (found_rejection(name), found_stories(name))
    if expected(name).exact:
        assert found == wanted
    else:
        assert found != wanted, f"{name} comes out right now: mark it `exact`"


@pytest.mark.parametrize("name", NAMES)
def test_expectation_is_whole(name: str) -> None:
    assert bool(expected(name).stories) != bool(expected(name).rejection)
    assert all(sorted(story) == sorted(FIELDS) for story in expected(name).stories)


def test_every_kind_has_pages() -> None:
    kinds = [
        kind for name in NAMES for kind in json.loads((PAGES / f"{name}.json").read_text("utf-8")).get("kinds", ())
    ]
    assert set(kinds) == set(KINDS)
    assert {kind: kinds.count(kind) for kind in KINDS if kinds.count(kind) < PAGES_OF_A_KIND} == {}


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES.glob("*.json")} == set(NAMES)


def test_text_floor() -> None:
    stories = [("\n".join(wanted["text"]), "\n".join(found.get("text", ()))) for wanted, found in pairs()]
    assert fmean(word_f1(wanted, found) for wanted, found in stories) >= TEXT_FLOOR


def test_fields_floor() -> None:
    assert fmean(wanted[field] == found.get(field) for wanted, found in pairs() for field in FIELDS) >= FIELDS_FLOOR


def test_outcomes_floor() -> None:
    wanted = [(expected(name).rejection, len(expected(name).stories)) for name in NAMES]
    found = [(found_rejection(name), len(found_stories(name))) for name in NAMES]
    assert fmean(map(eq, wanted, found)) >= OUTCOMES_FLOOR
