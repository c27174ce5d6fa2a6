"""What stands where: a table of paths, and for each a function from the site and the request to a reply."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from tests.support.site import faults, listings, pages
from tests.support.site.stories import SECTIONS, Story

if TYPE_CHECKING:
    from tests.support.site.server import Site

_RSS, _ATOM, _XML, _TEXT = "application/rss+xml", "application/atom+xml", "application/xml", "text/plain"
_JSON = "application/json"


@dataclass(frozen=True)
class Request:
    """What was asked for: the path, the query by name, the headers by lower-case name."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]

    def number(self, name: str, default: float) -> float:
        return float(self.query.get(name, default))


@dataclass(frozen=True)
class Reply:
    """What goes back. `closes` ends the connection.

    A body in pieces is sent chunked, unless there is a Content-Length.
    """

    body: bytes | Iterator[bytes] = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    closes: bool = False


Route = Callable[["Site", Request], Reply]


def answer(site: Site, request: Request) -> Reply:
    """The reply of the first route whose pattern is the whole path."""
    if story := site.story_at(request.path):
        return _article(site, request, story)
    for pattern, route in ROUTES:
        if re.fullmatch(pattern, request.path):
            return route(site, request)
    return _html(pages.plain("Page not found"), status=404)


# --- Pages -------------------------------------------------------------------------------------------------------


def _article(site: Site, request: Request, story: Story) -> Reply:
    """A story, or 304 where the asker has it; slower where the site is."""
    site.wait(site.delay)
    if site.failures[story.path] > 0:
        site.failures[story.path] -= 1
        return _html(pages.plain("Error 500"), status=500)
    headers = {"ETag": story.etag, "Last-Modified": format_datetime(story.modified, usegmt=True)}
    if _has_it(request, story):
        return Reply(status=304, headers=headers)
    return Reply(_story_page(site, story), headers=headers)


def _has_it(request: Request, story: Story) -> bool:
    if etag := request.headers.get("if-none-match"):
        return etag == story.etag
    since = request.headers.get("if-modified-since")
    return since is not None and parsedate_to_datetime(since) >= story.modified


def _story_page(site: Site, story: Story) -> bytes:
    related = [site.stories[(story.number + step) % len(site.stories)] for step in (1, 2, 5)]
    return pages.article(story, site.url, related).encode()


def _some_story(site: Site) -> bytes:
    return _story_page(site, site.stories[0])


def _other_address(site: Site, request: Request) -> Reply:
    """A story at a second address, whose canonical link names the first."""
    number = int(request.path.rpartition("/")[2])
    return Reply(_story_page(site, site.stories[number]))


def _front(site: Site, _: Request) -> Reply:
    return _html(pages.front(site.newest[:12]))


def _section(site: Site, request: Request) -> Reply:
    name = request.path.strip("/")
    stories = [story for story in site.newest if story.section == name]
    return _html(pages.section(name, stories, int(request.number("page", 1))))


def _calendar(_: Site, request: Request) -> Reply:
    year, month, day = (int(part) for part in request.path.strip("/").split("/")[1:])
    near = min(max(date(year, month, day), date.min + timedelta(365)), date.max - timedelta(365))
    return _html(pages.calendar(near))


def _trap(_: Site, request: Request) -> Reply:
    return _html(pages.trap(request.path))


def _session(_: Site, request: Request) -> Reply:
    return _html(pages.session(int(request.number("sid", 0))))


def _plain(_: Site, request: Request) -> Reply:
    return _html(pages.plain(request.path.strip("/").title()))


def _script_only(site: Site, _: Request) -> Reply:
    return _html(pages.filled_by_script(site.stories[0]))


def _script_data(site: Site, _: Request) -> Reply:
    return Reply(pages.script_data(site.stories[0]).encode(), type=_JSON)


def _html(text: str, status: int = 200) -> Reply:
    return Reply(text.encode(), status)


# --- Listings ----------------------------------------------------------------------------------------------------


def _rss(site: Site, request: Request) -> Reply:
    return _feed(listings.rss(_latest(site, request), site.url), _RSS, request)


def _atom(site: Site, request: Request) -> Reply:
    return _feed(listings.atom(_latest(site, request), site.url), _ATOM, request)


def _json_feed(site: Site, request: Request) -> Reply:
    return _feed(listings.json_feed(_latest(site, request), site.url), "application/feed+json", request)


def _feed(text: str, kind: str, request: Request) -> Reply:
    """A feed, or 304 where the asker has it."""
    etag = f'"{zlib.crc32(text.encode()):x}"'
    if request.headers.get("if-none-match") == etag:
        return Reply(status=304, headers={"ETag": etag})
    return Reply(text.encode(), type=kind, headers={"ETag": etag})


