"""How well an address alone tells an article from a hub: `python -m bench.measure.links`.

For every number of points from which a link may be taken for an article's, the share of the addresses of articles that
are taken, and of the addresses of listings and collections. The points were chosen with one half of the domains in
view ("seen"); the other half confirms them. A crawl has the words of the link too, and looks at the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.pages.corpora import ARTICLES, NEWS, OTHERS, read_jsonl
from scraper.finding.links import ARTICLE_FROM, Link, article_points, host_of


def main() -> str:
    """The table: points, then for each half the shares in percent."""
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
    """The share of one half of the addresses that have so many points or more."""
    own = [url for url in urls if _half(url) == half]
    return sum(article_points(Link(url)) >= points for url in own) / len(own)


def _half(url: str) -> int:
    """The half of the domains that an address belongs to."""
    site = ".".join(host_of(url).split(".")[-2:])
    return int(hashlib.sha1(site.encode()).hexdigest(), 16) % 2


if __name__ == "__main__":
    print(main())
