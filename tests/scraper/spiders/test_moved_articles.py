"""Articles that are elsewhere: removed, moved, under several addresses, or with a canonical link that is no good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.support.crawling import crawl
from tests.support.local_server import Answer, serving
from tests.support.site.pages import article
from tests.support.site.stories import make_story

HTML = {"Content-Type": "text/html; charset=utf-8"}
STORIES = [make_story(number, seed=7) for number in range(20)]


def story(number: int, canonical: str | None = None) -> Answer:
    """The page of a story; without a canonical link, unless one is given."""
    page = article(STORIES[number], "http://placeholder.example")
    before, _, rest = page.partition('<link rel="canonical"')
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return Answer((before + link + rest.partition(">")[2]).encode(), headers=HTML)


def moved(to: str) -> Answer:
    return Answer(b"", 301, {"Location": to})


def refresh(to: str) -> Answer:
    return Answer(f'<html><head><meta http-equiv="refresh" content="0; url={to}"></head></html>'.encode())


def front(*paths: str) -> Answer:
    """A front page that reads like an article, and links to others."""
    links = "".join(f'<h2><a href="{path}">A headline of a story about bridges</a></h2>' for path in paths)
    return Answer(links.encode() + (story(19).body or b""))


class Fates(NamedTuple):
    """Where each address ended."""

    articles: list[str]
    rejected: dict[str, str]


def fates(data: Path, pages: Mapping[str, Answer], spider: str, argument: Callable[[str], str]) -> Fates:
    """What a crawl of a server with these pages gives, by path."""

    def answer(path: str) -> Answer:
        return pages.get(path, Answer(b"", 404))

    with serving(answer) as (url, _):
        articles, rejected = crawl(data, spider, argument(url))
        return Fates(
            sorted(row["url"].removeprefix(url) for row in articles),
            {row["url"].removeprefix(url): row["code"] for row in rejected if _is_made_here(row["url"])},
        )


def _is_made_here(url: str) -> bool:
    """Whether an address is of a test, and none of those that every page of the made site links to."""
    return any(word in url for word in ("bridge", "market", "town", "template", "/r/"))


def named(*paths: str) -> Callable[[str], str]:
    return lambda url: "url=" + ",".join(url + path for path in paths)


GONE = ("/world/2026/01/02/bridge-opens-at-last-10001.html", "/world/2026/01/03/market-moves-again-10002.html")


def test_a_removed_article_is_rejected_by_its_address(tmp_path: Path) -> None:
    pages = {"/": front(*GONE, "/kept-story-about-a-town-3"), "/kept-story-about-a-town-3": story(3)}
    pages |= {GONE[0]: moved("/"), GONE[1]: refresh("/")}
    wanted = Fates(["/kept-story-about-a-town-3"], dict.fromkeys(GONE, "led-elsewhere"))
    assert fates(tmp_path / "site", pages, "site", named("/")) == wanted
    assert fates(tmp_path / "urls", pages, "urls", named(*GONE, "/kept-story-about-a-town-3")) == wanted


def test_an_article_behind_two_trackers_is_one_record_and_one_reject(tmp_path: Path) -> None:
    pages = {"/r/1": moved("/bridge-opens?utm_source=a"), "/r/2": moved("/bridge-opens?utm_source=b&utm_medium=c#x")}
    pages |= {"/bridge-opens": story(0)}
    assert fates(tmp_path, pages, "urls", named("/r/1", "/r/2")) in (
        Fates(["/bridge-opens"], {"/r/2": "duplicate"}),
        Fates(["/bridge-opens"], {"/r/1": "duplicate"}),
    )


def test_a_site_that_insists_on_its_tracking_is_followed(tmp_path: Path) -> None:
    pages = {"/bridge-opens": moved("/bridge-opens?utm_source=own"), "/bridge-opens?utm_source=own": story(0)}
    assert fates(tmp_path, pages, "urls", named("/bridge-opens")) == Fates(["/bridge-opens"], {})


def test_the_same_words_at_several_addresses_are_one_record(tmp_path: Path) -> None:
    paths = (
        "/bridge",
        "/bridge/",
        "/bridge?from=home",
        "/bridge/amp/",
        "/amp/bridge",
        "/bridge/print",
        "/bridge?print=1",
    )
    found = fates(tmp_path, dict.fromkeys(paths, story(0)), "urls", named(*paths))
    assert len(found.articles) == 1
    assert set(found.rejected) == set(paths) - set(found.articles)
    assert set(found.rejected.values()) == {"duplicate"}


def test_an_amp_version_gives_the_article_itself(tmp_path: Path) -> None:
    shorter = Answer((story(0, "/bridge-opens").body or b"").replace(b"<p>", b"<p>Read on. ", 1))
    pages = {"/bridge-opens/amp": shorter, "/bridge-opens": story(0, "/bridge-opens")}
    found = fates(tmp_path / "one", pages, "urls", named("/bridge-opens/amp"))
    assert found == Fates(["/bridge-opens"], {"/bridge-opens/amp": "duplicate"})
    found = fates(tmp_path / "both", pages, "urls", named("/bridge-opens/amp", "/bridge-opens"))
    assert found == Fates(["/bridge-opens"], {"/bridge-opens/amp": "duplicate"})
    alone = {"/bridge-opens/amp": shorter}
    found = fates(tmp_path / "alone", alone, "urls", named("/bridge-opens/amp"))
    assert found == Fates(["/bridge-opens/amp"], {"/bridge-opens": "not-found"})


def test_a_canonical_link_that_is_no_good_loses_no_article(tmp_path: Path) -> None:
    paths = [f"/{word}-story-about-the-bridge-{number}" for number, word in enumerate("abcdefgh")]
    back, missing, forbidden, one, other, first, second, third = paths
    template = "/the-article-template-of-all-pages-99"
    pages = {
        "/": Answer((front(*paths).body or b"").partition(b"<!doctype")[0]),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /forbidden", headers={"Content-Type": "text/plain"}),
        back: story(0, "/leads-back-to-the-story-of-the-bridge-0"),
        "/leads-back-to-the-story-of-the-bridge-0": moved(back),
        missing: story(1, "/missing-is-the-story-of-the-bridge-1"),
        forbidden: story(2, "/forbidden-is-the-story-of-the-bridge-2"),
        one: story(3, other),
        other: story(3, one),
        first: story(5, template),
        second: story(6, template),
        third: story(7, template),
        template: story(8),
    }
    found = fates(tmp_path, pages, "site", named("/"))
    mutual = set(found.articles) & {one, other}
    assert len(mutual) == 1
    assert set(found.articles) == {back, missing, forbidden, first, second, third, template} | mutual
    assert found.rejected == {
        "/leads-back-to-the-story-of-the-bridge-0": "duplicate",
        "/missing-is-the-story-of-the-bridge-1": "not-found",
        "/forbidden-is-the-story-of-the-bridge-2": "robots",
        ({one, other} - mutual).pop(): "duplicate",
    }
