"""Which pages of an archive are cleaned again, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.data import Page, RejectedInput
from cleaners.errors import MissingPath
from scraper.outlets import BadArgument
from scraper.spiders.warc import WarcSpider, replayed
from tests.support.made_warcs import http_response, record_id, warc_record, zipped

SITE = "http://news.example"
ARTICLE = '<meta property="og:type" content="article">'


def canonical(path: str) -> str:
    return f'<link rel="canonical" href="{SITE}{path}">'


def kept(path: str, html: str, role: str | None = "page", source: str = "valley") -> bytes:
    """A page as a crawl keeps it; as another archive has it where there is no role."""
    noted = f"source: {source}\r\nrole: {role}\r\n".encode()
    metadata = warc_record(noted, "metadata", f"{SITE}{path}", WARC_Concurrent_To=record_id(SITE + path))
    return (metadata if role else b"") + warc_record(http_response(html.encode()), url=SITE + path)


def paths(*files: Path) -> list[str]:
    found = [page for page, _ in replayed(tuple(map(str, files))) if isinstance(page, Page)]
    return [(page.url or "").removeprefix(SITE) for page in found]


def test_an_article_that_goes_by_another_address_comes_last(tmp_path: Path) -> None:
    one, two = tmp_path / "1.warc.gz", tmp_path / "2.warc.gz"
    one.write_bytes(zipped(kept("/a?from=feed", canonical("/a")), kept("/b", canonical("/b"))))
    two.write_bytes(zipped(kept("/a", canonical("/a")), kept("/c", canonical("http://elsewhere.example/c"))))
    assert paths(one, two) == ["/b", "/a", "/c", "/a?from=feed"]
    assert paths(two, one) == ["/a", "/c", "/b", "/a?from=feed"]


def test_a_version_of_an_article_is_read_only_if_the_article_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "pages.warc"
    file.write_bytes(kept("/bridge/amp", canonical("/bridge")) + kept("/market", canonical("/template")))
    spider = WarcSpider(file=str(file))
    (amp, own), (market, template) = replayed((str(file),))
    assert (own, template) == (f"{SITE}/bridge", f"{SITE}/template")
    first, second = (
        spider._unless_known(amp, own, lambda _: True),
        spider._unless_known(market, template, lambda _: True),
    )
    assert isinstance(first, RejectedInput)
    assert (first.page.url, first.rejection.code) == (f"{SITE}/bridge/amp", "duplicate")
    assert second is market
    assert spider._unless_known(amp, own, lambda _: False) is amp


def test_the_archives_of_others_are_replayed_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "others.warc"
    file.write_bytes(kept("/a?1", canonical("/a"), role=None) + kept("/a", canonical("/a"), role=None))
    assert paths(file) == ["/a?1", "/a"]


def test_a_listing_is_cleaned_only_where_it_says_that_it_is_an_article(tmp_path: Path) -> None:
    file = tmp_path / "pages.warc"
    listing, feed = kept("/", ARTICLE + "<h1>News</h1>", "hub"), kept("/robots.txt", "User-agent: *", "aside")
    file.write_bytes(listing + kept("/live", ARTICLE, "hub") + feed)
    assert paths(file) == ["/live"]


def test_an_outlet_has_its_selectors_and_its_language(tmp_path: Path) -> None:
    file, outlets = tmp_path / "pages.warc", tmp_path / "outlets.toml"
    file.write_bytes(kept("/a", "<p>kept</p><p class=ad>dropped</p>") + kept("/b", "<p class=ad>x", source="other"))
    outlets.write_text(f'[[outlet]]\nname = "valley"\nurls = ["{SITE}/"]\nlanguage = "de"\ndrop = [".ad"]\n')
    spider = WarcSpider(file=str(file), sources=str(outlets))
    valley, other = [spider._as_its_outlet_has_it(page) for page, _ in replayed(spider.paths)]
    assert isinstance(valley, Page)
    assert isinstance(other, Page)
    assert "kept" in str(valley.content)
    assert "dropped" not in str(valley.content)
    assert valley.language == "de"
    assert other.content == b"<p class=ad>x"


def test_what_is_wrong_with_an_archive_is_handed_on(tmp_path: Path) -> None:
    file = tmp_path / "pages.warc"
    file.write_bytes(kept("/a", "<p>a</p>")[:-20])
    ((rejected, _),) = replayed((str(file),))
    assert isinstance(rejected, RejectedInput)
    with pytest.raises(BadArgument, match="no archive to read"):
        WarcSpider()
    with pytest.raises(MissingPath):
        WarcSpider(file=str(tmp_path / "none"))
