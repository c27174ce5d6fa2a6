"""What may import what: folders in the order of their layers, no circles, a library that starts without Scrapy."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.paths import ROOT

CLEANERS = (
    "version errors data words rights decoding blocks metadata label kind stories models arguments collecting pipeline"
    " clean reading records profiles running ccnews datatrove tracing corpus explaining comparing reporting commands"
    " cli __main__"
).split()
"""The layers of `cleaners/`: each may import those before it, and none behind it."""

SCRAPER = (
    "settings refusals failures hosts requests finding outlets manners frontier storage archive browser crawl spiders"
    " commands responses addon web_poet"
).split()
"""The layers of `scraper/`."""

BENCH = "errors arguments paths tables metrics pages train measure __main__".split()
"""The layers of `bench/`."""

LAYERS = {"cleaners": CLEANERS, "scraper": SCRAPER, "bench": BENCH}

MAY_IMPORT = {"cleaners": {"cleaners"}, "scraper": {"scraper", "cleaners"}, "bench": {"bench", "cleaners", "scraper"}}
"""The packages of the project that each of them may import."""

FOREIGN = {"cleaners": {"scrapy", "twisted", "itemadapter", "w3lib"}}
"""What must not be imported although it is installed: the library never knows of Scrapy."""

ONE_ADAPTER = {
    "matplotlib": "cleaners.reporting.charts",
    "trafilatura": "cleaners.label.second_opinion",
    "htmldate": "cleaners.label.second_opinion",
    "langdetect": "cleaners.metadata.language",
    "py3langid": "cleaners.metadata.language",
}
"""Outside engines, and the one module of `cleaners/` and `scraper/` that knows each."""


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for package in LAYERS for path in sorted((ROOT / package).rglob("*.py"))}


def imported(source: str, modules: Mapping[str, Path] = MODULES) -> Iterator[str]:
    """What a module imports anywhere in it: modules of the project in full, all else by its top-level package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "imports are absolute"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in modules else node.module for name in inner]
        else:
            continue
        yield from (name if name in modules else name.partition(".")[0] for name in names)


def misplaced(module: str, imports: set[str]) -> set[str]:
    """The imports of a module that its place in the layers forbids."""
    package, _, rest = module.partition(".")
    layers = LAYERS[package]
    wrong = {name for name in imports if name in {"tests", *FOREIGN.get(package, ())}}
    wrong |= {name for name in imports if name.split(".")[0] in LAYERS.keys() - MAY_IMPORT[package]}
    if rest:
        own = layers.index(rest.split(".")[0])
        inside = {name for name in imports if name.startswith(f"{package}.")}
        wrong |= {name for name in inside if layers.index(name.split(".")[1]) > own}
    return wrong


IMPORTS = {module: set(imported(path.read_text("utf-8"))) - {module} for module, path in MODULES.items()}


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str) -> None:
    assert misplaced(module, IMPORTS[module]) == set()


@pytest.mark.parametrize("module", [module for module in MODULES if not module.startswith("bench")])
def test_each_engine_has_one_adapter(module: str) -> None:
    assert {engine for engine in IMPORTS[module] & ONE_ADAPTER.keys() if ONE_ADAPTER[engine] != module} == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    within = {module: {name for name in names if name in MODULES} for module, names in IMPORTS.items()}
    TopologicalSorter(within).prepare()


@pytest.mark.parametrize("package", LAYERS)
def test_the_layers_are_those_that_there_are(package: str) -> None:
    there = {module.split(".")[1] for module in MODULES if module.startswith(f"{package}.")}
    assert sorted(LAYERS[package]) == sorted(there)


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("cleaners.label.rules", "from cleaners.stories import split", {"cleaners.stories.split"}),
        ("cleaners.label.rules", "def late():\n    import cleaners.pipeline", {"cleaners.pipeline"}),
        ("cleaners.data", "import scraper.settings", {"scraper.settings"}),
        ("cleaners.data", "from scrapy import Request", {"scrapy"}),
        ("scraper.finding.links", "from scraper.storage.store import Store", {"scraper.storage.store"}),
        ("scraper.requests", "from bench import metrics", {"bench.metrics"}),
        ("cleaners.pipeline", "from cleaners.data import Page", set()),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str, wrong: set[str]) -> None:
    assert misplaced(module, set(imported(source))) == wrong


TEST_FILES = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path.name != "__init__.py"]


def test_tests_import_helpers_from_the_folder_of_helpers_only() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in TEST_FILES
        for name in re.findall(r"^ *(?:from|import) (tests[\w.]*)", path.read_text("utf-8"), re.MULTILINE)
        if not name.startswith(("tests.support", "tests.test_layout"))  # the latter holds the list of the layers
    }
    assert wrong == set()


def test_each_file_outside_the_helpers_holds_tests() -> None:
    elsewhere = [path for path in TEST_FILES if "support" not in path.parts and path.name != "conftest.py"]
    assert [str(path) for path in elsewhere if not path.name.startswith("test_")] == []


def test_a_circle_is_found() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()


def test_the_library_starts_without_scrapy() -> None:
    code = "import sys, cleaners, cleaners.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(run.stdout.split()) & {"scrapy", "scraper", "twisted", "datatrove", "matplotlib", "jinja2"}
    assert "cleaners" in run.stdout.split()
