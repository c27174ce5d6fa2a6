from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.records.outlets import NOT_STATED
from cleaners.records.rows import json_line
from cleaners.reporting.counts import LENGTHS, ArticleCounts, day_of, step_of
from cleaners.reporting.sharing import Sharing
from cleaners.reporting.unsure import MOST_BLOCKS, MOST_PAGES, least_sure

pytest.importorskip("matplotlib", reason="matplotlib is not installed; pip install 'copydesk[report]' brings it")
pytest.importorskip("jinja2", reason="jinja2 is not installed; pip install 'copydesk[report]' brings it")

from cleaners.reporting import charts
from cleaners.reporting.report_html import Report, report_page
from tests.support.paths import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WORDS = "the bridge was closed again on tuesday and nobody knows for how long it will stay so "


def article(number: int = 1, **more: Any) -> dict[str, Any]:
    known = {"id": f"{number:016x}", "text": WORDS * 5, "url": "https://www.example.org/a", "language": "en"}
    return {**known, "date_published": "2026-03-06", "dropped": {"promo": 2, "related": 1}, **more}


def row(page: str, confidence: float, label: str = "body", text: str = WORDS * 5, **more: Any) -> dict[str, Any]:
    return {"page": page, "label": label, "rule": "scorer", "confidence": confidence, "text": text, **more}


def counted(*records: dict[str, Any]) -> ArticleCounts:
    counts = ArticleCounts()
    for record in records:
        counts.add(record)
    return counts


def test_articles_are_counted() -> None:
    counts = counted(
        article(1),
        article(2, text="one two", language=None, date_published="soon", kind="stub"),
        article(3, url=None, publisher="Example Post", dropped={"promo": 1, "odd": "many"}, story={"parent_id": "1"}),
    )
    assert (counts.articles, counts.stubs, counts.appended, counts.undated) == (3, 1, 1, 1)
    assert counts.words == 2 * len((WORDS * 5).split()) + 2
    assert counts.outlets == {"example.org": 2, "Example Post": 1}
    assert counts.languages == {"en": 2, NOT_STATED: 1}
    assert counts.days == {date(2026, 3, 6): 2}
    assert counts.dropped == {"promo": 5, "related": 2}
    assert counts.outlet_dropped["Example Post"] == {"promo": 1}


@pytest.mark.parametrize(
    ("stated", "day"),
    [("2026-03-06T12:00+01:00", date(2026, 3, 6)), ("2026-03", None), (None, None), (7, None), ("9999-99-99", None)],
)
def test_the_day(stated: object, day: date | None) -> None:
    assert day_of(stated) == day


def test_lengths_fall_into_steps() -> None:
    assert [step_of(words) for words in (0, 49, 50, 5000)] == [0, 0, 1, len(LENGTHS)]


def test_the_least_sure_pages_come_first() -> None:
    pages = least_sure(
        [
            row("sure", 0.99),
            row("unsure", 0.9, label="title", text="A title"),
            row("unsure", 0.4),
            row("split", 0.98, story_confidence=0.6, story=1),
            row("short", 0.1, text="two words"),
        ]
    )
    assert [page.name for page in pages] == ["unsure", "split", "sure"]
    assert pages[0].title == "A title"
    assert 0.4 < pages[0].confidence < 0.42
    assert [block.label for block in pages[0].blocks] == ["title", "body"]


def test_what_is_kept_of_an_audit_is_bounded() -> None:
    rows = (row(f"page {page}", page / 100, text=WORDS * 100) for page in range(90) for _ in range(MOST_BLOCKS + 5))
    pages = least_sure(rows)
    assert [page.name for page in pages] == [f"page {page}" for page in range(MOST_PAGES)]
    assert {(len(page.blocks), page.left_out) for page in pages} == {(MOST_BLOCKS, 5)}
    assert max(len(block.text) for page in pages for block in page.blocks) < 600


