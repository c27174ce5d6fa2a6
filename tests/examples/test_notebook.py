"""The notebook, whose cells run in order: as a script, and in Jupyter's own kernel where that is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

NOTEBOOK = ROOT / "examples" / "notebook" / "records_to_plot.ipynb"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    return tmp_path


def test_it_holds_no_output() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) == 4
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)


def test_its_cells_run_as_a_script_and_draw_what_was_cleaned(folder: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed; pip install 'copydesk[report]' brings it")
    pytest.importorskip("pandas", reason="pandas is not installed; pip install 'copydesk[analysis]' brings it")
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    code += "\nprint(len(axes.patches), int(words['text'].sum()), int(records['words'].sum()))"
    environment = {**os.environ, "MPLBACKEND": "agg", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-W", "ignore", "-c", code]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    first, last = run.stdout.splitlines()
    bars, words, told = map(int, last.split())
    assert (first, bars) == ("5 pages, 6 stories", 15)
    assert words == told > 2000


def test_it_runs_in_jupyter(folder: Path) -> None:
    why = "nbclient or ipykernel is not installed; pip install 'copydesk[examples]' brings them"
    pytest.importorskip("nbclient", reason=why)
    pytest.importorskip("ipykernel", reason=why)
    copy = folder / "copy.ipynb"
    copy.write_bytes(NOTEBOOK.read_bytes())
    code = (
        "import nbformat, nbclient; book = nbformat.read('copy.ipynb', 4); nbclient.NotebookClient(book).execute();"
        "outputs = [each for cell in book.cells for each in cell.get('outputs', [])];"
        "print(sorted({kind for each in outputs for kind in each.get('data', {})}))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "['image/png', 'text/html', 'text/plain']"
