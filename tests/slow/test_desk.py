"""`copydesk clean` as people use it: in a process of its own, in a terminal, interrupted."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cleaners import read_articles
from tests.support.bad_pages import PDF, SOUND
from tests.support.command import COMMAND, ENVIRONMENT, copydesk, records
from tests.support.made_warcs import http_response, warc_record
from tests.support.packed import packed

GERMAN = """\
Zwei Dörfer teilen sich eine Feuerwehr

NIEDERSTADT – Zwei Dörfer, die sich seit hundert Jahren um das Wasser streiten, teilen sich künftig eine Feuerwehr.

Das Fahrzeug wird in der Mitte der Brücke zwischen ihnen stehen, sagten die Bürgermeister nach einer langen Sitzung.

„Niemand muss mehr über eine Grenze, um ein Feuer zu löschen“, sagte Ida Muster, die die größere Wehr leitet.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with a folder of thirty pages, each with a number in it."""
    (tmp_path / "pages").mkdir()
    for number in range(30):
        (tmp_path / "pages" / f"{number:02}.txt").write_text(f"{SOUND}\nThe number of this page is {number}.\n")
    return tmp_path


def sources(file: Path) -> list[object]:
    return [record["source"] for record in records(file.read_bytes())]


PAGES = [f"pages/{number:02}.txt" for number in range(30)]


def test_the_order_of_input_is_the_order_of_output(folder: Path) -> None:
    for processes in ("1", "3"):
        run = copydesk(folder, "clean", "pages", "--processes", processes)
        assert [record["source"] for record in records(run.stdout)] == PAGES


def test_every_kind_of_input_in_one_run(folder: Path) -> None:
    two = [json.dumps({"url": f"https://a.example/{number}", "text": SOUND}).encode() + b"\n" for number in range(4)]
    lines = b"".join(two[2:])
    (folder / "two").write_bytes(gzip.compress(b"".join(two[:2])))
    (folder / "page.parquet").write_text(f"{SOUND}\nThis page has a wrong name.\n")
    run = copydesk(folder, "clean", "two", "page.parquet", "-", "pages/0[01].*", stdin=lines)
    assert [record["source"] for record in records(run.stdout)] == [
        "two:1",
        "two:2",
        "page.parquet",
        "stdin:1",
        "stdin:2",
        "pages/00.txt",
        "pages/01.txt",
    ]


def until_nobody_is_left(group: int) -> None:
    """Wait until all processes of a group have ended by themselves; an endless wait is a failed test."""
    with suppress(ProcessLookupError):
        while True:
            os.killpg(group, 0)
            time.sleep(0.05)


def test_a_run_that_is_killed_is_gone_on_with(folder: Path) -> None:
    for number in range(30, 200):
        (folder / "pages" / f"{number}.txt").write_text(f"{SOUND}\nThe number of this page is {number}.\n")
    arguments = ["clean", "pages", "-o", "out.jsonl.gz", "--audit", "audit.jsonl", "--processes", "1"]
    chance = random.Random(6)
    for _ in range(3):
        run = subprocess.Popen(
            [*COMMAND, *arguments, "--resume"],
            cwd=folder,
            env=ENVIRONMENT,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + chance.uniform(0.5, 4)
        while time.monotonic() < deadline and run.poll() is None:
            time.sleep(0.01)
        run.kill()
        run.wait()
        until_nobody_is_left(run.pid)
    assert copydesk(folder, *arguments, "--resume").returncode == 0
    written = [record["source"] for record in records(gzip.decompress((folder / "out.jsonl.gz").read_bytes()))]
    assert len(written) == 200
    assert written == sorted(set(written), key=str)
    pages = [row["page"] for row in records((folder / "audit.jsonl").read_bytes())]
    assert list(dict.fromkeys(pages)) == written


@pytest.mark.skipif(os.name != "posix", reason="no such signal here")
def test_ctrl_c_keeps_what_is_written(folder: Path) -> None:
    command = [*COMMAND, "clean", "pages", "-", "-o", "out.jsonl"]
    journal = folder / ".out.jsonl.journal"
    run = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdin
    assert run.stderr
    while not (journal.exists() and b'"pages"' in journal.read_bytes()):
        assert run.poll() is None
        run.stdin.write(json.dumps({"text": f"{SOUND}\n{os.urandom(9).hex()}"}).encode() + b"\n")
        run.stdin.flush()
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    said = run.stderr.read().decode()
    run.stdin.close()
    run.wait()
    run.stderr.close()
    assert run.returncode == 130
    assert said.startswith("copydesk: pages written: ")
    assert said.endswith("; --resume continues\n")
    assert said.count("\n") == 1
    assert sorted(os.listdir(folder)) == [".out.jsonl.journal", ".out.jsonl.part", "pages"]
    assert copydesk(folder, "clean", "pages", "-o", "out.jsonl").returncode == 2
    assert copydesk(folder, "clean", "pages", "-o", "out.jsonl", "--resume").returncode == 0
    assert sorted(source for source in sources(folder / "out.jsonl") if source in PAGES) == PAGES


def test_an_output_that_exists_is_refused(folder: Path) -> None:
    (folder / "out.jsonl").write_text("old")
    run = copydesk(folder, "clean", "pages", "-o", "out.jsonl")
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr == b"copydesk: out.jsonl exists: --overwrite replaces it, --resume adds to it\n"
    assert (folder / "out.jsonl").read_text() == "old"
    assert copydesk(folder, "clean", "pages", "-o", "out.jsonl", "--overwrite").returncode == 0
    assert sources(folder / "out.jsonl") == PAGES


def test_a_run_does_not_read_what_it_writes(folder: Path) -> None:
    for _ in range(2):
        assert copydesk(folder, "clean", ".", "-o", "out.jsonl", "--overwrite").returncode == 0
        assert sources(folder / "out.jsonl") == PAGES
    with open(folder / "again.jsonl", "wb") as again:
        subprocess.run([*COMMAND, "clean", "pages", "again.jsonl"], cwd=folder, env=ENVIRONMENT, stdout=again)
    assert sources(folder / "again.jsonl") == PAGES
    for _ in range(2):
        copydesk(folder, "clean", "pages", "-o", "pages/out", "--split", "md", "--overwrite")
        assert len(os.listdir(folder / "pages" / "out")) == len(PAGES)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
@pytest.mark.parametrize("output", ["-o", "--audit", ">"])
def test_a_full_disk_is_said_in_one_line(folder: Path, output: str) -> None:
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [*COMMAND, "clean", "pages", *([output, "/dev/full"] if output != ">" else [])],
            cwd=folder,
            env=ENVIRONMENT,
            stdout=full if output == ">" else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    assert run.returncode == 2
    named = "standard output" if output == ">" else "/dev/full"
    assert run.stderr.decode() == f"copydesk: No space left on device: {named}\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_a_disk_that_fills_up_leaves_no_output_under_its_name(folder: Path, ending: str) -> None:
    for number in range(30):
        (folder / "pages" / f"{number:02}.txt").write_text(
            f"{SOUND}\nThe number of this page is {os.urandom(900).hex()}.\n"
        )
    outputs = ["-o", f"out.{ending}", "--audit", f"audit.{ending}", "--rejects", f"rejects.{ending}"]
    limited = f"ulimit -f 20; exec {sys.executable} -m cleaners clean pages {' '.join(outputs)}"
    run = subprocess.run(["bash", "-c", limited], cwd=folder, env=ENVIRONMENT, capture_output=True)
    assert run.returncode == 2
    (said,) = (line for line in run.stderr.decode().splitlines() if "pages written" not in line)
    assert said.removeprefix("copydesk: File too large: ") in outputs
    assert [name for name in os.listdir(folder) if not name.startswith(".")] == ["pages"]
    assert copydesk(folder, "clean", "pages", *outputs, "--resume").returncode == 0
    assert [record["source"] for record in read_articles(folder / f"out.{ending}")] == PAGES


def test_a_folder_of_many_files_with_odd_ones_among_them(folder: Path) -> None:
    pages = folder / "pages"
    for number in range(3000):
        (pages / f"tiny-{number:04}.txt").write_text("word\n")
    (pages / "gone").symlink_to("nowhere")
    (pages / "circle").symlink_to(pages)
    (pages / "null").symlink_to(os.devnull)
    os.mkfifo(pages / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(pages)
        server.bind("socket")
    (pages / "new\nline\x1b[31m.txt").write_bytes(PDF)
    with open(os.path.join(os.fsencode(pages), b"\xff.txt"), "wb") as undecodable:
        undecodable.write(SOUND.encode())
    run = copydesk(folder, "clean", "pages", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    assert run.returncode == 0
    assert sources(folder / "out.jsonl") == [*PAGES, "pages/\udcff.txt"]
    rejected = {row["source"]: row["code"] for row in records((folder / "rejects.jsonl").read_bytes())}
    assert len(rejected) == 3002
    assert rejected["pages/gone"] == "unreadable"
    assert rejected["pages/new\nline\x1b[31m.txt"] == "not-text"
    said = copydesk(folder, "clean", "pages/new*", "pages/gone").stderr.decode()
    assert "pages/new\\x0aline\\x1b[31m.txt: This is a PDF" in said


def test_a_packed_input_that_is_cut_off_costs_only_what_is_missing(folder: Path) -> None:
    lines = b"".join(json.dumps({"text": f"{SOUND}{os.urandom(99).hex()}"}).encode() + b"\n" for _ in range(40))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(lines)[:-2000])
    run = copydesk(folder, "clean", "cut.jsonl.gz", "pages/00.txt", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    assert run.returncode == 0
    kept = sources(folder / "out.jsonl")
    assert 20 < len(kept) < 41
    assert kept[-1] == "pages/00.txt"
    assert [row["code"] for row in records((folder / "rejects.jsonl").read_bytes())] == ["cut-off"]


def test_articles_are_chosen_and_their_labels(folder: Path) -> None:
    (folder / "pages" / "german.txt").write_text(GERMAN)
    run = copydesk(folder, "clean", "pages", "--lang", "de,fr")
    assert [record["source"] for record in records(run.stdout)] == ["pages/german.txt"]
    assert ["language", "30"] in [line.split() for line in run.stderr.decode().splitlines()]
    assert copydesk(folder, "clean", "pages", "--min-words", "1000").returncode == 1
    assert copydesk(folder, "clean", "pages", "--since", "2026-01-01").returncode == 1
    (record,) = records(copydesk(folder, "clean", "pages/00.txt", "--keep", "promo", "--drop", "heading").stdout)
    assert "Subscribe to our newsletter" in str(record["text"])


def test_a_file_for_each_article(folder: Path) -> None:
    assert copydesk(folder, "clean", "pages", "-o", "out", "--split", "md").returncode == 0
    files = sorted((folder / "out").iterdir())
    assert len(files) == 30
    assert "# Valley towns agree to share one fire engine\n\nLOWLAND CITY (AP) — Two" in files[0].read_text()
    assert copydesk(folder, "clean", "pages", "-o", "out", "--split", "md").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--lang", "english"], "not a code of two or three letters: english"),
        (["--since", "last week"], "not a day such as 2026-01-31: last week"),
        (["--keep", "advert"], "not a label: advert (there are body, heading"),
        (["--min-words", "-3"], "not a number above 0: -3"),
        (["--min-confidence", "1.5"], "not a number from 0 to 1: 1.5"),
        (["--min-confidence", "nan"], "not a number from 0 to 1: nan"),
        (["--processes", "0"], "not a number above 0: 0"),
        (["--keep", "promo", "--drop", "promo,date"], "a label cannot be kept and dropped: promo"),
        (["--split", "md"], "--split needs a folder"),
        (["--resume"], "only a run that writes its articles to a file or a folder can be resumed"),
        (["--resume", "--overwrite"], "not allowed with argument"),
        (["-o", "pages/00.txt", "--split", "md", "--overwrite"], "pages/00.txt is an input"),
    ],
)
def test_wrong_wishes_are_said(folder: Path, arguments: list[str], message: str) -> None:
    run = copydesk(folder, "clean", "pages", *arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    assert message in run.stderr.decode()
    assert "Traceback" not in run.stderr.decode()


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal: what a person sees comes out of the first."""
    pty = pytest.importorskip("pty")
    termios = pytest.importorskip("termios")
    seen, end = pty.openpty()
    termios.tcsetwinsize(end, (24, 90))
    yield seen, end
    os.close(seen)


