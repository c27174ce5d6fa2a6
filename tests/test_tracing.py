"""Tracing: what the seeds share, laws on any texts, bad input."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cleaners import Page, clean_page
from cleaners.errors import BadIndex
from cleaners.records import Refused
from cleaners.schema import trace_schema
from cleaners.tracing import Index, index, runs, trace
from cleaners.tracing.agencies import Signed, signed
from cleaners.tracing.fingerprints import AROUND, PASSAGE, fingerprints, found_by, grams, winnow
from cleaners.tracing.folding import fold, sentences
from cleaners.tracing.matching import Match, common_runs, covered, passages, prepare
from cleaners.tracing.postings import FOLLOWED, meet, postings
from cleaners.tracing.quotations import quoted
from cleaners.tracing.records import Record, to_record
from cleaners.tracing.table import table_lines
from cleaners.writing import article_rows, json_line

SEEDS = sorted(Path(__file__).parents[1].glob("seeds/*.txt"))
VALIDATOR = Draft202012Validator(trace_schema())
WORDS = [f"{first}{second}" for first in ("ba", "de", "ki", "lo", "mu", "ra") for second in ("n", "r", "s", "t", "v")]

Row = dict[str, Any]


def traced(records: Iterable[Record | Refused], path: str | Path = "") -> dict[str, Row]:
    """The trace record of each article, by its id, each checked against the schema."""
    with closing(Index(path)) as opened:
        rows = list(trace(records, opened, refuse=lambda refused: pytest.fail(str(refused))))
    for row in rows:
        VALIDATOR.validate(row)
    return {row["id"]: row for row in rows}


def prose(seed: object, words: int) -> str:
    """Sentences of ten words of which no two texts share any, but by chance."""
    random = Random(str(seed))
    chosen = [f"{random.choice(WORDS)}{random.randrange(10**6)}" for _ in range(words)]
    return " ".join(" ".join(chosen[start : start + 10]) + "." for start in range(0, words, 10))


def pairs(rows: dict[str, Row], texts: dict[str, str]) -> set[tuple[str, ...]]:
    """Which texts are told to share a passage or to be near duplicates. Of texts that are the same one is told."""
    return {
        (how, *sorted((texts[own], texts[other])))
        for own, row in rows.items()
        for how, others in (
            ("near", [*row["duplicates"]["ids"], *(row["cluster"]["ids"] if row["cluster"] else [])]),
            ("shared", [each["id"] for passage in row["shared"] for each in passage["articles"]]),
        )
        for other in others
    }


@pytest.fixture(scope="module")
def seeds() -> list[Row]:
    """The trace records of the seeds' own stories, in order."""
    records = [row for path in SEEDS for row in article_rows(clean_page(Page(path.read_bytes())))]
    rows = traced(to_record(json_line(record), "") for record in records)
    return [rows[record["id"]] for record in records if record["story"]["index"] == 0]


def partners(row: Row, words: str) -> set[str]:
    """The articles in which a passage with these words stands too."""
    return {each["id"] for passage in row["shared"] if words in passage["text"] for each in passage["articles"]}


def test_the_seeds_share_what_a_reader_finds(seeds: list[Row]) -> None:
    first, second, third, *others = seeds
    ids = [row["id"] for row in seeds]
    assert partners(first, "We determined what countries are ready") == {ids[1], ids[2]}
    assert partners(second, "We determined what countries are ready") == {ids[0], ids[2]}
    assert partners(third, "We determined what countries are ready") == {ids[0], ids[1]}
    for words in ("military hubs across Ukraine", "the hardest yards are still ahead"):
        assert (partners(first, words), partners(second, words)) == ({ids[1]}, {ids[0]})
    assert [row["shared"] for row in others] == [[], []]
    assert all(row["duplicate_of"] is None and row["cluster"] is None for row in seeds)


def test_the_second_seed_carries_the_agency_s_copy_and_the_third_only_quotes_the_same_speech(seeds: list[Row]) -> None:
    first, second, third, *_ = seeds
    assert [(each["agency"], each["evidence"], each["share"]) for each in first["wire"]] == [("AP", "dateline", 1.0)]
    (carried,) = second["wire"]
    assert (carried["agency"], carried["evidence"], carried["articles"]) == ("AP", "passages", [first["id"]])
    assert carried["words"] == second["shared_words"] < second["words"] / 4
    assert third["wire"] == []


