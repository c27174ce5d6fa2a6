"""The README and the pages of `docs/` for users say what is true: their commands and code run as printed."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from cleaners import Page, clean_page
from cleaners.cli import main
from cleaners.reading import read_pages
from cleaners.records.rows import article_rows, json_line
from cleaners.running.batch import clean_or_reject
from cleaners.version import VERSION
from tests.support.doc_pages import ALL, blocks, fenced, read, run
from tests.support.paths import ROOT

WORDS, LINES = 1300, 160
"""The most that the README may hold."""

SEED = ROOT / "seeds" / "003_2deffcb77a6a5816.txt"


def script(block: str) -> str:
    """A block of commands without those of make, which set up an environment."""
    return "".join(line for line in block.splitlines(keepends=True) if not line.startswith("make "))


SHELL = [(page, script(block)) for page, block in blocks("sh") if script(block)]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout, in which commands may write."""
    for name in ("seeds", "scraper", "cleaners", "scrapy.cfg"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def articles() -> bytes:
    """What a run over the seeds leaves in `data/articles.jsonl`."""
    cleaned = map(clean_or_reject, read_pages([ROOT / "seeds"]))
    return b"".join(json_line(row) for page in cleaned for row in article_rows(page))


@pytest.mark.parametrize(("page", "commands"), SHELL)
def test_shell(page: str, commands: str, checkout: Path) -> None:
    run(["bash", "-e", "-c", commands], checkout)


@pytest.mark.parametrize(("page", "code"), list(blocks("python")))
def test_python(page: str, code: str, checkout: Path, articles: bytes) -> None:
    for library in re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE):
        if not importlib.util.find_spec(library):
            pytest.skip(f"{library} is not installed; pip install 'copydesk[analysis]' brings it")
    (checkout / "data" / "articles.jsonl").write_bytes(articles)
    assert "Ukraine" in run([sys.executable, "-c", code], checkout)


@pytest.mark.parametrize(("page", "block"), list(blocks("console")))
def test_commands_that_need_a_network_exist(page: str, block: str) -> None:
    for line in block.splitlines():
        program, *rest = shlex.split(line.removeprefix("$ "))
        match program, rest:
            case "pip", ["install", *what]:
                assert what
            case "scrapy", ["crawl", spider, *_]:
                assert (ROOT / "scraper" / "spiders" / f"{spider}.py").is_file()
            case "copydesk", [command, *_]:
                with pytest.raises(SystemExit) as stopped:
                    main([command, "--help"])
                assert stopped.value.code == 0
            case _:
                pytest.fail(f"nothing checks {line!r}")


def test_the_record_that_is_shown_is_the_one_that_comes_out() -> None:
    (shown,) = (json.loads(block) for block in fenced("README.md", "json"))
    (record,) = (json.loads(json.dumps(article.to_dict())) for article in cleaned_seed().articles)
    shown_source = shown.pop("source")
    assert (ROOT / shown_source) == SEED
    for key, value in shown.items():
        assert same(value, record[key]), key


def same(shown: Any, value: Any) -> bool:
    """Whether a value is the one that is shown, of which the end may be left out."""
    if isinstance(shown, str) and shown.endswith("…"):
        return isinstance(value, str) and value.startswith(shown[:-1])
    return bool(shown == value)


def test_the_labels_that_are_shown_are_those_that_are_given() -> None:
    shown = [re.split(r" {2,}", line, maxsplit=1) for line in fenced("README.md", "")[0].splitlines()]
    judged = list(cleaned_seed().blocks)
    for text, label in shown:
        while judged and not judged[0].text.startswith(text.removesuffix("…").strip()):
            judged.pop(0)
        assert judged, f"{text!r} is not on the page, or not at this place"
        assert judged.pop(0).label.value == re.split(r"\W", label)[0]


def cleaned_seed() -> Any:
    return clean_page(Page(SEED.read_bytes()))


def test_the_table_of_tracing_is_what_is_printed(checkout: Path, articles: bytes) -> None:
    (checkout / "data" / "articles.jsonl").write_bytes(articles)
    printed = run(["copydesk", "trace", "data/articles.jsonl", "--table"], checkout).splitlines()
    for line in fenced("docs/tracing.md", "")[0].splitlines():
        assert line == "…" or line in printed


@pytest.mark.parametrize("page", [*ALL, "SECURITY.md", "CHANGELOG.md"])
def test_links_lead_to_files(page: str) -> None:
    folder = (ROOT / page).parent
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", read(page))
    assert [link for link in links if "://" not in link and not (folder / link).exists()] == []


def test_all_pages_of_the_docs_can_be_found_from_the_readme() -> None:
    pages = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    reached = set(re.findall(r"\]\((docs/[^)#]+)", read("README.md")))
    for page in sorted(reached):
        reached |= {f"docs/{link}" for link in re.findall(r"\]\((\w+\.md)", read(page))}
    reached |= set(re.findall(r"\]\((docs/[^)#]+)", read("CONTRIBUTING.md")))
    assert pages <= reached


def test_the_readme_is_short() -> None:
    text = read("README.md")
    assert len(text.split()) <= WORDS
    assert len(text.splitlines()) <= LINES


def test_there_is_something_to_run() -> None:
    assert len(SHELL) >= 5
    assert sum(1 for _ in blocks("python")) >= 7


def test_the_version_to_cite_is_the_version_of_the_package() -> None:
    cited = re.search(r"^version: (.+)$", read("CITATION.cff"), re.MULTILINE)
    assert cited
    assert cited[1] == VERSION == version("copydesk")


@pytest.mark.parametrize(("tag", "code"), [(f"v{VERSION}", 0), (f"v{VERSION}1", 1)])
def test_a_release_is_of_the_version_that_its_tag_names(tag: str, code: int) -> None:
    step = re.search(r"run: (grep .+)$", read(".github/workflows/release.yml"), re.MULTILINE)
    assert step
    assert subprocess.run(step[1], shell=True, cwd=ROOT, env={**os.environ, "GITHUB_REF_NAME": tag}).returncode == code
