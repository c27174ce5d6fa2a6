"""What `pip install copydesk` brings: everything that cleaning needs, and nothing from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fetching import answer, serve
from tests.support.made_pages import STORY, html_page
from tests.support.paths import ROOT

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the contents of the wheel, built as it would be published."""
    wheels, folder = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    built = subprocess.run([*PIP, "wheel", "--no-deps", "-w", str(wheels), str(ROOT)], capture_output=True, text=True)
    if built.returncode:
        pytest.skip(f"no wheel can be built here: {built.stderr.strip().splitlines()[-1]}")
    (wheel,) = wheels.glob("copydesk-*.whl")
    subprocess.run([*PIP, "install", "--quiet", "--no-deps", "--target", str(folder), str(wheel)], check=True)
    return folder


def copydesk(installed: Path, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command of the wheel in a folder; of the checkout's environment it has only the libraries."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", "import cleaners.cli, sys; print(cleaners.__file__, file=sys.stderr);"]
    command[-1] += "sys.exit(cleaners.cli.main())"
    return subprocess.run(
        [*command, *arguments], cwd=folder or installed, env=environment, capture_output=True, text=True
    )


def test_the_wheel_cleans_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    output = tmp_path / "articles.jsonl"
    run = copydesk(installed, "clean", str(ROOT / "seeds"), "-o", str(output))
    assert run.returncode == 0, run.stderr
    assert run.stderr.startswith(str(installed))
    assert len(output.read_text("utf-8").splitlines()) == 6


def test_the_wheel_holds_schemas_and_commands(installed: Path) -> None:
    for arguments in (("schema",), ("schema", "--trace")):
        assert json.loads(copydesk(installed, *arguments).stdout)["type"] == "object"
    shown = copydesk(installed, "--help").stdout
    assert all(f"\n    {command} " in shown for command in ("crawl", "get", "status"))


def test_the_wheel_holds_the_packages_alone(installed: Path) -> None:
    folders = {path.name for path in installed.iterdir() if path.is_dir() and not path.name.endswith(".dist-info")}
    assert folders - {"bin", "__pycache__"} == {"cleaners", "scraper"}


def test_the_wheel_crawls_and_fetches(installed: Path, tmp_path: Path) -> None:
    with serve({"/a": lambda handler: answer(handler, body=html_page().encode())}) as server:
        url = server.url("/a", host="127.0.0.1")
        crawl = copydesk(installed, "crawl", "urls", "-a", f"url={url}", folder=tmp_path)
        get = copydesk(installed, "get", url, folder=tmp_path)
    assert (crawl.returncode, get.returncode) == (0, 0), crawl.stderr + get.stderr
    assert json.loads(get.stdout)["title"] == STORY.headline
    (record,) = (tmp_path / "data" / "articles.jsonl").read_text("utf-8").splitlines()
    assert json.loads(record)["text"] == json.loads(get.stdout)["text"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
