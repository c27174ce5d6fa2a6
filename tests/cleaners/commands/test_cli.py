from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import shtab

from cleaners.commands.file_completion import FILES
from cleaners.records.row_files import numbered_rows
from cleaners.records.schema import article_schema
from tests.support.bad_pages import PDF, SOUND
from tests.support.command import COMMAND, ENVIRONMENT, copydesk, records
from tests.support.paths import ROOT

PAGES = ROOT / "tests" / "whole" / "pages"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with two sound pages and a PDF."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(SOUND)
    (tmp_path / "pages" / "b.txt").write_bytes(PDF)
    (tmp_path / "pages" / "c.txt").write_text(SOUND.replace("fire engine", "snow plough"))
    return tmp_path


def test_articles_go_to_standard_output_and_the_rest_to_standard_error(folder: Path) -> None:
    run = copydesk(folder, "clean", "pages")
    assert run.returncode == 0
    assert [record["source"] for record in records(run.stdout)] == ["pages/a.txt", "pages/c.txt"]
    complaint, *table = run.stderr.decode().splitlines()
    assert complaint.startswith("copydesk: pages/b.txt: This is a PDF document")
    assert [line.split() for line in table if line.startswith(("pages", "stories"))] == [
        ["pages", "3"],
        ["stories", "2"],
        ["pages", "rejected", "1"],
    ]
    assert ["not-text", "1"] in [line.split() for line in table]


def test_every_output_may_have_a_file(folder: Path) -> None:
    run = copydesk(folder, "clean", "pages", "-o", "out.jsonl", "--audit", "audit.jsonl", "--rejects", "rejects.jsonl")
    assert (run.returncode, run.stdout) == (0, b"")
    assert b"copydesk:" not in run.stderr
    assert [record["title"] for record in records((folder / "out.jsonl").read_bytes())] == [
        "Valley towns agree to share one fire engine",
        "Valley towns agree to share one snow plough",
    ]
    assert [row["code"] for row in records((folder / "rejects.jsonl").read_bytes())] == ["not-text"]
    pages = [row["page"] for row in records((folder / "audit.jsonl").read_bytes())]
    assert pages == sorted(pages)
    assert set(pages) == {"pages/a.txt", "pages/c.txt"}
    assert sorted(os.listdir(folder)) == ["audit.jsonl", "out.jsonl", "pages", "rejects.jsonl"]


def test_standard_input_is_a_page(folder: Path) -> None:
    run = copydesk(folder, "clean", "-", stdin=SOUND.encode("utf-16"))
    assert run.returncode == 0
    assert [record["source"] for record in records(run.stdout)] == ["stdin"]


