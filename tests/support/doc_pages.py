"""The code blocks of the pages that a user reads, and a checkout in which they run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import ROOT

PAGES = (
    "README.md",
    *(f"docs/{name}.md" for name in ("analysis", "cleaning", "quality", "record", "start", "tracing")),
)
"""The pages whose blocks run. Some of the other pages of `docs/` have tests of their own."""

ALL = sorted(["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
"""All pages for users and developers."""


def read(page: str) -> str:
    """A page of the project as text."""
    return (ROOT / page).read_text("utf-8")


def fenced(page: str, language: str) -> list[str]:
    """The blocks of a page that are marked as `language`; an empty string stands for blocks without a mark."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", read(page), re.DOTALL | re.MULTILINE)
    return [block for marked, block in blocks if marked == language]


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Each page of `PAGES` with each of its blocks in a language."""
    return ((page, block) for page in PAGES for block in fenced(page, language))


def run(arguments: list[str], folder: Path) -> str:
    """What a command prints; the commands of this environment are found first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
