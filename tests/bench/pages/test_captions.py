"""The captions of a page, and how they are counted."""

from __future__ import annotations

from bench.pages.captions import captions_of, count_captions

PAGE = """
<html><head><title>Bridge opens</title><script>track()</script></head><body>
<nav><a>Home</a> <a>Sport</a></nav>
<h1>Bridge opens</h1>
<figure><img><figcaption>The new bridge <span>at dawn</span></figcaption></figure>
<p>The <b>new</b> bridge<!-- ad --> opened on Monday.<br>Traffic was light.</p>
<div class="photo"><p class="wp-caption-text">A ferry that runs no more</p></div>
</body></html>
"""
GOLD = "The new bridge opened on Monday.\nTraffic was light."


def test_captions_are_found_by_element_and_by_class() -> None:
    assert captions_of(PAGE) == ["The new bridge at dawn", "A ferry that runs no more"]
    assert captions_of("<figcaption>Photo: AP</figcaption>") == []


def test_captions_kept_out_and_found() -> None:
    text = "The bridge opened.\nA ferry that runs no more"
    assert count_captions(PAGE, GOLD, text, ["The new bridge at dawn"]) == (2, 1, 1)
    in_gold = GOLD + "\nThe new bridge at dawn"
    assert count_captions(PAGE, in_gold, "", []) == (1, 1, 0)
