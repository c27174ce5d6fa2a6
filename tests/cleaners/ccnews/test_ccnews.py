"""CC-NEWS from a mirror on this machine: every article once, whatever interrupts the run, and what is wrong is told."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from cleaners import read_articles
from cleaners.ccnews import run as ccnews_run
from cleaners.ccnews.listing import archive_file, lists_between
from cleaners.ccnews.mirror import Mirror, NotFetched, NotThere
from cleaners.ccnews.run import CcNewsOptions, clean_ccnews
from cleaners.data import page_of
from cleaners.errors import CannotResume
from cleaners.profiles import parse_profiles
from cleaners.records.selection import Selection
from cleaners.running.batch import CleaningOptions
from tests.support import made_outlet
from tests.support.command import ENVIRONMENT, copydesk
from tests.support.made_outlet import STORIES
from tests.support.made_warcs import http_response, warc_record, zipped

MONTH = "crawl-data/CC-NEWS/2026/01"
NAMES = [f"CC-NEWS-202601{day:02}030405-0000{day}.warc.gz" for day in (1, 2, 3)]
DAYS = CcNewsOptions(date(2026, 1, 1), date(2026, 1, 31))
PAGES = 12
HTML = {"Content-Type": "text/html; charset=utf-8"}


def story(name: str, number: int) -> tuple[str, bytes]:
    url = f"https://www.o{number % 2}.example/{name[8:16]}/{number}"
    day = name[14:16]
    text = f"<p>The council of ward {number} voted on day {day} to rebuild the old ferry landing before winter.</p>"
    html = (
        f"<html lang=en><body><article><h1>Ferry landing {name[14:16]} {number}</h1>{text * 4}</article></body></html>"
    )
    return url, warc_record(http_response(html.encode(), fields=HTML), url=url)


def archive(name: str) -> bytes:
    return zipped(*(story(name, number)[1] for number in range(PAGES)))


URLS = {story(name, number)[0] for name in NAMES for number in range(PAGES)}


class Served:
    """A mirror on this machine: what it has by path, what it was asked for, and how many bytes it sends at most."""

    def __init__(self) -> None:
        self.files = {f"/{MONTH}/{name}": archive(name) for name in NAMES}
        self.files[f"/{MONTH}/warc.paths.gz"] = gzip.compress("".join(f"{MONTH}/{name}\n" for name in NAMES).encode())
        self.asked: list[tuple[str, str | None]] = []
        self.breaks: dict[str, int] = {}
        self.root = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range")
        self.asked.append((handler.path, wanted))
        body = self.files.get(handler.path)
        if body is None:
            handler.send_error(404)
            return
        start = int(re.findall(r"\d+", wanted)[0]) if wanted else 0
        if wanted and start >= len(body):
            handler.send_response(416)
            handler.send_header("Content-Range", f"bytes */{len(body)}")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        handler.send_response(206 if wanted else 200)
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        handler.wfile.write(body[start : self.breaks.pop(handler.path, len(body))])
        handler.close_connection = True


@pytest.fixture
def served() -> Iterator[Served]:
    mirror = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mirror.answer(self)

        def log_message(self, format: str, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    mirror.root = f"http://127.0.0.1:{server.server_address[1]}"
    yield mirror
    server.shutdown()
    server.server_close()
    thread.join()


def cleaned(folder: Path, root: str, options: CcNewsOptions = DAYS) -> tuple[Any, list[str]]:
    told: list[str] = []
    return clean_ccnews(str(folder), options, Mirror(root, waits=(0, 0)), processes=1, tell=told.append), told


def urls(folder: Path) -> Counter[str]:
    return Counter(row["url"] for row in read_articles(folder))


def test_every_article_of_the_days_is_there_once(served: Served, tmp_path: Path) -> None:
    state, _ = cleaned(tmp_path, served.root)
    assert urls(tmp_path) == Counter(URLS)
    assert [(each.status, each.pages, each.stories) for each in state.files.values()] == [("done", PAGES, PAGES)] * 3
    assert {row["source"] for row in read_articles(tmp_path)} == set(NAMES)
    assert os.listdir(tmp_path / ".fetched") == []
    before = len(served.asked)
    cleaned(tmp_path, served.root)
    assert served.asked[before:] == [(f"/{MONTH}/warc.paths.gz", None)]


KILLED = """
import os, sys
from dataclasses import replace
from datetime import date
from cleaners.ccnews import mirror, run
from cleaners.running import outputs
outputs.SECONDS_BETWEEN_SAVES = 0
root, kill_at, write = sys.argv[1], sys.argv[2], outputs.Outputs.write
seen = []
def counted(self, page):
    written = write(self, page)
    seen.append(page)
    if kill_at == "cleaning" and len(seen) == 5:
        assert len(os.listdir("out/.fetched")) == 1
        os.kill(os.getpid(), 9)
    return written
outputs.Outputs.write = counted
chunks = mirror._chunks
def half(url, have):
    for chunk in chunks(url, have):
        yield chunk[:1000]
        if kill_at == "fetching" and "00002" in url:
            os.kill(os.getpid(), 9)
        if chunk[1000:]:
            yield chunk[1000:]