def test_what_articles_share() -> None:
    shared = {"text": "Words that travel", "count": 2, "articles": [{"id": "2", "word": 0}, {"id": "gone", "word": 0}]}
    sharing = Sharing({"1": "a.example", "2": "b.example"})
    sharing.add({"id": "1", "duplicate_of": "2", "cluster": {}, "wire": [{"agency": "AP"}], "shared": [shared]})
    sharing.add({"id": "2", "wire": "odd", "shared": [{**shared, "articles": [{"id": "1"}]}, "odd", {"text": 7}]})
    assert (sharing.traced, sharing.duplicates, sharing.with_shared) == (2, 1, 2)
    assert sharing.agencies == {"AP": 1}
    assert sharing.pairs == {("a.example", "b.example"): 1, ("b.example", "a.example"): 1}
    (passage,) = sharing.travelled()
    assert (passage.text, passage.articles, passage.outlets) == ("Words that travel", 3, ("a.example", "b.example"))


@given(st.dates(), st.integers(0, 40_000))
def test_days_fall_into_few_spans_that_hold_them(first: date, days: int) -> None:
    last = first + timedelta(min(days, (date.max - first).days))
    _, found = charts.spans(first, last)
    starts = [start for start, _ in found]
    assert 1 <= len(starts) <= 125
    assert starts == sorted(set(starts))
    assert starts[0] <= first
    assert charts.span_index(last, starts) >= 0


HOSTILE = [
    "<script>document.documentElement.dataset.ran = 1</script>",
    "<img src='{server}/img' onerror='document.documentElement.dataset.ran = 1'>",
    "</style></svg></title><svg onload='document.documentElement.dataset.ran = 1'><image href='{server}/svg'/>",
    "'\"><iframe src='{server}/frame'></iframe><link rel=stylesheet href='{server}/css'>",
    "<meta http-equiv=refresh content='0;url={server}/meta'><style>@import '{server}/import'</style>",
    "{{{{ 7 * 7 }}}} {{% raw %}} $\\frac{{1}}{{0}}$ \u202e\x00\x1b\ud83d \u05d0 url({server}/url)",
]


def hostile_report(server: str) -> str:
    """A report in which every place that a page can reach holds each of the hostile texts."""
    counts, rejected, unsure, sharing = ArticleCounts(), Counter[str](), list[dict[str, Any]](), Sharing({})
    outlets: dict[str, str] = {}
    for number, pattern in enumerate(HOSTILE):
        text = pattern.format(server=server)
        record = article(number, url=None, publisher=text, language=text, dropped={text: 1}, kind=text)
        outlets[record["id"]] = counts.add(record)
        rejected[text] += 1
        unsure += [row(f"javascript:{text}", 0.5, label="title", text=text), row(f"javascript:{text}", 0.5, rule=text)]
        unsure.append(row(f"https://example.org/{text}", 0.3, label=text))
    sharing = Sharing(outlets)
    for number, pattern in enumerate(HOSTILE):
        text = pattern.format(server=server)
        others = [{"id": identifier} for identifier in outlets]
        shared = [{"text": text, "count": 5, "articles": others}]
        sharing.add({"id": f"{number:016x}", "wire": [{"agency": text}], "shared": shared})
    reasons = {code: code for code in rejected}
    return report_page(Report(counts, least_sure(unsure), rejected, reasons, sharing))


def test_hostile_text_stays_text() -> None:
    page = hostile_report("http://example.org")
    assert not re.search(r"<(?:script|img|iframe|link|image|object|embed|base|form)\b", page)
    assert html.unescape(page).count("<script>document") > 5
    assert {link.partition(":")[0] for link in re.findall(r'href="([^"#]+)"', page)} == {"https"}
    assert "default-src 'none'" in page
    assert "49" not in re.findall(r"\b\d\d\b", page.partition("The pages most worth a look")[2])


