"""What may import what, and that the library starts without Scrapy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path.relative_to(ROOT) for folder in ("cleaners", "scraper") for path in (ROOT / folder).rglob("*.py"))

ONE_ADAPTER = {
    "matplotlib": "cleaners/reporting/charts.py",
    "trafilatura": "cleaners/second_opinion.py",
    "htmldate": "cleaners/second_opinion.py",
    "langdetect": "cleaners/language.py",
}
"""Outside engines, and the one module that knows each."""


def imported(module: Path) -> Iterator[str]:
    """The top-level packages that a module imports anywhere in it."""
    for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_one_way(module: Path) -> None:
    packages = set(imported(module))
    if module.parts[0] == "cleaners":
        assert not packages & {"scrapy", "scraper", "twisted", "itemadapter", "w3lib", "bench", "tests"}
    else:
        assert not packages & {"bench", "tests"}
    for engine, adapter in ONE_ADAPTER.items():
        assert engine not in packages or module.as_posix() == adapter


def test_the_checks_see_the_modules() -> None:
    assert Path("cleaners/data.py") in MODULES
    assert "scrapy" in set(imported(Path("scraper/spiders/seeds.py")))
    assert "langdetect" in set(imported(Path(ONE_ADAPTER["langdetect"])))


def test_the_library_starts_without_scrapy() -> None:
    code = "import sys, cleaners, cleaners.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(run.stdout.split()) & {"scrapy", "scraper", "twisted", "datatrove", "matplotlib", "jinja2"}
    assert "cleaners" in run.stdout.split()
