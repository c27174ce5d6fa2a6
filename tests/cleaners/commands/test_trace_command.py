"""`copydesk trace` as a command: outputs, bad files, a kill in the middle."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cleaners.records.schema import trace_schema
from cleaners.tracing import inputs
from tests.support.paths import ROOT

COMMAND = [sys.executable, "-m", "cleaners"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
TOLD = "The mayor of Example opened the old bridge on Sunday after two years of repairs."
SMALL_BATCHES = """
import sys
from cleaners.cli import main
from cleaners.tracing import index
index._FINGERPRINTS = 500
sys.exit(main())
"""


def copydesk(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], cwd=folder, input=stdin, capture_output=True, env=ENVIRONMENT)


def rows(lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def article(number: int) -> bytes:
    """A line of a file of articles; any two share one sentence."""
    own = " ".join(f"word{number}x{place}" for place in range(60))
    return json.dumps({"id": f"a{number}", "text": f"{TOLD}\n{own}"}).encode() + b"\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with a file of three articles."""
    (tmp_path / "articles.jsonl").write_bytes(b"".join(map(article, range(3))))
    return tmp_path


def test_trace_records_go_to_standard_output(folder: Path) -> None:
    run = copydesk(folder, "trace", "articles.jsonl")
    assert (run.returncode, run.stderr) == (0, b"")
    told = rows(run.stdout)
    for row in told:
        Draft202012Validator(trace_schema()).validate(row)
    assert [row["id"] for row in told] == ["a0", "a1", "a2"]
    assert [passage["count"] for row in told for passage in row["shared"]] == [2, 2, 2]
    assert os.listdir(folder) == ["articles.jsonl"]


def test_a_folder_gives_its_articles_and_not_what_was_traced(folder: Path) -> None:
    assert copydesk(folder, "trace", "articles.jsonl", "-o", "a-trace.jsonl").returncode == 0
    run = copydesk(folder, "trace", ".")
    assert (run.returncode, run.stderr) == (0, b"")
    assert [row["id"] for row in rows(run.stdout)] == ["a0", "a1", "a2"]


def test_the_table_says_who_shares_what(folder: Path) -> None:
    run = copydesk(folder, "trace", "articles.jsonl", "--table")
    head, first, passage, *_ = run.stdout.decode().splitlines()
    assert head.split()[:4] == ["article", "words", "shared", "wire"]
    assert first.split() == ["a0", "75", "20%"]
    assert passage.split(maxsplit=1)[0] == "15"
    assert passage.endswith("also in a1, a2")


def test_the_schema_of_a_trace_record_is_printed(folder: Path) -> None:
    assert json.loads(copydesk(folder, "schema", "--trace").stdout) == trace_schema()


