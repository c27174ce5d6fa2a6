"""The table of extractors and metrics."""

from __future__ import annotations

import pytest

from bench.measure import quality
from bench.measure.quality import measure
from bench.pages import peers
from bench.pages.captions import captions_of
from bench.pages.corpora import Sample
from bench.pages.peers import Extraction, MissingCopydeskError

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
SAMPLE = Sample("1", "https://example.org/", PAGE, tuple(GOLD.split("\n")), must_have=("on Monday. Traffic",))


def test_a_perfect_extractor_scores_one_everywhere() -> None:
    captions = tuple(captions_of(PAGE))
    row = measure("perfect", lambda page: Extraction(GOLD, captions), [SAMPLE])
    assert row == ["perfect", 1, 0, *[1.0] * 9]


def test_a_failing_extractor_is_counted_and_scores_as_empty() -> None:
    def fail(page: str | bytes) -> Extraction:
        raise ValueError

    row = measure("broken", fail, [SAMPLE])
    assert row[:4] == ["broken", 1, 1, 0.0]


def test_a_set_with_snippets_only_has_only_their_figure() -> None:
    bare = Sample("1", "https://example.org/", PAGE, must_have=("Monday",), must_not_have=("Home",))
    row = measure("all of it", lambda page: Extraction("Home Monday"), [bare])
    assert row == ["all of it", 1, 0, *[None] * 6, pytest.approx(2 / 3), None, None]


def test_missing_extractors_are_said_and_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(page: str | bytes, any_page: bool) -> Extraction:
        raise MissingCopydeskError("no Copydesk")

    absent = peers.Peer("absent", "a-distribution-that-nobody-made", lambda page: "")
    present = peers.Peer("present", "pytest", lambda page: GOLD)
    monkeypatch.setattr(quality, "PEERS", (absent, present))
    monkeypatch.setattr(quality, "copydesk", missing)
    printed = quality.report([SAMPLE])
    assert "present" in printed
    assert "absent" not in printed
    assert capsys.readouterr().err == "no Copydesk\nabsent is not installed and is skipped.\n"


def test_only_the_named_rows_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "PEERS", [peers.Peer(name, "pytest", lambda page: GOLD) for name in ("one", "two")])
    assert [line.split()[1] for line in quality.report([SAMPLE], ["two"]).splitlines()[2:]] == ["two"]
