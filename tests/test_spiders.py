"""The spiders that fetch, run against the made site as a user runs them; and their parts, without a network."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from cleaners import clean_page
from cleaners.data import Cleaned, Page
from cleaners.errors import CopydeskError
from scraper.requests import article_request, hub_request, source_of
from scraper.spiders.base import CopydeskSpider
from scraper.spiders.feed import FeedSpider
from scraper.spiders.site import MOST_BARREN, SiteSpider
from scraper.spiders.sitemap import MOST_LEVELS, SitemapSpider
from scraper.spiders.sources import SourcesSpider
from scraper.spiders.urls import UrlsSpider
from tests.site import Site, listings, pages
from tests.site.stories import make_story

ROOT = Path(__file__).parents[1]
BASE = "https://news.example"
STORIES = [make_story(number, seed=0) for number in range(30)]

Rows = list[dict[str, Any]]

IN_HASTE = ("RETRY_ENABLED=False", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "CLEANING_PROCESSES=1")
"""Manners are another test's: here failures are soon told."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(articles=24, disallow=("/culture/",)) as running:
        yield running


def run(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, timeout=120)


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


# --- As a user runs them -----------------------------------------------------------------------------------------


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
    assert codes(rejected, site)[site.stories[1].path] == "server-error"
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
        (["site", "-a", "ulr=x"], "the spider site takes url, file, depth, count, max_age; not ulr"),
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
    assert "scrapy crawl site -a url=… -a file=… -a depth=3 -a count=1000 -a max_age=…" in told
    assert "Articles that feeds name: RSS, Atom and JSON Feed" in told


# --- Without a network -------------------------------------------------------------------------------------------


def html_response(spider: CopydeskSpider, url: str, html: str, **arguments: Any) -> HtmlResponse:
    request = hub_request(url, spider.parse, spider.failed, source=spider.name, **arguments)
    return HtmlResponse(url, body=html.encode(), request=request, encoding="utf-8")


def follow(spider: SiteSpider, url: str, html: str, **place: Any) -> list[Any]:
    return list(spider.parse_site(html_response(spider, url, html), host="news.example", **place))


def addresses(found: list[Any]) -> list[str]:
    return [each.url.removeprefix(BASE) for each in found if isinstance(each, Request)]


LISTING = (
    '<a href="/world/2026/01/02/a-story-about-a-bridge-1.html">A story about a bridge</a><a href="/sport/">Sport</a>'
)
BARREN = '<a href="/more/">More</a>'


def test_requests_carry_what_a_scheduler_asks_for() -> None:
    spider = FeedSpider(url=f"{BASE}/feed.xml", max_age="1d")
    (hub,) = spider.entry_requests(spider.outlets[0])
    assert (hub.url, hub.meta, hub.cb_kwargs) == (f"{BASE}/feed.xml", {"hub": True, "source": "feed"}, {})
    body = listings.rss([STORIES[3]], BASE).encode()
    (article,) = spider.parse_feed(Response(f"{BASE}/feed.xml", body=body, request=hub))
    assert article.meta == {"source": "feed", "lastmod": STORIES[3].published.isoformat(), "max_age": 86_400}
    assert article.priority > hub.priority


def test_requests_can_be_stored() -> None:
    spider = SiteSpider(url=BASE)
    start = next(spider.entry_requests(spider.outlets[0]))
    for request in (start, *follow(spider, BASE, LISTING)):
        stored = json.loads(json.dumps(request.to_dict(spider=spider)["cb_kwargs"] | request.meta))
        assert stored == {**request.cb_kwargs, **request.meta}


def test_a_date_that_is_still_to_come_counts_as_none() -> None:
    spider = FeedSpider(url=f"{BASE}/feed.xml")
    body = listings.rss_of([(f"{BASE}/a", "A", "Sat, 07 Mar 2999 10:00:00 GMT")]).encode()
    (article,) = spider.parse_feed(Response(f"{BASE}/feed.xml", body=body))
    assert "lastmod" not in article.meta


