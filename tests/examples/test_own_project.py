"""Copydesk as an add-on of a Scrapy project that knows nothing of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings

from scraper.addon import PLACE, CleaningMiddleware, Copydesk
from tests.support.fetching import Handler, answer, serve
from tests.support.made_outlet import PITCH, STORIES, page
from tests.support.made_pages import STORY, html_page
from tests.support.paths import ROOT

PROJECT = ROOT / "examples" / "own_project"
FRONT = b"<a href=/story>A story</a> <a href=/picture>A picture</a> <a href=/empty>Nothing</a>"


def test_each_page_of_any_spider_becomes_items(tmp_path: Path) -> None:
    def picture(handler: Handler) -> None:
        answer(handler, body=b"\x89PNG\r\n\x1a\n\0\0", Content_Type="image/png")

    pages = {
        "/": lambda handler: answer(handler, body=FRONT),
        "/story": lambda handler: answer(handler, body=html_page().encode()),
        "/picture": picture,
        "/empty": lambda handler: answer(handler, body=b"<p>Nothing"),
    }
    with serve(pages) as site:
        url = site.url("/", host="127.0.0.1")
        items, said = crawl(tmp_path, url)
    seen = sorted(item["seen"] for item in items if "seen" in item)
    assert seen == [f"{url}{name}" for name in ("empty", "picture", "story")]
    (record,) = (item for item in items if "text" in item)
    assert (record["title"], record["url"], record["source"]) == (STORY.headline, f"{url}story", "front")
    assert "'copydesk/pages': 2" in said
    assert "'copydesk/rejected/" in said


def test_profiles_are_applied(tmp_path: Path) -> None:
    pages = {"/": lambda handler: answer(handler, body=FRONT)}
    pages["/story"] = lambda handler: answer(handler, body=page(next(iter(STORIES))).encode())
    table = f'outlet = "127.0.0.1"\nkind = "html"\npages = 5\nlines = [[5, "{PITCH}"]]\n'
    (tmp_path / "profiles.toml").write_text(f"[[profile]]\n{table}")
    with serve(pages) as site:
        url = site.url("/", host="127.0.0.1")
        texts = []
        for options in ([], ["-s", f"COPYDESK_OUTLETS={tmp_path / 'profiles.toml'}"]):
            items, _ = crawl(tmp_path, url, *options)
            texts += [item["text"] for item in items if "text" in item]
    assert [PITCH in text for text in texts] == [True, False]


def crawl(folder: Path, url: str, *options: str) -> tuple[list[dict[str, Any]], str]:
    output = folder / "items.jsonl"
    command = [sys.executable, "-m", "scrapy", "crawl", "front", "-a", f"url={url}", "-O", str(output), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    # A first run also warns, with a traceback, where it cannot fetch the list of public suffixes.
    assert "log_count/ERROR" not in run.stderr, run.stderr
    return [json.loads(line) for line in output.read_text("utf-8").splitlines()], run.stderr


def test_the_add_on_keeps_what_the_project_says() -> None:
    other = "scrapy.spidermiddlewares.depth.DepthMiddleware"
    settings = Settings({"SPIDER_MIDDLEWARES": {other: 1}})
    Copydesk().update_settings(settings)
    assert settings.getdict("SPIDER_MIDDLEWARES") == {other: 1, CleaningMiddleware: PLACE}
    own = {"scraper.addon.CleaningMiddleware": 10}
    settings = Settings({"SPIDER_MIDDLEWARES": own})
    Copydesk().update_settings(settings)
    assert settings.getdict("SPIDER_MIDDLEWARES") == own


def test_another_reactor_is_told() -> None:
    crawler = Crawler(Spider, {"TWISTED_REACTOR": "twisted.internet.epollreactor.EPollReactor"})
    with pytest.raises(NotConfigured, match="needs Scrapy's asyncio reactor"):
        CleaningMiddleware.from_crawler(crawler)
