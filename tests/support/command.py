"""The command `copydesk` in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT

COMMAND = [sys.executable, "-m", "cleaners"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def copydesk(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a folder."""
    return subprocess.run([*COMMAND, *arguments], cwd=folder, input=stdin, capture_output=True, env=ENVIRONMENT)


def records(lines: bytes) -> list[dict[str, object]]:
    """The objects of JSON Lines."""
    return [json.loads(line) for line in lines.splitlines()]
