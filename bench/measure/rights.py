"""What pages reserve: how many pages of a set have each signal in their markup, and which pages state it.

A page in a corpus has no header and no host, so that only its markup can speak.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator

from bench.pages.corpora import NEWS, NEWS_SITES, read_jsonl
from bench.tables import table
from cleaners.blocks.html import parse_safe
from cleaners.metadata.markup import read_markup
from cleaners.rights.signals import rights_of

SETS = {"news-world": NEWS, "news-sites": NEWS_SITES}

STATED = {
    "tdm-reservation": re.compile(r"""<meta\b[^<>]*["']?tdm-reservation\b[^<>]*>""", re.IGNORECASE),
    "noai": re.compile(r"<meta\b[^<>]*\bno(?:image)?ai\b[^<>]*>", re.IGNORECASE),
    "noindex": re.compile(r"""<meta\b[^<>]*\bname=["']?robots\b[^<>]*\bnoindex\b[^<>]*>""", re.IGNORECASE),
}
"""How a page states it in its source, looked for without taking the page apart, to check what is read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which set is read."""
    parser.add_argument("set", nargs="?", choices=SETS, default="news-world", help="the pages (news-world)")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table of signals, then the pages that state a reservation, found or missed."""
    counts: Counter[tuple[str, str, str]] = Counter()
    pages: Counter[str] = Counter()
    found: Counter[str] = Counter()
    lines = []
    for sample in read_jsonl(SETS[options.set]):
        pages["all"] += 1
        html = sample.html if isinstance(sample.html, str) else sample.html.decode("utf-8", "replace")
        rights = rights_of(read_markup(parse_safe(html.encode("utf-8", "replace")), sample.url).signals)
        counts.update({(signal.use, signal.says, signal.source) for signal in rights.signals})
        for name, pattern in STATED.items():
            if stated := pattern.search(html):
                pages[name] += 1
                is_found = any(name.removesuffix("-reservation") in signal.statement for signal in rights.signals)
                found[name] += is_found
                lines.append(f"{'found ' if is_found else 'MISSED'} {sample.url}  {' '.join(stated[0].split())[:120]}")
    yield f"{options.set}: {pages['all']:,} pages"
    yield table(("use", "says", "source", "pages"), [[*key, str(count)] for key, count in sorted(counts.items())])
    yield "\n".join(f"{name}: stated on {pages[name]} pages, found on {found[name]}" for name in STATED)
    yield "\n".join(lines)
