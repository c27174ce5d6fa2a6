"""Records to one corpus: what is kept, what is told of the rest, and that nothing is lost on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaners import read_articles
from cleaners.corpus import build
from cleaners.corpus.build import CorpusOptions, build_corpus
from cleaners.corpus.wanted import Wanted
from cleaners.errors import CannotResume, CopydeskError, OutputClash, OutputExists
from tests.support.command import ENVIRONMENT, copydesk
from tests.support.traced_articles import prose

parquet = pytest.importorskip("pyarrow.parquet")


def record(id: str, seed: object, **changes: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": id,
        "url": f"https://www.{id[0]}.example/{id}",
        "language": "en",
        "kind": "article",
        "copydesk": "0",
    }
    facts["confidence"] = 0.9
    return {**facts, "date_published": "2026-01-05", "text": prose(seed, 80), **changes}


FIRST = record("a1", 1)
SAME = record("b1", 1, date_published="2026-01-04T08:00")
LONGER = record("c1", 1, text=f"{prose(1, 80)} {prose('more', 10)}", date_published=None)
AGENCY = record("d1", 1, publisher="Reuters", date_published="2026-01-06")
OTHER = record("e1", 2, language="de")


def written(path: Path, *records: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    return str(path)


def made(
    tmp_path: Path, *records: dict[str, Any], **changes: Any
) -> tuple[list[str], dict[str, tuple[str, str | None]]]:
    """The ids that are kept, and for each other one the reason and the record that is kept for it."""
    source, folder = written(tmp_path / "in.jsonl", *records), tmp_path / "out"
    build_corpus([source], str(folder), CorpusOptions(**changes))
    assert sorted(os.listdir(folder)) == ["README.md", "data", "left-out"]
    kept = [row["id"] for row in read_articles(folder)]
    rows = parquet.read_table(folder / "left-out").to_pylist()
    return kept, {row["id"]: (row["reason"], row["kept"]) for row in rows}


@pytest.mark.parametrize(
    ("prefer", "kept"), [("earliest", "b1"), ("longest", "c1"), ("agency", "d1")], ids=["earliest", "longest", "agency"]
)
def test_one_of_each_cluster_is_kept_by_the_rule_and_the_others_point_to_it(
    tmp_path: Path, prefer: Any, kept: str
) -> None:
    found, left_out = made(tmp_path, FIRST, SAME, LONGER, AGENCY, OTHER, prefer=prefer)
    assert sorted(found) == sorted([kept, "e1"])
    assert left_out.keys() == {"a1", "b1", "c1", "d1"} - {kept}
    assert {pointed for _, pointed in left_out.values()} == {kept}
    assert {reason for id, (reason, _) in left_out.items() if "c1" in (id, kept)} == {"near-duplicate"}


def test_a_record_given_twice_and_an_id_given_twice_are_told(tmp_path: Path) -> None:
    source = written(tmp_path / "a.jsonl", FIRST, FIRST, record("a1", 7))
    (tmp_path / "b.jsonl").write_text('{"id": "x"}\nno json\n')
    build_corpus([source, str(tmp_path / "b.jsonl")], str(tmp_path / "out"), CorpusOptions())
    rows = parquet.read_table(tmp_path / "out" / "left-out").to_pylist()
    assert [(row["reason"], row["kept"]) for row in rows] == [
        ("same-record", "a1"),
        ("id-taken", None),
        ("no-record", None),
        ("no-record", None),
    ]


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (Wanted(languages=("en",)), "language"),
        (Wanted(kinds=("article",)), "kind"),
        (Wanted(min_words=50), "too-few-words"),
        (Wanted(min_confidence=0.8), "confidence"),
        (Wanted(respect=("tdm",)), "reserved-tdm"),
    ],
)
def test_what_is_not_wanted_is_told_and_is_no_copy_of_anything(tmp_path: Path, wanted: Wanted, reason: str) -> None:
    odd = record("e1", 1, language="de", kind="forum", text=prose(1, 20), date_published="2020-01-01")
    odd["confidence"] = 0.7
    odd["rights"] = {"reserved": ["ai-train", "tdm"], "signals": []}
    assert made(tmp_path, FIRST, odd, wanted=wanted) == (["a1"], {"e1": (reason, None)})


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def many(tmp_path: Path) -> str:
    records = [
        record(f"{'abc'[number % 3]}{number}", number // 2 if number % 5 == 0 else number) for number in range(60)
    ]
    return written(tmp_path / "many.jsonl", *records)


def test_the_same_input_gives_the_same_bytes_after_any_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = many(tmp_path)
    monkeypatch.setattr(build, "SHARD_ROWS", 20)
    build_corpus([source], str(tmp_path / "whole"), CorpusOptions())
    monkeypatch.setattr(build, "ROWS_A_SAVE", 10)
    steps = [("_take", 25), ("_take", 12), ("_left_out_row", 2), ("_put_in_place", 0)]
    for name, count in steps:
        with monkeypatch.context() as interrupted:
            interrupted.setattr(build, name, _after(count, getattr(build, name)))
            with pytest.raises(KeyboardInterrupt):
                build_corpus([source], str(tmp_path / "pieces"), CorpusOptions())
        assert not (tmp_path / "pieces" / "README.md").exists()
    build_corpus([source], str(tmp_path / "pieces"), CorpusOptions())
    assert contents(tmp_path / "pieces") == contents(tmp_path / "whole")
    assert len(list((tmp_path / "whole" / "data").iterdir())) > 2


def _after(count: int, function: Any) -> Any:
    """The function, which is interrupted after so many calls."""
    calls = 0

    def call(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > count:
            raise KeyboardInterrupt
        return function(*arguments)

    return call


def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    source = many(tmp_path)
    code = f"""