def test_nothing_found_is_told_by_the_exit_code(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert copydesk(folder, "clean", "pages/b.txt").returncode == 1
    assert copydesk(folder, "clean", "empty").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clean", "nope"], "copydesk: no such file or folder: nope"),
        (["clean", "pages", "nope", "-o", "out.jsonl"], "copydesk: no such file or folder: nope"),
        (["clean", "pages", "-o", "pages"], "copydesk: pages is a folder: name a file in it"),
        (["clean", "pages", "-o", "nowhere/out.jsonl"], "copydesk: no such folder: nowhere (for nowhere/out.jsonl)"),
        (["clean", "pages", "-o", "x", "--audit", "./x"], "copydesk: each output needs a file of its own"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder: Path, arguments: list[str], message: str) -> None:
    run = copydesk(folder, *arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    (line,) = run.stderr.decode().splitlines()
    assert line.startswith(message)
    assert os.listdir(folder) == ["pages"]


def test_wrong_usage(folder: Path) -> None:
    run = copydesk(folder, "cleen")
    assert run.returncode == 2
    assert run.stderr == b"copydesk: there is no command 'cleen'; did you mean clean? (copydesk --help explains it)\n"
    run = copydesk(folder, "clean", "pages", "--min-words", "no\x1bne")
    told = (
        b"copydesk clean: argument --min-words: not a number above 0: no\\x1bne (copydesk clean --help explains it)\n"
    )
    assert (run.returncode, run.stderr) == (2, told)


def test_the_help_explains_the_exit_codes(folder: Path) -> None:
    assert b"exit codes:" in copydesk(folder, "clean", "--help").stdout


@pytest.fixture
def mixed(folder: Path) -> Path:
    """Beside them, a page of a shop."""
    (folder / "pages" / "shop.html").write_text((PAGES / "product-en.html").read_text())
    return folder


def kinds(folder: Path, *wanted: str) -> list[str]:
    return [record["kind"] for record in records(copydesk(folder, "clean", "pages", *wanted).stdout)]


def test_kinds_of_pages_are_chosen(mixed: Path) -> None:
    assert kinds(mixed) == ["article", "article"]
    assert kinds(mixed, "--kinds", "product,article") == ["article", "article", "product"]
    assert kinds(mixed, "--kinds", "product", "--kinds", "cookie-wall") == ["product"]
    assert kinds(mixed, "--kinds", "stub") == []


def test_an_unknown_kind_is_refused_with_those_that_there_are(folder: Path) -> None:
    run = copydesk(folder, "clean", "pages", "--kinds", "poem")
    assert run.returncode == 2
    assert b"not a kind of page: poem (there are article, stub, live, index," in run.stderr


@pytest.mark.parametrize("name", ["no.jsonl", "no.parquet"])
def test_rejects_keep_the_text_on_demand(mixed: Path, name: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    command = ("clean", "pages", "-o", "out.jsonl", "--rejects", name)
    assert copydesk(mixed, *command).returncode == 0
    assert all("text" not in row for row in rejects(mixed / name))
    assert copydesk(mixed, *command, "--rejected-text", "--overwrite").returncode == 0
    pdf, shop = rejects(mixed / name)
    assert (pdf["code"], pdf["text"]) == ("not-text", "")
    assert shop["code"] == "kind-product"
    (record,) = records(copydesk(mixed, "clean", "pages", "--kinds", "product").stdout)
    assert shop["text"] == record["text"]


def rejects(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        return [row for _, row in numbered_rows(file) if isinstance(row, dict)]


def test_the_text_of_rejects_needs_a_file(folder: Path) -> None:
    run = copydesk(folder, "clean", "pages", "--rejected-text")
    assert (run.returncode, b"name it with --rejects" in run.stderr) == (2, True)


def test_the_schema_is_printed(folder: Path) -> None:
    assert json.loads(copydesk(folder, "schema").stdout) == article_schema()


def test_the_version_is_printed(folder: Path) -> None:
    assert copydesk(folder, "--version").stdout.startswith(b"copydesk 0")


def test_a_reader_that_goes_away_is_no_error_worth_words(folder: Path) -> None:
    for number in range(300):
        (folder / "pages" / f"{number}.txt").write_text(SOUND)
    run = subprocess.Popen(
        [*COMMAND, "clean", "pages", "--rejects", os.devnull],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    assert run.stderr.read() == b""
    run.stderr.close()
    assert run.wait() == 141


@pytest.mark.skipif(os.name != "posix", reason="no such signal here")
def test_ctrl_c_is_quiet_and_leaves_no_file(folder: Path) -> None:
    command = [*COMMAND, "clean", "pages", "-", "-o", "out.jsonl", "--rejects", os.devnull]
    never_ends = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdin=never_ends, stderr=subprocess.PIPE) as run:
        part = folder / ".out.jsonl.part"
        while not part.exists() and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        assert run.stderr is not None
        assert run.stderr.read() == b""
    assert run.returncode == 130
    assert sorted(os.listdir(folder)) == ["pages"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "out.docx"], "no format has the ending .docx: use .jsonl"),
        (["-o", "out.parquet.gz"], "Parquet is packed already: write to out.parquet"),
        (["-o", "out", "--split", "md", "--format", "md"], "--split names the format already"),
        (["--format", "docx"], "invalid choice: 'docx'"),
    ],
    ids=["unknown ending", "packed Parquet", "two formats", "unknown format"],
)
def test_a_format_that_is_none_is_refused(folder: Path, arguments: list[str], message: str) -> None:
    run = copydesk(folder, "clean", "pages", *arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    assert message in run.stderr.decode()
    assert not list(folder.glob("out*"))


def test_the_format_of_standard_output_is_named(folder: Path) -> None:
    run = copydesk(folder, "clean", "pages", "--format", "csv")
    assert run.stdout.startswith(b'\xef\xbb\xbf"id","url",')
    assert copydesk(folder, "clean", "pages", "-o", "out.html").returncode == 0
    assert (folder / "out.html").read_text().startswith("<!DOCTYPE html>")
    again = copydesk(folder, "clean", "pages", "-o", "pages/out.md")
    assert again.returncode == 0
    again = copydesk(folder, "clean", "pages", "-o", "pages/out.md", "--overwrite")
    assert (again.returncode, (folder / "pages" / "out.md").read_text()[:8]) == (0, "---\nid: ")


def test_a_page_is_cleaned_without_the_library_that_writes_completions() -> None:
    code = "import sys, cleaners.commands.clean; sys.exit('shtab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_of_files_are_completed_as_shtab_does_it() -> None:
    assert shtab.FILE.items() <= FILES.items()  # an older shtab knows fewer shells
