"""The README's commands run as printed."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaners.reading import read_pages
from cleaners.records.rows import article_rows, json_line
from cleaners.running.batch import clean_or_reject
from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


SHELL = [line.split("  #")[0] for block in fenced("sh") for line in block.splitlines() if not line.startswith("make ")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout, in which commands may write."""
    for name in ("seeds", "scraper", "cleaners", "scrapy.cfg"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def articles() -> bytes:
    """What a run over the seeds leaves in `data/articles.jsonl`."""
    cleaned = map(clean_or_reject, read_pages([ROOT / "seeds"]))
    return b"".join(json_line(row) for page in cleaned for row in article_rows(page))


def run(arguments: list[str], folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        arguments,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("command", SHELL)
def test_shell(command: str, checkout: Path) -> None:
    run(["bash", "-c", command], checkout)


@pytest.mark.parametrize("code", fenced("python"))
def test_python(code: str, checkout: Path, articles: bytes) -> None:
    for library in re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE):
        if not importlib.util.find_spec(library):
            pytest.skip(f"{library} is not installed; pip install 'copydesk[analysis]' brings it")
    (checkout / "data" / "articles.jsonl").write_bytes(articles)
    assert "Ukraine" in run([sys.executable, "-c", code], checkout)


def test_there_is_something_to_run() -> None:
    assert len(SHELL) >= 4
    assert len(fenced("python")) >= 5
