from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from cleaners.records.schema import article_schema
from tests.support.bad_pages import PDF, SOUND
from tests.support.command import COMMAND, ENVIRONMENT, copydesk, records


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
        (["clean", "pages", "-o", "pages"], "copydesk: Is a directory: "),
        (["clean", "pages", "-o", "nowhere/out.jsonl"], "copydesk: No such file or directory: "),
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
    assert run.stderr.startswith(b"usage: copydesk")


def test_the_help_explains_the_exit_codes(folder: Path) -> None:
    assert b"exit codes:" in copydesk(folder, "clean", "--help").stdout


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
    os.mkfifo(folder / "never-ends")
    command = [*COMMAND, "clean", "pages", "never-ends", "-o", "out.jsonl", "--rejects", os.devnull]
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE) as run:
        part = folder / ".out.jsonl.part"
        while not part.exists() and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        assert run.stderr is not None
        assert run.stderr.read() == b""
    assert run.returncode == 130
    assert sorted(os.listdir(folder)) == ["never-ends", "pages"]
