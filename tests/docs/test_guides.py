"""Guides whose commands need a folder of their own: they run as printed, and what they show is valid."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path

import jsonschema
import pytest

from cleaners.data import Page
from cleaners.profiles import read_profiles
from cleaners.records.schema import article_schema
from tests.support.doc_pages import fenced, run
from tests.support.made_outlet import STORIES, write_outlet
from tests.support.paths import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with pages, and with the records of two runs over them."""
    (tmp_path / "pages").mkdir()
    for page in [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "whole" / "pages").glob("*-de.html")]:
        shutil.copy(page, tmp_path / "pages")
    run(["copydesk", "clean", "pages", "-o", "articles.jsonl"], tmp_path)
    (tmp_path / "archive" / "2026").mkdir(parents=True)
    (tmp_path / "archive" / "2026" / "day.jsonl").write_bytes((tmp_path / "articles.jsonl").read_bytes())
    return tmp_path


def test_one_corpus(folder: Path) -> None:
    if not importlib.util.find_spec("datasets"):
        pytest.skip("datasets is not installed; pip install 'copydesk[analysis]' brings it")
    (commands,), (code,) = fenced("docs/corpus.md", "sh"), fenced("docs/corpus.md", "python")
    run(["bash", "-e", "-c", commands], folder)
    counts = run([sys.executable, "-c", f"{code}\nprint(len(stories), len(left_out))"], folder)
    kept, left_out = map(int, counts.split()[-2:])
    assert kept
    assert kept + left_out == 2 * len((folder / "articles.jsonl").read_bytes().splitlines())


def test_rights(folder: Path) -> None:
    (commands,) = fenced("docs/rights.md", "sh")
    (folder / "articles.jsonl").unlink()
    run(["bash", "-e", "-c", "\n".join(line for line in commands.splitlines() if "crawl" not in line)], folder)
    assert (folder / "articles.jsonl").exists()
    (shown,) = fenced("docs/rights.md", "json")
    schema = article_schema()
    rights = {**schema["properties"]["rights"], "$defs": schema["$defs"]}
    jsonschema.validate(json.loads(f"{{{shown}}}")["rights"], rights)


def test_profiles(tmp_path: Path) -> None:
    (shown,) = fenced("docs/profiles.md", "toml")
    (tmp_path / "profiles.toml").write_text(shown, "utf-8")
    (profile,) = read_profiles(tmp_path / "profiles.toml").put_on(Page("", url="https://gazette.example/a")).profiles
    assert (len(profile.lines), len(profile.places)) == (2, 1)
    for folder in ("corpus/archive", "pages"):
        write_outlet(tmp_path / folder)
    shutil.copy(tmp_path / "pages" / "0.html", tmp_path / "page.html")
    (commands, *crawls), (code,) = fenced("docs/profiles.md", "sh"), fenced("docs/profiles.md", "python")
    assert ["crawl" in block for block in crawls] == [True, True]  # tests of crawls run them
    (tmp_path / "profiles.toml").unlink()
    run(["bash", "-e", "-c", "\n".join(line for line in commands.splitlines() if "crawl" not in line)], tmp_path)
    assert len((tmp_path / "articles.jsonl").read_bytes().splitlines()) == 2 * len(STORIES)
    assert run([sys.executable, "-c", f"{code}\nprint(len(cleaned.articles))"], tmp_path).split() == ["1"]


def test_the_project_file(folder: Path) -> None:
    (shown,) = fenced("docs/cleaning.md", "toml")
    (folder / "copydesk.toml").write_text(shown, "utf-8")
    run(["copydesk", "clean", "pages", "-o", "some.jsonl"], folder)
    assert (folder / "rejects.jsonl").exists()
    run(["copydesk", "crawl", "seeds", "-a", "file=pages", "-q"], folder)
    assert (folder / "corpus" / "articles.jsonl").exists()