def test_the_same_words_are_the_same_text() -> None:
    rows = traced(
        [Record("a", "The bridge is open."), Record("b", "THE BRIDGE “IS”\nOPEN"), Record("c", "The bridge.")]
    )
    assert [row["duplicate_of"] for row in rows.values()] == [None, "a", None]
    assert rows["a"]["duplicates"] == {"count": 1, "ids": ["b"]}
    assert rows["b"]["cluster"] == {"first": "a", "count": 1, "ids": ["a"]}


def test_the_first_of_a_cluster_is_the_one_published_first() -> None:
    text = prose("cluster", 200)
    later, earlier = Record("later", text, 2.0), Record("earlier", text[: len(text) * 3 // 4], 1.0)
    rows = traced([Record("undated", text + " And more."), later, earlier])
    assert {row["cluster"]["first"] for row in rows.values()} == {"earlier"}
    assert {row["cluster"]["count"] for row in rows.values()} == {2}


def test_a_passage_is_told_with_its_place_in_both_texts() -> None:
    lifted = "Nobody had told the mayor that the old bridge would be closed on the day of the fair."
    one, two = f"{prose('one', 50)}\n{lifted}\n{prose('more', 50)}", f"{prose('two', 30)} {lifted}"
    (passage,) = traced([Record("one", one), Record("two", two)])["one"]["shared"]
    assert passage["text"] == lifted[:-1] == one[passage["start"] : passage["end"]]
    assert (passage["word"], passage["words"], passage["count"]) == (50, 18, 1)
    assert passage["articles"] == [{"id": "two", "word": 30}]


def test_short_runs_are_told_where_they_are_whole_sentences() -> None:
    sentence, part = "The council will meet again early next week.", "the council will meet again early next week"
    whole = [Record("a", f"{prose(1, 40)} {sentence} {prose(2, 40)}"), Record("b", f"{prose(3, 40)} {sentence}")]
    inside = [Record("a", f"{prose(1, 40)} And {part} or so."), Record("b", f"But {part} as ever. {prose(3, 40)}")]
    assert [len(row["shared"]) for row in traced(whole).values()] == [1, 1]
    assert [len(row["shared"]) for row in traced(inside).values()] == [0, 0]


def test_a_run_that_starts_in_the_end_of_another_is_told() -> None:
    words = prose("overlap", 30).replace(".", "").split()
    first = prepare(" ".join(words))
    second = prepare(" ".join([*words[:9], "between", *words[4:20], "between", *words[14:30]]))
    found = passages(common_runs(first, second), first, second)
    assert [(run.first, run.words) for run in found] == [(4, 16), (14, 16)]


def test_words_of_scripts_without_spaces_count_less() -> None:
    shared = "市长昨天在新闻发布会上宣布旧桥将在节日当天关闭以便进行紧急维修"
    first, second = prepare(f"一{shared}二"), prepare(f"三{shared}四")
    assert passages(common_runs(first, second), first, second) == [Match(1, 1, len(shared))]
    first, second = prepare(f"一{shared[:20]}二"), prepare(f"三{shared[:20]}四")
    assert passages(common_runs(first, second), first, second) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t stop_it, E.U.!", ["Don", "t", "stop", "it", "E", "U"]),
        ("हिन्दी के शब्द।", ["हिन्दी", "के", "शब्द"]),
        ("旧桥 open カナ", ["旧", "桥", "open", "カ", "ナ"]),
        ("cafe\u0301 \ud800 𠀀 " + "x" * 5, ["cafe\u0301", "𠀀", "xxxxx"]),
        ("", []),
        (" … ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    folded = fold(text)
    assert [text[start:stop] for start, stop in zip(folded.starts, folded.stops, strict=True)] == words


def test_a_long_text_is_folded_as_its_parts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text = prose("long", 500)
    whole = fold(text)
    monkeypatch.setattr("cleaners.tracing.folding._PIECE", 100)
    pieces = fold(text)
    for one, other in ((whole.hashes, pieces.hashes), (whole.starts, pieces.starts), (whole.stops, pieces.stops)):
        np.testing.assert_array_equal(one, other)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_hashes_are_of_words_without_case(text: str) -> None:
    folded = fold(text)
    words = [text[start:stop] for start, stop in zip(folded.starts, folded.stops, strict=True)]
    assert all(not char.isalnum() for gap in _gaps(text, folded.starts, folded.stops) for char in gap)
    apart = [fold(word.upper() if word.isascii() else word).hashes.tolist() for word in words]
    assert [[each] for each in folded.hashes.tolist()] == apart


def _gaps(text: str, starts: Iterable[int], stops: Iterable[int]) -> list[str]:
    return [text[start:stop] for start, stop in zip([0, *stops], [*starts, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("He said “we go now” and left.", "He said and left"),
        ('"We go," he said. "Now."', "he said"),
        ("Er sagte: „Wir gehen“, dann ging er.", "Er sagte dann ging er"),
        ("Il dit : « On y va » et part.", "Il dit et part"),
        ("„Jetzt“ und »gleich« gehen.", "und gehen"),
        ("“We go\nand he left.", "and he left"),
        ("It’s the ’90s, he said ‘don’t go’ twice.", "It s the 90s he said twice"),
        ("他说「我们走」了", "他 说 了"),
        ("", ""),
    ],
)
def test_quotations(text: str, outside: str) -> None:
    folded = fold(text)
    spans = zip(folded.starts, folded.stops, quoted(text, folded), strict=True)
    assert [text[start:stop] for start, stop, is_quoted in spans if not is_quoted] == outside.split()


@pytest.mark.parametrize("mark", ["“", '"', "‘", "„", "«", "»", "「", "‘’", "‘a’"])
def test_quotations_in_hostile_text(mark: str) -> None:
    text = mark * 200_000
    assert len(quoted(text, fold(text))) == (200_000 if "a" in mark else 0)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=80), st.lists(st.sampled_from(WORDS), max_size=80))
def test_a_common_run_stands_in_both_texts(one: list[str], other: list[str]) -> None:
    for first, second, words in common_runs(prepare(" ".join(one)), prepare(" ".join(other))):
        assert one[first : first + words] == other[second : second + words]
        assert words >= 6


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(PASSAGE, 30), st.randoms(use_true_random=False))
def test_texts_with_any_twelve_words_in_common_meet(before: int, after: int, words: int, random: Random) -> None:
    common = prose(random.random(), words).replace(".", "")
    assert met([f"{prose(random.random(), before)} {common} {prose(random.random(), after)}" for _ in range(2)])


def test_texts_with_a_turn_of_ten_words_in_common_do_not_meet() -> None:
    turn = prose("turn", 10).replace(".", "")
    texts = [f"{prose(number, 9)} own{number} {turn} other{number} {prose(-number, 9)}" for number in range(1, 50)]
    assert len(met(texts)) < 10  # where the bits that tell of the words around are the same by chance
    assert met([f"{text} {turn} again and again" for text in texts[:2]]) == [(2, 1)]


def met(texts: list[str]) -> list[tuple[int, int]]:
    """Which texts are found worth comparing, by their numbers from 1."""
    found = [fingerprints(fold(text).hashes, sentences(text, fold(text))) for text in texts]
    return meet(postings([], []), postings(found, range(1, len(found) + 1))).pairs


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 1), max_size=60))
def test_winnowing_keeps_the_smallest_hash_of_every_window(numbers: list[int]) -> None:
    hashes = np.array(numbers, dtype=np.uint64)
    windows = [numbers[start : start + 4] for start in range(len(numbers) - 3)] or [numbers][: len(numbers)]
    assert winnow(hashes, 4).tolist() == sorted(
        {start + window.index(min(window)) for start, window in enumerate(windows)}
    )


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10))))
def test_words_are_covered_once(spans: list[tuple[int, int]]) -> None:
    assert covered(spans) == len({place for start, words in spans for place in range(start, start + words)})