def test_hosts_that_the_user_names_are_known(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("https://b.example/1\nhttps://c.example/2\n", "utf-8")
    assert FeedSpider(url="https://a.example/x", file=str(tmp_path / "list.txt")).named_hosts == {
        *("a.example", "b.example", "c.example")
    }
    spider = UrlsSpider(url="https://a.example/x", file=str(tmp_path / "list.txt"))
    assert spider.named_hosts == {"a.example"}

    async def start() -> list[str]:
        return [request.url async for request in spider.start()]

    assert asyncio.run(start()) == ["https://a.example/x", "https://b.example/1", "https://c.example/2"]
    assert spider.named_hosts == {"a.example", "b.example", "c.example"}
    assert CopydeskSpider(name="none").named_hosts == frozenset()


def test_a_site_is_followed_from_hubs_to_articles() -> None:
    spider = SiteSpider(url=BASE)
    article, hub = follow(spider, f"{BASE}/", LISTING)
    assert article.url.endswith("bridge-1.html")
    assert article.cb_kwargs == {"host": "news.example", "depth": 1, "barren": 0, "is_article": True}
    assert "hub" not in article.meta
    assert (hub.url, hub.meta["hub"], hub.cb_kwargs["is_article"]) == (f"{BASE}/sport/", True, False)
    assert follow(spider, f"{BASE}/sport/", LISTING, depth=1) == []


def test_pages_that_lead_to_nothing_new_are_not_followed_for_long() -> None:
    spider = SiteSpider(url=BASE)
    (more,) = follow(spider, f"{BASE}/", BARREN)
    assert more.cb_kwargs["barren"] == 1
    assert follow(spider, f"{BASE}/more/", '<a href="/still/">Still</a>', depth=1, barren=MOST_BARREN - 1) == []
    found = follow(spider, f"{BASE}/more/", LISTING, depth=1, barren=MOST_BARREN - 1)
    assert [request.cb_kwargs["barren"] for request in found] == [0, 0]


def test_an_article_leads_to_articles_only() -> None:
    spider = SiteSpider(url=BASE)
    page = pages.article(STORIES[0], BASE, STORIES[1:3])
    found = follow(spider, BASE + STORIES[0].path, page, depth=1, is_article=True)
    assert isinstance(found[0], Page)
    assert addresses(found) == [story.path for story in STORIES[1:3]]


def test_what_is_too_far_away_or_elsewhere_is_left_alone() -> None:
    spider = SiteSpider(url=BASE, depth="2")
    assert follow(spider, f"{BASE}/a/", LISTING, depth=2) == []
    assert follow(spider, f"{BASE}/a/", LISTING.replace('href="', 'href="https://other.example'), depth=1) == []
    (elsewhere,) = follow(spider, "https://other.example/a/", LISTING, depth=1)
    assert elsewhere.rejection.code == "other-host"
    moved = follow(spider, "https://www.moved.example/", LISTING)
    assert {request.cb_kwargs["host"] for request in moved} == {"www.moved.example"}


def test_an_article_is_taken_from_its_canonical_address() -> None:
    spider = SiteSpider(url=BASE)
    page = pages.article(STORIES[0], BASE)
    rejected, request = follow(spider, f"{BASE}/amp/0", page, depth=3, is_article=True)
    assert (rejected.rejection.code, request.url) == ("duplicate", BASE + STORIES[0].path)
    (again,) = follow(spider, f"{BASE}/print/0", page, depth=3, is_article=True)
    assert again.rejection.code == "duplicate"
    (itself,) = follow(spider, BASE + STORIES[0].path, page, depth=3, is_article=True)
    assert isinstance(itself, Page)


@pytest.mark.parametrize(
    "canonical", ["/", "https://other.example/a-story-about-a-bridge-1.html", "javascript:void(0)"]
)
def test_a_canonical_address_that_is_no_article_here_is_not_believed(canonical: str) -> None:
    page = f'<head><link rel="canonical" href="{canonical}"></head><p>Text'
    (found,) = follow(SiteSpider(url=BASE), f"{BASE}/a-story-12345", page, depth=3, is_article=True)
    assert isinstance(found, Page)


def test_what_is_no_page_is_told_unless_it_looked_like_an_article() -> None:
    spider = SiteSpider(url=BASE)
    (hub,) = spider.parse_site(Response(f"{BASE}/a", body=b"\x00"), host="news.example", depth=1)
    assert isinstance(hub, Cleaned)
    (article,) = spider.parse_site(Response(f"{BASE}/a", body=b"\x00"), host="news.example", depth=1, is_article=True)
    assert isinstance(article, Page)


def test_without_robots_txt_the_usual_sitemap_is_looked_for() -> None:
    spider = SitemapSpider(url=BASE)
    assert [request.url for request in spider.entry_requests(spider.outlets[0])] == [f"{BASE}/robots.txt"]
    (usual,) = spider.parse_robots(Response(f"{BASE}/robots.txt", body=b"User-agent: *\n"))
    assert usual.url == f"{BASE}/sitemap.xml"


def test_a_page_is_what_was_fetched(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text(
        f'[[outlet]]\nname = "A"\nurls = "{BASE}/a"\nlanguage = "fr"\ndrop = "aside"\n', "utf-8"
    )
    spider = SourcesSpider(file=str(tmp_path / "outlets.toml"))
    (request,) = spider.entry_requests(spider.outlets[0])
    body = "<p>Größe<aside>Werbung</aside>".encode("cp1252")
    header = {"Content-Type": "text/html; charset=windows-1252"}
    page = spider.page(Response(f"{BASE}/b", body=body, headers=header, request=request))
    assert (page.url, page.source, page.charset, page.language) == (f"{BASE}/b", "A", "cp1252", "fr")
    assert page.retrieved_at
    assert "Größe" in str(page.content)
    assert "Werbung" not in str(page.content)
    untouched = UrlsSpider(url=BASE).page(Response(f"{BASE}/b", body=body, headers=header))
    assert (untouched.content, untouched.source) == (body, "urls")


def test_a_language_that_is_known_counts_where_the_page_states_none() -> None:
    stated = pages.article(STORIES[0], BASE)
    silent = stated.replace('<html lang="en">', "<html>")
    languages = [
        clean_page(Page(html, url=BASE + STORIES[0].path, language="cy")).articles[0].language
        for html in (stated, silent)
    ]
    assert languages == ["en", "cy"]


def test_arguments_are_checked_before_a_crawl() -> None:
    SiteSpider.check_arguments(url=BASE, depth="2", _job="1")
    with pytest.raises(CopydeskError, match="count is a whole number, not 'many'"):
        SiteSpider.check_arguments(url=BASE, count="many")
    with pytest.raises(CopydeskError, match="takes file; not url"):
        SourcesSpider.check_arguments(url=BASE)


def test_an_article_request_is_no_hub() -> None:
    spider = UrlsSpider(url=BASE)
    request = article_request(f"{BASE}/a", spider.parse_article, spider.failed, source="A", extra=1)
    assert (request.meta, request.cb_kwargs, source_of(request)) == ({"source": "A"}, {"extra": 1}, "A")


def test_a_reader_of_the_list_that_goes_away_is_no_error_worth_words() -> None:
    command = f"{sys.executable} -m scrapy list -v | true"
    assert subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True).stderr == ""
