"""What CONTRIBUTING.md and the pages on architecture name exists: paths, functions, commands, make targets, layers."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache

import pytest
from scrapy.settings import default_settings

from bench.__main__ import COMMANDS
from cleaners.cli import command_line
from cleaners.data import DROPPED, FIELDS, KEPT, Label
from cleaners.records.schema import article_schema
from scraper.commands.copydesk_crawl import SPIDERS
from tests.support.doc_pages import read
from tests.support.paths import ROOT
from tests.test_layout import CLEANERS, SCRAPER

GUIDES = ("CONTRIBUTING.md", "docs/architecture.md")
FOLDERS = ("bench/", "cleaners/", "docs/", "scraper/", "tests/")
PAGES = sorted(
    [*GUIDES, "README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
    + [f"cleaners/weights/{path.name}" for path in (ROOT / "cleaners" / "weights").glob("*.md")]
)
BENCHES = {name for room in COMMANDS.values() for name in room}


def code(page: str) -> list[str]:
    """What stands in backquotes, and the words of the fenced blocks."""
    text = read(page)
    fenced = re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", text) + [line for block in fenced for line in block.splitlines()]


def paths(page: str) -> Iterator[str]:
    """The paths of the project that a page names."""
    for piece in code(page):
        for word in piece.split():
            if word.startswith(FOLDERS) and "…" not in word:
                yield word.partition("::")[0]


@pytest.mark.parametrize("page", sorted({*GUIDES, *PAGES}))
def test_paths_exist(page: str) -> None:
    assert [path for path in paths(page) if not (ROOT / path).exists()] == []


MODULE = r"`((?:cleaners|scraper|bench|tests)/[\w/]+\.py)`"


@pytest.mark.parametrize("page", GUIDES)
def test_modules_have_the_names_that_are_said_of_them(page: str) -> None:
    """A name in backquotes, followed or preceded in one sentence by a module, is one of that module's."""
    text = " ".join(re.sub(r"^```.*?^```$", "", read(page), flags=re.DOTALL | re.MULTILINE).split())
    said = re.findall(rf"`(\w+)`\)? (?:in|to|,|of) {MODULE}", text)
    said += [(name, path) for path, name in re.findall(rf"{MODULE} \(`(\w+)`\)", text)]
    assert said
    for name, path in said:
        assert hasattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name), f"{name} in {path}"


@pytest.mark.parametrize("page", GUIDES)
def test_upper_case_names_and_rules_exist(page: str) -> None:
    sources = "".join(path.read_text("utf-8") for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    for name in {name for piece in code(page) for name in re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b", piece)}:
        assert re.search(rf"\b{name}\b", sources) or hasattr(default_settings, name), name


def test_the_words_of_the_glossary_are_types_or_said_by_their_module() -> None:
    rows = re.findall(r"^\| (\w+) \|.*\| `([\w/]+\.py)` \|$", read("docs/architecture.md"), re.MULTILINE)
    assert len(rows) > 10
    for word, path in rows:
        assert re.search(rf"\b{word}\b", (ROOT / path).read_text("utf-8"), re.IGNORECASE), word


@pytest.mark.parametrize("page", sorted({*GUIDES, *PAGES}))
def test_commands_exist(page: str) -> None:
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE))
    commands = set(command_line()._subparsers._group_actions[0].choices or ())  # type: ignore[union-attr]
    for piece in code(page):
        for target in re.findall(r"(?:^|\s)make ([a-z-]+)\b", piece):
            assert target in targets, piece
        for bench in re.findall(r"python -m bench ([a-z][\w-]*)", piece):
            assert bench in BENCHES, piece
        for module in re.findall(r"python -m (bench\.[\w.]+)", piece):
            assert (ROOT / f"{module.replace('.', '/')}.py").exists(), piece
        for command in re.findall(r"(?:^|\s)copydesk ([a-z]+)\b", piece):
            assert command in commands, piece


@pytest.mark.parametrize(("package", "layers"), [("cleaners", CLEANERS), ("scraper", SCRAPER)])
def test_the_layers_are_those_of_the_layout(package: str, layers: list[str]) -> None:
    section = read("docs/architecture.md").partition(f"### {package}\n")[2].partition("\n#")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == layers


