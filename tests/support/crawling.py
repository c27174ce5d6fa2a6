"""A crawl of local servers by the project's own command, and what it wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT

Rows = list[dict[str, Any]]

IN_HASTE = ("RETRY_ENABLED=False", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "CLEANING_PROCESSES=1")
"""Settings for a crawl whose manners are another test's: failures are soon told."""


def crawl(data: Path, spider: str, *arguments: str, settings: Sequence[str] = ()) -> tuple[Rows, Rows]:
    """The articles and the rejected pages of a crawl into a folder."""
    options = [part for argument in arguments for part in ("-a", argument)]
    options += [part for setting in (f"DATA_DIR={data}", *IN_HASTE, *settings) for part in ("-s", setting)]
    command = [sys.executable, "-m", "cleaners", "crawl", spider, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    articles, rejected = (
        [json.loads(line) for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("articles", "rejected")
    )
    return articles, rejected