mirror._chunks = half
options = run.CcNewsOptions(date(2026, 1, 1), date(2026, 1, 31))
run.clean_ccnews("out", options, mirror.Mirror(root), processes=1)
"""


def test_a_run_that_is_killed_twice_gives_every_article_once(served: Served, tmp_path: Path) -> None:
    for moment in ("cleaning", "fetching"):
        killed = subprocess.run([sys.executable, "-c", KILLED, served.root, moment], cwd=tmp_path, env=ENVIRONMENT)
        assert killed.returncode == -9
        assert len(os.listdir(tmp_path / "out" / ".fetched")) == 1
    days = ("--from", "2026-01-01", "--to", "2026-01-31")
    run = copydesk(tmp_path, "ccnews", *days, "--mirror", served.root, "-o", "out", "--processes", "1")
    assert run.returncode == 0, run.stderr
    assert urls(tmp_path / "out") == Counter(URLS)
    rows = [json.loads(line) for line in (tmp_path / "out" / "files.jsonl").read_text().splitlines()[1:]]
    assert [(row["file"], row["pages"], row["stories"]) for row in rows] == [(name, PAGES, PAGES) for name in NAMES]
    assert (f"/{MONTH}/{NAMES[1]}", "bytes=1000-") in served.asked, "what was fetched is not fetched again"
    assert os.listdir(tmp_path / "out" / ".fetched") == []
    assert not [path for path in (tmp_path / "out" / "articles").iterdir() if path.name.startswith(".")]


def test_a_folder_is_a_mirror_too_and_stays_as_it_is(tmp_path: Path) -> None:
    month = tmp_path / "mirror" / MONTH
    month.mkdir(parents=True)
    for name in NAMES:
        (month / name).write_bytes(archive(name))
    (month / "warc.paths.gz").write_text("".join(f"{MONTH}/{name}\n" for name in NAMES))
    cleaned(tmp_path / "out", str(tmp_path / "mirror"))
    assert urls(tmp_path / "out") == Counter(URLS)
    assert sorted(os.listdir(month)) == sorted([*NAMES, "warc.paths.gz"])


def test_what_is_missing_or_damaged_is_told_and_the_rest_is_cleaned(served: Served, tmp_path: Path) -> None:
    missing, cut, whole = (f"/{MONTH}/{name}" for name in NAMES)
    content = served.files.pop(missing)
    served.files[cut] = served.files[cut][: len(served.files[cut]) // 2]
    days = CcNewsOptions(date(2025, 12, 1), date(2026, 1, 31))
    state, told = cleaned(tmp_path, served.root, days)
    assert [each.status for each in state.files.values()] == ["missing", "damaged", "done"]
    assert 0 < state.files[NAMES[1]].stories < PAGES
    assert sum("2025/12" in line for line in told) == 1
    assert any(NAMES[0] in line and "404" in line for line in told)
    served.files[missing] = content
    state, _ = cleaned(tmp_path, served.root, days)
    assert [each.status for each in state.files.values()] == ["done", "damaged", "done"]
    assert max(urls(tmp_path).values()) == 1
    assert whole in [path for path, _ in served.asked]


@pytest.mark.parametrize(
    "content", [b"", b"<html>Slow down</html>", b"\x1f\x8b\x08 no gzip"], ids=["empty", "page", "gzip"]
)
def test_what_is_no_archive_is_damaged(served: Served, tmp_path: Path, content: bytes) -> None:
    served.files[f"/{MONTH}/{NAMES[0]}"] = content
    state, _ = cleaned(tmp_path, served.root)
    assert state.files[NAMES[0]].status == "damaged"
    assert len(urls(tmp_path)) == 2 * PAGES


def test_a_connection_that_breaks_off_goes_on_where_it_was(served: Served, tmp_path: Path) -> None:
    served.breaks[f"/{MONTH}/{NAMES[0]}"] = 500
    cleaned(tmp_path, served.root)
    assert urls(tmp_path) == Counter(URLS)
    assert (f"/{MONTH}/{NAMES[0]}", "bytes=500-") in served.asked


def test_a_file_that_cannot_be_fetched_is_told_and_asked_for_again(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Mirror, path: str, have: int) -> Iterator[bytes]:
        if path.endswith(NAMES[0]):
            raise NotFetched("status 503")
        yield from fetch(self, path, have)

    fetch = Mirror._remote
    with monkeypatch.context() as patched:
        patched.setattr(Mirror, "_remote", broken)
        state, told = cleaned(tmp_path, served.root)
    assert [each.status for each in state.files.values()] == ["failed", "done", "done"]
    assert any("503" in line for line in told)
    cleaned(tmp_path, served.root)
    assert urls(tmp_path) == Counter(URLS)


def test_only_what_is_wanted_is_written_and_the_rest_is_counted(served: Served, tmp_path: Path) -> None:
    options = CcNewsOptions(date(2026, 1, 2), date(2026, 1, 2), ("o1.example",))
    state, _ = cleaned(tmp_path / "hosts", served.root, options)
    assert set(urls(tmp_path / "hosts")) == {url for url in URLS if "o1.example/20260102/" in url}
    assert [(each.pages, each.other_hosts) for each in state.files.values()] == [(PAGES, PAGES // 2)]
    german = CleaningOptions(selection=Selection(languages=frozenset({"de"})), audit=False)
    state, _ = cleaned(tmp_path / "none", served.root, CcNewsOptions(DAYS.first, DAYS.last, (), german))
    assert [each.left_out for each in state.files.values()] == [{"language": PAGES}] * 3
    with pytest.raises(CannotResume):
        cleaned(tmp_path / "none", served.root)


def test_the_datatrove_reader_gives_the_same_articles(served: Served, tmp_path: Path) -> None:
    pytest.importorskip("datatrove", reason="datatrove is not installed; pip install 'copydesk[datatrove]' brings it")
    from cleaners.datatrove import ReadCcNews, document_page

    missing = served.files.pop(f"/{MONTH}/{NAMES[2]}")
    step = ReadCcNews(DAYS.first, DAYS.last, mirror=served.root)
    shares = [list(step.run(rank=rank, world_size=2)) for rank in range(2)]
    pages = [document_page(document) for share in shares for document in share]
    assert Counter(page_of(page).url for page in pages) == Counter(url for url in URLS if "/20260103/" not in url)
    assert {page_of(page).source for page in pages} == set(NAMES[:2])
    served.files[f"/{MONTH}/{NAMES[2]}"] = missing
    hosts = ReadCcNews(DAYS.first, DAYS.last, mirror=served.root, hosts=["o1.example"])
    assert len(list(hosts.run())) == len(URLS) / 2


def test_wrong_options_are_told(tmp_path: Path) -> None:
    for options in (["--from", "2026-02-01", "--to", "2026-01-01"], ["--from", "January"], ["--to", "2026-01-01"]):
        assert copydesk(tmp_path, "ccnews", *options).returncode == 2
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "line", ["", "/etc/passwd", "../x-20260101.warc.gz", "a/../b-20260101.warc.gz", "a-20261341.warc.gz", "a" * 10**6]
)
def test_a_line_that_names_no_archive_is_none(line: str) -> None:
    assert archive_file(line) is None


def test_a_list_that_leads_elsewhere_is_told(served: Served, tmp_path: Path) -> None:
    lines = f"../../secret-20260101.warc.gz\n{MONTH}/{NAMES[0]}\n{MONTH}/{NAMES[0]}\n"
    served.files[f"/{MONTH}/warc.paths.gz"] = gzip.compress(lines.encode())
    state, told = cleaned(tmp_path, served.root)
    assert list(state.files) == [NAMES[0]]
    assert any("secret" in line for line in told)


@pytest.mark.parametrize("keep", [0.5, 0.9], ids=["half", "nearly all"])
def test_a_damaged_list_is_told_and_not_half_believed(served: Served, tmp_path: Path, keep: float) -> None:
    path = f"/{MONTH}/warc.paths.gz"
    served.files[path] = served.files[path][: int(len(served.files[path]) * keep)]
    state, told = cleaned(tmp_path, served.root)
    assert state.files == {}
    assert any("damaged" in line for line in told)


def test_months_over_the_turn_of_the_year() -> None:
    assert len(list(lists_between(date(2024, 11, 30), date(2026, 1, 1)))) == 15


def test_a_folder_without_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotThere):
        Mirror(str(tmp_path)).lines("crawl-data/CC-NEWS/2026/01/warc.paths.gz")
    assert ccnews_run.is_below("https://evil-o1.example.net/", ["o1.example"]) is False


def test_profiles_are_applied_and_a_run_goes_on_with_the_same_only(served: Served, tmp_path: Path) -> None:
    urls = {f"https://www.gazette.example/{number}": made_outlet.page(line) for number, line in enumerate(STORIES)}
    pages = (warc_record(http_response(html.encode(), fields=HTML), url=url) for url, html in urls.items())
    served.files[f"/{MONTH}/{NAMES[0]}"] = zipped(*pages)
    table = {"outlet": "gazette.example", "kind": "html", "pages": 5, "lines": [[5, made_outlet.PITCH]]}
    options = replace(DAYS, last=DAYS.first, profiles=parse_profiles([table], "here"))
    cleaned(tmp_path, served.root, options)
    records = list(read_articles(tmp_path))
    assert {record["url"] for record in records} == set(urls)
    assert not any(made_outlet.PITCH in record["text"] for record in records)
    with pytest.raises(CannotResume):
        cleaned(tmp_path, served.root, replace(DAYS, last=DAYS.first))


def test_a_file_of_profiles_that_is_missing_is_told(tmp_path: Path) -> None:
    days = ("--from", "2026-01-01", "--to", "2026-01-01")
    run = copydesk(tmp_path, "ccnews", *days, "--outlets", "none.toml", "--mirror", str(tmp_path))
    assert (run.returncode, run.stderr) == (2, b"copydesk: no such file or folder: none.toml\n")
