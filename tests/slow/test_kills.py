"""Crawls that are killed at random moments and started again, as a power cut or an impatient user would do it.

Every article must be in the output exactly once, no line torn, and nothing fetched again but what was on its way when
the crawl was killed.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.redis_server import RedisServer, needs_redis
from tests.support.site import Site

ARTICLES, KILLS = 1000, 20
AT_FULL_SPEED = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "TDMREP=False")
ON_THE_WAY = 16 + 32 + 40
"""What one kill may have fetched again: requests at once, pages that wait for the cleaners, and those written since the
last commit."""


def start(site: Site, data: Path, *settings: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scrapy", "crawl", "sitemap", "-a", f"url={site.url}", "-s", f"DATA_DIR={data}"]
    options = [option for setting in (*AT_FULL_SPEED, *settings) for option in ("-s", setting)]
    return subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.PIPE, bufsize=0)


def lines(folders: Sequence[Path]) -> int:
    files = [folder / "articles.jsonl" for folder in folders]
    return sum(file.read_bytes().count(b"\n") for file in files if file.exists())


def read_until(words: bytes, crawl: subprocess.Popen[bytes]) -> bytes:
    """What a crawl says until it says some words; five minutes are enough for that."""
    assert crawl.stderr is not None
    said = b""
    last_resort = threading.Timer(300, crawl.kill)
    last_resort.start()
    while words not in said and (line := crawl.stderr.readline()):
        said += line
    last_resort.cancel()
    return said


def kill_at_random(crawls: list[subprocess.Popen[bytes]], folders: Sequence[Path], kills: int) -> None:
    """Let them write about as much as is left for each kill, then kill the first."""
    share = (ARTICLES - lines(folders)) // (kills + 1)
    wanted = lines(folders) + random.randint(0, share)
    while lines(folders) < wanted and any(crawl.poll() is None for crawl in crawls):
        time.sleep(0.01)
    crawls[0].kill()
    crawls[0].communicate()


def check(site: Site, folders: Sequence[Path], kills: int) -> None:
    records = [json.loads(line) for folder in folders for line in (folder / "articles.jsonl").read_bytes().splitlines()]
    assert Counter(record["url"] for record in records) == Counter(site.url + story.path for story in site.stories)
    for name in ("audit.jsonl", "rejected.jsonl"):
        for folder in folders:
            assert all(json.loads(line) for line in (folder / name).read_bytes().splitlines())
    fetched = Counter(seen.path for seen in site.log if seen.path != "/robots.txt")
    assert sum(fetched.values()) - len(fetched) <= kills * ON_THE_WAY


def test_a_crawl_that_is_killed_twenty_times(tmp_path: Path) -> None:
    data = tmp_path / "data"
    random.seed(0)
    with Site(articles=ARTICLES) as site:
        for kill in range(KILLS):
            kill_at_random([start(site, data)], [data], KILLS - kill)
        crawl = start(site, data)
        _, said = crawl.communicate(timeout=600)
        assert crawl.returncode == 0
        assert b"Traceback" not in said
        check(site, [data], KILLS)
        before = len(site.log)
        start(site, data).communicate(timeout=600)
        again = [seen.path for seen in site.log[before:]]
        assert not {story.path for story in site.stories} & set(again)  # the listings alone


@needs_redis
def test_two_workers_of_one_crawl_that_are_killed_twenty_times(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    random.seed(1)
    with RedisServer(tmp_path / "redis") as redis, Site(articles=ARTICLES) as site:
        shared = [f"FRONTIER_URL={redis.url}", "FRONTIER_LEASE=30"]
        crawls = {folder: start(site, folder, *shared) for folder in folders}
        for kill in range(KILLS):
            folder = random.choice(folders)
            kill_at_random([crawls[folder]], folders, KILLS - kill)
            crawls[folder] = start(site, folder, *shared)
        for crawl in crawls.values():
            _, said = crawl.communicate(timeout=600)
            assert crawl.returncode == 0
            assert b"Traceback" not in said
        check(site, folders, KILLS)


@needs_redis
def test_a_frontier_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    server = RedisServer(tmp_path / "redis")
    server.start()
    try:
        with Site(articles=200) as site:
            crawl = start(site, tmp_path, f"FRONTIER_URL={server.url}")
            while lines([tmp_path]) < 40 and crawl.poll() is None:
                time.sleep(0.02)
            server.stop()
            before = read_until(b"the frontier does not answer", crawl)
            server.start()
            _, after = crawl.communicate(timeout=600)
            said = before + after
            assert crawl.returncode == 0
            assert b"the frontier does not answer" in said
            assert b"the frontier is back after" in said
            assert b"Traceback" not in said
            check(site, [tmp_path], kills=1)
    finally:
        server.stop()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up(small_disk: Path) -> None:
    with Site(articles=300) as site:
        crawl = start(site, small_disk, "ARCHIVE=False")
        _, said = crawl.communicate(timeout=600)
        assert crawl.returncode == 1
        assert b"Traceback" not in said
        assert b"scrapy crawl: the output cannot be written: " in said
        assert 0 < lines([small_disk]) < 300
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
        start(site, small_disk, "ARCHIVE=False").communicate(timeout=600)
        check(site, [small_disk], kills=3)  # what was written since the last commit, in which the disk filled up, too


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Site(articles=1) as site:
        crawl = start(site, tmp_path / "file" / "data")
        _, said = crawl.communicate(timeout=600)
        assert crawl.returncode == 2
        assert said.decode() == f"scrapy crawl: Not a directory: {tmp_path / 'file' / 'data'}\n"
        assert not site.log