@pytest.fixture
def requests() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and what it was asked for."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()
        thread.join()


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed; on Debian: apt install chromium")
def test_in_a_browser_nothing_runs_or_loads(tmp_path: Path, requests: tuple[str, list[str]]) -> None:
    server, asked = requests
    naive = "<title>Naive</title>" + "".join(pattern.format(server=server) for pattern in HOSTILE[:4])
    assert "data-ran" in opened(naive, tmp_path), "the browser has to run what a page without guard holds"
    assert {"/img", "/css"} <= set(asked)
    asked.clear()
    page = opened(hostile_report(server), tmp_path)
    assert "<title>Copydesk report</title>" in page
    assert "data-ran=" not in page.partition(">")[0] + page.partition("<html")[2].partition(">")[0]
    assert asked == []


def opened(page: str, folder: Path) -> str:
    """The page as the browser has it after its scripts have run."""
    path = folder / "page.html"
    path.write_bytes(page.encode("utf-8", "replace"))
    assert CHROMIUM
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += ["--virtual-time-budget=2000", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=300, check=True)
    return done.stdout.decode("utf-8", "replace")


def copydesk(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cleaners", "report", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The output of a run, with a broken line."""
    files = {
        "articles": [article(1), article(2, url="https://example.com/b")],
        "audit": [row("https://example.org/a", 0.5), row("https://example.com/b", 0.9)],
        "rejected": [{"code": "empty", "reason": "The page is empty."}],
        "trace": [{"id": f"{1:016x}", "duplicate_of": f"{2:016x}", "wire": [], "shared": []}],
    }
    for name, records in files.items():
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(map(json_line, records)))
    with (tmp_path / "articles.jsonl").open("ab") as file:
        file.write(b'{"id": "cut o')
    return tmp_path


def test_the_command(folder: Path) -> None:
    extras = ["--audit", "audit.jsonl", "--rejects", "rejected.jsonl", "--trace", "trace.jsonl"]
    done = copydesk(folder, "articles.jsonl", *extras)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("copydesk: articles.jsonl:3: The line is no JSON.")
    assert done.stderr.endswith("\n2 articles reported in report.html, with audit.jsonl, rejected.jsonl, trace.jsonl\n")
    page = (folder / "report.html").read_text("utf-8")
    for told in ("1 lines or files could not be read", "The page is empty.", "50%", "1 repeat", "example.com"):
        assert told in " ".join(page.split())


def test_what_was_not_given_is_left_out(folder: Path) -> None:
    (folder / "articles.jsonl").rename(
        folder / "some.jsonl"
    )  # beside a file of the usual name lies the rest of its run
    assert copydesk(folder, "some.jsonl", "-o", "out.html").returncode == 0
    page = (folder / "out.html").read_text("utf-8")
    assert not [word for word in ("rejected pages", "duplicates", "worth a look") if word in page]


def test_a_folder_gives_its_audit_and_rejects(folder: Path) -> None:
    assert copydesk(folder, ".", "-o", "out.html").returncode == 0
    page = " ".join((folder / "out.html").read_text("utf-8").split())
    assert "worth a look" in page
    assert "The page is empty." in page


def test_without_articles_the_page_says_so(folder: Path) -> None:
    done = copydesk(folder, "audit.jsonl", "-o", "out.html")
    assert done.returncode == 1
    assert done.stderr.endswith("copydesk: there is no article in audit.jsonl; out.html says so\n")
    assert "There are no articles." in (folder / "out.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.jsonl"], "copydesk: no such file or folder: gone.jsonl"),
        (["articles.jsonl", "--audit", "gone.jsonl"], "copydesk: no such file or folder: gone.jsonl"),
        (
            ["articles.jsonl", "-o", "./articles.jsonl"],
            "copydesk: ./articles.jsonl is an input: give the output another name",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder: Path, arguments: list[str], message: str) -> None:
    before = json.dumps((folder / "articles.jsonl").read_text())
    done = copydesk(folder, *arguments)
    assert (done.returncode, done.stderr.strip()) == (2, message)
    assert json.dumps((folder / "articles.jsonl").read_text()) == before
