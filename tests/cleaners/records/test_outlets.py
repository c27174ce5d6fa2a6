"""Which outlet a record belongs to, by `diff` and `report` alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaners.comparing import open_run
from cleaners.records.outlets import NOT_STATED, outlet_of
from cleaners.records.rows import write_rows
from cleaners.reporting.counts import ArticleCounts


@pytest.mark.parametrize(
    ("record", "outlet"),
    [
        ({"canonical_url": "https://WWW.Example.org:80/x", "url": "https://amp.example.com/"}, "example.org"),
        ({"canonical_url": "http://[broken", "url": "https://example.com"}, "example.com"),
        ({"canonical_url": 7, "publisher": "  Example Post "}, "Example Post"),
        ({"publisher": ["list"]}, NOT_STATED),
        ({}, NOT_STATED),
        ({"url": "https://www.news.example:8080/a/b"}, "news.example"),
        ({"source": "pages/a/b.html", "url": "http://news.example/a", "publisher": "The News"}, "news.example"),
        ({"source": "pages/a/b.html", "publisher": "The News"}, "The News"),
        ({"source": "pages/a/b.html"}, "pages/a"),
        ({"source": "b.html"}, NOT_STATED),
        ({"source": "https://[broken/a", "url": "https://[broken/a"}, NOT_STATED),
        ({"source": "javascript://news.example/%0aalert()", "url": "javascript:alert()"}, NOT_STATED),
    ],
)
def test_the_outlet(record: dict[str, Any], outlet: str) -> None:
    assert outlet_of(record) == outlet


def test_diff_and_report_name_the_same_outlet(tmp_path: Path) -> None:
    facts = {"canonical_url": "https://example.org/a", "url": "https://amp.example.org/a", "source": "a/b.html"}
    record = {**facts, "id": "1", "text": "One.", "story": {"index": 0, "count": 1, "parent_id": None}}
    path = tmp_path / "articles.jsonl"
    with path.open("wb") as file:
        write_rows(file, [record])
    (page,) = open_run(str(path)).pages
    assert page.outlet == ArticleCounts().add(record) == "example.org"