def test_a_person_who_watches_sees_how_far_it_is(folder: Path, terminal: tuple[int, int]) -> None:
    seen, end = terminal
    (folder / "pages" / "odd.txt").write_bytes(PDF)
    command = [*COMMAND, "clean", "pages", "-o", "out.jsonl"]
    run = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=end)
    os.close(end)
    shown = b""
    try:
        while piece := os.read(seen, 4096):
            shown += piece
    except OSError:  # how Linux says that nobody writes any more
        pass
    assert run.wait() == 0
    assert b"pages/s]" in shown
    assert b"%|" in shown
    assert b"copydesk: pages/odd.txt: This is a PDF" in shown
    piped = copydesk(folder, "clean", "pages", "-o", "again.jsonl").stderr
    assert b"pages/s" not in piped
    assert b"\r" not in piped


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed(folder: Path, shell: str) -> None:
    run = copydesk(folder, "completion", shell)
    assert run.returncode == 0
    assert b"overwrite" in run.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="no such shell here")
def test_bash_completes_commands_options_and_files(folder: Path) -> None:
    script = copydesk(folder, "completion", "bash").stdout.decode()
    ask = """
COMP_WORDS=(copydesk %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
$(complete -p copydesk | sed 's/.*-F \\([^ ]*\\).*/\\1/') copydesk "${COMP_WORDS[COMP_CWORD]}" ''
echo "${COMPREPLY[@]}"
"""
    for words, expected in (("cl", "clean"), ("clean --ov", "--overwrite"), ("clean pag", "pages")):
        run = subprocess.run(["bash", "-c", script + ask % words], cwd=folder, capture_output=True, text=True)
        assert run.stdout.split() == [expected]


def test_an_archive_that_is_cut_off_costs_only_what_is_missing(folder: Path) -> None:
    story = [http_response(f"<p>{SOUND}{os.urandom(99).hex()}".encode()) for _ in range(20)]
    pages = [warc_record(block, url=f"http://news.example/{number}") for number, block in enumerate(story)]
    packed_pages = b"".join(map(gzip.compress, pages))
    (folder / "cut.warc.gz").write_bytes(packed_pages[:-300])
    (folder / "cut.warc.zst").write_bytes(b"".join(packed(page, ".zst") for page in pages)[:-300])
    for name in ("cut.warc.gz", "cut.warc.zst"):
        run = copydesk(folder, "clean", name, "--any-page", "--rejects", "rejects.jsonl", "-o", "out.jsonl")
        assert run.returncode == 0
        urls = [record["url"] for record in records((folder / "out.jsonl").read_bytes())]
        assert 10 < len(urls) < 20
        assert urls == [f"http://news.example/{number}" for number in range(len(urls))]
        assert [row["code"] for row in records((folder / "rejects.jsonl").read_bytes())] == ["cut-off"]
        (folder / "out.jsonl").unlink()
        (folder / "rejects.jsonl").unlink()
