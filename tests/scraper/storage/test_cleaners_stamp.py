"""The stamp of the cleaners covers what decides about a page, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scraper.storage.cleaners_stamp import deciding_files, digest_of_cleaners
from tests.support.paths import ROOT
from tests.test_layout import IMPORTS, MODULES

CLEANERS = ROOT / "cleaners"


def _covered() -> set[str]:
    return {path for path, _ in deciding_files(CLEANERS)}


def _imported_by(*modules: str) -> set[str]:
    """The modules of the cleaners that these import, directly or not, and they themselves."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [name for name in IMPORTS[module] if name in MODULES]
    return found


@pytest.fixture
def cleaners(tmp_path: Path) -> Path:
    """A copy of the cleaners that a test may change."""
    return shutil.copytree(CLEANERS, tmp_path / "cleaners", ignore=shutil.ignore_patterns("__pycache__"))


def test_every_module_that_cleans_a_page_is_covered() -> None:
    needed = {MODULES[name] for name in _imported_by("cleaners.pipeline", "cleaners.records.rows")}
    assert {path.relative_to(CLEANERS).as_posix() for path in needed} - _covered() == set()


def test_data_and_weights_are_covered() -> None:
    rooms = {Path(path).parts[0] for path in _covered() if "/" in path} - {"records"}
    suffixes = {".toml", ".txt", ".npz", ".json"}
    data = {path for room in rooms for path in (CLEANERS / room).rglob("*") if path.suffix in suffixes}
    assert {path.suffix for path in data} == suffixes
    assert {path.relative_to(CLEANERS).as_posix() for path in data} - _covered() == set()


@pytest.mark.parametrize(
    "room", "commands reporting tracing comparing explaining reading running cli.py datatrove.py".split()
)
def test_what_only_shows_or_reads_pages_is_not_covered(room: str) -> None:
    assert (CLEANERS / room).exists()
    assert not {path for path in _covered() if path.split("/")[0] == room}


def test_a_changed_rule_changes_the_digest(cleaners: Path) -> None:
    before = digest_of_cleaners(cleaners)
    with (cleaners / "kind/phrases.toml").open("a") as file:
        file.write("\n# changed\n")
    assert digest_of_cleaners(cleaners) != before


@pytest.mark.parametrize("path", ["commands/report.py", "weights/html.md", "words/__pycache__/dates.cpython-312.pyc"])
def test_a_changed_help_text_card_or_compiled_module_does_not(cleaners: Path, path: str) -> None:
    before = digest_of_cleaners(cleaners)
    (cleaners / path).parent.mkdir(exist_ok=True)
    with (cleaners / path).open("a") as file:
        file.write("\n# changed\n")
    assert digest_of_cleaners(cleaners) == before
