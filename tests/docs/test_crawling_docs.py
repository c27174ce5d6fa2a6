"""What docs/crawling.md says is true of the spiders."""

from __future__ import annotations

import re
import shlex
import tomllib
from itertools import pairwise

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from scraper import settings
from scraper.outlets import parse_outlets
from scraper.spiders.base import argument_names
from tests.support.paths import ROOT

TEXT = (ROOT / "docs" / "crawling.md").read_text("utf-8")
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": settings.SPIDER_MODULES}))


def fenced(language: str) -> str:
    return "".join(re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE))


def table() -> dict[str, list[str]]:
    """The arguments of each spider in the first table."""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", TEXT, re.MULTILINE)
    return {name: re.findall(r"`(\w+)`", arguments) for name, arguments in rows}


@pytest.mark.parametrize("spider", ["feed", "seeds", "site", "sitemap", "sources", "urls", "warc"])
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


def test_the_codes_are_those_that_are_given() -> None:
    folder = ROOT / "scraper"
    names = ("failures", *(f"spiders/{name}" for name in ("base", "feed", "site", "sitemap", "urls")))
    sources = "".join((folder / f"{name}.py").read_text("utf-8") for name in names)
    given = set(re.findall(r"""(?:Rejection\(|reject\(response, )"([a-z-]+)\"""", sources))
    assert len(given) > 15
    assert given - told_codes() == {"left-out"}  # of which only the reason can say what it is


def told_codes() -> set[str]:
    return set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", TEXT.partition("## What is not fetched")[2]))
