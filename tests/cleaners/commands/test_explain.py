"""`copydesk explain` as a user runs it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaners.explaining import html_closing, html_opening
from cleaners.records.rows import audit_rows, write_rows
from tests.support.bad_pages import PDF, SOUND
from tests.support.browser import Browser, needs_chromium
from tests.support.command import COMMAND, ENVIRONMENT, copydesk, records
from tests.support.hostile import hostile_pages, html_file
from tests.support.made_pages import APPENDED, STORY
from tests.support.paths import ROOT

LONG = (ROOT / "tests" / "whole" / "pages" / "bylines-pt.html").read_bytes()
"""A page with many links around its story."""

PLAIN = {**ENVIRONMENT, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "50"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with a page of two stories and a PDF."""
    two_stories = SOUND.replace("Subscribe", f"{STORY.credit}\n\n{APPENDED.dateline}{APPENDED.body[0]}\n\nSubscribe")
    (tmp_path / "a.txt").write_text(two_stories + "\n\n".join(APPENDED.body[1:]))
    (tmp_path / "b.txt").write_bytes(PDF)
    return tmp_path


def in_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, env={**PLAIN, **environment}, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 4096):
            told += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    assert run.wait() == 0
    return told.decode()


def test_a_page_is_explained_without_colours_in_a_pipe(folder: Path) -> None:
    run = copydesk(folder, "explain", "a.txt", "--width", "80")
    assert (run.returncode, run.stderr) == (0, b"")
    told = run.stdout.decode()
    assert "\x1b" not in told
    assert told.startswith("a.txt\ntext page · 2 stories · ")
    assert "- promo       Subscribe to our newsletter  ← en/newsletter" in told
    assert "STORY 2 OF 2 STARTS HERE" in told
    assert max(map(len, told.splitlines())) <= 80


def test_pages_follow_each_other_and_a_rejected_one_says_why(folder: Path) -> None:
    told = copydesk(folder, "explain", ".").stdout.decode()
    assert told.index("a.txt\n") < told.index("b.txt\nunread page · no article\nnot-text: This is a PDF document")


def test_colours_are_for_terminals(folder: Path) -> None:
    assert "\x1b[" in in_a_terminal(folder, "explain", "a.txt")
    assert "\x1b" not in in_a_terminal(folder, "explain", "a.txt", NO_COLOR="1")
    assert "\x1b" not in in_a_terminal(folder, "explain", "a.txt", TERM="dumb")
    assert "\x1b" not in in_a_terminal(folder, "explain", "a.txt", "--color", "never")
    assert b"\x1b[" in copydesk(folder, "explain", "a.txt", "--color", "always").stdout


def test_an_encoding_that_lacks_characters_is_no_reason_to_stop(folder: Path) -> None:
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run([*COMMAND, "explain", "a.txt"], cwd=folder, capture_output=True, env=environment)
    assert run.returncode == 0
    assert rb"LOWLAND CITY (AP) \u2014 Two towns" in run.stdout


def test_only_a_label_or_rule(folder: Path) -> None:
    told = copydesk(folder, "explain", "a.txt", "--only", "promo", "--only", "headline").stdout.decode()
    assert "Subscribe" in told
    assert "Valley towns" in told
    assert "Two towns" not in told


def test_a_name_that_no_block_has_is_told_with_those_that_are_near(folder: Path) -> None:
    run = copydesk(folder, "explain", "a.txt", "--only", "en/newsleter")
    assert (run.returncode, run.stderr) == (
        2,
        b"copydesk: no block has the label or rule en/newsleter; did you mean en/newsletter?\n",
    )
    assert copydesk(folder, "explain", "a.txt", "--only", "legal").returncode == 0


def test_all_shows_what_is_folded(folder: Path) -> None:
    (folder / "page.html").write_bytes(LONG)
    folded, unfolded = (copydesk(folder, "explain", "page.html", *more).stdout.decode() for more in ((), ("--all",)))
    assert "15 blocks dropped: navigation 15; 17 words (--all shows them)" in folded
    assert "blocks dropped" not in unfolded
    assert len(folded.splitlines()) < len(unfolded.splitlines()) / 2


def test_our_own_signs_are_plain_where_the_terminal_has_no_others(folder: Path) -> None:
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run([*COMMAND, "explain", "a.txt"], cwd=folder, capture_output=True, env=environment)
    assert b"text page | 2 stories | " in run.stdout
    assert b"Subscribe to our newsletter  <- en/newsletter" in run.stdout


def test_json_gives_a_line_for_each_page(folder: Path) -> None:
    first, second = records(copydesk(folder, "explain", ".", "--json").stdout)
    assert (first["page"], len(first["articles"]), first["rejection"]) == ("a.txt", 2, None)  # type: ignore[arg-type]
    assert (second["page"], second["articles"], second["rejection"]["code"]) == ("b.txt", [], "not-text")  # type: ignore[index]


