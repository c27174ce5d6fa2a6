"""Mutated pages and dumps: no exception, no page that takes long, and memory that stays flat.

The pages are made ones, and real ones where the corpora are there; each is the start of a page, since most of it is
alike. A mutation cuts out, doubles, turns around or overwrites bytes, or puts in pieces of markup.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bench.pages.corpora import NEWS, read_jsonl
from bench.pages.families import DUMPS, HTML
from cleaners import Page, clean_page

MOST_BYTES = 60_000
"""Bytes of a page that are kept."""

SLOW = 2.0
"""Seconds of the processor that no page may take."""

PIECES = [
    b"<", b">", b"&", b'"', b"'", b"</", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"</script>", b"<table>",
    b"<td>", b"</p>", b"<p hidden>", b"<template id=B:0>", b'<div hidden id="S:0">', b"<noscript>", b"<plaintext>",
    b"<title>", b"<h1>", b"<time datetime=", b"<svg>", b"<base href=", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3",
    b"\xed\xa0\x80", b"&#x110000;", b"&#0;", b"&nbsp", b"\xe2\x80\xa8", b"\r", b"\x1b[2J", b"(AP) \xe2\x80\x94",
    b"By ", b" and ", b"1 March 2026", b'<script type="application/ld+json">', b"itemscope itemtype=Article ",
    b'{"@type":"NewsArticle","author":', b"[[[[", b"]]]]", b"\\ud800", b"itemprop=author ", b"99999999999999999999",
]  # fmt: skip
"""What a mutation may put in."""


@dataclass(slots=True)
class Tally:
    """What the mutated pages gave; `slow` and `raised` name a page by its number, with which it can be made again."""

    pages: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    raised: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    longest: float = 0.0

    def count(self, number: int, page: Page) -> None:
        """Clean a page and note what came of it."""
        start = time.process_time()
        try:
            cleaned = clean_page(page)
            self.ends[cleaned.rejection.code if cleaned.rejection else "articles"] += 1
            if bool(cleaned.articles) == bool(cleaned.rejection):
                self.raised.append(f"page {number}: neither articles nor a reason, or both")
        except Exception as error:  # that there is any is what is looked for
            self.raised.append(f"page {number}: {type(error).__name__}: {error}")
        taken = time.process_time() - start
        self.pages += 1
        self.longest = max(self.longest, taken)
        if taken > SLOW:
            self.slow.append(f"page {number}: {taken:.1f} s")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--pages", type=int, default=100_000, help="how many mutated pages are cleaned")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--size", type=int, default=MOST_BYTES, help="bytes of a page that are kept")


def run(options: argparse.Namespace) -> Iterator[str]:
    """A line for every tenth of the pages, then what was found."""
    pages = originals(options.size)
    tally = Tally()
    step = max(1, options.pages // 10)
    for number in range(options.first, options.first + options.pages):
        tally.count(number, mutated_page(pages, number))
        if tally.pages % step == 0:
            yield f"{tally.pages:,} pages, {_megabytes():,.0f} MB, longest {tally.longest:.2f} s"
    yield report(tally)


def originals(size: int) -> list[bytes]:
    """The starts of pages that are mutated."""
    made = [family(size) for family in (*HTML.values(), *DUMPS.values())]
    real = [sample.html for sample in islice(read_jsonl(NEWS), 200)] if NEWS.is_file() else []
    pages = [page if isinstance(page, bytes) else page.encode("utf-8", "replace") for page in (*made, *real)]
    return [page[:size] for page in pages]


def mutated_page(pages: Sequence[bytes], number: int) -> Page:
    """The mutated page of a number: the same number gives the same page. Every third is cleaned as a dump."""
    chance = random.Random(number)
    content = mutated(chance.choice(pages), chance)
    return Page(
        content, kind=chance.choice(["html", None, "text"]), url=chance.choice([None, "https://news.example/a"])
    )


def mutated(page: bytes, chance: random.Random) -> bytes:
    """A page, or a part of it, with pieces cut out, doubled, turned around, overwritten and put in."""
    start = chance.randrange(len(page)) if chance.random() < 0.3 else 0
    content = bytearray(page[start : start + chance.choice([300, 3_000, 10_000, len(page)])])
    for _ in range(chance.randrange(1, 12)):
        start = chance.randrange(len(content) + 1)
        stop = min(len(content), start + chance.randrange(60))
        piece = bytes(content[start:stop])
        content[start:stop] = chance.choice(
            [b"", piece * 3, piece[::-1], chance.randbytes(len(piece)), piece + chance.choice(PIECES),
             chance.choice(PIECES) * chance.choice([1, 1, 1, 100])]
        )  # fmt: skip
    return bytes(content)


def report(tally: Tally) -> str:
    """What was found, in lines."""
    ends = ", ".join(f"{code} {count:,}" for code, count in tally.ends.most_common())
    lines = [
        f"{tally.pages:,} pages: {len(tally.raised)} raised, {len(tally.slow)} over {SLOW:g} s,"
        f" longest {tally.longest:.2f} s",
        f"memory: {_megabytes():,.0f} MB at most",
        f"results: {ends}",
    ]
    return "\n".join([*lines, *tally.raised[:50], *tally.slow[:50]])


def _megabytes() -> float:
    """The most memory that this process has had. Linux counts in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
