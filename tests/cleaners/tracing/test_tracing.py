"""Tracing: what the seeds share, what records tell of any texts, and hostile ones."""

from __future__ import annotations

from contextlib import closing
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.records.row_files import parse_row
from cleaners.records.rows import article_rows, json_line
from cleaners.tracing import Index, trace
from cleaners.tracing.attribution import Attribution
from cleaners.tracing.folded_words import fold_words
from cleaners.tracing.inputs import TraceInput, to_input
from cleaners.tracing.table import table_lines
from tests.support.paths import SEEDS
from tests.support.traced_articles import VALIDATOR, Row, prose, traced

SENTENCES = [prose(number, 20) for number in range(8)]


@pytest.fixture(scope="module")
def seeds() -> list[Row]:
    """The trace records of the seeds' own stories, in order."""
    records = [row for path in SEEDS for row in article_rows(clean_page(Page(path.read_bytes())))]
    rows = traced(to_input(parse_row(json_line(record)), "") for record in records)
    return [rows[record["id"]] for record in records if record["story"]["index"] == 0]


def partners(row: Row, words: str) -> set[str]:
    """The articles in which a passage with these words stands too."""
    return {each["id"] for passage in row["shared"] if words in passage["text"] for each in passage["articles"]}


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
        [
            TraceInput("a", "The bridge is open."),
            TraceInput("b", "THE BRIDGE “IS”\nOPEN"),
            TraceInput("c", "The bridge."),
        ]
    )
    assert [row["duplicate_of"] for row in rows.values()] == [None, "a", None]
    assert rows["a"]["duplicates"] == {"count": 1, "ids": ["b"]}
    assert rows["b"]["cluster"] == {"first": "a", "count": 1, "ids": ["a"]}


