from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaners import read_articles
from cleaners.data import Input, Page, RejectedInput, Rejection
from cleaners.reading import read_pages
from cleaners.records.rows import json_line
from cleaners.running.batch import clean_to_lines
from tests.support.bad_pages import PDF, SOUND
from tests.support.made_outlet import PITCH, write_outlet

pytest.importorskip("datatrove", reason="datatrove is not installed; pip install 'copydesk[datatrove]' brings it")

import fsspec
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep

from cleaners.datatrove import (
    CleanPages,
    ReadPages,
    WriteRecords,
    article_document,
    document_page,
    document_record,
    page_document,
    pipeline,
)

HTML = f"<html><title>Valley</title><body><article>{SOUND.replace(chr(10) * 2, '</p><p>')}</article></body></html>"
HALF_A_PAIR = SOUND.replace("fire engine", "fire \ud83d engine")


class Fatal(str):
    """A page that ends the process that unpacks it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


class Deadly(str):
    """A page that ends the process that cleans it: what a fault in a library does."""

    def encode(self, *_: object) -> bytes:
        os._exit(9)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Six pages: HTML, dumps, one with half a surrogate pair, and two that give no article."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "0.txt").write_text(SOUND)
    (folder / "1.html").write_text(HTML)
    (folder / "2.pdf").write_bytes(PDF)
    (folder / "3.txt").write_bytes(HALF_A_PAIR.encode("utf-8", "surrogatepass"))
    (folder / "4.txt").write_text(SOUND.replace("fire engine", "snow plough"))
    (folder / "5.txt").write_text("Share\n")
    return folder


def run(steps: Sequence[PipelineStep], folder: Path, tasks: int = 2) -> dict[str, Any]:
    """Run the steps in this process, one task after the other; what the cleaning step has counted."""
    executor = LocalPipelineExecutor(list(steps), tasks=tasks, workers=1, logging_dir=str(folder / "logs"))
    executor.run()
    (counted,) = [step for step in json.loads((folder / "logs" / "stats.json").read_text()) if "CLEAN" in step["name"]]
    return {name: stat if isinstance(stat, int) else stat["total"] for name, stat in counted["stats"].items()}


def timeless(records: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records in the order of their sources, without the time of reading."""
    return sorted(({**record, "retrieved_at": None} for record in records), key=lambda record: str(record["source"]))


def rejects(folder: Path) -> dict[str, str]:
    """The code of each rejected source."""
    rows = [json.loads(line) for path in folder.glob("*.jsonl") for line in path.read_bytes().splitlines()]
    return {Path(row["source"]).name: row["code"] for row in rows if row["reason"]}


def test_the_records_are_those_of_clean(pages: Path, tmp_path: Path) -> None:
    counted = run(pipeline(str(pages), str(tmp_path / "out")), tmp_path)
    expected = [clean_to_lines(page) for page in read_pages([pages])]
    articles = timeless(read_articles(tmp_path / "out" / "articles"))
    assert articles == timeless(record for lines in expected for record in map(as_written, lines.articles))
    assert len(articles) == 4
    assert [counted[name] for name in ("pages", "forwarded", "dropped", "rejected_not-text")] == [6, 4, 2, 1]
    assert counted["doc_len"] == sum(len(article["text"]) for article in articles)


