import base64
import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from bench.errors import MissingCorpusError
from bench.pages.corpora import (
    Sample,
    read_fundus,
    read_jsonl,
    read_scrapinghub,
    read_trafilatura,
    read_wcxb,
    write_jsonl,
)

HTML = "<html><body><p>First.</p><p>Second.</p></body></html>"
URL = "https://www.example.co.uk/story"


def test_our_own_layout(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl.xz"
    _write_jsonl(
        path,
        {"id": "1", "url": URL, "html": HTML, "text": "First.\n\nSecond.", "author": "Ann", "summary": ["Both."]},
        {"id": "2", "url": URL, "html_base64": base64.b64encode(b"<p>\xe9</p>").decode(), "must_have": ["é"]},
    )
    first, second = read_jsonl(path)
    assert first.paragraphs == ("First.", "Second.")
    assert (first.authors, first.summary, first.page_type) == (("Ann",), ("Both.",), "article")
    assert second.html == b"<p>\xe9</p>"
    assert second.text is None
    assert second.must_have == ("é",)


def test_a_written_set_is_read_again(tmp_path: Path) -> None:
    samples = [
        Sample("1", URL, HTML, ("First.", "Second."), title="Two", authors=("Ann",), date="2025-01-15"),
        Sample("2", "", b"<p>\xe9</p>", must_have=("x",), must_not_have=("y",), page_type="forum", headings=("H",)),
    ]
    write_jsonl(tmp_path / "pages.jsonl.xz", samples)
    assert list(read_jsonl(tmp_path / "pages.jsonl.xz")) == samples
    with pytest.raises(FileExistsError):
        write_jsonl(tmp_path / "pages.jsonl.xz", samples)


def test_scrapinghub_layout(tmp_path: Path) -> None:
    _write_json(tmp_path / "ground-truth.json", {"ab12": {"articleBody": "First.\n\nSecond.", "url": URL}})
    _write_page(tmp_path / "html" / "ab12.html.gz")
    assert list(read_scrapinghub(tmp_path)) == [Sample("ab12", URL, HTML.encode(), ("First.", "Second."))]


def test_wcxb_layout(tmp_path: Path) -> None:
    truth = {"title": "Two", "author": "Ann", "publish_date": "2025-01-15", "main_content": "First.\n\nSecond."}
    page = {
        "url": URL,
        "_internal": {"page_type": {"primary": "forum"}},
        "ground_truth": {**truth, "with": ["First"], "without": ["Menu"]},
    }
    _write_json(tmp_path / "ground-truth" / "0001.json", page)
    _write_page(tmp_path / "html" / "0001.html.gz")
    (sample,) = read_wcxb(tmp_path)
    assert (sample.id, sample.page_type, sample.text) == ("0001", "forum", "First.\nSecond.")
    assert (sample.must_have, sample.must_not_have) == (("First",), ("Menu",))
    assert (sample.title, sample.authors, sample.date) == ("Two", ("Ann",), "2025-01-15")


def test_fundus_layout_with_an_optional_paragraph(tmp_path: Path) -> None:
    _write_json(tmp_path / "ground_truth.json", {"Paper_0.html.gz": {"body": ["First.", "[Second.]"], "url": URL}})
    _write_page(tmp_path / "html" / "Paper_0.html.gz")
    (sample,) = read_fundus(tmp_path)
    assert (sample.id, sample.paragraphs, sample.optional) == ("Paper_0", ("First.", "Second."), frozenset({1}))


@pytest.mark.parametrize("folder", ["cache", "eval"])
def test_trafilatura_layout_leaves_out_pages_that_are_not_there(tmp_path: Path, folder: str) -> None:
    pages = {
        URL: {"file": "here.html", "with": ["First"], "without": ["Menu"]},
        "https://example.org/": {"file": "gone.html", "with": [], "without": []},
    }
    (tmp_path / "evaldata.py").write_text(f"# a table\nEVAL_PAGES = {pages!r}\n", encoding="utf-8")
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "here.html").write_text(HTML, encoding="utf-8")
    (sample,) = read_trafilatura(tmp_path)
    assert (sample.id, sample.url, sample.html) == ("here.html", URL, HTML.encode())
    assert (sample.must_have, sample.must_not_have, sample.text) == (("First",), ("Menu",), None)


def test_trafilatura_tables_are_read_and_never_run(tmp_path: Path) -> None:
    (tmp_path / "evaldata.py").write_text("EVAL_PAGES = open('evaldata.py')\n", encoding="utf-8")
    with pytest.raises(ValueError, match="malformed"):
        list(read_trafilatura(tmp_path))


def test_a_newer_trafilatura_table_is_json(tmp_path: Path) -> None:
    _write_json(tmp_path / "evaldata.json", {URL: {"file": "a.html", "with": ["First"], "without": []}})
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "a.html").write_text(HTML, encoding="utf-8")
    assert [sample.id for sample in read_trafilatura(tmp_path)] == ["a.html"]


@pytest.mark.parametrize("reader", [read_jsonl, read_scrapinghub, read_wcxb, read_fundus, read_trafilatura])
def test_a_missing_corpus_is_named(tmp_path: Path, reader: Any) -> None:
    with pytest.raises(MissingCorpusError, match="absent"):
        list(reader(tmp_path / "absent"))


def test_pages_of_one_owner_share_a_site() -> None:
    urls = ["https://www.example.co.uk/a", "http://news.example.com/b", "https://other.example.org"]
    assert [Sample(str(index), url, "").site for index, url in enumerate(urls)] == ["example"] * 3
    assert Sample("x", "", "").site == "x"


def _write_jsonl(path: Path, *records: dict[str, Any]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def _write_page(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(HTML.encode()))
