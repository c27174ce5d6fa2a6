"""The learned models as values, and what a weights file that cannot be used leads to."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cleaners import CopydeskError, Page, clean, clean_page
from cleaners.errors import BadWeights
from cleaners.models import FORMAT, read_models, shipped_models
from tests.support.made_pages import STORY
from tests.support.paths import ROOT

WEIGHTS = ROOT / "cleaners" / "weights"
FILES = ("html.npz", "text.npz", "joins.npz", "vectors.npz", "stems.txt", "page_kind.json", "confidence.json")
HTML = f"<html><body><article><h1>{STORY.headline}</h1>" + "".join(f"<p>{text}</p>" for text in STORY.body)


def missing(file: Path) -> None:
    file.unlink()


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def damaged(file: Path) -> None:
    """One character of a number or of a word in the middle is another one."""
    content = bytearray(file.read_bytes())
    place = next(at for at in range(len(content) // 2, len(content)) if chr(content[at]).isalnum())
    content[place] = ord("4" if content[place] != ord("4") else "5")
    file.write_bytes(content)


def newer(file: Path) -> None:
    write_format(file, FORMAT + 1)


def write_format(file: Path, number: int) -> None:
    if file.suffix == ".npz":
        with np.load(file) as stored:
            arrays = {**stored, "format": np.uint32(number)}
        np.savez(file, **arrays)  # type: ignore[arg-type]
    elif file.suffix == ".json":
        file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"format": number}), "utf-8")
    else:
        file.write_text(file.read_text("utf-8").replace(f"format {FORMAT}", f"format {number}", 1), "utf-8")


FAULTS = {
    missing: "is missing",
    cut: "is damaged",
    empty: "is damaged|has format None",
    damaged: "is damaged",
    newer: "has format 2",
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_weights_that_cannot_be_used_are_named_in_one_line(
    tmp_path: Path, file: str, fault: Callable[[Path], None]
) -> None:
    shutil.copytree(WEIGHTS, tmp_path, dirs_exist_ok=True)
    fault(tmp_path / file)
    with pytest.raises(BadWeights, match=FAULTS[fault]) as raised:
        read_models(tmp_path)
    message = str(raised.value)
    assert str(tmp_path / file) in message
    assert "\n" not in message
    assert isinstance(raised.value, CopydeskError)


@pytest.mark.parametrize("file", FILES)
def test_weights_without_a_format_are_those_of_another_one(tmp_path: Path, file: str) -> None:
    shutil.copytree(WEIGHTS, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    if path.suffix == ".npz":
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files if name != "format"}
        packed = io.BytesIO()
        np.savez(packed, **arrays)  # type: ignore[arg-type]
        path.write_bytes(packed.getvalue())
    else:
        path.write_text("{}" if path.suffix == ".json" else "", "utf-8")
    with pytest.raises(BadWeights, match="has format None"):
        read_models(tmp_path)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, whose weights may be damaged."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "cleaners", folder / "cleaners", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "page.html").write_text(HTML, "utf-8")
    return folder


@pytest.mark.parametrize("fault", [missing, cut, newer], ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_command_reports_the_weights_in_one_line(checkout: Path, command: str, fault: Callable[[Path], None]) -> None:
    file = checkout / "cleaners" / "weights" / "vectors.npz"
    fault(file)
    run = subprocess.run(
        [sys.executable, "-m", "cleaners", command, "page.html"],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    shutil.copy(WEIGHTS / file.name, file)
    assert run.returncode == 2
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert str(file) in line


def test_the_models_are_what_the_caller_hands_in() -> None:
    shipped = shipped_models()
    assert clean(HTML, kind="html") == clean(HTML, kind="html", models=shipped)
    never = replace(shipped, page_kind=dict.fromkeys(shipped.page_kind, 0.0) | {"intercept": -50.0})
    (article,) = clean_page(Page(HTML, kind="html"), models=never).articles
    assert article.kind == "index"


def test_the_models_that_ship_are_read_once() -> None:
    assert shipped_models() is shipped_models()
