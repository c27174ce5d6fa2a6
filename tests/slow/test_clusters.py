"""The commands of docs/clusters.md run as printed, on a folder of made pages; Slurm is played by three scripts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaners import read_articles
from tests.support.bad_pages import PDF, SOUND
from tests.support.paths import ROOT

pytest.importorskip("datatrove", reason="datatrove is not installed; pip install 'copydesk[datatrove]' brings it")

DOCS = (ROOT / "docs" / "clusters.md").read_text("utf-8")
LOCAL, SLURM = re.findall(r"^```python\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)

SBATCH = """#!/bin/bash
# Runs each task of an array job at once; the job that adds up the statistics is left out.
script="${@: -1}"
if ! grep -q merge_stats "$script"; then
  export SLURM_NODELIST=localhost RUN_OFFSET=0
  for task in 0 1 2; do SLURM_ARRAY_TASK_ID=$task bash "$script" >&2 || exit 1; done
fi
echo Submitted batch job 7
"""
SRUN = '#!/bin/bash\nwhile [ "${1#-}" != "$1" ]; do [ "$1" = -n ] && shift; shift; done\nexec "$@"\n'
SCONTROL = "#!/bin/bash\necho localhost\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with three pages, one of them no text, and a cluster of one machine."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "0.txt").write_text(SOUND)
    (tmp_path / "pages" / "1.pdf").write_bytes(PDF)
    (tmp_path / "pages" / "2.txt").write_text(SOUND.replace("fire engine", "snow plough"))
    (tmp_path / "cluster").mkdir()
    for name, script in {"sbatch": SBATCH, "srun": SRUN, "scontrol": SCONTROL}.items():
        (tmp_path / "cluster" / name).write_text(script)
        (tmp_path / "cluster" / name).chmod(0o755)
    return tmp_path


def run(script: str, folder: Path) -> None:
    """Run a script of the page in the folder, with the cluster's commands at hand."""
    (folder / "clean_pages.py").write_text(script)
    path = os.pathsep.join([str(folder / "cluster"), str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [sys.executable, "clean_pages.py"]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()


def sources(folder: Path) -> list[object]:
    return [article["source"] for article in read_articles(folder / "out" / "articles")]


def test_one_machine(folder: Path) -> None:
    run(LOCAL.replace("tasks=8", "tasks=3"), folder)
    assert sources(folder) == ["pages/0.txt", "pages/2.txt"]
    assert (folder / "out" / "rejected" / "00001.jsonl.gz").exists()


def test_slurm(folder: Path) -> None:
    script = SLURM.replace("tasks=400", "tasks=3").replace(".venv/bin/activate", os.devnull)
    assert script.count("tasks=3") == 1
    run(script, folder)
    assert sources(folder) == ["pages/0.txt", "pages/2.txt"]
    run(script, folder)  # all is done: nothing is handed in again
    assert sorted(path.name for path in (folder / "logs" / "completions").iterdir()) == ["00000", "00001", "00002"]
