"""Standard streams that are closed, or that cannot be written to."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.bad_pages import SOUND
from tests.support.command import COMMAND, ENVIRONMENT, records


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(SOUND)
    return tmp_path


def run(folder: Path, arguments: str, closed: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a shell that closes a stream."""
    script = f'exec "$@" {closed}'
    return subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND, *arguments.split()], cwd=folder, env=ENVIRONMENT, capture_output=True
    )


@pytest.mark.parametrize("arguments", ["clean page.txt", "explain page.txt", "explain page.txt --json", "schema"])
def test_closed_standard_output_is_reported_in_one_line(folder: Path, arguments: str) -> None:
    done = run(folder, arguments, ">&-")
    assert (done.returncode, done.stderr) == (2, b"copydesk: standard output is closed\n")


def test_closed_standard_output_does_not_matter_to_a_file(folder: Path) -> None:
    done = run(folder, "clean page.txt -o out.jsonl --audit audit.jsonl", ">&-")
    assert done.returncode == 0
    assert len(records((folder / "out.jsonl").read_bytes())) == 1


def test_closed_standard_error_puts_nothing_into_the_output(folder: Path) -> None:
    done = run(folder, "clean page.txt", "2>&-")
    assert done.returncode == 0
    assert len(records(done.stdout)) == 1


def test_closed_standard_input_is_a_page_that_cannot_be_read(folder: Path) -> None:
    done = run(folder, "clean - --rejects rejects.jsonl", "<&-")
    assert done.returncode == 1
    assert [row["code"] for row in records((folder / "rejects.jsonl").read_bytes())] == ["unreadable"]


def test_the_version_is_no_traceback_either(folder: Path) -> None:
    done = run(folder, "--version", ">&-")
    assert b"Traceback" not in done.stderr
