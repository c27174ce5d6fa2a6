"""docs/whole_way.md runs from start to end, and prints what it says it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from socket import socket

import pytest

from tests.support.paths import ROOT

STUDY = (ROOT / "docs" / "whole_way.md").read_text("utf-8")
STEPS = re.findall(r"^```(sh|python|text)\n(.*?)^```$", STUDY, re.DOTALL | re.MULTILINE)
PORT = "8000"


def a_free_port() -> str:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def test_the_study_prints_what_it_says(tmp_path: Path) -> None:
    for module, extra in (("matplotlib", "report"), ("pyarrow", "parquet")):
        pytest.importorskip(module, reason=f"{module} is not installed; pip install 'copydesk[{extra}]' brings it")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    port = a_free_port()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
    }
    printed = ""
    for language, code in STEPS:
        if language == "text":
            assert printed == code, printed
            continue
        code = code.replace(f":{PORT}/", f":{port}/").replace(f" {PORT} ", f" {port} ")
        command = ["bash", "-ec", code] if language == "sh" else [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        printed = done.stdout
    assert (tmp_path / "words.svg").stat().st_size > 5000
    assert (tmp_path / "corpus" / "README.md").exists()


def test_the_port_stands_where_the_test_finds_it() -> None:
    assert STUDY.count(f":{PORT}/") == STUDY.count(f" {PORT} ") == 1
    assert [language for language, _ in STEPS].count("text") == 5
