"""Hostile pages that are large or many: up to a hundred megabytes, mutated real pages, the public tests of parsers."""

from __future__ import annotations

import random
import re
from itertools import islice

import pytest

from bench.pages.corpora import NEWS, read_jsonl
from cleaners import Page, clean_page
from tests.support.paths import SHARED
from tests.support.sound_page import SOUND, gives_articles_or_a_reason, mutated, story_in

HTML5LIB = SHARED / "corpora" / "html5lib-tests"


def test_a_table_of_twenty_megabytes() -> None:
    """More rows than any page has lines: refused with a reason, once the blocks are counted."""
    cleaned = clean_page(Page(SOUND + "<table>" + "<tr><td>1</td><td>22</td></tr>" * 700_000, kind="html"))
    assert cleaned.rejection is not None
    assert cleaned.rejection.code == "too-many-blocks"


def test_a_hundred_megabytes() -> None:
    """Scripts, comments and white space of that size, with a story at their end."""
    filler = "<script>" + "x = 1;" * 4_000_000 + "</script>" + "<!--" + "-" * 24_000_000 + "-->" + "\n " * 26_000_000
    assert story_in(filler + SOUND)


@pytest.mark.skipif(
    not NEWS.is_file(), reason=f"no corpus at {NEWS}: real pages to mutate are not part of the repository"
)
def test_mutated_real_pages() -> None:
    """A thousand mutations of real pages, each of a start of the page, since most of a page is alike."""
    chance = random.Random(0)
    pages = [sample.html for sample in islice(read_jsonl(NEWS), 100) if isinstance(sample.html, str)]
    for number in range(1000):
        gives_articles_or_a_reason(mutated(pages[number % len(pages)].encode()[:60_000], chance))


def html5lib_cases() -> list[bytes]:
    """The `#data` sections of the tree-construction and encoding tests."""
    files = sorted(HTML5LIB.glob("*/*.dat"))
    sections = (re.findall(rb"^#data\n(.*?)\n#(?:errors|encoding)", file.read_bytes(), re.S | re.M) for file in files)
    return [case for cases in sections for case in cases]


@pytest.mark.skipif(
    not HTML5LIB.is_dir(), reason=f"no html5lib tests at {HTML5LIB}: they are not part of the repository"
)
def test_html5lib_markup() -> None:
    cases = html5lib_cases()
    assert len(cases) > 1000
    for case in cases:
        cleaned = clean_page(Page(case, kind="html"))
        assert bool(cleaned.articles) != bool(cleaned.rejection)
        beside = clean_page(Page(SOUND.encode() + b"<hr>" + case, kind="html"))
        assert beside.blocks
