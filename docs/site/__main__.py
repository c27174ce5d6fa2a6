"""Puts the pages of the site together: `python docs/site FOLDER`, which `make docs` runs before MkDocs.

The folder mirrors the checkout, so that links between pages hold as they stand, wherever the pages are. It gets the
pages of people (README, docs, contributing, changelog, model cards), the files that they link to, and the reference,
which is made from the code (`reference.py`).
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from reference import reference_pages

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("*.md", "docs/*.md", "examples/*.md", "cleaners/weights/*.md")
INDENT = re.compile(r"^ {2,3}(?=\S)")
ITEM = re.compile(r"(?:-|\d+\.) ")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def pages() -> Iterator[Path]:
    """The pages that people wrote."""
    for pattern in PAGES:
        yield from sorted(ROOT.glob(pattern))


def linked_files(page: Path) -> Iterator[Path]:
    """The files beside the pages that a page links to or shows."""
    for link in LINK.findall(page.read_text("utf-8")):
        target = (page.parent / link).resolve()
        if target.is_file() and target.suffix != ".md":
            yield target


def deeper_lists(text: str) -> str:
    """The text with lists as Python-Markdown wants them, which is stricter than GitHub.

    What belongs to an item stands four spaces deep, and an empty line follows a second paragraph or a table in it.
    """
    lines: list[str] = []
    fenced = apart = False
    for line in text.split("\n"):
        fenced ^= line.startswith("```")
        line = line if fenced else INDENT.sub("    ", line)
        if line.startswith("    ") and lines[-1:] == [""]:
            apart = True
        elif line and not line.startswith("    "):
            lines += [""] if apart and lines[-1] and ITEM.match(line) else []
            apart = False
        lines.append(line)
    return "\n".join(lines)


def assemble(folder: Path) -> None:
    """Fill the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    for page in pages():
        for path in (page, *linked_files(page)):
            copy = folder / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        copied = folder / page.relative_to(ROOT)
        copied.write_text(deeper_lists(copied.read_text("utf-8")), "utf-8")
    (folder / "reference").mkdir()
    for name, text in reference_pages():
        (folder / "reference" / name).write_text(text, "utf-8")
    shutil.copytree(ROOT / "docs" / "site" / "assets", folder / "assets")


if __name__ == "__main__":
    assemble(Path(sys.argv[1]))