def _latest(site: Site, request: Request) -> list[Story]:
    """The newest stories; `?n=` says how many."""
    return site.newest[: int(request.number("n", 1_000))]


def _robots(site: Site, _: Request) -> Reply:
    if site.robots_bytes:
        return Reply(listings.long_robots(site.robots_bytes, site.disallow), type=_TEXT)
    return Reply(listings.robots(site.url, site.disallow, site.crawl_delay).encode(), type=_TEXT)


def _sitemap_index(site: Site, _: Request) -> Reply:
    parts = [(f"/sitemaps/articles-{part}.xml.gz", _last_change(stories)) for part, stories in _parts(site)]
    return Reply(listings.sitemap_index([*parts, ("/sitemaps/news.xml", "")], site.url).encode(), type=_XML)


def _sitemap(site: Site, request: Request) -> Reply:
    """A gzip file, which is not the same as a file sent with gzip as its Content-Encoding."""
    part = int(re.sub(r"\D", "", request.path))
    stories = dict(_parts(site)).get(part, [])
    return Reply(gzip.compress(listings.sitemap(stories, site.url).encode()), type="application/x-gzip")


def _parts(site: Site) -> list[tuple[int, list[Story]]]:
    size = listings.PER_SITEMAP
    starts = range(0, len(site.stories), size)
    return [(part, site.stories[start : start + size]) for part, start in enumerate(starts, start=1)]


def _last_change(stories: list[Story]) -> str:
    return max(story.modified for story in stories).isoformat()


def _news_sitemap(site: Site, _: Request) -> Reply:
    return Reply(listings.news_sitemap(site.newest[:5], site.url).encode(), type=_XML)


# --- Failures ----------------------------------------------------------------------------------------------------


def _status(_: Site, request: Request) -> Reply:
    """`/status/503?retry-after=2`, or `date+2`: always this status."""
    return _failed(request)


def _flaky(site: Site, request: Request) -> Reply:
    """`/flaky/503?times=2&retry-after=1`: this status so many times (once), then a story."""
    seen = site.count(f"{request.path}?{sorted(request.query.items())}")
    return _failed(request) if seen < request.number("times", 1) else Reply(_some_story(site))


def _failed(request: Request) -> Reply:
    headers = (
        {"Retry-After": faults.retry_after(request.query["retry-after"])} if "retry-after" in request.query else {}
    )
    status = int(request.path.rpartition("/")[2])
    return Reply(pages.plain(f"Error {status}").encode(), status, headers=headers)


def _slow(site: Site, request: Request) -> Reply:
    """`/slow?seconds=3`: nothing for so long, then a story."""
    site.wait(request.number("seconds", 1))
    return Reply(_some_story(site))


def _drip(site: Site, request: Request) -> Reply:
    """`/drip?seconds=3`: a story in ten pieces over so long."""
    return Reply(faults.in_drops(_some_story(site), site.wait, request.number("seconds", 1)))


def _redirect(_: Site, request: Request) -> Reply:
    """`/redirect?to=ADDRESS&status=302`."""
    return _moved(request.query.get("to", "/"), int(request.number("status", 302)))


def _endless_redirect(_: Site, request: Request) -> Reply:
    return _moved(f"/redirect/endless?hop={int(request.number('hop', 0)) + 1}")


