"""What cleaning a text page costs, beside the detection of its language, and as the page grows.

Both are measured in one process in turns and compared by their ratio, which is stable on a busy machine where times are
not. Times are processor time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.paths import ROOT
from cleaners import Label, Page, clean_page
from cleaners.metadata.language import detect_language

ROUNDS = 25
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
"""Characters of the pages by which the growth of the cost is measured."""

SEEDS = ROOT / "seeds"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("pages", nargs="*", type=Path, help="files of text; default: the seed pages")


def run(options: argparse.Namespace) -> Iterator[str]:
    """Both tables, row by row."""
    yield from beside_detection(options.pages or sorted(SEEDS.glob("*.txt")))
    yield ""
    yield from growth()


def beside_detection(paths: Sequence[Path]) -> Iterator[str]:
    """The table of pages: time for the language alone, and for the whole page."""
    yield "| page | language, ms | cleaning with language, ms | ratio |\n|---|---:|---:|---:|"
    yield from map(_beside_detection, paths)


def growth() -> Iterator[str]:
    """The table of sizes: how the cost of a character grows with the page."""
    yield "| characters | ms | ns a character | of the cost at the first size |\n|---:|---:|---:|---:|"
    first = 0.0
    for size in SIZES:
        page = Page(_page_of(size), kind="text")
        seconds = min(_seconds(lambda page=page: clean_page(page)) for _ in range(3))  # type: ignore[misc]
        first = first or seconds / size
        yield f"| {size:,} | {seconds * 1e3:,.1f} | {seconds / size * 1e9:.0f} | {seconds / size / first:.2f} |"


def _beside_detection(path: Path) -> str:
    page = Page(path.read_bytes())
    cleaned = clean_page(page)
    stories = [
        [block.text for block in cleaned.blocks if block.story == index and block.label is Label.BODY]
        for index in range(len(cleaned.articles))
    ]
    alone, whole = [], []
    for _ in range(ROUNDS):
        alone.append(_seconds(lambda: [detect_language(paragraphs) for paragraphs in stories]))
        whole.append(_seconds(lambda: clean_page(page)))
    ratio = statistics.median(b / a for a, b in zip(alone, whole, strict=True))
    ms = [statistics.median(seconds) * 1e3 for seconds in (alone, whole)]
    return f"| {path.name} | {ms[0]:.2f} | {ms[1]:.2f} | {ratio:.2f} |"


def _page_of(size: int) -> str:
    """A page of about `size` characters: numbered paragraphs, all different, with page chrome between them."""
    lines: list[str] = []
    length = 0
    while length < size:
        number = len(lines)
        lines.append(
            f"Paragraph {number}: the council met for the {number}th time and decided, after {number} hours of debate,"
            f" to repair the old bridge, which {number} people cross on a day in summer, the mayor said.\n"
        )
        if number % 10 == 0:
            lines.append(f"Share\nBridge {number}\nA crane at the bridge on day {number}. (AP Photo/Ana Example)\n")
        length += sum(map(len, lines[number:]))
    return "".join(lines)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
