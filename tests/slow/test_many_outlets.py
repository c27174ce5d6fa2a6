"""Thirty outlets over three made days, with a kill in each run: the fate of each article is told once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.support.local_server import Answer
from tests.support.made_days import Days, article, feed

OUTLETS = 30
DAYS = 3
AT_EASE = ("BACKOFF_LONGEST=0.05", "HOST_FAILURES=100000", "CONCURRENT_REQUESTS_PER_DOMAIN=8")
"""All outlets are on one host, whose failures are made: it shall not rest for them."""


def answers(day: int) -> dict[str, object]:
    """What the site answers on a day. The path of an article begins with its outlet; its name says what befalls it."""
    found: dict[str, object] = {}
    for outlet in range(OUTLETS):
        at = f"/{outlet}"
        stated = f"<pubDate>0{day} Jan 2026 06:00:00 GMT</pubDate>"
        names = {
            1: ["new1", "changed", "removed", "failing", "down", "moving", "missing"],
            2: ["new1", "new2", "changed"],
            3: ["new3", "changed", "moved"],
        }[day]
        found[f"{at}/feed"] = feed(*(f"{at}/{name}" for name in names), dates=stated if day < 3 else "")
        for name in ("new1", "new2", "new3", "removed", "moved"):
            found[f"{at}/{name}"] = article(f"{name} of outlet {outlet}")
        found[f"{at}/changed"] = article(f"changed of outlet {outlet}" + (", corrected" if day > 1 else ""))
        found[f"{at}/moving"] = Answer(b"", 301, {"Location": f"{at}/moved"})
        found[f"{at}/failing"] = Answer(b"", 502) if day == 1 else article(f"failing of outlet {outlet}")
        found[f"{at}/down"] = Answer(b"", 503)
        if day > 1:
            found[f"{at}/removed"] = Answer(b"", 410)
    return found


def test_the_fate_of_each_article_is_told_once(tmp_path: Path) -> None:
    days = Days(tmp_path, None)
    feeds = ",".join(f"/{outlet}/feed" for outlet in range(OUTLETS))
    for day in range(1, DAYS + 1):
        days.answers = answers(day)
        before = days.written()
        assert days.crawl(*AT_EASE, path=feeds, kill_at=before + 25).returncode == -9
        assert before < days.written()
        assert days.crawl(*AT_EASE, path=feeds).returncode == 0
        if day == 1:
            assert len(days.still_to_come()) == 2 * OUTLETS
    written = Counter(path.rpartition("/")[2] for path, _ in days.all_rows("articles"))
    assert written == dict.fromkeys(["new1", "new2", "new3", "removed", "failing", "moved"], OUTLETS) | {
        "changed": 2 * OUTLETS
    }
    times = Counter(path for path, _ in days.all_rows("articles"))
    assert all(count == (2 if path.endswith("/changed") else 1) for path, count in times.items())
    assert days.rows("rejected").keys() == {f"/{outlet}/missing" for outlet in range(OUTLETS)}
    assert days.still_to_come().keys() == {f"/{outlet}/down" for outlet in range(OUTLETS)}