def _moved(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


def _endless_body(_: Site, __: Request) -> Reply:
    return Reply(faults.endless(), closes=True)


def _gzip_bomb(_: Site, __: Request) -> Reply:
    return Reply(faults.gzip_bomb(), headers={"Content-Encoding": "gzip"})


def _brotli_bomb(_: Site, __: Request) -> Reply:
    return Reply(faults.brotli_bomb(), headers={"Content-Encoding": "br"})


def _gzip_file_bomb(_: Site, __: Request) -> Reply:
    """The bomb as a file, as a gzip sitemap is."""
    return Reply(faults.gzip_bomb(), type="application/x-gzip")


def _too_long(site: Site, _: Request) -> Reply:
    """Announces more bytes than it sends, and closes."""
    body = _some_story(site)
    return Reply(body, headers={"Content-Length": str(len(body) + 1_000)}, closes=True)


def _too_short(site: Site, _: Request) -> Reply:
    """Announces fewer bytes than it sends."""
    body = _some_story(site)
    return Reply(body, headers={"Content-Length": str(len(body) // 2)}, closes=True)


def _cut(site: Site, _: Request) -> Reply:
    body = _some_story(site)
    return Reply(faults.cut(body), headers={"Content-Length": str(len(body))})


def _announced_large(_: Site, __: Request) -> Reply:
    """Announces ten gigabytes, and goes on until it is stopped."""
    return Reply(faults.endless(), headers={"Content-Length": str(10 * 1024**3)}, closes=True)


# --- Hostile listings --------------------------------------------------------------------------------------------


def _entity_bomb(site: Site, _: Request) -> Reply:
    return Reply(listings.entity_bomb(site.url, site.stories[0]).encode(), type=_RSS)


def _external_entity(site: Site, request: Request) -> Reply:
    """`?target=file:///etc/hostname`, or by default an address of this site, where it would show in the log."""
    target = request.query.get("target", f"{site.url}/secret")
    return Reply(listings.external_entity(site.url, site.stories[0], target).encode(), type=_RSS)


def _many_entries(site: Site, request: Request) -> Reply:
    """`?n=5000`: so many entries, the site's stories among them."""
    entries = [(site.url + story.path, story.headline, "") for story in site.stories]
    entries += [(f"{site.url}/gone/{number}", "Gone", "") for number in range(int(request.number("n", 5_000)))]
    return Reply(listings.rss_of(entries).encode(), type=_RSS)


def _odd_entries(site: Site, _: Request) -> Reply:
    """Entries with wrong dates, addresses that are none or lead elsewhere, and one of 100,000 characters."""
    good = [site.url + story.path for story in site.stories[:3]]
    links = [
        "",
        "not an address",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://[",
        f"{site.url}/{'x' * 100_000}",
    ]
    dates = ["yesterday", "Fri, 45 Foo 2026 99:99:99 +9999", ""]
    entries = [*zip(good, good, dates, strict=True), *((link, "Odd", "0000-00-00") for link in links)]
    return Reply(listings.rss_of(entries).encode(), type=_RSS)


def _looping_sitemap(site: Site, request: Request) -> Reply:
    """Two indexes that name each other and themselves, and one sitemap of stories."""
    other = "/hostile/loop-b.xml" if request.path.endswith("a.xml") else "/hostile/loop-a.xml"
    paths = [(other, ""), (request.path, ""), ("/sitemaps/articles-1.xml.gz", "")]
    return Reply(listings.sitemap_index(paths, site.url).encode(), type=_XML)


def _deep_sitemap(site: Site, request: Request) -> Reply:
    """Indexes inside one another, without end."""
    level = int(request.number("level", 0)) + 1
    return Reply(listings.sitemap_index([(f"/hostile/deep.xml?level={level}", "")], site.url).encode(), type=_XML)


def _broken_feed(site: Site, _: Request) -> Reply:
    """A feed that is cut off in the middle of its second entry."""
    whole = listings.rss(site.newest, site.url).encode()
    second = whole.find(b"<item>", whole.find(b"<item>") + 1)
    return Reply(whole[: second + 30], type=_RSS)


def _log(site: Site, _: Request) -> Reply:
    """The requests so far, for a reader in another process."""
    seen = [{"time": one.time, "path": one.path, "status": one.status} for one in site.log]
    return Reply(json.dumps(seen).encode(), type=_JSON)


ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/", _front),
    (rf"/(?:{'|'.join(SECTIONS)})/", _section),
    (r"/(?:amp|print)/\d{1,6}", _other_address),
    (r"/(?:about|contact|login|search)", _plain),
    (r"/script-only", _script_only),
    (r"/script-only/story\.json", _script_data),
    (r"/calendar/\d{4}/\d{2}/\d{2}/", _calendar),
    (r"/trap/.*", _trap),
    (r"/session/news/", _session),
    (r"/feeds/rss\.xml", _rss),
    (r"/feeds/atom\.xml", _atom),
    (r"/feeds/feed\.json", _json_feed),
    (r"/robots\.txt", _robots),
    (r"/sitemap\.xml", _sitemap_index),
    (r"/sitemaps/articles-\d{1,6}\.xml\.gz", _sitemap),
    (r"/sitemaps/news\.xml", _news_sitemap),
    (r"/status/\d{3}", _status),
    (r"/flaky/\d{3}", _flaky),
    (r"/slow", _slow),
    (r"/drip", _drip),
    (r"/redirect", _redirect),
    (r"/redirect/endless", _endless_redirect),
    (r"/endless", _endless_body),
    (r"/announced-large", _announced_large),
    (r"/bomb/gzip", _gzip_bomb),
    (r"/bomb/brotli", _brotli_bomb),
    (r"/bomb/sitemap\.xml\.gz", _gzip_file_bomb),
    (r"/wrong-length/too-long", _too_long),
    (r"/wrong-length/too-short", _too_short),
    (r"/cut", _cut),
    (r"/hostile/entity-bomb\.xml", _entity_bomb),
    (r"/hostile/external-entity\.xml", _external_entity),
    (r"/hostile/many\.xml", _many_entries),
    (r"/hostile/odd\.xml", _odd_entries),
    (r"/hostile/loop-[ab]\.xml", _looping_sitemap),
    (r"/hostile/deep\.xml", _deep_sitemap),
    (r"/hostile/broken\.xml", _broken_feed),
    (r"/log\.json", _log),
)
