"""Outputs and journals that were removed, cut or changed: each page once, or one line that says what to do."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from cleaners.data import Page
from cleaners.errors import CannotResume, CopydeskError, OutputExists, describe
from cleaners.records.row_files import RowFault, numbered_rows
from cleaners.running.batch import CleaningOptions, clean_to_lines
from cleaners.running.outputs import Mode, Outputs, Paths, open_outputs
from cleaners.running.sinks import Split
from tests.support.bad_pages import PDF, SOUND

PAGES = [
    Page(PDF if number % 3 == 1 else f"{SOUND}\nThe number of this page is {number}.\n", source=f"{number:02}.txt")
    for number in range(6)
]
LINES = {page.source: clean_to_lines(page) for page in PAGES}
SOURCES = [str(page.source) for page in PAGES]
MARKDOWN = CleaningOptions(bodies="md")
ENDINGS = ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def paths_of(ending: str) -> Paths:
    return {"articles": f"a.{ending}", "audit": f"b.{ending}", "rejects": f"c.{ending}"}


def run(paths: Paths, mode: Mode = "resume", pages: list[Page] = PAGES, split: Split | None = None) -> None:
    with open_outputs(paths, mode, {}, split) as outputs:
        for page in outputs.left_to_do(pages):
            assert isinstance(page, Page)
            outputs.write(LINES[page.source])


def interrupt(paths: Paths, pages: list[Page] = PAGES[:4]) -> None:
    """A run that ends after some pages, which are saved."""
    outputs: Outputs = open_outputs(paths, "resume", {})
    for page in outputs.left_to_do(pages):
        assert isinstance(page, Page)
        outputs.write(LINES[page.source])
    outputs.save()
    outputs._give_up()


def rows(path: str) -> list[dict[str, Any]]:
    with open(path, "rb") as file:
        found = [row for _, row in numbered_rows(file)]
    assert not [row for row in found if isinstance(row, RowFault)]
    return found  # type: ignore[return-value]


def sources(paths: Paths) -> list[str]:
    return sorted(row["source"] for kind in ("articles", "rejects") for row in rows(paths[kind]))  # type: ignore[index]


def contents() -> dict[Path, bytes]:
    """All files that hold anything."""
    return {path: path.read_bytes() for path in Path().rglob("*") if path.is_file() and path.stat().st_size}


def remedy(paths: Paths, split: Split | None = None) -> str:
    """The line that a run which resumes ends with. It leaves every file as it is."""
    before = contents()
    with pytest.raises((CannotResume, OutputExists)) as error:
        run(paths, split=split)
    assert contents() == before
    line = describe(error.value)
    assert "--overwrite" in line
    return line


def remove(path: Path) -> None:
    path.unlink()


def rename(path: Path) -> None:
    path.rename("elsewhere")


def empty(path: Path) -> None:
    os.truncate(path, 0)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path, position: float = 0.4, bit: int = 3) -> None:
    content = bytearray(path.read_bytes())
    content[int(position * len(content))] ^= 1 << bit
    path.write_bytes(content)


DAMAGES = [remove, rename, empty, cut, flip]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", ["articles", "audit", "rejects"])
@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_finished_output_that_is_not_as_it_was_left_is_reported(
    damage: Callable[[Path], None], kind: str, ending: str
) -> None:
    paths = paths_of(ending)
    run(paths)
    damage(Path(paths[kind]))  # type: ignore[index]
    assert paths[kind] in remedy(paths)  # type: ignore[index]
    run(paths, "overwrite")
    assert sources(paths) == SOURCES


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", ["articles", "audit", "rejects"])
@pytest.mark.parametrize("ending", ["jsonl.gz", "parquet"])
def test_a_part_that_is_not_as_it_was_left_is_reported(damage: Callable[[Path], None], kind: str, ending: str) -> None:
    paths = paths_of(ending)
    interrupt(paths)
    damage(Path(f".{paths[kind]}.part"))  # type: ignore[index]
    assert f".{paths[kind]}.part" in remedy(paths)  # type: ignore[index]


@pytest.mark.parametrize("damage", [remove, rename, flip])
def test_a_journal_that_is_damaged_or_missing_is_reported(damage: Callable[[Path], None]) -> None:
    paths = paths_of("jsonl")
    interrupt(paths)
    damage(Path(".a.jsonl.journal"))
    said = remedy(paths)
    assert ".a.jsonl.journal, line" in said if damage is flip else ".a.jsonl.part is the unfinished output" in said


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("split", ["json", "md"])
def test_a_file_of_a_folder_that_is_not_as_it_was_left_is_reported(
    damage: Callable[[Path], None], split: Split
) -> None:
    def clean(mode: Mode) -> None:
        with open_outputs({"articles": "out"}, mode, {}, split) as outputs:
            for page in outputs.left_to_do(PAGES):
                outputs.write(clean_to_lines(page, MARKDOWN))

    clean("resume")
    file = next(Path("out").glob(f"*.{split}"))
    damage(file)
    with pytest.raises(CannotResume, match=rf"^\S*{file.name} .*put it back, or --overwrite"):
        clean("resume")


def test_a_stray_part_does_not_replace_what_is_finished() -> None:
    paths = paths_of("jsonl")
    run(paths)
    Path(".a.jsonl.part").write_bytes(b'{"stray": true}\n')
    run(paths)
    assert sources(paths) == SOURCES


def test_a_stray_part_without_a_journal_is_left_alone() -> None:
    run({"articles": "a.jsonl"}, "new")
    Path(".a.jsonl.part").write_bytes(b'{"stray": true}\n')
    assert ".a.jsonl.part is the unfinished output of another run" in remedy({"articles": "a.jsonl"})


def test_a_file_that_came_after_an_interruption_is_not_replaced() -> None:
    interrupt({"articles": "a.jsonl"})
    Path("a.jsonl").write_text("A year of work.")
    assert "a.jsonl exists" in remedy({"articles": "a.jsonl"})


def test_a_page_that_comes_again_is_reported_as_a_duplicate() -> None:
    twin = Page(PAGES[0].content, source="twin.txt")
    paths: Paths = {"articles": "a.jsonl", "audit": "b.jsonl", "rejects": "c.jsonl"}
    for pages in ([PAGES[0], twin], [PAGES[0], twin, Page(PAGES[0].content, source="third.txt")]):
        with open_outputs(paths, "resume", {}) as outputs:
            for page in outputs.left_to_do(pages):
                assert isinstance(page, Page)
                outputs.write(clean_to_lines(page))
    assert [row["source"] for row in rows("a.jsonl")] == ["00.txt"]
    assert {row["page"] for row in rows("b.jsonl")} == {"00.txt"}
    assert [(row["source"], row["code"]) for row in rows("c.jsonl")] == [
        ("twin.txt", "duplicate"),
        ("third.txt", "duplicate"),
    ]
    assert (outputs.tally.stories, outputs.tally.rejected) == (1, {"duplicate": 2})


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_output_without_rows_is_a_valid_file_that_can_be_continued(ending: str) -> None:
    paths = paths_of(ending)
    run(paths, pages=[])
    for path in paths.values():
        assert rows(path) == []
    if ending == "jsonl.gz":
        assert gzip.decompress(Path("a.jsonl.gz").read_bytes()) == b""
    elif ending == "jsonl.zst":
        assert Path("a.jsonl.zst").read_bytes()[:4] == b"\x28\xb5\x2f\xfd"
    elif ending == "parquet":
        assert {"id", "text"} <= set(parquet.read_schema("a.parquet").names)
    run(paths)
    assert sources(paths) == SOURCES


def test_two_runs_never_write_to_one_audit() -> None:
    pytest.importorskip("fcntl")
    with ExitStack() as first:
        outputs = first.enter_context(open_outputs({"articles": "a.jsonl", "audit": "b.jsonl"}, "new", {}))
        for articles in ({"articles": "other.jsonl"}, {}):
            for mode in ("new", "overwrite"):
                with pytest.raises(CannotResume, match="another run"):
                    open_outputs({**articles, "audit": "b.jsonl"}, mode, {})  # type: ignore[arg-type]
        for page in PAGES:
            outputs.write(LINES[page.source])
    assert Path("b.jsonl").read_bytes() == b"".join(LINES[source].audit for source in SOURCES)
    assert sorted(os.listdir()) == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize("row", [b'{"source": "00.txt"}', b"[]", b"{", b'{"id": 7, "url": null, "text": ""}', b"\xff"])
def test_a_finished_file_whose_rows_cannot_be_read_is_reported(row: bytes) -> None:
    run({"articles": "a.jsonl"}, "new")
    with open("a.jsonl", "ab") as file:
        file.write(row + b"\n")
    assert "a.jsonl, line 5" in remedy({"articles": "a.jsonl"})


@pytest.fixture(scope="module", params=[(ending, state) for ending in ENDINGS for state in ("part", "done", "plain")])
def left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Paths]:
    """What a run has left: parts with a journal, finished files with one, or finished files alone."""
    folder = tmp_path_factory.mktemp("left")
    before = os.getcwd()
    os.chdir(folder)
    ending, state = request.param
    paths = {kind: path for kind, path in paths_of(ending).items() if state != "plain" or kind != "audit"}
    if state == "part":
        interrupt(paths)
    else:
        run(paths, "resume" if state == "done" else "new", PAGES[:4])
    os.chdir(before)
    return folder, paths


@given(st.data())
@settings(max_examples=30)
def test_any_bit_may_flip(
    left: tuple[Path, Paths], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Without a journal there are no checksums: a row whose page has got the name of another one hides that one."""
    folder, paths = left
    has_journal = any(path.name.endswith("journal") for path in folder.iterdir())
    copy = tmp_path_factory.mktemp("flipped")
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    os.chdir(copy)
    files = sorted(path for path in Path().iterdir() if path.stat().st_size)
    flip(data.draw(st.sampled_from(files)), data.draw(st.floats(0, 1, exclude_max=True)), data.draw(st.integers(0, 7)))
    try:
        run(paths)
    except CopydeskError as error:
        line = describe(error)
        assert "\n" not in line
        assert "--overwrite" in line
    else:
        ids = [row["id"] for row in rows(paths["articles"])]
        sound = len([page for page in PAGES if page.content != PDF])
        assert len(ids) == len(set(ids))
        assert len(ids) >= sound - (not has_journal)
