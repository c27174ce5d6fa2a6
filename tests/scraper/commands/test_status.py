"""`copydesk status` as a user runs it, and the line that shows how a crawl goes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from scraper.frontier import Commit, Fetch, PageState, QueuedRequest, open_frontier
from scraper.storage.output import DataFolder
from tests.support.paths import ROOT
from tests.support.redis_server import RedisServer, needs_redis
from tests.support.site import Site


def status(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cleaners", "status", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def begin(folder: Path, url: str | None = None) -> None:
    """A crawl that has fetched two of five requests, one in vain."""
    with closing(open_frontier(folder, url, "site url=http://a.example", "w", 60)) as frontier:
        frontier.add([QueuedRequest(str(number), f"{'ab'[number % 2]}.example", "{}") for number in range(5)])
        frontier.lease(5, 5)
        frontier.commit(
            Commit({"0": Fetch(1.0, 1), "1": Fetch(2.0, 1, failed=True)}, {"p": PageState("c", "v", (("i", "d"),))}, {})
        )


EXPECTED = """\
site url=http://a.example
  to be fetched          3
    a.example                               2
    b.example                               1
in all
  fetched                2
  failed                 1  (0 tried again by a later run; of the others the rejects tell why)
  pages                  1
  records                1
"""


def test_a_crawl_that_was_stopped(tmp_path: Path) -> None:
    begin(tmp_path)
    assert status(str(tmp_path)).stdout == EXPECTED


def test_a_crawl_that_runs(tmp_path: Path) -> None:
    begin(tmp_path)
    with closing(DataFolder(tmp_path)):
        assert status(str(tmp_path)).stdout == "a crawl is running\n" + EXPECTED


@needs_redis
def test_a_shared_crawl(tmp_path: Path) -> None:
    with RedisServer(tmp_path / "redis") as server:
        begin(tmp_path, server.url)
        assert status("--frontier", server.url).stdout == EXPECTED
    run = status("--frontier", server.url)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1


def test_what_failed_and_is_tried_again_is_named_without_control_characters(tmp_path: Path) -> None:
    with closing(open_frontier(tmp_path, None, "feed \x1b[2J", "w", 60)) as frontier:
        for key in ("1", "2"):
            url = f"http://a.example/{key}\x9b\x07"
            frontier.add([QueuedRequest(key, "a.example\x1b[31m", json.dumps({"url": url}))])
        frontier.add([QueuedRequest("3", "a.example\x1b[31m", "{}")])
        frontier.lease(5, 5)
        again = {"failed": True, "failures": 2, "code": "server-error"}
        frontier.commit(
            Commit({"1": Fetch(1.0, 1, retry_at=86_400.0, **again), "2": Fetch(1.0, 1, retry_at=1e300, **again)})
        )
    run = status(str(tmp_path))
    assert run.returncode == 0
    assert run.stdout.replace("\n", "").isprintable()
    assert "  tried again            2  by a later run (server-error 2)\n" in run.stdout
    assert "    1970-01-02 00:00 UTC  http://a.example/1\\x9b\\x07\n" in run.stdout
    assert "  failed                 2  (2 tried again by a later run" in run.stdout
    (line,) = status(str(tmp_path), "--json").stdout.splitlines()
    assert [each["failures"] for each in json.loads(line)["tried_again"]] == [2, 2]


def test_for_scripts(tmp_path: Path) -> None:
    begin(tmp_path)
    (line,) = status(str(tmp_path), "--json").stdout.splitlines()
    assert json.loads(line)["open_by_host"] == {"a.example": 2, "b.example": 1}


def test_a_folder_without_a_crawl(tmp_path: Path) -> None:
    run = status(str(tmp_path))
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"copydesk: no crawl was begun in {tmp_path}")


def test_a_ledger_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    run = status(str(tmp_path))
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1


def test_a_person_who_watches_sees_how_it_goes(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with Site(articles=5, delay=0.5) as site:
        command = [sys.executable, "-m", "scrapy", "crawl", "sitemap", "-a", f"url={site.url}"]
        crawl = subprocess.Popen(
            [*command, "-s", f"DATA_DIR={tmp_path}", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"], cwd=ROOT, stderr=theirs
        )
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # how the end of a terminal shows
                break
        assert crawl.wait(timeout=300) == 0
    os.close(ours)
    lines = [line for line in shown.decode().split("\r") if "pages ·" in line]
    assert lines
    assert any("to fetch · 127.0.0.1:" in line for line in lines)
    assert all(len(line) < 90 for line in lines)
