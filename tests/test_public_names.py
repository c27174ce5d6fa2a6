"""The names that users import: each stays where it was, under every path that it ever had."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import cleaners
import cleaners.pipeline
from tests.support.bad_pages import SOUND
from tests.support.command import ENVIRONMENT

PATHS = {
    "clean": ("cleaners", "cleaners.clean"),
    "clean_page": ("cleaners", "cleaners.clean"),
    "read_articles": ("cleaners", "cleaners.records.reader"),
    "Page": ("cleaners", "cleaners.data"),
    "Article": ("cleaners", "cleaners.data"),
}


@pytest.mark.parametrize(("name", "module"), [(name, module) for name, modules in PATHS.items() for module in modules])
def test_a_public_name_is_the_same_under_each_path(name: str, module: str) -> None:
    assert getattr(importlib.import_module(module), name) is getattr(cleaners, name)


@pytest.mark.parametrize("name", ["clean", "clean_page"])
def test_the_pipeline_has_what_loads_it_under_the_same_name(name: str) -> None:
    assert inspect.signature(getattr(cleaners.pipeline, name)) == inspect.signature(getattr(cleaners, name))


def test_importing_the_package_loads_no_engine() -> None:
    code = "import sys, cleaners; print(*{'numpy', 'lxml', 'trafilatura', 'bs4', 'langdetect'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"\n"


def test_one_page_from_the_shell_starts_no_worker_and_loads_no_peer(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(SOUND)
    code = """
import sys
from cleaners.cli import main
main(["clean", "page.txt", "-q", "-o", "out.jsonl"])
print(*{"pebble", "trafilatura", "bs4", "langdetect", "scrapy"} & {*sys.modules})
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=tmp_path, env=ENVIRONMENT)
    assert run.stdout == b"\n"


def test_the_module_clean_does_not_hide_the_function() -> None:
    importlib.import_module("cleaners.clean")
    assert callable(cleaners.clean)


def test_every_public_name_is_there() -> None:
    assert [name for name in cleaners.__all__ if not hasattr(cleaners, name)] == []
