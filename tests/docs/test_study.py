"""docs/study.md runs from start to end, and prints what it says it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

STUDY = (ROOT / "docs" / "study.md").read_text("utf-8")
STEPS = re.findall(r"^```(sh|python|text)\n(.*?)^```$", STUDY, re.DOTALL | re.MULTILINE)


def test_the_study_prints_what_it_says(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed; pip install 'copydesk[report]' brings it")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    printed = ""
    for language, code in STEPS:
        if language == "text":
            assert printed == code
            continue
        command = ["bash", "-ec", code] if language == "sh" else [sys.executable, "-c", code]
        environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        printed = done.stdout
    assert (tmp_path / "report.html").stat().st_size > 5000


def test_there_is_something_to_compare() -> None:
    assert [language for language, _ in STEPS].count("text") == 3
    assert "@" not in "".join(code for language, code in STEPS if language == "text")
