"""The ways in which people turn a page into a plain dump."""

from __future__ import annotations

import pytest

from bench.pages.renderers import RENDERERS, blocks

PAGE = """
<html><head><title>Bridge opens</title><script>track()</script></head><body>
<nav><a>Home</a> <a>Sport</a></nav>
<h1>Bridge opens</h1>
<figure><img><figcaption>The new bridge <span>at dawn</span></figcaption></figure>
<p>The <b>new</b> bridge<!-- ad --> opened on Monday.<br>Traffic was light.</p>
<div class="photo"><p class="wp-caption-text">A ferry that runs no more</p></div>
</body></html>
"""


def test_blocks_are_lines() -> None:
    assert blocks(PAGE).splitlines() == [
        "Home Sport",
        "Bridge opens",
        "The new bridge at dawn",
        "The new bridge opened on Monday.",
        "Traffic was light.",
        "A ferry that runs no more",
    ]
    assert blocks("  ") == ""
    assert blocks(b'<meta charset="iso-8859-1"><p>\xe9t\xe9</p>') == "été"


def test_blocks_of_a_deep_tree() -> None:
    assert blocks("<div>" * 1500 + "deep") == "deep"


@pytest.mark.parametrize("name", RENDERERS)
def test_every_renderer_gives_the_article_and_the_chrome(name: str) -> None:
    dump = RENDERERS[name](PAGE)
    assert "Home" in dump
    assert "opened on Monday." in dump
    assert "track()" not in dump