import os, cleaners.corpus.build as build
build.ROWS_A_SAVE = 10
save, build._save = build._save, lambda done, *rest: (save(done, *rest), done == 30 and os.kill(os.getpid(), 9))
build.build_corpus([{source!r}], "out", build.CorpusOptions())
"""
    killed = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT)
    assert killed.returncode == -9
    run = copydesk(tmp_path, "corpus", source, "-o", "out")
    assert run.returncode == 0, run.stderr
    build_corpus([source], str(tmp_path / "whole"), CorpusOptions())
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_datasets_loads_the_folder(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    made(tmp_path, FIRST, SAME, OTHER)
    loaded = datasets.load_dataset(str(tmp_path / "out"), split="train", cache_dir=str(tmp_path / "cache"))
    assert sorted(loaded["id"]) == ["b1", "e1"]
    left_out = datasets.load_dataset(
        str(tmp_path / "out"), "left-out", split="train", cache_dir=str(tmp_path / "cache")
    )
    assert list(left_out["kept"]) == ["b1"]


def test_the_card_counts_and_names_what_pages_cannot_turn_into_markup(tmp_path: Path) -> None:
    hostile = record("f1", 3, url=None, publisher="<script>|`x`\n[a](javascript:b)", date_published="2026-02-01")
    made(tmp_path, FIRST, SAME, hostile)
    card = (tmp_path / "out" / "README.md").read_text()
    for line in ("| b.example | 1 |", "| 2026-01 | 1 |", "| 2026-02 | 1 |", "| en | 2 |"):
        assert line in card
    assert "| same-text | 1 | the same words as a record that is kept |" in card
    assert "&lt;script>\\|\\`x\\` \\[a](javascript:b)" in card


def test_no_folder_is_destroyed(tmp_path: Path) -> None:
    source, folder = written(tmp_path / "a.jsonl", FIRST), str(tmp_path / "out")
    build_corpus([source], folder, CorpusOptions())
    with pytest.raises(OutputExists):
        build_corpus([source], folder, CorpusOptions())
    build_corpus([source], folder, CorpusOptions(), overwrite=True)
    with pytest.raises(OutputClash):
        build_corpus([folder], folder, CorpusOptions(), overwrite=True)
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(OutputClash):
        build_corpus([source], str(tmp_path), CorpusOptions(), overwrite=True)
    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    (other / "data" / "thesis.txt").write_text("mine")
    with pytest.raises(OutputClash):
        build_corpus([source], str(other), CorpusOptions(), overwrite=True)


def test_an_interrupted_run_goes_on_with_the_same_input_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, folder = written(tmp_path / "a.jsonl", FIRST, OTHER), str(tmp_path / "out")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(build, "_write", _after(0, build._write))
        with pytest.raises(KeyboardInterrupt):
            build_corpus([source], folder, CorpusOptions())
    with pytest.raises(CannotResume):
        build_corpus([source], folder, CorpusOptions(prefer="longest"))
    assert build_corpus([source], folder, CorpusOptions(prefer="longest"), overwrite=True).records == 2


def test_nothing_to_keep_is_an_error(tmp_path: Path) -> None:
    source = written(tmp_path / "a.jsonl", FIRST)
    with pytest.raises(CopydeskError, match="no record is left"):
        build_corpus([source], str(tmp_path / "out"), CorpusOptions(Wanted(min_words=1000)))
    assert copydesk(tmp_path, "corpus", "-", "-o", "out2").returncode == 2