def as_written(record: dict[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json_line(record))
    return written


def test_rejects_have_reasons(pages: Path, tmp_path: Path) -> None:
    steps = [ReadPages(str(pages)), CleanPages(WriteRecords(str(tmp_path / "rejected"), compression=None))]
    run(steps, tmp_path)
    assert rejects(tmp_path / "rejected") == {"2.pdf": "not-text", "5.txt": "only-navigation"}


@pytest.mark.parametrize("kind", [Deadly, Fatal])
def test_a_page_that_kills_its_worker_costs_itself_alone(tmp_path: Path, kind: type[str]) -> None:
    sources = {"a": SOUND, "b": kind(SOUND), "c": SOUND}
    documents = [Document(text, id=name, metadata={"source": name}) for name, text in sources.items()]
    step = CleanPages(WriteRecords(str(tmp_path / "rejected"), compression=None))
    assert [article.metadata["source"] for article in step.run(documents)] == ["a", "c"]
    assert rejects(tmp_path / "rejected") == {"b": "crash"}


def test_a_second_run_skips_what_is_finished(pages: Path, tmp_path: Path) -> None:
    steps = pipeline(str(pages), str(tmp_path / "out"))
    run(steps, tmp_path)
    written = sorted((tmp_path / "out" / "articles").iterdir())
    (tmp_path / "logs" / "completions" / "00001").unlink()  # as if the run had been killed in the second task
    for path in written:
        path.write_bytes(b"cut")
    run(steps, tmp_path)
    assert [path.name for path in written] == ["00000.jsonl.gz", "00001.jsonl.gz"]
    assert [path.read_bytes() == b"cut" for path in written] == [True, False]
    assert [Path(article["source"]).name for article in read_articles(written[1])] == ["1.html", "3.txt"]


def test_tasks_run_side_by_side_in_processes(pages: Path, tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "from datatrove.executor import LocalPipelineExecutor\n"
        "from cleaners.datatrove import pipeline\n"
        "if __name__ == '__main__':\n"
        f"    LocalPipelineExecutor(pipeline({str(pages)!r}, 'out'), tasks=3, workers=2, logging_dir='logs').run()\n"
    )
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert len(list(read_articles(tmp_path / "out" / "articles"))) == 4


def test_files_elsewhere_are_read_under_their_own_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tempfile.gettempdir())
    memory = fsspec.filesystem("memory")
    memory.pipe("/crawl/0.txt", SOUND.encode())
    memory.pipe("/crawl/1.txt", b"")
    steps = [ReadPages("memory://crawl"), CleanPages(WriteRecords(str(tmp_path / "rejected"), compression=None))]
    run([*steps, WriteRecords(str(tmp_path / "out"))], tmp_path)
    (article,) = read_articles(tmp_path / "out")
    assert article["source"] == "memory:///crawl/0.txt"
    assert rejects(tmp_path / "rejected") == {"1.txt": "empty"}


@pytest.mark.parametrize(
    "page",
    [
        Page(b"\xff\x00", url="https://example.org/", kind="html", source="a", retrieved_at="2026-01-06", charset="x"),
        Page("text \ud83d"),
        RejectedInput(Page(b"", source="gone.txt"), Rejection("unreadable", "The file cannot be read: gone.")),
    ],
)
def test_a_page_comes_through_a_document(page: Input) -> None:
    assert document_page(page_document(page)) == page


def test_documents_of_other_readers_are_pages() -> None:
    document = Document("<p>Hello", id="1", metadata={"url": "https://example.org/", "file_path": "a.warc", "kind": 7})
    assert document_page(document) == Page("<p>Hello", url="https://example.org/", source="a.warc")
    assert document_page(Document("", id="", metadata={"url": 1, "date": None})) == Page("")


def test_a_record_comes_through_a_document() -> None:
    (record,) = clean_to_lines(Page(SOUND)).articles
    document = article_document(record)
    document.metadata["language_score"] = 0.9  # as another step may add
    assert list(document_record(document).items()) == [*record.items(), ("language_score", 0.9)]


def test_without_the_extra_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['datatrove'] = None; import cleaners.datatrove"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stderr.splitlines()[-1].endswith("is not installed: pip install 'copydesk[datatrove]'")


def test_profiles_are_applied(tmp_path: Path) -> None:
    write_outlet(tmp_path / "gazette")
    table = f'outlet = "{tmp_path / "gazette"}"\nkind = "html"\npages = 5\nlines = [[5, "{PITCH}"]]\n'
    (tmp_path / "profiles.toml").write_text(f"[[profile]]\n{table}")
    for outlets, kept in ((None, 10), (str(tmp_path / "profiles.toml"), 5)):
        out = tmp_path / f"out-{kept}"
        run(pipeline(str(tmp_path / "gazette"), str(out), outlets=outlets), out)
        assert sum(PITCH in record["text"] for record in read_articles(out / "articles")) == kept
