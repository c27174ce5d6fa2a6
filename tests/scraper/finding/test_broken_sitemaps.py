"""Sitemaps with the faults that sites make: every whole address is read as it stands, and what is missing is said."""

from __future__ import annotations

import gzip
import json

import pytest

from scraper.finding.sitemaps import MOST_BYTES, read_sitemap, sitemaps_in_robots
from tests.support.site import listings

BASE = "https://news.example"
QUERY = f"{BASE}/view.php?nr=7&amp;rubrik=3"
READ = f"{BASE}/view.php?nr=7&rubrik=3"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def addresses(body: bytes | str) -> list[str]:
    content = body.encode() if isinstance(body, str) else body
    return [location.address for location in read_sitemap(content).locations]


def fault(body: bytes | str) -> str:
    found = read_sitemap(body.encode() if isinstance(body, str) else body).fault
    return found.code if found else ""


def sitemap(inside: str, before: str = DECLARATION) -> str:
    return f"{before}<urlset><url><loc>{BASE}/first</loc>{inside}</url><url><loc>{QUERY}</loc></url></urlset>"


@pytest.mark.parametrize(
    "before",
    [
        f"\n\n{DECLARATION}",
        f"\ufeff \ufeff{DECLARATION}",
        f"<br />\n<b>Deprecated</b>: old function in <b>/srv/map.php</b><br />\n{DECLARATION}",
        f"Warning: Cannot modify header information in /srv/map.php\n{DECLARATION}",
        f"<!-- made in 0.2 s -->{DECLARATION}",
        '<?xml version="1.0" encoding="nonsense"?>',
        '<?xml version="1.0"?><?xml-stylesheet href="map.xsl"?>',
        "",
    ],
)
def test_what_stands_before_a_sitemap_changes_no_address(before: str) -> None:
    assert addresses(sitemap("", before)) == [f"{BASE}/first", READ]
    assert fault(sitemap("", before)) == ""


@pytest.mark.parametrize(
    "inside",
    [
        "<news:title>Tea&nbsp;&&nbsp;cake</news:title>",
        "<news:title>3 < 4 <5 and <b</news:title>",
        "<news:title>bell \x07 and \x0b tab</news:title>",
        "<news:title>&undefined; &#0; &#xD800;</news:title>",
        "<news:title><b>bold</news:title>",
        "<image:caption title=a>x</image:caption>",
        "<news:title><![CDATA[never closed</news:title>",
        "<priority>0.5<priority>",
        "<xhtml:link rel='alternate' hreflang='de' href='https://news.example/de?a&b'/>",
    ],
)
def test_a_fault_in_one_entry_changes_no_other(inside: str) -> None:
    assert addresses(sitemap(inside)) == [f"{BASE}/first", READ]


@pytest.mark.parametrize("byte", [b"\xe9", b"\x92", b"\xff"])
def test_a_byte_of_another_encoding_changes_no_address(byte: bytes) -> None:
    body = sitemap("<news:title>Caf?, ??</news:title>").encode().replace(b"?,", byte + b",")
    assert addresses(body) == [f"{BASE}/first", READ]


def test_a_byte_of_another_encoding_in_an_address_is_the_letter_that_was_meant() -> None:
    assert addresses(f"<urlset><url><loc>{BASE}/münze</loc></url></urlset>".encode("latin-1")) == [f"{BASE}/münze"]


