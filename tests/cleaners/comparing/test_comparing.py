"""Two runs compared, by hand-made pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cleaners.comparing import (
    Piece,
    ReadPage,
    compare,
    difference_row,
    find_changes,
    open_run,
    pair_pages,
    terminal_difference,
)
from cleaners.comparing.changes import align
from cleaners.comparing.difference import PASSAGE_CHARACTERS
from cleaners.comparing.disk_queues import DiskQueues
from cleaners.data import DROPPED, KEPT, Label
from cleaners.records.audit import BadRow
from cleaners.words.display import printable
from tests.support.hostile import CONTROLS, MARKUP

LABELS = st.sampled_from([Label.BODY, Label.CAPTION, Label.PROMO])


def piece(text: str, label: Label = Label.BODY, rule: str = "made", story: int = 0) -> Piece:
    return Piece(text, str(label), rule, story, label in KEPT, label not in DROPPED)


PIECES = st.lists(
    st.builds(piece, st.sampled_from(["a", "b c", "c", "a b", "d e f g"]), LABELS, story=st.integers(0, 2))
)


def ways(old: list[Piece], new: list[Piece]) -> list[tuple[str, str | None, str | None]]:
    return [(text, old and old.label, new and new.label) for text, old, new, _ in find_changes(old, new)]


# The changes of a page


def test_a_block_that_is_labelled_otherwise_is_a_change() -> None:
    old = [piece("One."), piece("Two, three."), piece("Log in", Label.NAVIGATION)]
    new = [piece("One.", rule="another"), piece("Two, three.", Label.RELATED), piece("Log in", Label.NAVIGATION)]
    assert ways(old, new) == [("Two, three.", "body", "related")]
    (change,) = find_changes(old, new)
    assert (change.words, change.gained, change.lost) == (2, 0, 2)
    (change,) = find_changes(new, old)
    assert (change.words, change.gained, change.lost) == (2, 2, 0)


def test_what_is_printed_twice_meets_itself_in_order() -> None:
    old = [piece("A line", Label.TITLE), piece("A line", Label.CAPTION), piece("A line")]
    new = [piece("A line", Label.TITLE), piece("A line"), piece("A line")]
    assert ways(old, new) == [("A line", "caption", "body")]


def test_blocks_that_are_cut_otherwise_are_the_same_words() -> None:
    old = [piece("A picture. (AP Photo)", Label.CAPTION), piece("One."), piece("Two"), piece("three.")]
    new = [piece("A picture.", Label.CAPTION), piece("(AP Photo)"), piece("One."), piece("Two three.")]
    assert ways(old, new) == [("(AP Photo)", "caption", "body")]


def test_words_that_only_one_run_has_are_gone_or_new() -> None:
    old = [piece("One two"), piece("three four"), piece("five", Label.PROMO)]
    new = [piece("One two three"), piece("4"), piece("five", Label.PROMO)]
    assert ways(old, new) == [("four", "body", None), ("4", None, "body")]


def test_stories_are_the_same_by_their_words_and_not_by_their_numbers() -> None:
    old = [piece("one two", story=0), piece("three four five", story=1), piece("six", story=2)]
    shifted = [piece("one", story=0), piece("two", story=1), piece("three four five", story=2), piece("six", story=3)]
    found = find_changes(old, shifted)
    assert [(change.text, change.moved) for change in found] == [("two", True)]
    promo = piece("Log in", Label.PROMO)
    assert find_changes([promo], [promo._replace(story=1)]) == []


@given(PIECES)
def test_nothing_changes_between_a_page_and_itself(pieces: list[Piece]) -> None:
    assert find_changes(pieces, pieces) == []
    renumbered = [each._replace(story=5 - each.story) for each in pieces]
    assert find_changes(pieces, renumbered) == []


@given(PIECES)
def test_cutting_at_every_word_changes_nothing(pieces: list[Piece]) -> None:
    words = [each._replace(text=word) for each in pieces for word in each.text.split()]
    marked = [each._replace(text=f"{number}x{each.text}") for number, each in enumerate(words)]
    whole = [each._replace(text=f"{each.text} end") for each in marked]
    cut = [each._replace(text=word) for each in whole for word in each.text.split()]
    assert find_changes(whole, cut) == find_changes(cut, whole) == []


@given(PIECES, PIECES)
def test_every_word_is_told_of_once(old: list[Piece], new: list[Piece]) -> None:
    meetings = list(align(old, new))
    for run, side in ((old, 1), (new, 2)):
        told = sorted(word for meeting in meetings if meeting[side] for word in meeting[0].split())
        assert told == sorted(word for each in run for word in each.text.split())
    found = find_changes(old, new)
    balance = sum(change.gained - change.lost for change in found)
    assert balance == _kept(new) - _kept(old)


def _kept(pieces: list[Piece]) -> int:
    return sum(len(each.text.split()) for each in pieces if each.kept)


def test_a_hundred_thousand_blocks_are_compared() -> None:
    """Time linear in the blocks: by pairs this would be ten thousand million steps."""
    same = [piece("word")] * 100_000
    assert find_changes(same, same) == []
    (change, *_), relabelled = find_changes(same, [piece("word", Label.PROMO)] * 100_000), [piece("w or d")] * 50_000
    assert change.lost == 1
    assert len(find_changes(same, relabelled)) == 2


# Pages brought together


def read(names: str, text: str = "text") -> list[ReadPage]:
    return [ReadPage(name, "outlet", (piece(f"{text} {number}"),)) for number, name in enumerate(names)]


def met(old: Iterable[ReadPage], new: Iterable[ReadPage]) -> list[tuple[str | None, str | None]]:
    return [(old and old.pieces[0].text, new and new.pieces[0].text) for old, new in pair_pages(old, new)]


def test_pages_meet_in_the_same_order_and_in_any_other() -> None:
    assert met(read("ab"), read("ab")) == [("text 0", "text 0"), ("text 1", "text 1")]
    assert met(read("abc"), read("cab")) == [("text 0", "text 1"), ("text 2", "text 0"), ("text 1", "text 2")]
    assert met(read("ab"), read("b")) == [("text 1", "text 0"), ("text 0", None)]
    assert met(read(""), read("a")) == [(None, "text 0")]


def test_pages_of_one_name_meet_in_their_order() -> None:
    assert met(read("aab"), read("baa")) == [("text 0", "text 1"), ("text 2", "text 0"), ("text 1", "text 2")]
    assert met(read("aa"), read("a")) == [("text 0", "text 0"), ("text 1", None)]


@given(st.text("abc\ud800", max_size=8), st.text("abc\ud800", max_size=8))
def test_every_page_is_told_of_once(old: str, new: str) -> None:
    pairs = list(pair_pages(read(old), read(new)))
    assert sorted(page.name for page, _ in pairs if page) == sorted(old)
    assert sorted(page.name for _, page in pairs if page) == sorted(new)
    assert all(one.name == other.name for one, other in pairs if one and other)
    lonely = [page.name for pair in pairs if None in pair for page in pair if page]
    assert len(lonely) == sum(abs(old.count(name) - new.count(name)) for name in set(old + new))


def test_only_pages_out_of_turn_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    waited = []
    monkeypatch.setattr(DiskQueues, "put", lambda self, name, text: waited.append(name))
    list(pair_pages(read("abcd"), read("abdc")))
    assert waited == ["c", "d", "d", "c"]


# What a run wrote


def audit_row(page: str | None, text: str, label: str = "body", **more: Any) -> dict[str, Any]:
    return {
        "page": page,
        "line": 1,
        "label": label,
        "rule": "made",
        "confidence": 0.5,
        "text": text,
        "first": None,
        **more,
    }


def write(path: Path, *rows: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_an_audit_is_read_page_by_page(tmp_path: Path) -> None:
    rows = [audit_row("x/a.txt", "One."), audit_row("x/a.txt", "Two.", "promo", story=1), audit_row(None, "Three.")]
    run = open_run(write(tmp_path / "audit", *rows))
    assert run.kind == "audit"
    assert list(run.pages) == [
        ReadPage("x/a.txt", "x", (piece("One."), piece("Two.", Label.PROMO, story=1))),
        ReadPage("(no name)", "not stated", (piece("Three."),)),
    ]


def test_articles_are_read_page_by_page(tmp_path: Path) -> None:
    record = {"id": "1", "source": "a.html", "url": "https://www.news.example/a", "publisher": "The News"}
    facts = {"title": "A title", "authors": ["Ana", "Tom"], "captions": [{"text": "A picture.", "credit": None}]}
    own = {**record, **facts, "text": "One.\nTwo.", "story": {"index": 0, "count": 2, "parent_id": None}}
    appended = {**record, "id": "1-1", "text": "Three.", "story": {"index": 1, "count": 2, "parent_id": "1"}}
    run = open_run(write(tmp_path / "articles", own, appended))
    assert run.kind == "articles"
    (page,) = run.pages
    assert (page.name, page.outlet, page.stories) == ("a.html", "news.example", 2)
    assert [(each.text, each.label, each.story) for each in page.pieces] == [
        ("A title", "title", 0),
        ("Ana", "authors", 0),
        ("Tom", "authors", 0),
        ("The News", "publisher", 0),
        ("A picture.", "captions", 0),
        ("One.", "text", 0),
        ("Two.", "text", 0),
        ("The News", "publisher", 1),
        ("Three.", "text", 1),
    ]


def test_a_rejected_page_has_lost_all_that_it_had(tmp_path: Path) -> None:
    for name, rejected in (("old", []), ("new", [{"source": "a.txt", "url": None, "code": "too-short"}])):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "audit.jsonl", audit_row("a.txt", "One two."), audit_row("a.txt", "Log in", "promo"))
        write(tmp_path / name / "rejected.jsonl", *rejected)
    old, new = (list(open_run(str(tmp_path / name)).pages) for name in ("old", "new"))
    (change,) = find_changes(old[0].pieces, new[0].pieces)
    assert (change.text, change.lost) == ("One two.", 2)
    assert change.new
    assert (change.new.label, change.new.rule) == ("rejected", "too-short")


@pytest.mark.parametrize(
    "damage",
    [
        {"label": "no label"},
        {"label": None},
        {"text": 7},
        {"page": 7},
        {"page": ["a"]},
        {"line": "x"},
        {"confidence": None},
        {"story": "1e999"},
        {"story": 1e999},
        {"first": "body"},
        {"first": {"label": "body"}},
        {"raw": 3},
    ],
    ids=str,
)
def test_a_row_that_is_none_is_named(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = write(tmp_path / "audit", audit_row("a", "One."), {**audit_row("a", "Two."), **damage})
    with pytest.raises(BadRow, match=r"audit, line 2: this is no row of an audit"):
        list(open_run(path).pages)


@pytest.mark.parametrize("line", [b'{"page": "a", "te', b"[" * 100_000, b"[1]", b"\xff\xfe", b"9" * 10_000, b"null"])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: bytes) -> None:
    path = write(tmp_path / "audit", audit_row("a", "One."))
    with open(path, "ab") as file:
        file.write(line)
    with pytest.raises(BadRow, match=r"audit, line 2: this is (no JSON|JSON, but no object)"):
        list(open_run(path).pages)


@pytest.mark.parametrize(
    "damage",
    [{"story": {}}, {"story": 1}, {"text": None}, {"captions": [1]}, {"captions": 1}, {"text": ["a"]}],
    ids=str,
)
def test_a_record_that_is_none_is_named(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = write(tmp_path / "articles", {"id": "1", "text": "One.", "story": {"index": 0}, **damage})
    with pytest.raises(BadRow, match=r"articles, line 1: this is no record of an article"):
        list(open_run(path).pages)


# Sums


def difference_of(old: list[ReadPage], new: list[ReadPage], **bounds: int) -> Any:
    return compare(pair_pages(iter(old), iter(new)), **bounds)


OLD = [
    ReadPage("a", "one.example", (piece("one two three"), piece("four", Label.CAPTION))),
    ReadPage("b", "one.example", (piece("five"),)),
    ReadPage("c", "two.example", (piece("six seven"),)),
    ReadPage("d", "two.example", (piece("eight"),)),
]
NEW = [
    ReadPage("a", "one.example", (piece("one two three", Label.RELATED, "teaser"), piece("four"))),
    ReadPage("b", "one.example", (piece("five", rule="teaser"),)),
    ReadPage("c", "two.example", (piece("six seven", Label.RELATED, "teaser"),)),
    ReadPage("e", "two.example", (piece("nine", story=0), piece("ten", story=1))),
]


def test_differences_are_summed_up() -> None:
    row = difference_row(difference_of(OLD, NEW))
    outlets, rules, most_changed = row.pop("outlets"), row.pop("rules"), row.pop("most_changed")
    assert row == {
        "pages": 5,
        "changed": 4,
        "only_old": 1,
        "only_new": 1,
        "words_kept": {"old": 7, "new": 4},
        "stories": {"old": 4, "new": 4},
        "gained": 3,
        "lost": 6,
    }
    assert [(each["outlet"], each["pages"], each["changed"], each["gained"], each["lost"]) for each in outlets] == [
        ("one.example", 2, 1, 1, 3),
        ("two.example", 3, 3, 2, 3),
    ]
    assert outlets[0]["labels"] == [
        {"old": "body", "new": "related", "moved": False, "passages": 1, "words": 3},
        {"old": "caption", "new": "body", "moved": False, "passages": 1, "words": 1},
    ]
    assert rules[0] == {
        "old": "body", "old_rule": "made", "new": "related", "new_rule": "teaser", "passages": 2, "words": 5
    }  # fmt: skip
    assert [(each["page"], each["words"]) for each in most_changed] == [("a", 4), ("c", 2), ("e", 2), ("d", 1)]
    assert most_changed[0]["passages"][0] == {
        "old": "body", "old_rule": "made", "new": "related", "new_rule": "teaser",
        "moved": False, "words": 3, "text": "one two three",
    }  # fmt: skip


def test_no_difference_is_none() -> None:
    assert difference_of(OLD, OLD).is_none
    assert not difference_of(OLD, OLD[1:]).is_none
    assert difference_of([], []).is_none


def test_what_is_shown_is_bounded() -> None:
    difference = difference_of(OLD, NEW, pages=1, passages=1)
    (page,) = difference.most_changed
    assert (page.page, page.words, len(page.passages), page.more) == ("a", 4, 1, 1)
    assert difference_of(OLD, NEW, pages=0).most_changed == []
    long = [ReadPage("a", "a", (piece("word " * 1000),))]
    assert len(difference_of(long, []).most_changed[0].passages[0].text) == PASSAGE_CHARACTERS


def told(difference: Any, width: int = 100) -> list[str]:
    return [line.plain for line in terminal_difference(difference, Console(width=width, color_system=None))]


def test_a_difference_is_told() -> None:
    assert told(difference_of(OLD[:2], NEW[:2], passages=1)) == [
        "2 pages, 1 changed",
        "2 → 2 stories",
        "4 → 2 words of text: +1 -3",
        "",
        "By outlet and label",
        "one.example: 1 of 2 pages changed, words of text +1 -3",
        "  3 words, 1 passage            body → related",
        "  1 word, 1 passage             caption → body",
        "",
        "By rule",
        "  3 words, 1 passage            body → related  made → teaser",
        "  1 word, 1 passage             caption → body  made → made",
        "",
        "Most changed pages",
        "",
        "a  4 words",
        "  body → related  made → teaser  3 words",
        "    one two three",
        "  and 1 more passage",
    ]
    assert told(difference_of(OLD, OLD)) == ["4 pages, 0 changed", "4 → 4 stories", "7 → 7 words of text: +0 -0"]


@given(st.sampled_from(MARKUP + CONTROLS), st.integers(40, 120))
def test_no_page_drives_the_terminal(text: str, width: int) -> None:
    old = [ReadPage(text, text, (piece(text, rule=text),))]
    for line in told(difference_of(old, []), width):
        assert printable(line) == line


def test_updates_and_embeds_are_compared(tmp_path: Path) -> None:
    record: dict[str, Any] = {"id": "a", "url": "https://a.example/1", "text": "One.", "story": {"index": 0}}
    update = {"time": "2026-01-06T10:00", "title": "Doors open", "text": "One."}
    embed = {"kind": "video", "url": "https://video.example/1"}
    rows = {"old": record, "new": {**record, "updates": [update, {"text": "Two."}], "embeds": [embed]}}
    for name, row in rows.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    ((old, new),) = pair_pages(*(open_run(str(tmp_path / f"{name}.jsonl")).pages for name in rows))
    assert old
    assert new
    assert [(change.text, change.new and change.new.label) for change in find_changes(old.pieces, new.pieces)] == [
        ("2026-01-06T10:00 Doors open", "updates"),
        ("untitled", "updates"),
        ("video https://video.example/1", "embeds"),
    ]