def test_the_table_of_the_record_is_the_schema() -> None:
    rows = read("docs/record.md").partition("## The audit")[0]
    first = re.findall(r"^\| (`.*?`) \|", rows, re.MULTILINE)
    assert [name for cell in first for name in re.findall(r"`(\w+)`", cell)] == list(article_schema()["properties"])


def test_the_table_of_labels_is_that_of_the_code() -> None:
    row = r"^\| (kept in `text`|fields of their own|dropped) \| (.*) \|$"
    found = re.findall(row, read("docs/record.md"), re.MULTILINE)
    told = {side: re.findall(r"`(\w+)`", cells) for side, cells in found}
    sides = {"kept in `text`": KEPT, "fields of their own": FIELDS, "dropped": DROPPED}
    assert told == {row: [label.value for label in Label if label in side] for row, side in sides.items()}


def test_the_names_that_the_changelog_moves_exist() -> None:
    rows = re.findall(r"^  \| `[^`]+` \| `((?:cleaners|scraper)[\w.]*)\.(\w+)` \|$", read("CHANGELOG.md"), re.MULTILINE)
    assert len(rows) >= 3
    for module, name in rows:
        assert hasattr(importlib.import_module(module), name), f"{module}.{name}"


# --- The recipes ---------------------------------------------------------------------------------------------------


def recipe(title: str) -> str:
    """A section of CONTRIBUTING.md."""
    _, heading, text = read("CONTRIBUTING.md").partition(f"\n## {title}")
    assert heading, title
    return text.partition("\n## ")[0]


NO_LANGUAGES = {"agencies.toml", "embeds.toml", "crawlers.toml"}
"""Lists of names and hosts, which hold in every language."""


def test_each_list_of_words_is_named_where_a_language_is_added() -> None:
    lists = [path for ending in ("toml", "txt") for path in (ROOT / "cleaners").rglob(f"*.{ending}")]
    lists = [path for path in lists if path.parent.name not in ("phrases", "weights")]
    assert len(lists) > 10
    text = recipe("Add a language")
    assert [path.name for path in lists if path.name not in NO_LANGUAGES and f"{path.name}`" not in text] == []


def test_the_constants_with_words_exist() -> None:
    rows = re.findall(r"^   \| `([\w/]+\.py)` \| (.*?) \|", recipe("Add a language"), re.MULTILINE)
    assert len(rows) > 5
    for path, names in rows:
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        assert [name for name in re.findall(r"`(\w+)`", names) if not hasattr(module, name)] == [], path


ENUMERATED = {
    "Add a field of the record": set(article_schema()["properties"]),
    "Add a label": {label.value for label in Label},
    "Add a spider": set(SPIDERS),
}
"""What a recipe adds one to: the names of all that there are."""

MISSING = 8
"""A file that lists all of something but for one in so many names needs a line for a new one as well."""


@pytest.mark.parametrize("title", ENUMERATED)
def test_each_file_that_lists_all_of_something_is_named_where_one_is_added(title: str) -> None:
    names, text = ENUMERATED[title], recipe(title)
    files = [path for path in sources() if len(names - words_of(path)) <= len(names) // MISSING]
    assert len(files) > 1
    assert [path for path in files if path not in text] == []


@cache
def sources() -> tuple[str, ...]:
    """The files of code, data and text of the project."""
    endings = {".py", ".json", ".toml", ".css", ".md"}
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in endings)
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))


@cache
def words_of(path: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", read(path)))


@pytest.mark.parametrize("title", re.findall(r"^## (Add .*)$", read("CONTRIBUTING.md"), re.MULTILINE))
def test_a_recipe_ends_with_a_command_whose_tests_exist(title: str) -> None:
    commands = re.findall(r"`(\.venv/bin/[^`]+)`", recipe(title))
    assert commands
    tests = [word for command in commands for word in command.split() if word.startswith("tests/")]
    assert [path for path in tests if not (ROOT / path).exists()] == []


def test_files_that_are_named_without_their_folder_exist() -> None:
    names = set(re.findall(r"`([\w.]+\.(?:py|toml|txt|css|json))`", read("CONTRIBUTING.md")))
    assert names
    there = {path.name for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")} | {"pyproject.toml"}
    assert names - there - {"constraints.txt"} == set()
