"""A made site that reserves what it can: the crawl tells it, and a replay of its archive says the same."""

from __future__ import annotations

from pathlib import Path

from tests.support.crawling import crawl
from tests.support.local_server import Answer, serving

TEXT = "The harbour bridge opened to traffic on Monday after four years of work, the city council said. " * 4
HTML = "text/html; charset=utf-8"
FILES = {
    "/robots.txt": Answer(b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nContent-Signal: search=yes\nDisallow:\n"),
    "/.well-known/tdmrep.json": Answer(b'[{"location": "/a", "tdm-reservation": 1}]'),
}


def story(path: str) -> Answer:
    if path in FILES:
        return FILES[path]
    head = '<meta name="robots" content="noai">' if path == "/b" else ""
    body = f"<html><head>{head}</head><article><h1>Bridge {path}</h1><p>{TEXT}</p></article></html>"
    return Answer(body.encode(), 200, {"Content-Type": HTML, "X-Robots-Tag": "noindex"})


def test_a_crawl_and_its_replay_tell_the_same_rights(tmp_path: Path) -> None:
    with serving(story) as (site, _):
        articles, rejected = crawl(tmp_path / "crawl", "urls", f"url={site}/a,{site}/b")
    assert rejected == []
    told = {row["url"].removeprefix(site): row["rights"] for row in articles}
    assert {path: rights["reserved"] for path, rights in told.items()} == {
        "/a": ["ai-train", "index", "tdm"],
        "/b": ["ai-train", "index"],
    }
    sources = {path: sorted({each["source"] for each in rights["signals"]}) for path, rights in told.items()}
    assert sources == {"/a": ["header", "robots.txt", "tdmrep.json"], "/b": ["header", "meta", "robots.txt"]}
    again, _ = crawl(tmp_path / "again", "warc", f"file={tmp_path / 'crawl' / 'archive'}")
    assert {row["url"].removeprefix(site): row["rights"] for row in again} == told