@pytest.mark.parametrize(
    "loc",
    [
        f"<![CDATA[{READ}]]>",
        f"\n  <![CDATA[ {READ} ]]>\n",
        f"<![CDATA[{QUERY}]]>",
        READ.replace("&", "&#38;"),
        READ.replace("&", "&#x26;"),
        READ.replace("&", "&amp;amp;"),
        READ,
        f"<a href='x'>{QUERY}</a>",
    ],
)
def test_an_ampersand_stays_one_however_it_is_written(loc: str) -> None:
    assert addresses(f"<urlset><url><loc>{loc}</loc></url></urlset>") == [READ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_in_another_form_of_unicode_is_read(encoding: str, pack: type[bytes]) -> None:
    assert addresses(pack(sitemap("").encode(encoding))) == [f"{BASE}/first", READ]


@pytest.mark.parametrize("cut", ["/se", "/second", "/second</lo", "/second</loc"])
def test_half_an_address_is_not_read_and_the_cut_is_said(cut: str) -> None:
    body = f"<urlset><url><loc>{BASE}/first</loc></url><url><loc>{BASE}{cut}"
    assert addresses(body) == [f"{BASE}/first"]
    assert fault(body) == "cut-off"


@pytest.mark.parametrize("rest", ["", "</url>", "<lastmod>2026-03", "<lastmod>2026-03-07</lastmod></url><url><lo"])
def test_an_address_that_ended_before_the_cut_is_read(rest: str) -> None:
    body = f"<urlset><url><loc>{BASE}/first</loc>{rest}"
    assert addresses(body) == [f"{BASE}/first"]
    assert fault(body) == "cut-off"


def test_a_half_address_within_a_whole_sitemap_is_said() -> None:
    body = f"<urlset><url><loc>{BASE}/fir<url><loc>{BASE}/second</loc></url></urlset>"
    assert addresses(body) == [f"{BASE}/second"]
    assert fault(body) == "cut-off"


def test_a_gzip_file_that_ends_early_is_said() -> None:
    packed = gzip.compress(listings.sitemap_of((f"{BASE}/{number}", "") for number in range(5_000)).encode())
    assert fault(packed[:-9]) == "cut-off"
    assert fault(packed) == ""
    assert 100 < len(addresses(packed[: len(packed) // 2])) < 5_000


def test_what_lies_behind_the_limit_is_said() -> None:
    body = b"<urlset><url><loc>https://news.example/a</loc></url>" + b" " * MOST_BYTES + b"</urlset>"
    assert (addresses(body), fault(body)) == ([f"{BASE}/a"], "cut-off")


@pytest.mark.parametrize(
    "feed",
    [
        listings.rss_of([(READ, "A", "")]),
        f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='{QUERY}'/></entry></feed>",
        f"<rdf:RDF xmlns:rdf='x'><item rdf:about='{QUERY}'/></rdf:RDF>",
        json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"url": READ}]}),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_feed_that_is_named_as_a_sitemap_is_read(feed: str, pack: type[bytes]) -> None:
    assert addresses(pack(feed.encode())) == [READ]


@pytest.mark.parametrize(
    "text",
    [
        f"# all pages\n{BASE}/a\n{READ}\n",
        f"\n\n// made today\r\n{BASE}/a\r\n; more\r\n{READ}",
        f"{BASE}/a\t0.5\n{READ}\t0.7\n",
        f"{BASE}/a {READ}",
        f"{BASE.upper()}/a\n{READ}".replace(BASE.upper(), "HTTPS://news.example"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_text_sitemap_may_have_remarks_and_be_in_any_unicode(text: str, encoding: str) -> None:
    found = addresses(text.encode(encoding))
    assert [address.replace("HTTPS", "https") for address in found] == [f"{BASE}/a", READ]


def test_a_line_that_is_no_address_is_an_entry_to_be_reported() -> None:
    assert addresses(f"{BASE}/a\nnews.example/b\n") == [f"{BASE}/a", "news.example/b"]


def test_of_a_cut_text_sitemap_the_last_line_is_not_read() -> None:
    packed = gzip.compress("".join(f"{BASE}/{number * 7919}/x\n" for number in range(9_000)).encode())
    found = addresses(packed[: len(packed) // 2])
    assert len(found) > 100
    assert all(address.endswith("/x") for address in found)
    assert fault(packed[: len(packed) // 2]) == "cut-off"


@pytest.mark.parametrize(
    ("dates", "changed"),
    [
        (("2026-03-01", "2026-03-07T10:00Z"), "2026-03-07T10:00:00+00:00"),
        (("2026-03-07T10:00Z", "2026-03-01"), "2026-03-07T10:00:00+00:00"),
        (("nonsense", "2026-03-01T10:00Z"), "2026-03-01T10:00:00+00:00"),
    ],
)
@pytest.mark.parametrize("order", [("lastmod", "news:publication_date"), ("n:publication_date", "lastmod")])
def test_the_later_of_two_dates_counts(dates: tuple[str, str], changed: str, order: tuple[str, str]) -> None:
    stated = "".join(f"<{name}>{date}</{name}>" for name, date in zip(order, dates, strict=True))
    (location,) = read_sitemap(f"<urlset><url><loc>{BASE}/a</loc>{stated}</url></urlset>".encode()).locations
    assert location.changed
    assert location.changed.isoformat() == changed


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_the_first_line_of_a_robots_txt_counts_behind_a_byte_order_mark(mark: bytes) -> None:
    assert sitemaps_in_robots(mark + b"Sitemap: /map.xml\nUser-agent: *\n") == ["/map.xml"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_robots_txt_may_be_in_any_unicode(encoding: str) -> None:
    assert sitemaps_in_robots("Sitemap: /map.xml\n".encode(encoding)) == ["/map.xml"]