def test_an_audit_is_explained_as_it_was_written(folder: Path) -> None:
    copydesk(folder, "clean", "a.txt", "-o", "articles.jsonl", "--audit", "audit.jsonl")
    blocks = records(copydesk(folder, "explain", "a.txt", "--json").stdout)[0]["blocks"]
    for names in ((), ("a.txt",)):
        (explained,) = records(copydesk(folder, "explain", "--audit", "audit.jsonl", *names, "--json").stdout)
        assert (explained["page"], explained["blocks"]) == ("a.txt", blocks)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "--json", "--only", "body"], "copydesk: --only is for the terminal"),
        (["nope"], "copydesk: no such file or folder: nope"),
        (["--audit", "nope"], "copydesk: No such file or directory: nope"),
        (["--audit", "audit.jsonl", "nope"], "copydesk: no such page in audit.jsonl: nope"),
        (["--audit", "a.txt"], "copydesk: a.txt, line 1: this is no JSON"),
        (["a.txt", "--html", "nowhere/a.html"], "copydesk: no such folder: nowhere (for nowhere/a.html)"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder: Path, arguments: list[str], message: str) -> None:
    (folder / "audit.jsonl").write_bytes(b"")
    run = copydesk(folder, "explain", *arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    (line,) = run.stderr.decode().splitlines()
    assert line.startswith(message)


def test_an_empty_folder_is_told_by_the_exit_code(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert copydesk(folder, "explain", "empty").returncode == 1
    assert copydesk(folder, "explain", "a.txt", "--width", "39").returncode == 2


def test_a_reader_that_goes_away_is_no_error_worth_words(folder: Path) -> None:
    command = [*COMMAND, "explain", *["a.txt"] * 100]
    run = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.close()
    assert run.stderr is not None
    assert run.stderr.read() == b""
    run.stderr.close()
    assert run.wait() == 141


def test_a_hostile_audit_does_not_drive_the_terminal(folder: Path) -> None:
    with open(folder / "audit.jsonl", "wb") as file:
        for cleaned in hostile_pages():
            write_rows(file, audit_rows(cleaned))
    told = in_a_terminal(folder, "explain", "--audit", "audit.jsonl", "--color", "never")
    assert r"\x1b]0;owned\x07" in told
    assert not [char for char in told if char != "\n" and char != "\r" and (ord(char) < 32 or 127 <= ord(char) < 160)]


# In a browser


@needs_chromium
def test_nothing_on_a_page_runs_or_loads(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    pages = hostile_pages()
    file.write_bytes(html_file(*pages))
    browser.look(1200)
    browser.open(file)
    for key in "jdusnlr":
        browser.press(key)
    assert browser.evaluate("document.title") == "Copydesk: what was kept, and why"
    assert browser.requested() == [file.as_uri()]
    assert browser.complaints() == []
    assert browser.evaluate("document.querySelectorAll('script, style').length") == 2
    assert browser.evaluate("document.querySelectorAll('.page').length") == len(pages)


@needs_chromium
@pytest.mark.parametrize(
    "markup",
    [
        "<script>document.title = 'owned'</script>",
        "<img src=x onerror=\"document.title = 'owned'\">",
        "<img src=https://attacker.example/x.png>",
        "<p style='background: url(https://attacker.example/x.png)'>",
        "<link rel=stylesheet href=https://attacker.example/x.css>",
        "<iframe src=https://attacker.example/></iframe>",
        "<svg onload=\"document.title = 'owned'\"></svg>",
    ],
)
def test_even_markup_would_neither_run_nor_load(browser: Browser, tmp_path: Path, markup: str) -> None:
    """The policy holds by itself: markup that no function writes is put into the file by hand."""
    file = tmp_path / "marked-up.html"
    file.write_bytes(html_opening() + markup.encode() + html_closing())
    browser.open(file)
    assert browser.evaluate("document.title") == "Copydesk: what was kept, and why"
    assert [url for url in browser.requested() if "attacker" in url and not _was_blocked(browser, url)] == []
    assert any("Content Security Policy" in told for told in browser.complaints())


def _was_blocked(browser: Browser, url: str) -> bool:
    failed = {
        event["params"]["requestId"]
        for event in browser.events
        if event.get("method") == "Network.loadingFailed" and event["params"].get("blockedReason") == "csp"
    }
    return all(
        event["params"]["requestId"] in failed
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent" and event["params"]["request"]["url"] == url
    )


@pytest.fixture
def explained(folder: Path) -> Path:
    """The file that the command writes of the folder."""
    run = copydesk(folder, "explain", ".", "--html", "why.html")
    assert (run.returncode, run.stdout) == (0, b"")
    assert run.stderr == b"2 pages explained in why.html\n"
    return folder / "why.html"


def test_the_file_holds_no_address_to_load_from(explained: Path) -> None:
    text = explained.read_text("utf-8")
    assert "http:" not in text
    assert "https:" not in text


@needs_chromium
def test_filters_and_keys(browser: Browser, explained: Path) -> None:
    def visible() -> list[str]:
        found: list[str] = browser.evaluate(
            "[...document.querySelectorAll('.block')].filter((block) => block.offsetParent)"
            ".map((block) => block.dataset.label)"
        )
        return found

    browser.look(1200)
    browser.open(explained)
    labels = visible()
    assert browser.evaluate("document.querySelector('#shown').textContent") == f"{len(labels)} of {len(labels)} blocks"
    browser.press("d")
    assert browser.evaluate("document.activeElement.dataset.side") != "kept"
    browser.press("l")
    assert visible() == ["navigation"] * labels.count("navigation")
    browser.press("Escape")
    assert visible() == labels
    browser.evaluate("document.querySelector('[data-toggle=body]').click()")
    assert visible() == [label for label in labels if label != "body"]
    browser.press("Escape")
    browser.evaluate("document.querySelector('.promo .rule').click()")
    assert visible() == ["promo"]
    assert browser.evaluate("document.querySelector('#rule').value") == "en/newsletter"
    browser.press("Escape")
    for value, wanted in (
        ("kept", {"body", "heading", "credit"}),
        ("taken", set(labels) - {"body", "heading", "credit"}),
    ):
        browser.evaluate(f"document.querySelector('#show').value = '{value}'")
        browser.evaluate("document.querySelector('#show').dispatchEvent(new Event('change'))")
        assert set(visible()) == wanted & set(labels)
    assert browser.complaints() == []


@needs_chromium
def test_folds_open_for_who_asks_for_what_is_in_them(browser: Browser, folder: Path) -> None:
    (folder / "page.html").write_bytes(LONG)
    copydesk(folder, "explain", "page.html", "--html", "why.html")
    are_open = "document.querySelectorAll('.fold[open]').length"
    browser.look(500)
    browser.open(folder / "why.html")
    assert browser.evaluate(are_open) == 0
    assert browser.evaluate("document.documentElement.scrollWidth") <= 500
    browser.press("j")
    assert browser.evaluate("document.activeElement.dataset.label") == "title"
    browser.press("D")
    assert browser.evaluate(are_open) == 1
    browser.press("l")
    assert browser.evaluate(are_open) > 1
    browser.press("Escape")
    assert browser.evaluate(are_open) == 1
    browser.press("a")
    assert browser.evaluate(are_open) == browser.evaluate("document.querySelectorAll('.fold').length")
    assert browser.complaints() == []


@needs_chromium
def test_keys_go_from_story_to_story(browser: Browser, explained: Path) -> None:
    browser.open(explained)
    for key, story in [("s", "story 1 of 2"), ("s", "story 2 of 2"), ("S", "story 1 of 2"), ("S", "story 1 of 2")]:
        browser.press(key)
        assert browser.evaluate("document.activeElement.textContent").startswith(story)


@needs_chromium
@pytest.mark.parametrize("width", [360, 800, 1400])
def test_the_file_fits_its_window_in_light_and_dark(browser: Browser, explained: Path, width: int) -> None:
    papers = []
    for dark in (False, True):
        browser.look(width, dark=dark)
        browser.open(explained)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        papers.append(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert papers == ["rgb(253, 252, 249)", "rgb(22, 23, 26)"]


@needs_chromium
def test_a_fragment_leads_to_a_block(browser: Browser, explained: Path) -> None:
    browser.open(explained, "#p1-b3")
    assert browser.evaluate("document.activeElement.id") == "p1-b3"


def test_the_json_is_valid_whatever_a_page_says(folder: Path) -> None:
    (folder / "hostile.txt").write_text(SOUND + "\x1b]0;owned\x07 </script>")
    told = copydesk(folder, "explain", "hostile.txt", "--json").stdout
    assert "\x1b]0;owned\x07 </script>" in json.loads(told)["blocks"][-1]["text"]


# The guide


def test_the_commands_of_the_guide_run_as_printed(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "explaining.md").read_text("utf-8")
    commands = "".join(re.findall(r"^```sh\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE))
    assert commands.count("copydesk") == 5
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-e", "-c", commands], cwd=tmp_path, env={**PLAIN, "PATH": path}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert "5 pages explained in why.html" in run.stderr
    assert "5 pages, 0 changed" in run.stdout
    for shown in re.search(r"^```\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)[1].splitlines():  # type: ignore[index]
        assert " ".join(shown.split()) in " ".join(run.stdout.split())
