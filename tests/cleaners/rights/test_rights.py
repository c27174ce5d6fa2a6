"""What pages reserve: each source of signals, each absence, and contradictions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.data import Rights, Signal
from cleaners.reading import read_pages
from cleaners.rights.crawlers import ai_crawlers
from cleaners.rights.headers import header_signals
from cleaners.rights.hosts import MOST_REDIRECTS, Hosts
from cleaners.rights.respect import reserved_for
from cleaners.rights.robots_txt import parse_robots
from cleaners.rights.signals import LONGEST_STATEMENT, MOST_SIGNALS, directive_signals, rights_of, signal
from cleaners.rights.tdmrep import parse_tdmrep
from cleaners.running.batch import CleaningOptions, clean_to_lines
from tests.support.made_warcs import http_response, warc_record, zipped

SITE = "https://outlet.example"
STORY = f"{SITE}/news/bridge.html"
TEXT = "The harbour bridge opened to traffic on Monday after four years of work, the city council said. " * 4


def page(head: str = "", **facts: object) -> Page:
    html = f"<html><head>{head}</head><body><article><h1>Harbour bridge opens</h1><p>{TEXT}</p></article></body></html>"
    return Page(html, url=STORY, **facts)  # type: ignore[arg-type]


def said(signals: object) -> set[tuple[str, str]]:
    return {(each.use, each.says) for each in signals}  # type: ignore[attr-defined]


def markup(head: str) -> Rights:
    return clean_page(page(head)).articles[0].rights


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="robots" content="noai, noimageai">', {("ai-train", "reserved"), ("ai-images", "reserved")}),
        ('<meta name="ROBOTS" content="NOINDEX,follow">', {("index", "reserved")}),
        ('<meta name="robots" content="index, max-snippet:-1">', {("index", "allowed")}),
        ('<meta name="robots" content="none">', {("index", "reserved")}),
        ('<meta name="CCBot" content="noindex">', {("ai-train", "reserved")}),
        ('<meta name="googlebot-news" content="noindex">', set()),
        ('<meta name="tdm-reservation" content="1">', {("tdm", "reserved")}),
        ('<meta content=" 0 " name="tdm-reservation"/>', {("tdm", "allowed")}),
        ('<meta name="tdm-reservation" content="yes">', set()),
        ('<meta name="tdm-policy" content="https://outlet.example/tdm.json">', {("tdm", "terms")}),
        ('<link rel="license" href="/terms">', {("license", "terms")}),
        ('<link rel="license nofollow" href="javascript:alert(1)">', set()),
        ('<meta name="description" content="noai noindex tdm-reservation: 1">', set()),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour bridge opens",'
            ' "license": "https://outlet.example/l"}</script>',
            {("license", "terms")},
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour bridge opens",'
            ' "license": [{"@type": "CreativeWork", "url": "https://outlet.example/l"}, 7],'
            ' "usageInfo": "none"}</script>',
            {("license", "terms")},
        ),
        ('<meta name="tdm-policy" content="/tdm.json">', {("tdm", "terms")}),
        ('<meta http-equiv="X-Robots-Tag" content="noai, CCBot: noindex">', {("ai-train", "reserved")}),
        ("", set()),
    ],
)
def test_what_markup_says(head: str, expected: set[tuple[str, str]]) -> None:
    assert said(markup(head).signals) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("X-Robots-Tag", "noindex, nofollow", {("index", "reserved")}),
        ("x-robots-tag", "unavailable_after: 25 Jun 2030, noai", {("ai-train", "reserved")}),
        ("X-Robots-Tag", "GPTBot: noindex, otherbot: none", {("ai-train", "reserved")}),
        ("TDM-Reservation", "1", {("tdm", "reserved")}),
        ("tdm-policy", "https://outlet.example/p", {("tdm", "terms")}),
        ("Content-Usage", "train-ai=n, search=y", {("ai-train", "reserved"), ("search", "allowed")}),
        ("Link", '</a>; rel="next", <https://outlet.example/l>; rel="license"', {("license", "terms")}),
        ("Server", "noindex", set()),
    ],
)
def test_what_a_header_says(name: str, value: str, expected: set[tuple[str, str]]) -> None:
    assert said(header_signals([(name, value)])) == expected


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ("User-agent: GPTBot\nDisallow: /", {("ai-train", "reserved")}),
        ("User-agent: gptbot/1.2\nDisallow: /news/", {("ai-train", "reserved")}),
        ("User-agent: GPTBot\nDisallow: /shop/", {("ai-train", "allowed")}),
        ("User-agent: PerplexityBot\nDisallow:", {("ai-input", "allowed")}),
        ("User-agent: *\nDisallow: /", set()),
        ("User-agent: Googlebot\nContent-Signal: ai-train=no", set()),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no", {("search", "allowed"), ("ai-train", "reserved")}),
        ("Content-Usage: train-ai=n\nContent-Usage: /news/ train-ai=y", {("ai-train", "allowed")}),
        ("Content-Usage: train-ai=n\nContent-Usage: /shop/ train-ai=y", {("ai-train", "reserved")}),
        ("License: https://outlet.example/rsl.xml", {("license", "terms")}),
        ("# User-agent: GPTBot\n# Disallow: /", set()),
        ("<html><h1>Not found</h1>", set()),
        (
            "User-agent: GPTBot\nAllow: /\n\nUser-agent: x\nUser-agent: GPTBot\nDisallow: /news",
            {("ai-train", "reserved")},
        ),
    ],
)
def test_what_robots_txt_says(robots: str, expected: set[tuple[str, str]]) -> None:
    assert said(parse_robots(robots.encode()).signals(STORY)) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (b'[{"location": "/", "tdm-reservation": 1}]', {("tdm", "reserved")}),
        (b'\xef\xbb\xbf{"location": "/*", "tdm-reservation": 0}', {("tdm", "allowed")}),
        (b'[{"location": "/shop/*", "tdm-reservation": 1}]', set()),
        (
            b'[{"location": "/", "tdm-reservation": 1}, {"location": "/news/", "tdm-reservation": 0}]',
            {("tdm", "allowed")},
        ),
        (b'[{"location": "/news/*.html$", "tdm-reservation": 1, "tdm-policy": 7}]', {("tdm", "reserved")}),
        (b'[{"location": 5}, null, "x"]', set()),
        (b"[" * 100_000, set()),
        (b"<html>", set()),
    ],
)
def test_what_tdmrep_json_says(file: bytes, expected: set[tuple[str, str]]) -> None:
    assert said(parse_tdmrep(file).signals(STORY)) == expected


def test_the_stricter_of_two_signals_counts_and_both_are_told() -> None:
    stated = header_signals([("TDM-Reservation", "1")])
    rights = clean_page(page('<meta name="tdm-reservation" content="0">', signals=stated)).articles[0].rights
    assert rights.reserved == ("ai-train", "tdm")
    assert [(each.says, each.source) for each in rights.signals] == [("allowed", "meta"), ("reserved", "header")]


@given(
    st.lists(st.sampled_from([*directive_signals("noindex,index,noai", "meta"), signal("tdm", "allowed", "meta", "0")]))
)
def test_one_more_signal_never_reserves_less(signals: list[Signal]) -> None:
    assert set(rights_of(signals[:-1]).reserved) <= set(rights_of(signals).reserved)


@given(st.binary(max_size=400))
def test_files_that_are_none_say_what_they_can(body: bytes) -> None:
    list(parse_robots(body).signals(STORY))
    list(parse_tdmrep(body).signals(STORY))


def test_many_crawlers_above_many_rules_are_bounded() -> None:
    names = "".join(f"User-agent: {name}\nDisallow: /{name}\n\n" for name in ai_crawlers())
    every = "".join(f"User-agent: {name}\n" for name in ai_crawlers())
    found = parse_robots((names + every + "Disallow: /a/*b\n" * 20_000).encode())
    assert all(len(each.statement) <= LONGEST_STATEMENT for each in found.signals(STORY))


@pytest.mark.parametrize("value", ["noindex," * 100_000, ":" * 100_000, "<" * 100_000, "<a>;" + " ;" * 50_000])
def test_values_without_end_are_bounded(value: str) -> None:
    fields = [(name, value) for name in ("X-Robots-Tag", "Content-Usage", "Link", "tdm-policy")]
    assert len(rights_of(header_signals(fields)).signals) <= MOST_SIGNALS


def test_a_file_that_has_moved_speaks_for_the_host_that_was_asked() -> None:
    hosts = Hosts()
    hosts.note(f"{SITE}/robots.txt", 301, "https://www.outlet.example/robots", b"")
    hosts.note("https://www.outlet.example/robots", 200, None, b"User-agent: CCBot\nDisallow: /")
    assert said(hosts.signals(STORY)) == {("ai-train", "reserved")}
    hosts.note(f"{SITE}/robots.txt", 404, None, b"")
    assert hosts.signals(STORY) == ()
    for number in range(2 * MOST_REDIRECTS):
        hosts.note(f"{SITE}/robots.txt", 302, "/robots.txt", b"")
        assert hosts.signals(STORY) == (), number


def test_an_archive_says_what_its_hosts_state_across_files(tmp_path: Path) -> None:
    robots = http_response(b"User-agent: CCBot\nDisallow: /", fields={"Content-Type": "text/plain"})
    tdm = http_response(b'[{"location": "/", "tdm-reservation": 1}]', fields={"Content-Type": "application/json"})
    story = http_response(str(page().content).encode(), fields={"Content-Type": "text/html", "X-Robots-Tag": "noai"})
    first = [warc_record(robots, url=f"{SITE}/robots.txt"), warc_record(tdm, url=f"{SITE}/.well-known/tdmrep.json")]
    (tmp_path / "1.warc.gz").write_bytes(zipped(*first))
    (tmp_path / "2.warc.gz").write_bytes(zipped(warc_record(story, url=STORY)))
    pages = [each for each in read_pages([tmp_path]) if isinstance(each, Page) and each.url == STORY]
    (article,) = clean_page(pages[0]).articles
    assert article.rights.reserved == ("ai-train", "tdm")
    assert {each.source for each in article.rights.signals} == {"robots.txt", "tdmrep.json", "header"}


@pytest.mark.parametrize(
    ("head", "respected", "code"),
    [
        ('<meta name="robots" content="noai">', ["ai-train"], "reserved-ai-train"),
        ('<meta name="robots" content="noai">', ["tdm", "noindex"], None),
        ('<meta name="tdm-reservation" content="1">', ["ai-train"], "reserved-ai-train"),
        ('<meta name="tdm-reservation" content="1">', ["tdm"], "reserved-tdm"),
        ('<meta name="robots" content="noindex">', ["noindex"], "reserved-noindex"),
        ('<meta name="robots" content="noindex">', [], None),
    ],
)
def test_what_is_reserved_is_rejected_where_it_is_respected(head: str, respected: list[str], code: str | None) -> None:
    lines = clean_to_lines(page(head), CleaningOptions(respect=frozenset(respected), rejected_text=True))
    assert (lines.rejected or {}).get("code") == code
    if lines.rejected:
        assert (lines.articles, lines.audit, lines.rejected["text"]) == ((), b"", "")


def test_a_reason_names_the_statements() -> None:
    rejection = reserved_for(rights_of(directive_signals("noai", "meta")), ["ai-train"])
    assert rejection
    assert "meta says 'robots: noai'" in rejection.reason
