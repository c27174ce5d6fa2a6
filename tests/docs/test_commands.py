"""Every command and every import in the docs is one that there is, also where it cannot be run in a test."""

from __future__ import annotations

import ast
import importlib
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise

import pytest
from scrapy.settings import Settings, default_settings
from scrapy.spiderloader import SpiderLoader

from cleaners.cli import command_line
from scraper import settings
from scraper.spiders.base import argument_names
from tests.support.doc_pages import ALL, fenced
from tests.support.paths import ROOT

LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": settings.SPIDER_MODULES}))
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
OTHERS = {*"cat docker kill make mkdir podman python sbatch sleep source zcat .venv/bin/python bench".split()}
"""Programs that are not ours; what `make` and `python -m bench` are given is checked in test_contributing.py."""

SETTINGS_OF_OTHERS = {"PLAYWRIGHT_LAUNCH_OPTIONS"}


def commands(page: str) -> Iterator[list[str]]:
    """The commands of a page as words, those behind a pipe, too, without where they read from and write to."""
    for block in fenced(page, "sh") + fenced(page, "console"):
        for line in block.replace("\\\n", " ").splitlines():
            yield from split(line.removeprefix("$ "))


def split(line: str) -> Iterator[list[str]]:
    """The commands of a line."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    command: list[str] = []
    skipped = False
    for word in lexer:
        if set(word) <= set("|&;"):
            yield command
            command = []
        elif set(word) <= set("<>&"):
            skipped = True
            if command[-1:] in (["1"], ["2"]):  # the number of a stream
                command.pop()
        elif skipped:
            skipped = False
        else:
            command.append(word)
    if command:
        yield command


def complaint(command: list[str]) -> str | None:
    """What is wrong with a command."""
    match command:
        case ["copydesk" | "cleaners" | ".venv/bin/copydesk", *rest]:
            return complaint_of_ours(rest)
        case ["scrapy", "crawl", spider, *rest]:
            return complaint_of_spider(spider, rest)
        case ["scrapy", "list", *_]:
            return None
        case ["pip", "install", *what]:
            named = {name for each in what for name in each.partition("[")[2].rstrip("]").split(",") if "[" in each}
            return f"no extras {named - EXTRAS.keys()}" if named - EXTRAS.keys() else None
    return None if command[0] in OTHERS else f"nobody knows {command[0]}"


def complaint_of_ours(arguments: list[str]) -> str | None:
    try:
        command_line().parse_args(arguments)
    except SystemExit as stopped:
        return f"exit code {stopped.code}" if stopped.code else None
    return complaint_of_spider(arguments[1], arguments[2:]) if arguments[0] == "crawl" else None


def complaint_of_spider(spider: str, rest: list[str]) -> str | None:
    given = [(option, value.partition("=")[0]) for option, value in pairwise(rest) if option in ("-a", "-s")]
    arguments, known = (
        argument_names(LOADER.load(spider)),
        {*dir(settings), *dir(default_settings), *SETTINGS_OF_OTHERS},
    )
    wrong = [name for option, name in given if name not in (arguments if option == "-a" else known)]
    return f"unknown: {wrong}" if wrong else None


@pytest.mark.parametrize("page", ALL)
def test_commands_are_ones_that_there_are(page: str) -> None:
    assert [(command, wrong) for command in commands(page) if (wrong := complaint(command))] == []


def test_there_are_commands() -> None:
    assert sum(1 for page in ALL for _ in commands(page)) > 60


@pytest.mark.parametrize(
    "line",
    [
        "copydesk clean --no-such seeds",
        "cat x | copydesk wash",
        "scrapy crawl feed -a adress=x",
        "scrapy crawl feed -a url=x -s NO_SUCH=1",
        "copydesk crawl feed -a adress=x",
        "pip install 'copydesk[web_poet]'",
        "unheard-of x",
    ],
)
def test_a_wrong_command_is_found(line: str) -> None:
    assert [complaint(command) for command in split(line)][-1]


@pytest.mark.parametrize("page", ALL)
def test_imports_are_ones_that_there_are(page: str) -> None:
    for block in fenced(page, "python"):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ("cleaners", "scraper"):
                module = importlib.import_module(node.module or "")
                assert [name.name for name in node.names if not hasattr(module, name.name)] == []
