"""What `pip install copydesk` brings: everything that cleaning needs, and nothing from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def copydesk(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command of the wheel; of the checkout's environment it has only the libraries."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", "import cleaners.cli, sys; print(cleaners.__file__, file=sys.stderr);"]
    command[-1] += "sys.exit(cleaners.cli.main())"
    return subprocess.run([*command, *arguments], cwd=installed, env=environment, capture_output=True, text=True)


def test_the_wheel_cleans_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    output = tmp_path / "articles.jsonl"
    run = copydesk(installed, "clean", str(ROOT / "seeds"), "-o", str(output))
    assert run.returncode == 0, run.stderr
    assert run.stderr.startswith(str(installed))
    assert len(output.read_text("utf-8").splitlines()) == 6


def test_the_wheel_holds_schemas_and_commands(installed: Path) -> None:
    for arguments in (("schema",), ("schema", "--trace")):
        assert json.loads(copydesk(installed, *arguments).stdout)["type"] == "object"
    assert "status" in copydesk(installed, "--help").stdout


def test_the_wheel_holds_the_packages_alone(installed: Path) -> None:
    folders = {path.name for path in installed.iterdir() if path.is_dir() and not path.name.endswith(".dist-info")}
    assert folders - {"bin", "__pycache__"} == {"cleaners", "scraper"}
