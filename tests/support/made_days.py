"""A site that a test changes between the runs of a crawl, as if days had passed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.local_server import Answer, serving
from tests.support.paths import ROOT

QUICK = (
    "RETRY_ENABLED=False",
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "CLEANING_PROCESSES=1",
    "BACKOFF_FIRST=0.05",
    "TDMREP=False",
)

TEXT = "The {} council voted on Monday to rebuild the old ferry landing before winter, and to keep the fare as it is. "


def article(name: str) -> Answer:
    """A page with an article."""
    paragraphs = "".join(f"<p>{TEXT.format(name)}{TEXT.format(number)}</p>" for number in range(6))
    return Answer(f"<html><body><article><h1>News of {name}</h1>{paragraphs}</article></body></html>".encode())


def feed(*paths: str, etag: str = "", dates: str = "") -> Callable[[str], Answer]:
    """A feed that names paths, as a function of the address of its server; `dates` stand in each entry."""

    def made(base: str) -> Answer:
        items = "".join(f"<item><link>{base}{path}</link>{dates}</item>" for path in paths)
        body = f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>"
        return Answer(body.encode(), 200, {"Content-Type": "application/rss+xml", **({"ETag": etag} if etag else {})})

    return made


class Days:
    """A site whose answers a test changes between the runs of a crawl."""

    def __init__(self, folder: Path, frontier: str | None) -> None:
        self.folder, self.frontier = folder, frontier
        self.answers: dict[str, Any] = {}
        self.asked: list[str] = []
        self.headers: dict[str, Any] = {}
        self.host, self.port = "", 0

    def crawl(
        self, *settings: str, spider: str = "feed", path: str = "/feed", kill_at: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """One run, whose paths `asked` then holds. With `kill_at` it is killed when so many articles are written."""

        def answer(path: str) -> Answer:
            found = self.answers.get(path, Answer(b"", 404))
            return found("http://" + self.host) if callable(found) else found  # type: ignore[no-any-return]

        with serving(answer, self.port) as (base, log):
            self.host = base.removeprefix("http://")
            self.port = int(self.host.partition(":")[2])
            shared = [f"FRONTIER_URL={self.frontier}"] if self.frontier else []
            given = [*QUICK, f"DATA_DIR={self.folder}", *shared, *settings]
            options = [part for setting in given for part in ("-s", setting)]
            command = [sys.executable, "-m", "cleaners", "crawl", spider, "-a", self.entry_points(base, path), *options]
            run = self._run(command, kill_at)
        assert "Traceback" not in run.stderr
        self.asked = [seen.path for seen in log if seen.path != "/robots.txt"]
        self.headers = {seen.path: seen.headers for seen in log}
        return run

    def _run(self, command: list[str], kill_at: int) -> subprocess.CompletedProcess[str]:
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as crawl:
            last_resort = threading.Timer(300, crawl.kill)
            last_resort.start()
            while kill_at and crawl.poll() is None and self.written() < kill_at:
                time.sleep(0.01)
            if kill_at:
                crawl.kill()
            _, said = crawl.communicate()
            last_resort.cancel()
        return subprocess.CompletedProcess(command, crawl.returncode, "", said)

    def entry_points(self, base: str, path: str) -> str:
        """The argument of the spider: the addresses of its hubs, whose paths are separated by commas."""
        return "url=" + ",".join(base + each for each in path.split(","))

    def written(self) -> int:
        """The number of articles that are written."""
        file = self.folder / "articles.jsonl"
        return file.read_bytes().count(b"\n") if file.exists() else 0

    def all_rows(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """The rows of an output file, each with the path of its address."""
        rows = [json.loads(line) for line in (self.folder / f"{name}.jsonl").read_bytes().splitlines()]
        return [(row["url"].removeprefix(f"http://{self.host}"), row) for row in rows]

    def rows(self, name: str) -> dict[str, Any]:
        """The rows of an output file by their paths, of which each is told once."""
        rows = self.all_rows(name)
        assert len(dict(rows)) == len(rows)
        return dict(rows)

    def still_to_come(self) -> dict[str, Any]:
        """What `copydesk status` says is tried again, by its path."""
        where = ["--frontier", self.frontier] if self.frontier else [str(self.folder)]
        command = [sys.executable, "-m", "cleaners", "status", *where, "--json"]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        (counts,) = map(json.loads, run.stdout.splitlines())
        return {each["url"].removeprefix(f"http://{self.host}"): each for each in counts["tried_again"]}
