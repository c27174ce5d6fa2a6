"""`scrapy crawl seeds` as a newcomer runs it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cleaners.records.rows import reassemble
from cleaners.records.schema import article_schema
from scraper.storage.output import DataFolder
from tests.support.bad_pages import BAD, LONG_LINE, ODD, SOUND, lay_out
from tests.support.paths import ROOT

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
    patient = ("-s", "CLEANING_TIMEOUT=600")  # a line of megabytes takes long on a busy machine
    run = crawl("seeds", "-a", f"path={folder / 'pages'}", "-s", f"DATA_DIR={folder / 'data'}", *patient)
    assert run.returncode == 0
    assert "Traceback" not in run.stderr
    return folder / "data"


def test_a_crawl_writes_three_files_and_its_ledger(seeds_run: Path) -> None:
    seen = sorted(name for name in os.listdir(seeds_run) if not name.startswith("."))
    assert seen == ["articles.jsonl", "audit.jsonl", "ledger.sqlite", "rejected.jsonl"]
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


def output(data: Path) -> dict[str, bytes]:
    return {name: (data / name).read_bytes() for name in ("articles.jsonl", "audit.jsonl", "rejected.jsonl")}


def test_a_second_run_gives_the_same_bytes(seeds_run: Path) -> None:
    before = output(seeds_run)
    run = crawl("seeds", "-s", f"DATA_DIR={seeds_run}")
    assert run.returncode == 0
    assert "5 pages have not changed since they were last cleaned" in run.stderr
    assert output(seeds_run) == before


def test_another_folder_gives_the_same_records(seeds_run: Path, tmp_path: Path) -> None:
    assert crawl("seeds", "-s", f"DATA_DIR={tmp_path}").returncode == 0
    old, new = (rows(data / "articles.jsonl") for data in (seeds_run, tmp_path))
    for record in [*old, *new]:
        del record["retrieved_at"]
    assert new == old
    assert output(tmp_path)["audit.jsonl"] == output(seeds_run)["audit.jsonl"]


def test_an_output_that_was_removed_is_made_anew(seeds_run: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(seeds_run, data)
    (data / "articles.jsonl").unlink()
    run = crawl("seeds", "-s", f"DATA_DIR={data}")
    assert "was removed or cut: it is made anew" in run.stderr
    assert len(rows(data / "articles.jsonl")) == 6


def test_an_output_whose_ledger_is_gone_is_taken_over(seeds_run: Path, tmp_path: Path) -> None:
    shutil.copy(seeds_run / "articles.jsonl", tmp_path)
    with (tmp_path / "articles.jsonl").open("ab") as file:
        file.write(b'{"id": "torn')
    run = crawl("seeds", "-s", f"DATA_DIR={tmp_path}")
    assert run.returncode == 0
    assert "12 bytes of a crawl that was cut short" in run.stderr
    assert output(tmp_path)["articles.jsonl"] == output(seeds_run)["articles.jsonl"]


def test_a_page_that_has_changed_gets_a_record_that_names_the_one_before(tmp_path: Path) -> None:
    page, data = tmp_path / "page.txt", tmp_path / "data"
    for text in (SOUND, SOUND.replace("fire engine", "snow plough"), SOUND.replace("fire engine", "snow plough")):
        page.write_text(text)
        assert crawl("seeds", "-a", f"path={page}", "-s", f"DATA_DIR={data}").returncode == 0
    first, second = rows(data / "articles.jsonl")
    assert first["replaces"] is None
    assert second["replaces"] == first["id"] != second["id"]
    Draft202012Validator(article_schema()).validate(second)


def test_a_page_that_other_cleaners_have_cleaned_is_cleaned_again(tmp_path: Path) -> None:
    page, data = tmp_path / "page.txt", tmp_path / "data"
    page.write_text(SOUND)
    command = ["seeds", "-a", f"path={page}", "-s", f"DATA_DIR={data}"]
    assert crawl(*command).returncode == 0
    with closing(sqlite3.connect(data / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE pages SET state = json_set(state, '$.cleaners', '0.0.1 older')")
    run = crawl(*command)
    assert run.stderr.split()[:2] == ["pages", "1"]
    assert len(rows(data / "articles.jsonl")) == 1  # it came out as before


def test_two_crawls_on_one_folder(tmp_path: Path) -> None:
    with closing(DataFolder(tmp_path)):
        run = crawl("seeds", "-s", f"DATA_DIR={tmp_path}")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"scrapy crawl: another crawl writes to {tmp_path}")
    assert len(run.stderr.splitlines()) == 1


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


@pytest.mark.parametrize(
    ("argument", "complaint"),
    [
        ("path=nope", "no such file or folder: nope"),
        ("file=seeds,nope", "no such file or folder: nope"),
        ("files=seeds", "the spider seeds takes file, path; not files"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, argument: str, complaint: str) -> None:
    run = crawl("seeds", "-a", argument, "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == f"scrapy crawl: {complaint}\n"
    assert os.listdir(tmp_path) == []


def test_several_files_and_folders_are_read(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text(SOUND.replace("Größe", name))
    (tmp_path / "three.txt").write_text(SOUND)
    given = ",".join(str(tmp_path / name) for name in ("one", "two", "three.txt"))
    assert crawl("seeds", "-a", f"file={given}", "-s", f"DATA_DIR={tmp_path / 'data'}").returncode == 0
    assert len((tmp_path / "data" / "articles.jsonl").read_text().splitlines()) == 3


def test_an_output_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    run = crawl("seeds", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert run.returncode == 2
    assert run.stderr.splitlines() == [f"scrapy crawl: File exists: {tmp_path / 'data'}"]


def test_an_output_that_cannot_be_opened_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").mkdir()
    run = crawl("seeds", "-s", f"DATA_DIR={tmp_path}")
    assert run.returncode == 2
    assert run.stderr.splitlines() == [f"scrapy crawl: Is a directory: {tmp_path / 'audit.jsonl'}"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk to write to")
def test_a_full_disk_ends_the_crawl_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").symlink_to("/dev/full")
    run = crawl("seeds", "-s", f"DATA_DIR={tmp_path}")
    assert run.returncode == 1
    assert "scrapy crawl: the output cannot be written: No space left on device" in run.stderr
    assert "Traceback" not in run.stderr
    (tmp_path / "audit.jsonl").unlink()
    assert crawl("seeds", "-s", f"DATA_DIR={tmp_path}").returncode == 0
    assert len(rows(tmp_path / "articles.jsonl")) == 6


@pytest.mark.skipif(os.name != "posix", reason="no such signals here")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_crawl_that_is_stopped_and_started_again_writes_each_page_once(tmp_path: Path, number: int) -> None:
    pages, data = tmp_path / "pages", tmp_path / "data"
    pages.mkdir()
    names = [f"{page:04}.txt" for page in range(2000)]  # enough for a busy machine to stop before the end
    for name in names:
        (pages / name).write_text(SOUND)
    arguments = ["seeds", "-a", f"path={pages}", "-s", f"DATA_DIR={data}"]
    with subprocess.Popen([*SCRAPY_CRAWL, *arguments], cwd=ROOT, stderr=subprocess.DEVNULL) as run:
        articles = data / "articles.jsonl"
        while not (articles.exists() and articles.stat().st_size > 20_000) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(number)
        assert run.wait(timeout=300) == (130 if number == signal.SIGINT else -number)
    assert 10 < articles.read_bytes().count(b"\n") < len(names)
    assert crawl(*arguments).returncode == 0
    sources = [Path(record["source"]).name for record in rows(articles)]
    assert sources == names
    audited = {Path(row["page"]).name: row for row in rows(data / "audit.jsonl")}
    assert list(audited) == sources


def test_a_spider_that_does_not_exist_is_said_in_one_line() -> None:
    run = crawl("sedes")
    assert run.returncode == 2
    assert run.stderr.splitlines() == ["scrapy crawl: Spider not found: sedes"]


def test_articles_can_be_sent_elsewhere_as_in_any_scrapy_project(tmp_path: Path) -> None:
    run = crawl("seeds", "-o", "-:jsonl", "-s", f"DATA_DIR={tmp_path}")
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) == 6
