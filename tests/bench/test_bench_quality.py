import pytest

from bench.measure import quality, speed
from bench.measure.quality import measure
from bench.pages import peers
from bench.pages.captions import captions_of, count_captions
from bench.pages.corpora import Sample
from bench.pages.peers import Extraction, MissingCopydeskError
from bench.pages.renderers import RENDERERS, blocks
from bench.tables import table

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


def test_captions_are_found_by_element_and_by_class() -> None:
    assert captions_of(PAGE) == ["The new bridge at dawn", "A ferry that runs no more"]
    assert captions_of("<figcaption>Photo: AP</figcaption>") == []


def test_captions_kept_out_and_found() -> None:
    text = "The bridge opened.\nA ferry that runs no more"
    assert count_captions(PAGE, GOLD, text, ["The new bridge at dawn"]) == (2, 1, 1)
    in_gold = GOLD + "\nThe new bridge at dawn"
    assert count_captions(PAGE, in_gold, "", []) == (1, 1, 0)


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


def test_tables_are_aligned_and_leave_out_empty_columns() -> None:
    assert table(("", "pages", "F1"), [["ours", 3, None], ["theirs", 12, None]]).splitlines() == [
        "|        | pages |",
        "| ------ | ----: |",
        "| ours   |     3 |",
        "| theirs |    12 |",
    ]


def test_every_contender_meets_every_page_in_every_round() -> None:
    seen: list[str] = []
    times = speed.time_in_turns({"a": lambda page: seen.append("a" + page)}, ["1", "2"], rounds=2)
    assert seen == ["a1", "a1", "a2", "a1", "a2"]
    assert list(map(len, times.values())) == [2]
