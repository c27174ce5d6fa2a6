"""`scrapy crawl seeds` as a newcomer runs it."""

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
from jsonschema import Draft202012Validator

from cleaners.schema import article_schema
from cleaners.writing import reassemble
from tests.bad_pages import BAD, LONG_LINE, ODD, SOUND, lay_out

ROOT = Path(__file__).parents[1]
SCRAPY_CRAWL = [sys.executable, "-m", "scrapy", "crawl"]
TITLE = "Valley towns agree to share one fire engine"


def crawl(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SCRAPY_CRAWL, *arguments], cwd=ROOT, capture_output=True, text=True)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def seeds_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a crawl of the five seeds."""
    data = tmp_path_factory.mktemp("run") / "data #1 %s"
    run = crawl("seeds", "-s", f"DATA_DIR={data}")
    assert (run.returncode, run.stdout) == (0, "")
    lines = [line.split() for line in run.stderr.splitlines() if line]
    assert lines[:2] == [["pages", "5"], ["stories", "6"]]
    assert lines[-1][:2] == ["output", "in"]
    return data


@pytest.fixture(scope="module")
def bad_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a crawl of bad, odd and sound pages."""
    folder = tmp_path_factory.mktemp("bad")
    lay_out(folder / "pages")
    run = crawl("seeds", "-a", f"path={folder / 'pages'}", "-s", f"DATA_DIR={folder / 'data'}")
    assert run.returncode == 0
    assert "Traceback" not in run.stderr
    return folder / "data"


def test_a_crawl_writes_three_files_and_no_more(seeds_run: Path) -> None:
    assert sorted(os.listdir(seeds_run)) == ["articles.jsonl", "audit.jsonl", "rejected.jsonl"]
    assert (seeds_run / "rejected.jsonl").read_bytes() == b""


def test_the_records_stand_in_the_order_of_the_files(seeds_run: Path) -> None:
    sources = [record["source"] for record in rows(seeds_run / "articles.jsonl")]
    assert len(sources) == 6
    assert sources == sorted(sources)


def test_the_records_satisfy_the_schema(seeds_run: Path) -> None:
    validator = Draft202012Validator(article_schema())
    for record in rows(seeds_run / "articles.jsonl"):
        validator.validate(record)


def test_the_audit_holds_every_page_whole(seeds_run: Path) -> None:
    audit = rows(seeds_run / "audit.jsonl")
    for path in sorted(ROOT.glob("seeds/*.txt")):
        page = [row for row in audit if row["page"] == path.relative_to(ROOT).as_posix()]
        assert reassemble(page) == path.read_text("utf-8")


def test_a_second_run_gives_the_same_bytes(seeds_run: Path) -> None:
    before = {path.name: path.read_text("utf-8") for path in seeds_run.iterdir()}
    assert crawl("seeds", "-s", f"DATA_DIR={seeds_run}").returncode == 0
    after = {path.name: path.read_text("utf-8") for path in seeds_run.iterdir()}
    assert after["audit.jsonl"] == before["audit.jsonl"]
    old, new = ([json.loads(line) for line in run["articles.jsonl"].splitlines()] for run in (before, after))
    for record in [*old, *new]:
        del record["retrieved_at"]
    assert new == old


def test_bad_pages_are_rejected_each_with_a_reason(bad_run: Path) -> None:
    reasons = {Path(row["source"]).name: row for row in rows(bad_run / "rejected.jsonl")}
    assert set(reasons) == set(BAD)
    assert {name: row["code"] for name, row in reasons.items()} == {
        "empty.txt": "empty",
        "blanks.txt": "empty",
        "png.txt": "not-text",
        "pdf.txt": "not-text",
        "nul-only.txt": "not-text",
        "captions.txt": "only-captions",
        "navigation.txt": "only-navigation",
        "million-lines.txt": "too-many-blocks",
    }
    assert all(row["retrieved_at"] and row["reason"].endswith((".", "?")) for row in reasons.values())


def test_odd_encodings_are_read_and_sound_pages_are_unharmed(bad_run: Path) -> None:
    records = {Path(record["source"]).name: record for record in rows(bad_run / "articles.jsonl")}
    assert len(records.pop(LONG_LINE[0])["text"]) == len(LONG_LINE[1]) - 1
    assert {name: record["title"] for name, record in records.items()} == dict.fromkeys(
        [*ODD, "0-sound.txt", "m-sound.txt", "z-sound.txt"], TITLE
    )
    texts = {name: record["text"] for name, record in records.items()}
    assert texts["0-sound.txt"] == texts["m-sound.txt"] == texts["z-sound.txt"]
    for name in ODD.keys() - {"nul-bytes.txt"}:
        assert "Größe" in texts[name]
    assert "br\ufffddge" in texts["broken-utf-8.txt"]
    assert "br\ufffddge" in texts["nul-bytes.txt"]


def test_a_path_that_does_not_exist_is_said_in_one_line(tmp_path: Path) -> None:
    run = crawl("seeds", "-a", "path=nope", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "scrapy crawl: no such file or folder: nope\n"
    assert os.listdir(tmp_path) == []


def test_an_output_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    run = crawl("seeds", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert run.returncode == 2
    assert run.stderr.splitlines() == [f"scrapy crawl: File exists: {tmp_path / 'data'}"]


def test_an_output_that_cannot_be_opened_fails_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").mkdir()
    run = crawl("seeds", "-s", f"DATA_DIR={tmp_path}")
    assert run.returncode == 1
    assert len(rows(tmp_path / "articles.jsonl")) == 6


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk to write to")
def test_a_full_disk_fails_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").symlink_to("/dev/full")
    assert crawl("seeds", "-s", f"DATA_DIR={tmp_path}").returncode == 1


@pytest.mark.skipif(os.name != "posix", reason="no such signals here")
@pytest.mark.parametrize(("number", "left"), [(signal.SIGINT, True), (signal.SIGKILL, False)])
def test_a_crawl_that_is_stopped_leaves_no_torn_line(tmp_path: Path, number: int, left: bool) -> None:
    pages, data = tmp_path / "pages", tmp_path / "data"
    pages.mkdir()
    data.mkdir()
    (data / "articles.jsonl").write_text("of the last run")
    for page in range(1000):
        (pages / f"{page:03}.txt").write_text(SOUND)
    command = [*SCRAPY_CRAWL, "seeds", "-a", f"path={pages}", "-s", f"DATA_DIR={data}"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as run:
        while not (data / ".rejected.jsonl.part").exists() and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(number)
        assert run.wait(timeout=60) == (0 if left else -number)
    if left:
        sources = [Path(record["source"]).name for record in rows(data / "articles.jsonl")]
        assert sources == [f"{page:03}.txt" for page in range(len(sources))]
    else:
        assert (data / "articles.jsonl").read_text() == "of the last run"


def test_a_spider_that_does_not_exist_is_said_in_one_line() -> None:
    run = crawl("sedes")
    assert run.returncode == 2
    assert run.stderr.splitlines() == ["scrapy crawl: Spider not found: sedes"]


def test_articles_can_be_sent_elsewhere_as_in_any_scrapy_project() -> None:
    run = crawl("seeds", "-o", "-:jsonl")
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) == 6
