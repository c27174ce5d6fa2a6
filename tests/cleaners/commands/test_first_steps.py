"""What a newcomer tries first, each answered by something useful or by one clear line."""

from __future__ import annotations

import argparse
import os
import pty
import shlex
import subprocess
import tarfile
from pathlib import Path

import pytest

from cleaners.cli import as_meant, command_line
from tests.support.bad_pages import SOUND
from tests.support.command import COMMAND, ENVIRONMENT, copydesk, records
from tests.support.paths import ROOT

PAGE = (ROOT / "tests" / "whole" / "pages" / "bylines-pt.html").read_bytes()
ADDRESS = "https://gazette.example/relogios"
COMMANDS = sorted(
    next(action for action in command_line()._actions if isinstance(action, argparse._SubParsersAction)).choices
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with a page, an empty folder and a named pipe."""
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


def the_line(run: subprocess.CompletedProcess[bytes], code: int = 2) -> str:
    """The one line on standard error of a run that gave nothing."""
    (line,) = run.stderr.decode().splitlines()
    assert (run.returncode, run.stdout) == (code, b"")
    return line.removeprefix("copydesk: ")


def test_the_bare_command_shows_its_help(folder: Path) -> None:
    run = copydesk(folder)
    assert (run.returncode, run.stderr) == (0, b"")
    told = run.stdout.decode()
    assert all(f"\n  copydesk {command} " in told for command in COMMANDS)
    assert "README.md" in told
    assert max(map(len, told.splitlines())) <= 100


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_that_is_understood(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line().parse_args([command, "--help"])
    told = capsys.readouterr().out
    _, heading, shown = told.partition("\nexample")
    assert heading
    assert f"copydesk {command}" in shown
    assert "--quiet" in told


@pytest.mark.parametrize("arguments", [("help",), ("help", "clean"), ("--help",)])
def test_help_is_asked_for_in_several_ways(folder: Path, arguments: tuple[str, ...]) -> None:
    run = copydesk(folder, *arguments)
    assert (run.returncode, run.stdout[:15]) == (0, b"usage: copydesk")


def test_underscores_are_dashes_in_names_of_options_only() -> None:
    given = ["clean", "--min_words=5", "--field", "raw_html", "--", "--a_page.html"]
    assert as_meant(given) == ["clean", "--min-words=5", "--field", "raw_html", "--", "--a_page.html"]


def test_a_page_from_a_pipe_needs_no_path_and_may_have_an_address(folder: Path) -> None:
    time = "2026-01-31T09:30:00+01:00"
    run = copydesk(folder, "clean", "--url", ADDRESS, "--retrieved-at", time, stdin=PAGE)
    (record,) = records(run.stdout)
    assert (run.returncode, record["url"], record["retrieved_at"]) == (0, ADDRESS, time)
    assert record["source"] == "stdin"


def test_a_file_may_have_an_address_too(folder: Path) -> None:
    (record,) = records(copydesk(folder, "clean", "page.html", "--url", ADDRESS).stdout)
    assert (record["url"], record["source"]) == (ADDRESS, "page.html")
    assert ADDRESS.encode() in copydesk(folder, "explain", "page.html", "--url", ADDRESS).stdout


@pytest.mark.parametrize("command", ["clean", "explain", "trace"])
def test_nobody_is_made_to_type_a_page(folder: Path, command: str) -> None:
    ours, theirs = pty.openpty()
    run = subprocess.run([*COMMAND, command], cwd=folder, env=ENVIRONMENT, stdin=theirs, capture_output=True)
    os.close(ours)
    os.close(theirs)
    assert the_line(run).startswith("name a ")


def test_explain_and_trace_read_a_pipe(folder: Path) -> None:
    assert copydesk(folder, "explain", stdin=SOUND.encode()).stdout.startswith(b"stdin\n")
    articles = copydesk(folder, "clean", "page.html").stdout
    assert copydesk(folder, "trace", "--no-table", stdin=articles).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clean", "--url", ADDRESS, "page.html", "page.html"], "--url and --retrieved-at are for a single page"),
        (["clean", "--url", ADDRESS, "empty"], "--url and --retrieved-at are for a single page"),
        (["clean", "pipe"], "pipe is a named pipe, which may never end"),
        (["explain", "pipe"], "pipe is a named pipe, which may never end"),
        (["report", "pipe"], "pipe is a named pipe, which may never end"),
        (["clean", "page.html", "-o", "nowhere/out.jsonl"], "no such folder: nowhere"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder: Path, arguments: list[str], message: str) -> None:
    assert the_line(copydesk(folder, *arguments)).startswith(message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--url", "gazette.example/a"], "not a web address: gazette.example/a (it begins with http:// or https://)"),
        (["--url", "http://[a/"], "not a web address: http://[a/ "),
        (["--retrieved-at", "yesterday"], "not a time such as 2026-01-31T09:30:00+01:00: yesterday"),
    ],
)
def test_what_is_known_of_a_page_is_checked(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command_line().parse_args(["clean", "page.html", *arguments])
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(("command", "what"), [("clean", "page"), ("explain", "page"), ("trace", "article")])
def test_an_empty_folder_is_told(folder: Path, command: str, what: str) -> None:
    assert the_line(copydesk(folder, command, "empty"), 1) == f"there is no {what} in empty"


def test_an_address_is_not_given_to_a_file_of_many_pages(folder: Path) -> None:
    (folder / "pages.jsonl").write_text('{"html": "<p>A"}\n{"html": "<p>B"}\n')
    run = copydesk(folder, "clean", "pages.jsonl", "--url", ADDRESS)
    assert run.returncode == 1
    assert b"copydesk: pages.jsonl: What is known of one page" in run.stderr


@pytest.mark.parametrize("name", ["articles.jsonl", "audit.jsonl", "rejects.jsonl", "split"])
def test_what_copydesk_wrote_is_not_cleaned_again(folder: Path, name: str) -> None:
    (folder / "bad.html").write_bytes(b"%PDF-1.7")
    outputs = ("-o", "articles.jsonl", "--audit", "audit.jsonl", "--rejects", "rejects.jsonl")
    copydesk(folder, "clean", "page.html", "bad.html", *outputs)
    copydesk(folder, "clean", "page.html", "-o", "split", "--split", "json")
    run = copydesk(folder, "clean", name, "-q")
    assert "that Copydesk wrote, and no pages" in the_line(run, 1)


def test_a_record_made_of_ours_is_a_page_if_it_has_one(folder: Path) -> None:
    (folder / "log.jsonl").write_text('{"source": "a", "url": "", "code": "200", "reason": "OK", "html": "<p>A"}\n')
    assert b"own-output" not in copydesk(folder, "clean", "log.jsonl").stderr
    (folder / "ours.jsonl").write_bytes(copydesk(folder, "clean", "page.html").stdout)
    assert copydesk(folder, "clean", "ours.jsonl", "--field", "text").returncode == 0


def test_quiet_and_verbose(folder: Path) -> None:
    assert copydesk(folder, "clean", "page.html", "-q").stderr == b""
    told = copydesk(folder, "clean", "page.html", "-v").stderr
    assert told.startswith(b"page.html: 1 article, 201 words\n")
    assert b"Traceback" in copydesk(folder, "clean", "nowhere", "-v").stderr


def test_a_report_takes_what_lies_beside_the_articles(folder: Path) -> None:
    pytest.importorskip("matplotlib", reason="a report needs matplotlib")
    (folder / "run").mkdir()
    outputs = ("-o", "run/articles.jsonl", "--audit", "run/audit.jsonl", "--rejects", "run/rejects.jsonl")
    copydesk(folder, "clean", "page.html", *outputs)
    copydesk(folder, "trace", "run/articles.jsonl", "-o", "run/trace.jsonl")
    for given in ("run", "run/articles.jsonl"):
        run = copydesk(folder, "report", given, "--overwrite")
        told = "1 article reported in report.html, with audit.jsonl, rejects.jsonl, trace.jsonl\n"
        assert (run.returncode, run.stderr.decode()) == (0, told)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["page.html"], "name a command before the path: copydesk clean page.html"),
        ([ADDRESS], f"name a command before the address: copydesk get {ADDRESS}"),
        (["xyzzy"], "there is no command 'xyzzy': there are clean, explain, "),
        (["clean", "*.htm"], "nothing matches the pattern: *.htm"),
        (["clean", "page.html", "-o", "empty"], "empty is a folder: name a file in it"),
        (["clean", "page.html", "-o", "new/"], "new/ is a folder: name a file in it"),
        (["explain", "page.html", "--html", "new/"], "new/ is a folder: name a file in it"),
        (
            ["clean", "page.html", "--format", "txt", "-o", "a.csv"],
            "two formats: --format says txt, and a.csv is ",
        ),
    ],
)
def test_what_is_meant_is_told(folder: Path, arguments: list[str], message: str) -> None:
    assert the_line(copydesk(folder, *arguments)).startswith(message)
    assert sorted(os.listdir(folder)) == ["empty", "page.html", "pipe"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clean", "--foramt", "txt"], "clean: there is no option --foramt; did you mean --format? (copydesk clean"),
        (["schema", "-o", "x"], "schema: there is no option -o (copydesk schema --help"),
        (["schema", "x"], "schema: this is more than it takes: x (copydesk schema --help"),
        (
            ["outlets", "learn", "p", "-o", "x", "--overwite"],
            "outlets: there is no option --overwite; did you mean ",
        ),
    ],
)
def test_an_option_that_is_none_is_told_by_its_command(folder: Path, arguments: list[str], message: str) -> None:
    assert the_line(copydesk(folder, *arguments)).startswith(f"copydesk {message}")


def test_a_path_that_looks_like_an_option_is_told(folder: Path) -> None:
    (folder / "-odd.html").write_bytes(PAGE)
    assert "put -- before a path" in the_line(copydesk(folder, "explain", "-odd.html"))
    assert copydesk(folder, "clean", "--", "-odd.html").returncode == 0


def test_a_format_may_be_named_for_a_file_of_any_other_name(folder: Path) -> None:
    for name in ("story", "story.log", "story.txt"):
        assert copydesk(folder, "clean", "page.html", "--format", "txt", "-o", name).returncode == 0
        assert not (folder / name).read_bytes().startswith(b"{")


@pytest.mark.parametrize("name", ["articles.md", "articles.csv", "articles.html", "why.html"])
def test_what_copydesk_wrote_for_people_is_not_cleaned_again(folder: Path, name: str) -> None:
    command = ("explain", "page.html", "--html") if name == "why.html" else ("clean", "page.html", "-o")
    assert copydesk(folder, *command, name).returncode == 0
    run = copydesk(folder, "clean", name, "-q")
    assert (run.returncode, run.stdout) == (1, b"")
    assert (
        run.stderr.decode()
        == f"copydesk: {name}: The file is one that Copydesk wrote for people, and no page to clean.\n"
    )


def test_a_folder_with_links_in_a_circle_is_read(folder: Path) -> None:
    (folder / "self").symlink_to("self")
    (folder / "empty" / "up").symlink_to("..")
    run = copydesk(folder, "clean", ".", "-q")
    (record,) = records(run.stdout)
    assert record["source"] == "page.html"
    assert run.stderr.decode() == "copydesk: self: The file cannot be read: Too many levels of symbolic links.\n"


@pytest.mark.parametrize("packing", [None, "gz"])
def test_a_tar_archive_is_called_one(folder: Path, packing: str | None) -> None:
    with tarfile.open(folder / "pages.tar", "w:gz" if packing else "w") as archive:
        archive.add(folder / "page.html", "page.html")
    run = copydesk(folder, "clean", "pages.tar", "-q")
    assert run.stderr.decode() == "copydesk: pages.tar: This is a tar archive, not text: unpack it first.\n"


def test_a_full_disk_is_told_with_the_output(folder: Path) -> None:
    for output in (["-o", "a.jsonl"], ["-o", "a.csv"], ["-o", "split", "--split", "md"], ["--audit", "a.jsonl"]):
        command = f"ulimit -f 1; exec {shlex.join([*COMMAND, 'clean', 'page.html', *output])}"
        run = subprocess.run(["bash", "-c", command], cwd=folder, env=ENVIRONMENT, capture_output=True)
        line = run.stderr.decode().splitlines()[-1]
        assert (run.returncode, line.split("/")[0]) == (2, f"copydesk: File too large: {output[1]}")


def test_standard_output_that_is_full_is_told() -> None:
    page = ROOT / "tests" / "whole" / "pages" / "bylines-pt.html"
    with open("/dev/full", "wb") as full:
        run = subprocess.run([*COMMAND, "clean", page], env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE)
    assert run.stderr.decode() == "copydesk: No space left on device: standard output\n"
