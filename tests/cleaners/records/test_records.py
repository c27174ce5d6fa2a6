from __future__ import annotations

import gzip
import importlib
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import MissingPath, clean, read_articles
from cleaners.records import row_files
from cleaners.records.reader import RejectedLine, read_file, to_record
from cleaners.records.row_files import parse_row
from cleaners.records.rows import json_line
from tests.support.bad_pages import SOUND


def zstandard(data: bytes) -> bytes:
    try:
        module = importlib.import_module("compression.zstd")
    except ImportError:
        module = importlib.import_module("backports.zstd")
    compressed: bytes = module.compress(data, options={module.CompressionParameter.checksum_flag: 1})
    return compressed


COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstandard}


def record(number: int, **more: object) -> dict[str, Any]:
    return {"id": f"{number:016x}", "text": f"The bridge was closed for the {number}th time.", **more}


def lines(*numbers: int) -> bytes:
    return b"".join(json_line(record(number)) for number in numbers)


def read(path: Path) -> tuple[list[str], list[RejectedLine]]:
    """The ids of the articles, and what was refused."""
    refused: list[RejectedLine] = []
    return [article["id"] for article in read_articles(path, refuse=refused.append)], refused


@pytest.mark.parametrize("name", COMPRESSIONS)
def test_what_was_written_is_read(tmp_path: Path, name: str) -> None:
    written = [article.to_dict() for article in clean(SOUND)]
    path = tmp_path / f"articles.jsonl{name}"
    path.write_bytes(COMPRESSIONS[name](b"".join(map(json_line, written))))
    assert list(read_articles(path)) == json.loads(json.dumps(written))
    assert written


@pytest.mark.parametrize("name", [".gz", ".zst"])
def test_compression_is_told_by_content_not_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(COMPRESSIONS[name](lines(1)) + COMPRESSIONS[name](lines(2)))
    assert read(path) == ([f"{1:016x}", f"{2:016x}"], [])


@pytest.mark.parametrize("name", COMPRESSIONS)
def test_all_articles_before_a_cut_are_read_and_the_cut_is_named(tmp_path: Path, name: str) -> None:
    whole = COMPRESSIONS[name](lines(1)) + COMPRESSIONS[name](lines(2))
    first = len(COMPRESSIONS[name](lines(1)))
    path = tmp_path / f"articles.jsonl{name}"
    for cut in range(first + 5, len(whole) - 2):
        path.write_bytes(whole[:cut])
        ids, (refused,) = read(path)
        assert ids in ([f"{1:016x}"], [f"{1:016x}", f"{2:016x}"])  # what ends a compressed file may alone be missing
        assert refused.source.endswith(f"articles.jsonl{name}:{len(ids) + 1}")
        assert refused.code in {"unreadable", "no-json"}


def test_damage_inside_a_compressed_file_is_named(tmp_path: Path) -> None:
    for name in (".gz", ".zst"):
        whole = bytearray(COMPRESSIONS[name](lines(*range(200))))
        whole[len(whole) // 2] ^= 0xFF
        path = tmp_path / f"articles.jsonl{name}"
        path.write_bytes(whole)
        ids, refused = read(path)
        assert len(ids) <= 200
        assert refused[-1].code == "unreadable"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"id": "1", "text": "cut o', "no-json"),
        (b'{"id": "1", "text": "\xff"}', "no-json"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "long"}', "no-json"),
        (b"[" * 100_000, "no-json"),
        (b"[1, 2]", "not-wanted"),
        (b'"id text"', "not-wanted"),
        (b'{"text": "no id"}', "not-wanted"),
        (b'{"id": 7, "text": "number"}', "not-wanted"),
        (b'{"id": "1", "text": null}', "not-wanted"),
    ],
)
def test_a_line_that_is_no_article_costs_itself(tmp_path: Path, line: bytes, code: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(lines(1) + line + b"\n\n" + lines(2))
    ids, (refused,) = read(path)
    assert ids == [f"{1:016x}", f"{2:016x}"]
    assert refused.code == code
    assert refused.source.endswith("articles.jsonl:2")


def test_a_line_longer_than_any_article_ends_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_files, "MAX_LINE_BYTES", 1000)
    path = tmp_path / "articles.jsonl"
    path.write_bytes(lines(1) + json_line(record(2, title="x" * 2000)) + lines(3))
    ids, (refused,) = read(path)
    assert (ids, refused.code) == ([f"{1:016x}"], "too-large")


def test_what_is_refused_is_logged_unless_told_otherwise(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"oops\n" + lines(1))
    with caplog.at_level(logging.WARNING):
        assert len(list(read_articles(path))) == 1
    (message,) = caplog.messages
    assert "articles.jsonl:1: The line is no JSON" in message


def test_of_a_folder_the_files_of_articles_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b" / "3.jsonl.zst").write_bytes(zstandard(lines(3)))
    (tmp_path / "2.jsonl.gz").write_bytes(gzip.compress(lines(2)))
    (tmp_path / "1.jsonl").write_bytes(lines(1))
    (tmp_path / ".hidden" / "4.jsonl").write_bytes(lines(4))
    (tmp_path / ".5.jsonl").write_bytes(lines(5))
    (tmp_path / "notes.txt").write_bytes(lines(6))
    (tmp_path / "audit.jsonl").write_bytes(json_line({"page": "a", "text": "Share", "label": "promo"}))
    (tmp_path / "rejected.jsonl").write_bytes(json_line({"code": "empty"}))
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jsonl")
    assert read(tmp_path) == ([f"{number:016x}" for number in (1, 2, 3)], [])


def test_several_paths_are_read_one_after_the_other(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.jsonl").write_bytes(lines(number))
    paths = [tmp_path / "2.jsonl", str(tmp_path / "1.jsonl")]
    assert [article["id"] for article in read_articles(paths)] == [f"{2:016x}", f"{1:016x}"]


def test_a_path_that_does_not_exist_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(MissingPath, match="nope"):
        read_articles(tmp_path / "nope.jsonl")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (refused,) = read_file(str(tmp_path / "gone.jsonl"))
    assert isinstance(refused, RejectedLine)
    assert refused.code == "unreadable"
    assert "No such file" in refused.reason


@given(st.binary(max_size=200))
def test_no_line_raises(line: bytes) -> None:
    assert isinstance(to_record(parse_row(line), "x:1"), dict | RejectedLine)
