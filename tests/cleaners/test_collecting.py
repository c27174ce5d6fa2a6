"""The collector of garbage rests while a page is cleaned, and is left as it was."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from cleaners import clean, pipeline
from cleaners.collecting import no_collecting
from cleaners.version import VERSION


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    before = gc.isenabled()
    yield
    gc.enable() if before else gc.disable()


def fail_at_rest() -> None:
    with no_collecting():
        assert not gc.isenabled()
        raise KeyError


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_is_left_as_it_was(collects: bool) -> None:
    gc.enable() if collects else gc.disable()
    with pytest.raises(KeyError):
        fail_at_rest()
    assert gc.isenabled() is collects


def test_nothing_is_collected_while_a_page_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    original = pipeline.html_blocks
    monkeypatch.setattr(pipeline, "html_blocks", lambda tree: seen.append(gc.isenabled()) or original(tree))
    gc.enable()
    clean("<p>The ferry was late.</p>", kind="html")
    assert seen[0] is False
    assert gc.isenabled()


@pytest.mark.parametrize(("arguments", "said"), [("None", "collected"), ("['--version']", f"copydesk {VERSION}")])
def test_nothing_is_collected_when_a_command_ends(arguments: str, said: str) -> None:
    code = f"""
import contextlib
from cleaners.cli import main

class Circle:
    def __init__(self):
        self.itself = self
    def __del__(self):
        print("collected")

circle = Circle()
with contextlib.suppress(SystemExit):
    {arguments} and main({arguments})
del circle
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n") == [said, ""]
