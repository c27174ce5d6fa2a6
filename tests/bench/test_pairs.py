"""Pictures with captions against labels made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.measure.pairs import compare
from bench.pages.caption_pairs import HELD_OUT, LABELS, LATER, LabelledPage, caption_key, labelled_pages, picture_keys
from cleaners.data import Image

BRIDGE, TOWER = "The bridge between the two towns", "The tower above the harbour, on Monday"
ONE, OTHER = "https://a.example/w900/bridge-open.jpg", "https://b.example/tower-seen-from-below.jpg?w=300"
PAGE = LabelledPage(
    "news-world",
    "1",
    ((caption_key(BRIDGE), picture_keys(ONE)), (caption_key(TOWER), picture_keys(OTHER))),
    frozenset({caption_key("A video of the tower")}),
)


def test_a_caption_is_right_at_its_own_picture_only() -> None:
    larger = "https://c.example/bridge-open-1600x900.webp"
    assert compare(PAGE, [Image(larger, caption=f"{BRIDGE}."), Image(OTHER, caption=TOWER)]) == ([], [], 2)
    swapped = [Image(OTHER, caption=BRIDGE), Image(ONE, caption=TOWER)]
    assert compare(PAGE, swapped) == ([caption_key(BRIDGE), caption_key(TOWER)], swapped, 0)


def test_what_is_none_is_counted_and_what_may_be_one_is_not() -> None:
    none = Image(OTHER, caption="Get our newsletter by mail")
    images = [none, Image(OTHER, caption="A video of the tower, from above"), Image(ONE, caption=BRIDGE)]
    assert compare(PAGE, images) == ([caption_key(TOWER)], [none], 1)


@pytest.mark.parametrize("labels", [LABELS, HELD_OUT, LATER])
def test_the_labels_are_of_thirty_pages_and_hold_no_words(labels: Path) -> None:
    pages = list(labelled_pages(labels))
    assert [page.set for page in pages].count("news-world") == [page.set for page in pages].count("news-sites") == 15
    assert len({page.page for page in pages}) == 30
    keys = [key for page in pages for caption, pictures in page.pairs for key in (caption, *pictures)]
    assert len(keys) > 90
    assert all(len(key) == 12 and int(key, 16) >= 0 for key in keys)
    assert all(pictures for page in pages for _, pictures in page.pairs)


def test_no_page_has_two_labels() -> None:
    pages = [page.page for labels in (LABELS, HELD_OUT, LATER) for page in labelled_pages(labels)]
    assert len(set(pages)) == len(pages) == 90
