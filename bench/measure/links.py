"""How well an address alone separates articles from hub pages (listings and collections).

For several values of the threshold `scraper.finding.links.ARTICLE_FROM`, the share of the addresses of articles and of
hubs that reach it. The points were chosen with one half of the domains in view ("seen"); the other half confirms them.
A crawl also has the words of the link, and checks the page itself.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.pages.corpora import ARTICLES, NEWS, OTHERS, read_jsonl
from cleaners.words.addresses import host_of
from scraper.finding.links import ARTICLE_FROM, Link, article_points


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are no options."""


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table."""
    yield report()


def report() -> str:
    """The table: points, then the number of addresses and the shares of both halves in percent."""
    news = list(_addresses(NEWS, ("article",)))
    articles = list(_addresses(ARTICLES, ("article",)))
    hubs = list(_addresses(OTHERS, ("listing", "collection")))
    lines = ["from" + "".join(f"{name:>10}{'seen':>7}{'other':>7}" for name in ("news", "articles", "hubs"))]
    for points in range(ARTICLE_FROM - 2, ARTICLE_FROM + 4):
        cells = "".join(
            f"{len(urls):>10,}{_share(urls, points, 0):>7.1%}{_share(urls, points, 1):>7.1%}"
            for urls in (news, articles, hubs)
        )
        lines.append(f"{points:>4}{cells}{'  <' if points == ARTICLE_FROM else ''}")
    return "\n".join(lines)


def _addresses(path: Path, kinds: Sequence[str]) -> Iterable[str]:
    return (sample.url for sample in read_jsonl(path) if sample.url and sample.page_type in kinds)


def _share(urls: Sequence[str], points: int, half: int) -> float:
    """The share of the addresses of one half that have so many points or more."""
    own = [url for url in urls if _half(url) == half]
    return sum(article_points(Link(url)) >= points for url in own) / len(own)


def _half(url: str) -> int:
    """The half of the domains that an address belongs to. The last two labels stand for the domain here: the points
    were chosen with this split in view, which `bench.pages.addresses` would change for domains such as .co.uk."""
    site = ".".join(host_of(url).split(".")[-2:])
    return int(hashlib.sha1(site.encode()).hexdigest(), 16) % 2
