"""What docs/crawling.md says is true of the spiders."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from cleaners.kind.decision import KindVerdict, PageKind
from cleaners.kind.rejections import not_an_article
from scraper import settings
from scraper.outlets import parse_outlets
from scraper.spiders.base import argument_names
from tests.support.paths import ROOT

TEXT = (ROOT / "docs" / "crawling.md").read_text("utf-8")
MAKES_REJECTION = frozenset({"Rejection", "rejected", "reject", "reject_asked", "UnsoundRecord"})
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": settings.SPIDER_MODULES}))


def fenced(language: str) -> str:
    return "".join(re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE))


def table() -> dict[str, list[str]]:
    """The arguments of each spider in the first table."""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", TEXT, re.MULTILINE)
    return {name: re.findall(r"`(\w+)`", arguments) for name, arguments in rows}


@pytest.mark.parametrize("spider", sorted(LOADER.list()))
def test_the_table_names_what_a_spider_takes(spider: str) -> None:
    assert table()[spider] == argument_names(LOADER.load(spider))


@pytest.mark.parametrize("command", [line.split("  #")[0] for line in fenced("sh").splitlines()])
def test_the_commands_name_arguments_that_there_are(command: str) -> None:
    words = shlex.split(command.partition("scrapy crawl ")[2])
    given = [after.partition("=")[0] for word, after in pairwise(words) if word == "-a"]
    assert given
    assert set(given) <= set(argument_names(LOADER.load(words[0])))


def test_the_outlets_file_is_one() -> None:
    first, second = parse_outlets(tomllib.loads(fenced("toml")), "the example")
    assert first.language == "en"
    assert second.keep == ("article", "h1")


NEVER_TOLD = {"refused", "stopped"}
"""The code of a base class, and that of a robots.txt for which nobody waits any more when a crawl is stopped."""


def test_the_codes_are_those_that_are_given() -> None:
    assert told_codes() == (given_codes() | kind_codes()) - NEVER_TOLD


def given_codes() -> set[str]:
    """The codes that stand in the code, as arguments of what makes a rejection or as the `code` of a class."""
    files = [path for room in ("scraper", "cleaners") for path in (ROOT / room).rglob("*.py")]
    return {code for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))) for code in codes_in(node)}


def codes_in(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=values) if (
            name.lstrip("_") in MAKES_REJECTION
        ):
            yield from filter(CODE.fullmatch, map(text_of, values[:2]))
        case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
            yield code


def text_of(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def kind_codes() -> set[str]:
    refused = [kind for kind in PageKind if not KindVerdict(kind, "a rule", 0.9).gives_record]
    return {not_an_article(KindVerdict(kind, "a rule", 0.9)).code for kind in refused}


def told_codes() -> set[str]:
    rows = re.findall(r"^\| (`.*?) \|", TEXT.partition("## What is not fetched")[2], re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
