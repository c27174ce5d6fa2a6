"""Outputs that hold each page once, whatever ended the runs that wrote them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from cleaners.data import Input, Page
from cleaners.errors import CannotResume, CopydeskError, OutputExists
from cleaners.reading.unpacking import unpacked
from cleaners.records import parquet as parquet_module
from cleaners.records.csv_rows import CSV_HEADER
from cleaners.records.formats import Format
from cleaners.running import outputs as outputs_module
from cleaners.running.batch import CleanedLines, CleaningOptions, clean_to_lines
from cleaners.running.outputs import Mode, Outputs, Paths, open_outputs
from cleaners.running.sinks import Split
from tests.support.bad_pages import PDF, SOUND

PAGES = [
    Page(
        PDF if number % 3 == 1 else f"{SOUND}\nThe number of this page is {number}.\n",
        source=f"{number:02}.txt",
        url=None,
    )
    for number in range(12)
]
LINES = {page.source: clean_to_lines(page) for page in PAGES}


def cleaned(page: Input) -> CleanedLines:
    assert isinstance(page, Page)
    return LINES[page.source]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(paths: Paths, mode: Mode = "new", pages: list[Page] = PAGES, split: Split | None = None, **wishes: Any) -> int:
    """How many pages were written."""
    count = 0
    with open_outputs(paths, mode, wishes, split) as outputs:
        for page in outputs.left_to_do(pages):
            outputs.write(cleaned(page))
            count += 1
    return count


def rows(path: str) -> list[dict[str, Any]]:
    if path.endswith(".parquet"):
        with open(path, "rb") as file:
            return list(parquet.read_table(file).to_pylist())
    with open(path, "rb") as file:
        return [json.loads(line) for line in unpacked(file)]


def sources(path: str) -> list[str]:
    return [row.get("source") or row["page"] for row in rows(path)]


ARTICLES = [page.source for page in PAGES if page.content != PDF]
REJECTS = [page.source for page in PAGES if page.content == PDF]


def names() -> list[str]:
    return sorted(os.listdir())


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_the_ending_of_a_name_says_what_is_written(ending: str) -> None:
    paths: Paths = {"articles": f"a.{ending}", "audit": f"b.{ending}", "rejects": f"c.{ending}"}
    assert run(paths) == len(PAGES)
    assert sources(paths["articles"]) == ARTICLES
    assert sources(paths["rejects"]) == REJECTS
    assert rows(paths["articles"])[0]["text"] == LINES["00.txt"].articles[0]["text"]
    audit = [row for page in PAGES for row in map(json.loads, LINES[page.source].audit.splitlines())]
    assert rows(paths["audit"]) == audit
    assert names() == sorted(paths.values())


def test_parquet_holds_what_json_holds() -> None:
    run({"articles": "a.jsonl"})
    run({"articles": "a.parquet"})
    for row, record in zip(rows("a.parquet"), rows("a.jsonl"), strict=True):
        row["dropped"] = {label: count for label, count in row["dropped"].items() if count}
        assert row == record


def test_half_a_surrogate_pair_does_not_spoil_parquet() -> None:
    page = Page(SOUND.replace("mayors", "may\ud800ors"), source="s.txt")
    with open_outputs({"articles": "a.parquet"}, "new", {}) as outputs:
        outputs.write(clean_to_lines(page))
    assert "may?ors" in rows("a.parquet")[0]["text"]


def test_without_pyarrow_no_parquet_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_module, "find_spec", lambda _: None)
    with pytest.raises(CopydeskError, match=r"copydesk\[parquet\]"):
        open_outputs({"articles": "a.parquet"}, "new", {})
    assert names() == []


@pytest.mark.parametrize("mode", ["new", "overwrite", "resume"])
def test_what_exists_is_refused_replaced_or_gone_on_with(mode: Mode) -> None:
    run({"articles": "a", "rejects": "r"}, pages=PAGES[:5])
    if mode == "new":
        for there in (["a", "r"], ["r"]):
            with pytest.raises(OutputExists, match=f"^{there[0]} exists: --overwrite"):
                run({"articles": "a", "rejects": "r"})
            assert names() == there
            os.unlink(there[0])
    elif mode == "overwrite":
        assert run({"articles": "a", "rejects": "r"}, mode, PAGES[5:]) == 7
        assert sources("a") == [source for source in ARTICLES if str(source) >= "05"]
        assert names() == ["a", "r"]
    else:
        assert run({"articles": "a", "rejects": "r"}, mode, PAGES) == 7
        assert (sources("a"), sources("r")) == (ARTICLES, REJECTS)


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "parquet"])
def test_a_finished_output_is_gone_on_with_again_and_again(ending: str) -> None:
    paths: Paths = {"articles": f"a.{ending}", "audit": f"b.{ending}"}
    assert [run(paths, "resume", PAGES[:count]) for count in (4, 4, 9, 12, 12)] == [4, 0, 5, 3, 0]
    assert sources(paths["articles"]) == ARTICLES
    assert list(dict.fromkeys(sources(paths["audit"]))) == ARTICLES
    assert len(rows(paths["audit"])) == sum(page.audit.count(b"\n") for page in LINES.values())
    assert names() == [f".a.{ending}.journal", f"a.{ending}", f"b.{ending}"]


def test_pages_that_came_between_are_written_behind() -> None:
    run({"articles": "a"}, "resume", PAGES[::2])
    assert run({"articles": "a"}, "resume") == 6
    assert sorted(sources("a")) == ARTICLES


def test_a_page_that_is_given_twice_is_written_twice() -> None:
    assert run({"articles": "a"}, "resume", [*PAGES, *PAGES[:3]]) == 15
    assert run({"articles": "a"}, "resume", [*PAGES, *PAGES[:4]]) == 1


def test_a_finished_audit_that_names_no_pages_is_not_gone_on_with() -> None:
    run({"articles": "a", "audit": "b"})
    with pytest.raises(CannotResume):
        run({"articles": "a", "audit": "b"}, "resume")
    assert sources("a") == ARTICLES


def test_other_wishes_are_not_mixed() -> None:
    run({"articles": "a"}, "resume", min_words=3)
    with pytest.raises(CannotResume, match=r"other options \(min-words\)"):
        run({"articles": "a"}, "resume", min_words=4)
    with pytest.raises(CannotResume, match=r"other options \(outputs\)"):
        run({"articles": "a", "audit": "b"}, "resume", min_words=3)


def test_two_runs_do_not_write_the_same_outputs() -> None:
    pytest.importorskip("fcntl")
    with open_outputs({"articles": "a"}, "new", {}):
        for mode in ("overwrite", "resume"):
            with pytest.raises(CannotResume, match="another run"):
                open_outputs({"articles": "a"}, mode, {})  # type: ignore[arg-type]


SPLITS: tuple[Split, ...] = get_args(Split)


def write_folder(split: Split, mode: Mode, years: Iterable[int]) -> None:
    with open_outputs({"articles": "out", "rejects": "r"}, mode, {}, split) as outputs:
        for year in years:
            page = Page(f"{SOUND}\nThe year was {year}.", source=f"{year}")
            outputs.write(clean_to_lines(page, CleaningOptions(bodies="html" if split == "html" else "md")))


@pytest.mark.parametrize("split", SPLITS)
def test_a_file_for_each_article(split: Split) -> None:
    write_folder(split, "new", range(1990, 1995))
    files = sorted(Path("out").iterdir())
    assert len(files) == 5
    assert all("fire engine" in file.read_text() and file.suffix == f".{split}" for file in files)
    assert all(file.name.startswith("valley-towns-agree") for file in files), files
    with pytest.raises(OutputExists):
        open_outputs({"articles": "out"}, "new", {}, split)


@pytest.mark.parametrize("split", SPLITS)
def test_the_file_of_somebody_else_in_the_folder_stays(split: Split) -> None:
    write_folder(split, "resume", [1990])
    (ours,) = Path("out").glob(f"*.{split}")
    shutil.rmtree("out")
    Path("out").mkdir()
    ours.write_text("A year of work.")
    write_folder(split, "resume", [1990, 1991])
    assert ours.read_text() == "A year of work."
    assert len(list(Path("out").glob(f"*.{split}"))) == 3


@pytest.mark.parametrize("split", SPLITS)
def test_a_file_that_was_written_and_not_saved_is_written_again(split: Split) -> None:
    write_folder(split, "new", [1990])
    write_folder(split, "resume", [1990])
    assert len(list(Path("out").glob(f"*.{split}"))) == 1


def bodies_of(ending: str) -> CleaningOptions:
    return CleaningOptions(bodies="html" if "html" in ending else "md" if "md" in ending else None)


@pytest.mark.parametrize("ending", ["md", "txt.zst", "csv", "csv.gz", "html", "html.gz"])
@pytest.mark.parametrize("writes", [0, 1, 5])
def test_formats_without_records_are_resumed_too(ending: str, writes: int, tmp_path: Path) -> None:
    paths = {"whole": {"articles": f"whole.{ending}"}, "torn": {"articles": f"torn.{ending}"}}
    pages = [clean_to_lines(page, bodies_of(ending)) for page in PAGES]
    with open_outputs(paths["whole"], "new", {}) as outputs:  # type: ignore[arg-type]
        for page in pages:
            outputs.write(page)
    torn: Outputs = open_outputs(paths["torn"], "resume", {})  # type: ignore[arg-type]
    for page in pages[:writes]:
        torn.write(page)
    torn.save()
    torn.write(pages[-1])
    with killed(tmp_path / "copy"):
        torn._give_up()
    for _ in range(2):  # the second run finds all pages done, and leaves the finished file as it is
        with open_outputs(paths["torn"], "resume", {}) as outputs:  # type: ignore[arg-type]
            left = {page.source for page in outputs.left_to_do(PAGES)}  # type: ignore[union-attr]
            for page in pages:
                if page.page.source in left:
                    outputs.write(page)
    assert unpacked_bytes(f"torn.{ending}") == unpacked_bytes(f"whole.{ending}")


def unpacked_bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return b"".join(unpacked(file))


def test_a_file_without_rows_has_the_opening_of_its_format() -> None:
    with open_outputs({"articles": "a.csv.gz"}, "new", {}):
        pass
    assert unpacked_bytes("a.csv.gz") == CSV_HEADER


def test_a_finished_file_without_records_and_journal_cannot_be_resumed() -> None:
    run({"articles": "a.txt"})
    with pytest.raises(CannotResume, match=r"no record can be read from .*a\.txt"):
        run({"articles": "a.txt"}, "resume")


def test_a_run_is_not_resumed_in_another_format() -> None:
    run({"articles": "a"}, "resume")
    with pytest.raises(CannotResume, match=r"other options .format."):
        open_outputs({"articles": "a"}, "resume", {}, None, Format.CSV)


def test_parquet_goes_to_a_stream_when_it_is_whole() -> None:
    os.mkfifo("pipe")
    found: list[bytes] = []
    reader = Thread(target=lambda: found.append(Path("pipe").read_bytes()))
    reader.start()
    with open_outputs({"articles": "pipe"}, "new", {}, None, Format.PARQUET) as outputs:
        for page in PAGES:
            outputs.write(cleaned(page))
    outputs._sinks[0].file.close()  # type: ignore[attr-defined]
    reader.join()
    assert [row["source"] for row in parquet.read_table(BytesIO(found[0])).to_pylist()] == ARTICLES


def fail_after(writes: int, paths: Paths) -> Outputs:
    outputs = open_outputs(paths, "new", {})
    with suppress(ZeroDivisionError), outputs:
        for page in PAGES[:writes]:
            outputs.write(cleaned(page))
        raise ZeroDivisionError
    return outputs


def test_an_error_before_anything_is_saved_leaves_nothing() -> None:
    fail_after(1, {"articles": "a", "audit": "b"})
    assert names() == []


def test_what_was_saved_before_an_error_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs_module, "SECONDS_BETWEEN_SAVES", 0)
    assert fail_after(2, {"articles": "a"}).pages_kept == 2
    assert names() == [".a.journal", ".a.part"]
    with pytest.raises(OutputExists, match=r"^a was begun before"):
        run({"articles": "a"})
    assert run({"articles": "a"}, "resume") == 10
    assert sources("a") == ARTICLES


def test_the_tally_counts_all_runs() -> None:
    run({"articles": "a"}, "resume", PAGES[:4])
    with open_outputs({"articles": "a"}, "resume", {}) as outputs:
        for page in outputs.left_to_do(PAGES):
            outputs.write(cleaned(page))
    assert (outputs.tally.pages, outputs.tally.stories) == (len(PAGES), len(ARTICLES))


@contextmanager
def killed(copy: Path) -> Iterator[None]:
    """What is on the disk now is what a killed process would leave."""
    shutil.copytree(".", copy)
    yield
    os.chdir(copy)


def attempt(paths: Paths, writes: int, save_each: int, split: Split | None, copy: Path) -> None:
    """Begin or go on with a run and leave it, as if it were killed, after so many pages."""
    outputs: Outputs = open_outputs(paths, "resume", {}, split)
    for number, page in enumerate(outputs.left_to_do(PAGES)):
        if number == writes:
            break
        outputs.write(clean_to_lines(page, CleaningOptions(bodies="md")) if split else cleaned(page))
        if number % save_each == save_each - 1:
            outputs.save()
    with killed(copy):
        outputs._give_up()


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_page_is_there_once_after_any_interruptions(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("run")
    os.chdir(folder)
    ending = data.draw(st.sampled_from(["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]))
    paths: Paths = {"articles": f"a.{ending}", "audit": f"b.{ending}", "rejects": "r"}
    for number in range(data.draw(st.integers(0, 4))):
        attempt(paths, data.draw(st.integers(0, 12)), data.draw(st.integers(1, 5)), None, folder / f"copy{number}")
        journal = Path(f".a.{ending}.journal")
        torn = data.draw(st.integers(0, 60))
        os.truncate(journal, max(0, journal.stat().st_size - torn))
    run(paths, "resume")
    assert sources(paths["articles"]) == ARTICLES
    assert sources("r") == REJECTS
    audit = [row for page in PAGES for row in map(json.loads, LINES[page.source].audit.splitlines())]
    assert rows(paths["audit"]) == audit


@pytest.mark.parametrize("done", ["nothing", "saved", "one", "all"])
@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_run_that_was_killed_while_it_finished_is_finished(done: str, ending: str, tmp_path: Path) -> None:
    paths: Paths = {"articles": f"a.{ending}", "rejects": f"r.{ending}"}
    outputs = open_outputs(paths, "new", {})
    for page in PAGES:
        outputs.write(cleaned(page))
    outputs.save()
    if done != "nothing":
        outputs._seal()
    for sink in outputs._sinks[: {"one": 1, "all": 2}.get(done, 0)]:
        sink.finish()
    with killed(tmp_path / "copy"):
        outputs._give_up()
    assert run(paths, "resume") == 0
    assert (sources(paths["articles"]), sources(paths["rejects"])) == (ARTICLES, REJECTS)