def test_lines_that_hold_no_article_are_rejected_and_the_rest_is_traced(folder: Path) -> None:
    bad = [b"{", b'{"text": "no id"}', b'{"id": "x", "text": ""}', b'{"id": "a0", "text": "Another."}']
    with (folder / "articles.jsonl").open("ab") as file:
        file.write(b"\n".join(bad) + b"\n\n" + article(3))
    run = copydesk(folder, "trace", "articles.jsonl", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert [row["id"] for row in rows((folder / "out.jsonl").read_bytes())] == ["a0", "a1", "a2", "a3"]
    refused = rows((folder / "rejects.jsonl").read_bytes())
    assert [row["code"] for row in refused] == ["no-json", "no-id", "no-text", "id-taken"]
    assert [row["source"] for row in refused] == [f"articles.jsonl:{line}" for line in (4, 5, 6, 7)]
    said = copydesk(folder, "trace", "articles.jsonl").stderr.decode().splitlines()
    assert [line.split(": ")[1] for line in said] == [row["source"] for row in refused]


def test_nothing_to_trace_is_told_by_the_exit_code(folder: Path) -> None:
    assert copydesk(folder, "trace", "-", stdin=b"").returncode == 1
    assert copydesk(folder, "trace", "-", stdin=b"no article\n").returncode == 1
    assert copydesk(folder, "trace", "-", stdin=article(7)).returncode == 0


def compress(name: str, content: bytes) -> bytes:
    if name.endswith(".zst"):
        zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
        packed: bytes = zstd.compress(content)
        return packed
    return gzip.compress(content) if name.endswith(".gz") else content


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz", "all.jsonl.zst"])
def test_files_may_be_compressed_and_what_stands_before_a_cut_is_traced(folder: Path, name: str) -> None:
    content = b"".join(map(article, range(400)))
    packed = compress(name, content)
    (folder / name).write_bytes(packed)
    assert len(copydesk(folder, "trace", name).stdout.splitlines()) == 400
    (folder / name).write_bytes(packed[: len(packed) * 3 // 4])
    run = copydesk(folder, "trace", name, "--rejects", "rejects.jsonl")
    (refused,) = rows((folder / "rejects.jsonl").read_bytes())
    assert refused["code"] == ("no-json" if name == "all.jsonl" else "unreadable")
    if name == "all.jsonl.zst":  # a single block, which is whole or lost
        return
    traced = len(run.stdout.splitlines())
    assert 200 < traced < 400
    assert refused["source"] == f"{name}:{traced + 1}"


@pytest.mark.parametrize("name", ["articles.gz", "articles.zst"])
def test_what_is_packed_is_told_by_its_content(folder: Path, name: str) -> None:
    (folder / name).write_bytes(article(1))
    run = copydesk(folder, "trace", name)
    assert (run.returncode, run.stderr) == (0, b"")
    assert len(run.stdout.splitlines()) == 1


def test_a_line_longer_than_any_article_is_rejected(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaners.records.row_files.MAX_LINE_BYTES", 100)
    (folder / "long.jsonl").write_bytes(b'{"id": "a", "text": "A text."}\n' + article(1) + article(2))
    found = list(inputs.read_inputs([str(folder / "long.jsonl")]))
    assert [getattr(each, "code", "article") for each in found] == ["article", "too-large"]


def error_line(run: subprocess.CompletedProcess[bytes]) -> str:
    """The one line that a run which could not be done says."""
    assert (run.returncode, run.stdout) == (2, b"")
    (line,) = run.stderr.decode().splitlines()
    assert line.startswith("copydesk: ")
    return line


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_an_index_that_was_cut_off_is_refused_and_left_as_it_is(folder: Path, share: float) -> None:
    (folder / "many.jsonl").write_bytes(b"".join(map(article, range(200))))
    assert copydesk(folder, "trace", "many.jsonl", "--index", "index").returncode == 0
    content = (folder / "index").read_bytes()
    cut = content[: int(len(content) * share)]
    (folder / "index").write_bytes(cut)
    run = copydesk(folder, "trace", "articles.jsonl", "--index", "index", "-o", "out.jsonl")
    assert "make a new one from the article files" in error_line(run)
    assert (folder / "index").read_bytes() == cut
    assert not (folder / "out.jsonl").exists()


@pytest.mark.parametrize("content", [b"x", b"no index at all", b"SQLite format 3\0" + b"\1" * 5000, b"\0" * 9000])
def test_a_file_that_is_no_index_is_refused_and_left_as_it_is(folder: Path, content: bytes) -> None:
    (folder / "index").write_bytes(content)
    error_line(copydesk(folder, "trace", "articles.jsonl", "--index", "index"))
    assert (folder / "index").read_bytes() == content


def test_an_empty_file_is_an_index_to_be_made(folder: Path) -> None:
    (folder / "index").touch()
    assert copydesk(folder, "trace", "articles.jsonl", "--index", "index").returncode == 0
    assert len(rows(copydesk(folder, "trace", "--index", "index", "--all").stdout)) == 3


def test_an_index_of_another_version_is_refused(folder: Path) -> None:
    copydesk(folder, "trace", "articles.jsonl", "--index", "index")
    base = sqlite3.connect(folder / "index")
    base.execute("UPDATE state SET value = 'older' WHERE name = 'algorithm'")
    base.commit()
    base.close()
    assert "another version" in error_line(copydesk(folder, "trace", "articles.jsonl", "--index", "index"))


def test_an_empty_pipe_is_told(folder: Path) -> None:
    run = copydesk(folder, "trace", "--no-table")
    assert (run.returncode, run.stderr) == (1, b"copydesk: there is no article in standard input\n")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nowhere.jsonl",), "nowhere.jsonl"),
        (("articles.jsonl", "--index", "no/folder/index"), "no such folder: no/folder (for no/folder/index)"),
        (("articles.jsonl", "-o", "no/folder/out"), "no such folder: no/folder (for no/folder/out)"),
        (("articles.jsonl", "--index", "articles.jsonl"), "articles.jsonl is an input"),
        (("articles.jsonl", "-o", "articles.jsonl"), "articles.jsonl is an input"),
        (("articles.jsonl", "-o", "out", "--rejects", "out"), "each output needs a file of its own"),
    ],
)
def test_wrong_usage_is_said_in_one_line_and_writes_nothing(
    folder: Path, arguments: tuple[str, ...], reason: str
) -> None:
    assert reason in error_line(copydesk(folder, "trace", *arguments))
    assert os.listdir(folder) == ["articles.jsonl"]


def test_an_output_that_is_there_is_replaced_only_by_a_whole_one(folder: Path) -> None:
    (folder / "out.jsonl").write_bytes(b"before")
    (folder / "bad").write_bytes(b"no index at all")
    error_line(copydesk(folder, "trace", "articles.jsonl", "--index", "bad", "-o", "out.jsonl", "--overwrite"))
    assert (folder / "out.jsonl").read_bytes() == b"before"
    assert "exists: --overwrite" in error_line(copydesk(folder, "trace", "articles.jsonl", "-o", "out.jsonl"))
    assert (folder / "out.jsonl").read_bytes() == b"before"
    assert copydesk(folder, "trace", "articles.jsonl", "-o", "out.jsonl", "--overwrite").returncode == 0
    assert len(rows((folder / "out.jsonl").read_bytes())) == 3


def test_an_index_in_use_is_left_to_who_uses_it(folder: Path) -> None:
    copydesk(folder, "trace", "articles.jsonl", "--index", "index")
    base = sqlite3.connect(folder / "index", isolation_level=None)
    base.execute("BEGIN IMMEDIATE")
    assert "locked" in error_line(copydesk(folder, "trace", "articles.jsonl", "--index", "index"))
    base.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_run_that_is_killed_leaves_a_sound_index_and_the_next_one_adds_the_rest(folder: Path) -> None:
    everything = b"".join(map(article, range(120)))
    (folder / "all.jsonl").write_bytes(everything)
    command = [sys.executable, "-c", SMALL_BATCHES, "trace", "-", "--index", "index", "-o", "out.jsonl"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, env=ENVIRONMENT) as run:
        assert run.stdin
        run.stdin.write(everything)
        run.stdin.flush()
        while run.poll() is None and not written(folder / "index"):
            time.sleep(0.02)
        run.kill()
    assert run.returncode == -signal.SIGKILL
    assert 0 < written(folder / "index") < 120
    assert not (folder / "out.jsonl").exists()
    again, fresh = (copydesk(folder, "trace", "all.jsonl", "--index", name) for name in ("index", "fresh"))
    assert again.returncode == 0
    assert again.stdout == fresh.stdout
    assert copydesk(folder, "trace", "--index", "index", "--all").stdout == fresh.stdout


def written(path: Path) -> int:
    """Articles that were committed to an index, while another process may write to it."""
    if not path.exists():
        return 0
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found: int = base.execute("SELECT count(*) FROM article").fetchone()[0]
    except sqlite3.OperationalError:  # not made yet
        return 0
    else:
        return found
    finally:
        base.close()
