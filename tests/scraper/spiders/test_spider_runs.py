"""The spiders that fetch, run against the made site as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.spiders.listings import MOST_LEVELS
from tests.support.paths import ROOT
from tests.support.site import Site

Rows = list[dict[str, Any]]

IN_HASTE = (
    "RETRY_ENABLED=False",
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "CLEANING_PROCESSES=1",
    "TDMREP=False",
)
"""Manners are another test's: here failures are soon told."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(articles=24, disallow=("/culture/",)) as running:
        yield running


def run(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, timeout=300)


def crawl(data: Path, spider: str, *arguments: str, given: str | None = None) -> tuple[Rows, Rows]:
    """The articles and the rejected pages of a crawl."""
    options = [part for argument in arguments for part in ("-a", argument)]
    options += [part for setting in (f"DATA_DIR={data}", *IN_HASTE) for part in ("-s", setting)]
    done = run("crawl", spider, *options, given=given)
    assert done.returncode == 0, done.stderr
    articles, rejected = (
        [json.loads(line) for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("articles", "rejected")
    )
    return articles, rejected


def codes(rejected: Rows, site: Site) -> dict[str, str]:
    """The code of each rejected page, by its path."""
    return {row["url"].removeprefix(site.url): row["code"] for row in rejected}


def allowed(site: Site) -> set[str]:
    """The addresses of the stories that robots.txt lets crawlers fetch."""
    return {site.url + story.path for story in site.stories if story.section != "culture"}


def test_urls(site: Site, tmp_path: Path) -> None:
    first, second, third, fourth = (site.stories[number].path for number in (0, 1, 2, 4))
    (tmp_path / "list.txt").write_text(
        f"# a list\n{site.url}{second}\nnonsense here\n\n{site.url}/status/404\n", "utf-8"
    )
    articles, rejected = crawl(
        tmp_path / "data",
        "urls",
        f"url={site.url}{first}?utm_source=x,{site.url}{first}#top,{site.url}{site.stories[3].path}",
        f"file={tmp_path / 'list.txt'},-",
        given=f"{site.url}{third}\n{site.url}/redirect?to={fourth}\n{site.url}/redirect/endless\n",
    )
    assert Counter(row["url"] for row in articles) == Counter(
        site.url + path for path in (first, second, third, fourth)
    )
    assert {row["source"] for row in articles} == {"urls"}
    assert codes(rejected, site) == {
        "data:,nonsense%20here": "no-address",
        "/status/404": "not-found",
        site.stories[3].path: "robots",
        "/redirect/endless": "redirects",
    }
    assert site.fetches("/culture/") == {}


@pytest.mark.parametrize("path", ["/feeds/rss.xml", "/"])
def test_feed(site: Site, tmp_path: Path, path: str) -> None:
    articles, rejected = crawl(tmp_path, "feed", f"url={site.url}{path}", "since=2026-01-03")
    wanted = {site.url + story.path for story in site.stories if story.published.day >= 3} & allowed(site)
    assert Counter(row["url"] for row in articles) == Counter(wanted)
    assert {row["code"] for row in rejected} == {"robots"}


def test_the_same_feed_again_leads_to_what_is_new_or_has_changed_or_failed(site: Site, tmp_path: Path) -> None:
    site.fail(1)
    _, rejected = crawl(tmp_path, "feed", f"url={site.url}/feeds/atom.xml")
    assert site.stories[1].path not in codes(rejected, site)  # it is still to come
    first, _ = crawl(tmp_path, "feed", f"url={site.url}/feeds/atom.xml")  # the same feed, of which not all was fetched
    assert {row["url"] for row in first} == allowed(site)
    before, changed = site.fetches(), site.change(5)
    both, _ = crawl(tmp_path, "feed", f"url={site.url}/feeds/atom.xml")
    assert set((site.fetches() - before).keys()) - {"/robots.txt"} == {"/feeds/atom.xml", changed.path}
    (again,) = (row for row in both if row not in first)
    assert again["url"] == site.url + changed.path
    assert changed.paragraphs[-1] in again["text"]
    assert again["replaces"] in {row["id"] for row in first}


def test_feeds_that_are_hostile(site: Site, tmp_path: Path) -> None:
    names = ("entity-bomb", "external-entity", "odd", "broken")
    feeds = ",".join(f"{site.url}/hostile/{name}.xml" for name in names)
    articles, rejected = crawl(tmp_path, "feed", f"url={feeds},{site.url}/about,{site.url}/feeds/rss.xml?n=0")
    assert {row["url"] for row in articles} == {site.url + site.stories[number].path for number in (0, 1, 2)}
    told = codes(rejected, site)
    assert told[site.newest[0].path] == "robots"  # what could be read of the broken feed
    assert told["/hostile/odd.xml"] == "no-address"
    assert told["/about"] == "no-feed"
    assert told["/feeds/rss.xml?n=0"] == "no-entries"
    assert not site.fetches("/secret")


def test_sitemap(site: Site, tmp_path: Path) -> None:
    articles, rejected = crawl(tmp_path / "all", "sitemap", f"url={site.url}")
    assert Counter(row["url"] for row in articles) == Counter(allowed(site))
    assert {row["code"] for row in rejected} == {"robots"}
    since, _ = crawl(tmp_path / "since", "sitemap", f"url={site.url}/sitemap.xml", "since=2026-01-05")
    wanted = {site.url + story.path for story in site.stories if story.modified.day >= 5}
    assert {row["url"] for row in since} == wanted & allowed(site)
    assert site.fetches("/robots.txt")["/robots.txt"] == 3


def test_sitemaps_that_are_hostile(site: Site, tmp_path: Path) -> None:
    names = ("hostile/loop-a.xml", "hostile/deep.xml", "bomb/sitemap.xml.gz", "about")
    articles, rejected = crawl(tmp_path, "sitemap", "url=" + ",".join(f"{site.url}/{name}" for name in names))
    assert {row["url"] for row in articles} == allowed(site)
    assert max(site.fetches("/hostile/").values()) == 1
    told = {path: code for path, code in codes(rejected, site).items() if code != "robots"}
    assert told == {
        f"/hostile/deep.xml?level={MOST_LEVELS - 1}": "too-deep",
        "/bomb/sitemap.xml.gz": "no-sitemap",
        "/about": "no-sitemap",
    }


def test_site(site: Site, tmp_path: Path) -> None:
    articles, rejected = crawl(tmp_path, "site", f"url={site.url}")
    assert Counter(row["url"] for row in articles) == Counter(allowed(site))
    assert {row["code"] for row in rejected} == {"robots"}
    fetched = site.fetches()
    assert max(fetched.values()) == 1
    assert not site.fetches("/calendar/")
    assert not site.fetches("/files/")
    assert len(site.fetches("/trap/")) + len(site.fetches("/session/")) < 20


def test_site_is_bounded(site: Site, tmp_path: Path) -> None:
    articles, _ = crawl(tmp_path / "count", "site", f"url={site.url}", "count=6")
    assert 0 < len(articles) < 6
    assert len(set(site.fetches()) - {"/robots.txt"}) <= 6
    nothing, rejected = crawl(tmp_path / "depth", "site", f"url={site.url}", "depth=0")
    assert (nothing, rejected) == ([], [])


def test_sources(site: Site, tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text(
        f"""
        [[outlet]]
        name = "Feed Gazette"
        feeds = "{site.url}/feeds/rss.xml?n=3"
        drop = ["article p:last-of-type"]

        [[outlet]]
        name = "Site Gazette"
        sites = "{site.url}/world/"
        depth = 1
        keep = "article"

        [[outlet]]
        name = "Page Gazette"
        urls = ["{site.url}/amp/5"]
        """,
        "utf-8",
    )
    articles, _ = crawl(tmp_path / "data", "sources", f"file={tmp_path / 'outlets.toml'}")
    by_source = Counter(row["source"] for row in articles)
    world = [story for story in site.newest if story.section == "world"]
    assert by_source == {"Feed Gazette": 2, "Site Gazette": len(world), "Page Gazette": 1}
    for row in articles:
        story = site.story_at(row["url"].removeprefix(site.url)) or site.stories[5]
        last_word = story.paragraphs[-1]
        assert (last_word in row["text"]) is (row["source"] != "Feed Gazette")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["urls"], "no address to begin with: give -a url=… or -a file=…"),
        (["feed", "-a", "url=gazette.example"], "not a web address: 'gazette.example' (it begins with http://"),
        (["sitemap", "-a", "url=http://127.0.0.1:9/", "-a", "since=soon"], "since is a day such as 2026-01-01"),
        (["site", "-a", "ulr=x"], "the spider site takes url, file, hosts, depth, count, max_age; not ulr"),
        (["sources", "-a", "file=nowhere.toml"], "no such file or folder: nowhere.toml"),
        (["sources"], "no outlets file: give -a file=outlets.toml"),
    ],
)
def test_wrong_arguments_are_told_in_one_line(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run("crawl", *arguments, "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"scrapy crawl: {message}")
    assert not (tmp_path / "data").exists()


def test_list_names_the_spiders_and_says_what_they_do() -> None:
    names = run("list").stdout.split()
    assert {"feed", "seeds", "site", "sitemap", "sources", "urls"} <= set(names)
    told = run("list", "-v").stdout
    assert [line for line in told.splitlines() if line and not line.startswith(" ")] == names
    assert "scrapy crawl site -a url=… -a file=… -a hosts=… -a depth=3 -a count=1000 -a max_age=…" in told
    assert "Articles that feeds name: RSS, Atom and JSON Feed" in told


def test_a_reader_of_the_list_that_goes_away_is_no_error_worth_words() -> None:
    command = f"{sys.executable} -m scrapy list -v | true"
    assert subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True).stderr == ""