FINGERPRINTS = st.builds(
    lambda key, around: key << AROUND | around,
    st.integers(0, 3) | st.integers(0, 2**40 - 1),
    st.integers(0, 2**AROUND - 1),
)
SENTENCES = [prose(number, 20) for number in range(8)]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), min_size=2, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_adding_does_not_change_the_pairs(texts: list[list[str]], random: Random) -> None:
    records = [Record(str(number), " ".join(sentences)) for number, sentences in enumerate(texts)]
    rows = traced(records)
    for own, row in rows.items():
        assert all(passage["text"] in records[int(own)].text for passage in row["shared"])
        for passage in row["shared"]:
            for other in passage["articles"]:
                words = fold(records[int(other["id"])].text).hashes[other["word"] : other["word"] + passage["words"]]
                np.testing.assert_array_equal(words, fold(passage["text"]).hashes)
    named = {record.id: record.text for record in records}
    assert pairs(traced(random.sample(records, len(records))), named) == pairs(rows, named)


@settings(deadline=None)
@given(st.lists(st.lists(FINGERPRINTS, max_size=30), max_size=12))
def test_fingerprints_are_found_whatever_runs_they_stand_in(batches: list[list[int]]) -> None:
    base = sqlite3.connect(":memory:")
    base.executescript(runs.TABLES)
    added = []
    for number, batch in enumerate(batches):
        rows = postings([np.unique(np.array(batch, dtype=np.uint64))], [number])
        runs.append(base, rows)
        added += rows.tolist()
    lengths = [length for (length,) in base.execute("SELECT postings FROM run ORDER BY number")]
    assert all(longer >= 2 * shorter for longer, shorter in pairwise(lengths))
    wanted = sorted({each >> AROUND for batch in batches for each in batch[::2]})
    expected = [(each >> AROUND, article, each) for each, article in added if each >> AROUND in wanted]
    found = runs.find(base, np.array(wanted, dtype=np.uint64)).tolist()
    assert found == [(each, article) for _, article, each in sorted(expected)]


