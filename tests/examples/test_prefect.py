"""The flow of Prefect: it runs once over a made site, with a server of its own on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fetching import answer, serve
from tests.support.made_pages import html_page
from tests.support.paths import ROOT

FLOW = ROOT / "examples" / "prefect" / "flow.py"


def test_it_is_short() -> None:
    assert len([line for line in FLOW.read_text("utf-8").splitlines() if line.strip()]) <= 25


def test_it_crawls_traces_and_reports(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="a report needs matplotlib")
    pytest.importorskip("prefect", reason="Prefect is not installed; pip install 'copydesk[examples]' brings it")
    with serve({"/a": lambda handler: answer(handler, body=html_page().encode())}) as site:
        url = site.url("/a", host="127.0.0.1")
        (tmp_path / "outlets.toml").write_text(f'[[outlet]]\nname = "A"\nurls = ["{url}"]\n')
        code = (
            f"import runpy; runpy.run_path({str(FLOW)!r})['day']('outlets.toml', 'corpus', 'mailto:you@your.example')"
        )
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PREFECT_HOME": str(tmp_path / "prefect"),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # a busy machine starts it slowly
            "DO_NOT_TRACK": "1",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", code]
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    found = {path.name for path in (tmp_path / "corpus").iterdir()}
    assert {"articles.jsonl", "trace.jsonl", "report.html"} <= found
    assert "Completed()" in run.stderr + run.stdout
