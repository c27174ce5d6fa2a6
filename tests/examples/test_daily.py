"""The daily job: its outlets are ones, its units are sound, and the script does what it says, twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.outlets import read_outlets
from tests.support.fetching import answer, serve
from tests.support.made_pages import html_page
from tests.support.paths import ROOT

DAILY = ROOT / "examples" / "daily"


def test_the_outlets_are_five_that_are_found_in_different_ways() -> None:
    outlets = read_outlets(DAILY / "outlets.toml")
    assert len(outlets) == 5
    assert {kind for outlet in outlets for kind in ("feeds", "sitemaps", "sites", "urls") if getattr(outlet, kind)} == {
        "feeds",
        "sitemaps",
        "sites",
        "urls",
    }


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_the_units_are_sound(tmp_path: Path) -> None:
    for name in ("copydesk-daily.service", "copydesk-daily.timer"):
        unit = (DAILY / name).read_text().replace("/opt/copydesk/daily.sh", "/bin/true")
        (tmp_path / name).write_text(unit)
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "copydesk-daily.timer")]
    run = subprocess.run(command, capture_output=True, text=True)
    assert "copydesk-daily" not in run.stderr, run.stderr


def test_the_job_runs_and_runs_again(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="a report needs matplotlib")
    with serve({"/a": lambda handler: answer(handler, body=html_page().encode())}) as site:
        url = site.url("/a", host="127.0.0.1")
        (tmp_path / "outlets.toml").write_text(f'[[outlet]]\nname = "A"\nurls = ["{url}"]\n')
        runs = [_run(tmp_path) for _ in range(2)]
        assert site.paths().count("/a") == 1
    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr + runs[1].stderr
    found = {path.name for path in (tmp_path / "corpus").iterdir()}
    assert {"articles.jsonl", "trace.jsonl", "report.html"} <= found
    assert [run.stderr for run in runs] == ["", ""]


def _run(folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [str(DAILY / "daily.sh"), "outlets.toml", "corpus", "mailto:you@your.example"]
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