def test_long_runs_have_many_blocks_and_are_merged_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_BLOCK", 4)
    monkeypatch.setattr(runs, "_AT_ONCE", 8)
    base = sqlite3.connect(":memory:")
    base.executescript(runs.TABLES)
    hashes = np.random.default_rng(1).integers(0, 2**64, size=3000, dtype=np.uint64)
    for number, some in enumerate(np.split(hashes, 10)):
        runs.append(base, postings([np.unique(some)], [number]))
    assert base.execute("SELECT count(*) > 300 FROM block").fetchone() == (1,)
    found = runs.find(base, np.unique(found_by(hashes[::7])))
    assert dict(found.tolist()) == {each: place * 7 // 300 for place, each in enumerate(hashes[::7].tolist())}


def test_a_fingerprint_is_followed_to_the_first_articles_that_have_it() -> None:
    hashes = np.array([7], dtype=np.uint64)
    met = meet(postings([], []), postings([hashes] * 20, range(1, 21)))
    assert len(met.kept) == FOLLOWED
    assert [earlier for later, earlier in met.pairs if later == 20] == list(range(1, FOLLOWED + 1))
    again = meet(met.kept, postings([hashes], [21]))
    assert (len(again.kept), [earlier for _, earlier in again.pairs]) == (0, list(range(1, FOLLOWED + 1)))


def test_grams_of_a_text_shorter_than_one_are_none() -> None:
    assert len(grams(fold("two words").hashes)) == 0


def test_an_article_of_one_sentence_or_without_any_word() -> None:
    rows = traced([Record("a", "It rained."), Record("b", "It rained."), Record("c", "…"), Record("d", prose(1, 200))])
    assert [row["duplicate_of"] for row in rows.values()] == [None, "a", None, None]
    assert [row["words"] for row in rows.values()] == [2, 2, 0, 200]


def test_ten_thousand_identical_articles_are_told_in_few_words_each() -> None:
    text = prose("again", 60)
    with closing(Index()) as opened:
        records = (Record(str(number), text) for number in range(10_000))
        rows = {row["id"]: row for row in trace(records, opened, refuse=print)}
    VALIDATOR.validate(rows["9999"])
    assert {row["duplicates"]["count"] for row in rows.values()} == {9_999}
    assert [rows[name]["duplicate_of"] for name in ("0", "1", "9999")] == [None, "0", "0"]
    assert max(len(json_line(row)) for row in rows.values()) < 2_000
    assert len("".join(table_lines(rows["0"]))) < 200


def test_many_near_duplicates_are_compared_with_few_and_are_one_cluster() -> None:
    words = prose("near", 300).split()
    compared = 0
    records = [Record(str(number), " ".join([*words[:number], "other", *words[number:]])) for number in range(300)]
    with closing(Index()) as opened:
        for record in records:
            opened.add(record)
        opened.flush()
        (compared,) = opened._base.execute("SELECT count(*) FROM candidate").fetchone()
    assert compared < 300 * 60
    rows = traced(records)
    assert {row["cluster"]["count"] for row in rows.values()} == {299}
    assert max(len(row["shared"]) for row in rows.values()) <= 200


def test_an_article_of_a_million_words() -> None:
    text = " ".join(f"word{number * 7919 % 1_000_003}" for number in range(1_000_000))
    rows = traced([Record("long", text), Record("half", text[: len(text) // 2]), Record("short", prose(1, 30))])
    assert rows["long"]["words"] == 1_000_000
    assert rows["half"]["cluster"] is None or rows["half"]["cluster"]["ids"] == ["long"]
    assert rows["half"]["shared_words"] > 499_000
    assert rows["short"]["shared"] == []


@pytest.mark.parametrize(
    "text", ["ha " * 100_000, "ha ha ho " * 30_000, "a" * 1_000_000, "哈" * 100_000, "?! " * 100_000]
)
def test_repetitions_without_end(text: str) -> None:
    rows = traced([Record("a", text), Record("b", "x " + text), Record("c", text + " y")])
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "no-json"),
        (b"\xff\xfe", "no-json"),
        (b"[" * 100_000, "no-json"),
        (b"[]", "no-record"),
        (b"3", "no-record"),
        (b'{"text": "A text."}', "no-id"),
        (b'{"id": 7, "text": "A text."}', "no-id"),
        (b'{"id": "  ", "text": "A text."}', "no-id"),
        (b'{"id": "a"}', "no-text"),
        (b'{"id": "a", "text": null}', "no-text"),
        (b'{"id": "a", "text": " \\n"}', "no-text"),
    ],
)
def test_what_is_no_article(line: bytes, code: str) -> None:
    refused = to_record(line, "file:1")
    assert isinstance(refused, Refused)
    assert (refused.code, refused.source) == (code, "file:1")


@pytest.mark.parametrize(
    "date", ["2026-01-06", "2026-01-06T00:00+00:00", "yesterday", "9999-12-31T23:59-23:00", 7, None]
)
def test_records_of_any_schema_need_an_id_and_a_text(date: object) -> None:
    odd = {"dateline": "PARIS", "authors": "AP", "credits": [3, None], "replaces": 4, "date_published": date}
    record = to_record(json.dumps({"id": "a", "text": "A text.", **odd}).encode(), "")
    assert isinstance(record, Record)
    assert record.published == (1767657600.0 if str(date).startswith("2026") else None) or record.published is not None
    assert (record.signed, record.replaces) == ((), None)


def test_agencies_are_named_in_datelines_bylines_credits_and_signatures() -> None:
    text = "Rain fell. (Reuters) The AP reports more."
    record = {"text": text, "dateline": {"place": "PARIS", "agency": "AP"}, "authors": ["dpa"], "credits": ["AFP"]}
    assert signed(record) == (
        Signed("AP", "dateline"), Signed("dpa", "byline"), Signed("AFP", "credit"), Signed("Reuters", "signature")
    )  # fmt: skip


def test_copy_counts_where_more_than_quotations_is_shared() -> None:
    told = "The mayor opened the old bridge on Sunday after two years of repairs that cost a fortune."
    speech = "“We have waited for this bridge for two years and now it stands for all of us to cross.”"
    ours = Record("ap", f"{told} {speech} {prose(1, 60)}", signed=(Signed("AP", "dateline"),))
    rows = traced(
        [ours, Record("copy", f"{told} {speech} {prose(2, 60)}"), Record("quote", f"{speech} {prose(3, 60)}")]
    )
    (wire,) = rows["copy"]["wire"]
    assert (wire["agency"], wire["evidence"], wire["words"], wire["articles"]) == ("AP", "passages", 36, ["ap"])
    assert rows["quote"]["wire"] == []
    assert rows["quote"]["shared_words"] == 19
    named = traced([Record("a", prose(1, 30), signed=(Signed("AFP", "credit"),))])["a"]["wire"]
    assert named == [{"agency": "AFP", "words": None, "share": None, "evidence": "credit", "articles": []}]


def test_a_new_version_names_the_one_before() -> None:
    text = prose("version", 100)
    rows = traced([Record("old", text), Record("new", text + " More is known now.", replaces="old")])
    assert (rows["new"]["replaces"], rows["new"]["cluster"]["ids"]) == ("old", ["old"])
    assert any("new version of old" in line for line in table_lines(rows["new"]))


def test_an_id_stands_for_one_text(tmp_path: Path) -> None:
    path = tmp_path / "index"
    traced([Record("a", "One text.")], path)
    with closing(Index(path)) as opened:
        refused: list[Refused] = []
        again = [Record("a", "Another text.", source="f:1"), Record("a", "One  text!")]
        rows = list(trace(again, opened, refuse=refused.append))
    assert [(each.code, each.source) for each in refused] == [("id-taken", "f:1")]
    assert [row["id"] for row in rows] == ["a"]
    assert rows[0]["duplicates"]["count"] == 0


def test_adding_day_by_day_is_adding_at_once(tmp_path: Path) -> None:
    text = prose("days", 200)
    records = [
        Record(str(number), f"{prose(number, 40)} {text[number * 50 : number * 50 + 400]}") for number in range(9)
    ]
    for record in records:
        traced([record], tmp_path / "index")
    with closing(Index(tmp_path / "index")) as opened:
        rows = list(trace([], opened, refuse=print, every=True))
    assert rows == list(traced(records).values())


def test_a_comparison_that_was_cut_short_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = prose("short", 100)
    records = [Record(str(number), f"{text} {prose(number, 20)}") for number in range(12)]
    monkeypatch.setattr(index, "_PAIRS", 5)
    calls = 0

    def fail_late(*of: Any) -> list[Match]:
        nonlocal calls
        calls += 1
        if calls > 17:
            raise KeyboardInterrupt
        return common_runs(*of)

    with monkeypatch.context() as failing:
        failing.setattr(index, "common_runs", fail_late)
        with pytest.raises(KeyboardInterrupt):
            traced(records, tmp_path / "index")
    base = sqlite3.connect(tmp_path / "index")
    assert base.execute("SELECT count(*) FROM article").fetchone() == (12,)
    assert 0 < base.execute("SELECT count(*) FROM candidate").fetchone()[0] < 12 * 11 / 2
    base.close()
    assert traced(records, tmp_path / "index") == traced(records)


@pytest.mark.parametrize(("limit", "most"), [("_FINGERPRINTS", 500), ("_CHARACTERS", 5000)])
def test_what_is_added_is_written_in_batches(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, limit, most)
    text = prose("batch", 60)
    records = [Record(str(number), f"{text} {prose(number, 60)}") for number in range(20)]
    with closing(Index()) as opened:
        held = []
        for record in records:
            opened.add(record)
            held.append(opened._fingerprints if limit == "_FINGERPRINTS" else opened._characters)
        assert 0 < max(held) < most
        assert held.count(0) > 1
        in_batches = list(trace([], opened, refuse=print))
    monkeypatch.undo()
    assert {row["id"]: row for row in in_batches} == traced(records)


def test_an_index_of_another_version_or_of_other_software_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index"
    traced([Record("a", "A text.")], path)
    base = sqlite3.connect(path)
    base.execute("UPDATE state SET value = '0 gram=5' WHERE name = 'algorithm'")
    base.commit()
    base.close()
    with pytest.raises(BadIndex, match="another version"):
        Index(path)
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE article (id)")
    other.close()
    with pytest.raises(BadIndex, match="no index of copydesk"):
        Index(tmp_path / "other")
