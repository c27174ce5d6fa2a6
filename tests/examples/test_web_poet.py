"""Page objects that get their articles from Copydesk, in a Scrapy project of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.fetching import Handler, answer, serve
from tests.support.made_pages import STORY, html_page
from tests.support.paths import ROOT

pytest.importorskip("scrapy_poet", reason="scrapy-poet is not installed; pip install 'copydesk[web-poet]' brings it")

PROJECT = ROOT / "examples" / "web_poet"
SITE = "http://gazette.example"
TRAIL = b"<nav class=trail><a href=/politics>Politics</a> <a href=/politics/towns>Towns</a></nav>"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, Any]], str]:
    """The articles of a crawl by their paths, and what Scrapy said."""

    def picture(handler: Handler) -> None:
        answer(handler, body=b"\x89PNG\r\n\x1a\n\0\0", Content_Type="image/png")

    story = html_page().encode()
    bodies = {
        "/": b"".join(b"<a href=%b>A link</a>" % path for path in (b"/story", b"/trail/story", b"/picture", b"/no")),
        "/story": story,
        "/trail/story": story.replace(b"<body>", b"<body>" + TRAIL),
        "/no": b"<p>Nothing",
    }
    pages: Any = {
        f"{SITE}{path}": lambda handler, body=body: answer(handler, body=body) for path, body in bodies.items()
    }
    pages |= {f"{SITE}/picture": picture, f"{SITE}/robots.txt": lambda handler: answer(handler, 404)}
    with serve(pages) as proxy:
        items, said = crawl(tmp_path_factory.mktemp("crawl"), proxy.url("", host="127.0.0.1"))
    return {item["url"].removeprefix(SITE): item for item in items}, said


def crawl(folder: Path, proxy: str) -> tuple[list[dict[str, Any]], str]:
    """Every host is reached by the proxy, which plays the site."""
    output = folder / "items.jsonl"
    command = [sys.executable, "-m", "scrapy", "crawl", "articles", "-a", f"url={SITE}/", "-O", str(output)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "http_proxy": proxy}
    run = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    # A first run also warns, with a traceback, where it cannot fetch the list of public suffixes.
    assert "log_count/ERROR" not in run.stderr, run.stderr
    return [json.loads(line) for line in output.read_text("utf-8").splitlines()], run.stderr


def test_a_callback_gets_the_article(crawled: tuple[dict[str, dict[str, Any]], str]) -> None:
    article = crawled[0]["/story"]
    assert article["headline"] == STORY.headline
    assert article["articleBody"].splitlines() == list(STORY.body)
    assert article["articleBodyHtml"].count("<p>") == len(STORY.body)
    assert article["inLanguage"] == "en"
    assert article["metadata"]["probability"] == 1.0
    assert article["metadata"]["dateDownloaded"].endswith("Z")
    assert "breadcrumbs" not in article or article["breadcrumbs"] is None


def test_a_page_object_changes_a_field_of_it(crawled: tuple[dict[str, dict[str, Any]], str]) -> None:
    article = crawled[0]["/trail/story"]
    assert [crumb["name"] for crumb in article["breadcrumbs"]] == ["Politics", "Towns"]
    assert article["articleBody"].splitlines() == list(STORY.body)


def test_a_page_without_an_article_says_why(crawled: tuple[dict[str, dict[str, Any]], str]) -> None:
    items, said = crawled
    for path in ("/no", "/picture"):
        assert items[path]["metadata"]["probability"] == 0.0
        assert items[path]["metadata"]["validationMessages"]["articleBody"][0].endswith(".")
    assert "'copydesk/articles': 2" in said
    assert "'copydesk/rejected/" in said


def test_a_missing_extra_is_one_line(tmp_path: Path) -> None:
    # Importing it fails, as where it is not installed.
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['zyte_common_items'] = None\n", "utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "scrapy", "crawl", "articles"]
    run = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr == "scraper.web_poet needs an extra that is not installed: pip install 'copydesk[web-poet]'\n"