def test_the_first_of_a_cluster_is_the_one_published_first() -> None:
    text = prose("cluster", 200)
    later, earlier = TraceInput("later", text, 2.0), TraceInput("earlier", text[: len(text) * 3 // 4], 1.0)
    rows = traced([TraceInput("undated", text + " And more."), later, earlier])
    assert {row["cluster"]["first"] for row in rows.values()} == {"earlier"}
    assert {row["cluster"]["count"] for row in rows.values()} == {2}


def test_a_passage_is_told_with_its_place_in_both_texts() -> None:
    lifted = "Nobody had told the mayor that the old bridge would be closed on the day of the fair."
    one, two = f"{prose('one', 50)}\n{lifted}\n{prose('more', 50)}", f"{prose('two', 30)} {lifted}"
    (passage,) = traced([TraceInput("one", one), TraceInput("two", two)])["one"]["shared"]
    assert passage["text"] == lifted[:-1] == one[passage["start"] : passage["end"]]
    assert (passage["word"], passage["words"], passage["count"]) == (50, 18, 1)
    assert passage["articles"] == [{"id": "two", "word": 30}]


def test_short_runs_are_told_where_they_are_whole_sentences() -> None:
    sentence, part = "The council will meet again early next week.", "the council will meet again early next week"
    whole = [
        TraceInput("a", f"{prose(1, 40)} {sentence} {prose(2, 40)}"),
        TraceInput("b", f"{prose(3, 40)} {sentence}"),
    ]
    inside = [
        TraceInput("a", f"{prose(1, 40)} And {part} or so."),
        TraceInput("b", f"But {part} as ever. {prose(3, 40)}"),
    ]
    assert [len(row["shared"]) for row in traced(whole).values()] == [1, 1]
    assert [len(row["shared"]) for row in traced(inside).values()] == [0, 0]


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), min_size=2, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_adding_does_not_change_the_pairs(texts: list[list[str]], random: Random) -> None:
    records = [TraceInput(str(number), " ".join(sentences)) for number, sentences in enumerate(texts)]
    rows = traced(records)
    for own, row in rows.items():
        assert all(passage["text"] in records[int(own)].text for passage in row["shared"])
        for passage in row["shared"]:
            for other in passage["articles"]:
                words = fold_words(records[int(other["id"])].text).hashes[
                    other["word"] : other["word"] + passage["words"]
                ]
                np.testing.assert_array_equal(words, fold_words(passage["text"]).hashes)
    named = {record.id: record.text for record in records}
    assert pairs(traced(random.sample(records, len(records))), named) == pairs(rows, named)


def test_an_article_of_one_sentence_or_without_any_word() -> None:
    rows = traced(
        [
            TraceInput("a", "It rained."),
            TraceInput("b", "It rained."),
            TraceInput("c", "…"),
            TraceInput("d", prose(1, 200)),
        ]
    )
    assert [row["duplicate_of"] for row in rows.values()] == [None, "a", None, None]
    assert [row["words"] for row in rows.values()] == [2, 2, 0, 200]


def test_ten_thousand_identical_articles_are_told_in_few_words_each() -> None:
    text = prose("again", 60)
    with closing(Index()) as opened:
        records = (TraceInput(str(number), text) for number in range(10_000))
        rows = {row["id"]: row for row in trace(records, opened, refuse=print)}
    VALIDATOR.validate(rows["9999"])
    assert {row["duplicates"]["count"] for row in rows.values()} == {9_999}
    assert [rows[name]["duplicate_of"] for name in ("0", "1", "9999")] == [None, "0", "0"]
    assert max(len(json_line(row)) for row in rows.values()) < 2_000
    assert len("".join(table_lines(rows["0"]))) < 200


def test_many_near_duplicates_are_compared_with_few_and_are_one_cluster() -> None:
    words = prose("near", 300).split()
    compared = 0
    records = [TraceInput(str(number), " ".join([*words[:number], "other", *words[number:]])) for number in range(300)]
    with closing(Index()) as opened:
        for record in records:
            opened.add(record)
        opened.flush()
        (compared,) = opened._database.execute("SELECT count(*) FROM candidate").fetchone()
    assert compared < 300 * 60
    rows = traced(records)
    assert {row["cluster"]["count"] for row in rows.values()} == {299}
    assert max(len(row["shared"]) for row in rows.values()) <= 200


def test_an_article_of_a_million_words() -> None:
    text = " ".join(f"word{number * 7919 % 1_000_003}" for number in range(1_000_000))
    rows = traced(
        [TraceInput("long", text), TraceInput("half", text[: len(text) // 2]), TraceInput("short", prose(1, 30))]
    )
    assert rows["long"]["words"] == 1_000_000
    assert rows["half"]["cluster"] is None or rows["half"]["cluster"]["ids"] == ["long"]
    assert rows["half"]["shared_words"] > 499_000
    assert rows["short"]["shared"] == []


@pytest.mark.parametrize(
    "text", ["ha " * 100_000, "ha ha ho " * 30_000, "a" * 1_000_000, "哈" * 100_000, "?! " * 100_000]
)
def test_repetitions_without_end(text: str) -> None:
    rows = traced([TraceInput("a", text), TraceInput("b", "x " + text), TraceInput("c", text + " y")])
    assert len(rows) == 3


def test_copy_counts_where_more_than_quotations_is_shared() -> None:
    told = "The mayor opened the old bridge on Sunday after two years of repairs that cost a fortune."
    speech = "“We have waited for this bridge for two years and now it stands for all of us to cross.”"
    ours = TraceInput("ap", f"{told} {speech} {prose(1, 60)}", attributions=(Attribution("AP", "dateline"),))
    rows = traced(
        [ours, TraceInput("copy", f"{told} {speech} {prose(2, 60)}"), TraceInput("quote", f"{speech} {prose(3, 60)}")]
    )
    (wire,) = rows["copy"]["wire"]
    assert (wire["agency"], wire["evidence"], wire["words"], wire["articles"]) == ("AP", "passages", 36, ["ap"])
    assert rows["quote"]["wire"] == []
    assert rows["quote"]["shared_words"] == 19
    named = traced([TraceInput("a", prose(1, 30), attributions=(Attribution("AFP", "credit"),))])["a"]["wire"]
    assert named == [{"agency": "AFP", "words": None, "share": None, "evidence": "credit", "articles": []}]


def test_a_new_version_names_the_one_before() -> None:
    text = prose("version", 100)
    rows = traced([TraceInput("old", text), TraceInput("new", text + " More is known now.", replaces="old")])
    assert (rows["new"]["replaces"], rows["new"]["cluster"]["ids"]) == ("old", ["old"])
    assert any("new version of old" in line for line in table_lines(rows["new"]))
