"""`copydesk diff` as a user runs it."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from cleaners.records.rows import audit_rows, write_rows
from tests.support.bad_pages import SOUND
from tests.support.command import copydesk, records
from tests.support.hostile import hostile_pages


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over three pages; in between, two of the pages have changed, and one of them is no article any more."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "pages").mkdir()
    for name in "abc":
        (folder / "pages" / f"{name}.txt").write_text(
            SOUND.replace("fire engine", f"fire engine {name}")
        )  # else duplicates
    _run(folder, "old")
    (folder / "pages" / "a.txt").write_text(
        SOUND.replace("fire engine", "fire engine a").replace("whatever the number", "no matter the number")
    )
    (folder / "pages" / "b.txt").write_text("\n\n".join(SOUND.split("\n\n")[-1:]))
    _run(folder, "new")
    return folder


@pytest.fixture
def folder(runs: Path, tmp_path: Path) -> Path:
    """A copy of both runs."""
    shutil.copytree(runs, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _run(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    files = [f"{name}/{stem}.jsonl" for stem in ("articles", "audit", "rejected")]
    done = copydesk(folder, "clean", "pages", "-o", files[0], "--audit", files[1], "--rejects", files[2])
    assert done.returncode == 0


def test_a_run_is_the_same_as_itself(folder: Path) -> None:
    for old in ("old", "old/audit.jsonl", "old/articles.jsonl"):
        run = copydesk(folder, "diff", old, old)
        assert (run.returncode, run.stderr) == (0, b"")
        assert run.stdout.decode().startswith("3 pages, 0 changed\n3 → 3 stories\n")


def test_what_is_different_is_told_by_folder(folder: Path) -> None:
    run = copydesk(folder, "diff", "old", "new", "--width", "80")
    assert (run.returncode, run.stderr) == (1, b"")
    told = run.stdout.decode()
    assert told.startswith("3 pages, 2 changed\n3 → 2 stories\n")
    assert "pages: 2 of 3 pages changed" in told
    assert "\x1b" not in told
    assert max(map(len, told.splitlines())) <= 80
    assert told.index("pages/b.txt") < told.index("pages/a.txt")
    assert "absent → body" in told
    assert "body → absent" in told
    assert b"\x1b[" in copydesk(folder, "diff", "old", "new", "--color", "always").stdout


def test_articles_are_compared_where_there_is_no_audit(folder: Path) -> None:
    for name in ("old", "new"):
        (folder / name / "audit.jsonl").unlink()
    (row,) = records(copydesk(folder, "diff", "old", "new", "--json").stdout)
    assert (row["pages"], row["changed"], row["only_old"]) == (3, 2, 1)
    assert row["rules"] == []


def test_the_order_and_the_packing_of_pages_are_no_difference(folder: Path) -> None:
    lines = (folder / "old" / "audit.jsonl").read_bytes().splitlines(keepends=True)
    by_page = {name: [line for line in lines if json.loads(line)["page"] == f"pages/{name}.txt"] for name in "cab"}
    (folder / "other.jsonl.gz").write_bytes(gzip.compress(b"".join(line for page in by_page.values() for line in page)))
    assert copydesk(folder, "diff", "old/audit.jsonl", "other.jsonl.gz").returncode == 0


def test_passages_are_bounded(folder: Path) -> None:
    run = copydesk(folder, "diff", "old", "new", "--json", "--pages", "1", "--passages", "2")
    ((page,),) = [row["most_changed"] for row in records(run.stdout)]  # type: ignore[attr-defined]
    assert (page["page"], len(page["passages"])) == ("pages/b.txt", 2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["old", "nope"], "copydesk: No such file or directory: nope"),
        (["old", "pages"], "copydesk: neither audit.jsonl nor articles.jsonl is in pages"),
        (["old/audit.jsonl", "new/articles.jsonl"], "copydesk: old/audit.jsonl holds an audit and new/articles.jsonl"),
        (["old", "pages/a.txt"], "copydesk: pages/a.txt, line 1: this is no JSON"),
        (["new/rejected.jsonl", "old"], "copydesk: new/rejected.jsonl, line 1: this is a row neither of an audit nor"),
        (["old", "torn.jsonl"], "copydesk: torn.jsonl, line 2: this is no JSON; a file that was cut off ends so"),
        (["old", "torn.jsonl.gz"], "copydesk: torn.jsonl.gz, line "),
    ],
)
def test_trouble_is_said_in_one_line(folder: Path, arguments: list[str], message: str) -> None:
    audit = (folder / "old" / "audit.jsonl").read_bytes()
    (folder / "torn.jsonl").write_bytes(audit[: audit.index(b"\n") + 20])
    (folder / "torn.jsonl.gz").write_bytes(gzip.compress(audit)[:-20])
    run = copydesk(folder, "diff", *arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    (line,) = run.stderr.decode().splitlines()
    assert line.startswith(message)


def test_wrong_usage(folder: Path) -> None:
    assert copydesk(folder, "diff", "old").returncode == 2
    assert copydesk(folder, "diff", "old", "new", "--passages", "-1").returncode == 2


def test_empty_runs_are_the_same(folder: Path) -> None:
    (folder / "empty.jsonl").write_bytes(b"")
    assert copydesk(folder, "diff", "empty.jsonl", "empty.jsonl").returncode == 0
    assert copydesk(folder, "diff", "empty.jsonl", "old/articles.jsonl").returncode == 1


def test_a_hostile_audit_does_not_drive_the_terminal(folder: Path) -> None:
    with open(folder / "audit.jsonl", "wb") as file:
        for cleaned in hostile_pages():
            write_rows(file, audit_rows(cleaned))
    told = copydesk(folder, "diff", "audit.jsonl", "old/audit.jsonl", "--pages", "100").stdout.decode()
    assert r"\x1b]0;owned\x07" in told
    assert not [char for char in told if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160)]
