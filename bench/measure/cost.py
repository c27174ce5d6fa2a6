"""What cleaning a text page costs, beside a call of langdetect for each of its stories, and as the page grows.

Both are measured in one process in turns and compared by their ratio, which is stable on a busy machine where times are
not. Times are processor time. Each round has fresh paragraphs, since what was found of a line is remembered for a
while: on the same text again, cleaning would look cheaper than it is on the next page.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.measure.languages import by_langdetect
from bench.paths import ROOT
from cleaners import Label, Page, clean_page
from cleaners.data import Cleaned
from cleaners.decoding.encodings import decode
from cleaners.metadata.language import detect_language

ROUNDS = 25
LONG = 10
"""Words from which on a line is a paragraph, which no other page has."""

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
    """The table of pages: time for langdetect, for the language as it is detected here, and for the whole page."""
    yield "| page | langdetect, ms | language, ms | cleaning with language, ms | of langdetect |"
    yield "|---|---:|---:|---:|---:|"
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
    lines = decode(path.read_bytes()).splitlines()
    rounds = [_in_turn(Page("\n".join(freshened(lines, number)), kind="text")) for number in range(ROUNDS + 1)][1:]
    ratio = statistics.median(whole / peer for peer, _, whole in rounds)
    peer, own, whole = (statistics.median(seconds) * 1e3 for seconds in zip(*rounds, strict=True))
    return f"| {path.name} | {peer:.2f} | {own:.2f} | {whole:.2f} | {ratio:.2f} |"


def _in_turn(page: Page) -> tuple[float, float, float]:
    """The seconds that langdetect, the detection of the language and cleaning take on a page."""
    cleaned: list[Cleaned] = []
    whole = _seconds(lambda: cleaned.append(clean_page(page)))
    stories = [
        [block.text for block in cleaned[0].blocks if block.story == index and block.label is Label.BODY]
        for index in range(len(cleaned[0].articles))
    ]
    peer = _seconds(lambda: [by_langdetect(paragraphs) for paragraphs in stories])
    return peer, _seconds(lambda: [detect_language(paragraphs) for paragraphs in stories]), whole


def freshened(lines: Sequence[str], number: int) -> list[str]:
    """The lines, of which each paragraph has two of its inner words in each other's place; which ones, and so the
    paragraph, is another with each number. Short lines stay, as menus do on the next page.

    >>> freshened(["Share", "one two three four five six seven eight nine ten"], 1)
    ['Share', 'one two four three five six seven eight nine ten']
    """
    return [" ".join(_freshened(line.split(), number)) if len(line.split()) >= LONG else line for line in lines]


def _freshened(words: list[str], number: int) -> list[str]:
    inner = len(words) - 2
    one, other = 1 + number % inner, 1 + (number + 1 + number // inner) % inner
    words[one], words[other] = words[other], words[one]
    return words


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
