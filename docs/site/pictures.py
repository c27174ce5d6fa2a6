"""The pictures in the docs, made from our own pages by Chromium: `make pictures`.

The files are committed, because GitHub shows the docs without building anything.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.support.browser import CHROMIUM, Browser  # noqa: E402

PAGES = ROOT / "tests" / "whole" / "pages"
PAGE = "wordpress-comments-en.html"
TARGET = ROOT / "docs" / "images"
SIZE = (960, 660)


def main() -> None:
    """Run the commands in a folder of its own and take a picture of what each writes."""
    if not CHROMIUM:
        sys.exit("Chromium is not installed; on Debian: apt-get install chromium")
    TARGET.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        for page in PAGES.glob("*.html"):
            shutil.copy(page, folder / "pages")
        copydesk(folder, "explain", f"pages/{PAGE}", "--html", "explain.html")
        copydesk(
            folder, "clean", "pages", "--since", "2026-01-01", "-o", "run/articles.jsonl", "--audit", "run/audit.jsonl"
        )
        copydesk(folder, "report", "run", "-o", "report.html")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"]
        browser = Browser([CHROMIUM, *options, f"--user-data-dir={folder / 'profile'}"])
        for picture in ("explain", "report"):
            browser.look(SIZE[0], height=SIZE[1])
            browser.open(folder / f"{picture}.html").screenshot(TARGET / f"{picture}.png")
        browser.close()


def copydesk(folder: Path, *arguments: str) -> None:
    """Run a command of this environment, which must succeed."""
    (folder / "run").mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "cleaners", *arguments, "-q"],
        cwd=folder,
        check=True,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
    )


if __name__ == "__main__":
    main()
