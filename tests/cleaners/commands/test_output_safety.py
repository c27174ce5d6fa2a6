"""No command destroys a file: an output is never an input, and what exists is replaced only on request."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaners.cli import main
from tests.support.bad_pages import SOUND
from tests.support.command import COMMAND, ENVIRONMENT, copydesk, records


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `clean` writes of one page."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "page.txt").write_text(SOUND)
    assert copydesk(folder, "clean", "page.txt", "-o", "articles.jsonl", "--audit", "audit.jsonl").returncode == 0
    return folder


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    """A page in a folder of pages, articles, an audit, and a file that has nothing to do with them."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.txt").write_text(SOUND)
    for name in ("articles.jsonl", "audit.jsonl"):
        (tmp_path / name).write_bytes((made / name).read_bytes())
    (tmp_path / "notes.txt").write_text("A year of work.")
    return tmp_path


Refusal = Callable[..., str]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def refusal(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refusal:
    """What a command says, which must be one line and leave every file as it is."""
    monkeypatch.chdir(folder)

    def said(*arguments: str) -> str:
        before = contents(folder)
        code = main(arguments)
        assert contents(folder) == before
        output, errors = capsys.readouterr()
        assert (code, output) == (2, "")
        (line,) = errors.splitlines()
        return line

    return said


WRITERS = {
    "clean -o": ("clean", "{input}", "-o", "{output}"),
    "clean --audit": ("clean", "{input}", "--audit", "{output}"),
    "clean --rejects": ("clean", "{input}", "--rejects", "{output}"),
    "clean --split": ("clean", "{input}", "-o", "{output}", "--split", "json"),
    "explain --html": ("explain", "{input}", "--html", "{output}"),
}
READERS = {
    "explain --audit": ("explain", "--audit", "audit.jsonl", "--html", "{output}"),
    "trace -o": ("trace", "articles.jsonl", "-o", "{output}"),
    "trace --rejects": ("trace", "articles.jsonl", "--rejects", "{output}"),
    "trace --index": ("trace", "articles.jsonl", "--index", "{output}"),
    "report -o": ("report", "articles.jsonl", "--audit", "audit.jsonl", "-o", "{output}"),
}


def filled(command: tuple[str, ...], **names: str) -> list[str]:
    return [word.format(**names) for word in command]


def plain(folder: Path, target: str) -> str:
    return target


def hard_link(folder: Path, target: str) -> str:
    os.link(folder / target, folder / "link")
    return "link"


def symbolic_link(folder: Path, target: str) -> str:
    (folder / "link").symlink_to(target)
    return "link"


NAMED = [plain, hard_link, symbolic_link]


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("given", ["pages/page.txt", "pages", "pages/*.txt", "."])
@pytest.mark.parametrize("command", WRITERS)
def test_a_page_is_never_an_output(
    folder: Path, refusal: Refusal, command: str, given: str, named: Callable[[Path, str], str]
) -> None:
    output = named(folder, "pages/page.txt")
    arguments = filled(WRITERS[command], input=given, output=output)
    assert refusal(*arguments, "--overwrite") == f"copydesk: {output} is an input: give the output another name"


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("command", READERS)
def test_a_file_of_rows_is_never_an_output_of_its_reader(
    folder: Path, refusal: Refusal, command: str, named: Callable[[Path, str], str]
) -> None:
    output = named(folder, "audit.jsonl" if command == "explain --audit" else "articles.jsonl")
    said = refusal(*filled(READERS[command], output=output), *(["--overwrite"] if "index" not in command else []))
    assert said == f"copydesk: {output} is an input: give the output another name"


@pytest.mark.parametrize("command", ["trace -o", "trace --rejects", "report -o"])
def test_articles_in_a_folder_are_no_output_either(folder: Path, refusal: Refusal, command: str) -> None:
    arguments = ["." if word == "articles.jsonl" else word for word in READERS[command]]
    said = refusal(*filled(tuple(arguments), output="articles.jsonl"), "--overwrite")
    assert said == "copydesk: articles.jsonl is an input: give the output another name"


@pytest.mark.parametrize("command", [*WRITERS, *READERS])
def test_a_file_that_exists_is_replaced_only_on_request(folder: Path, refusal: Refusal, command: str) -> None:
    arguments = filled({**WRITERS, **READERS}[command], input="pages", output="notes.txt")
    said = refusal(*arguments)
    if command in ("trace --index", "clean --split"):  # an index is extended, and a folder of articles is no file
        assert "notes.txt" in said
        return
    assert said.startswith("copydesk: notes.txt exists: --overwrite replaces it")
    if command != "clean --rejects":  # which is written as the others of `clean` are
        assert main([*arguments, "--overwrite"]) == 0
        assert (folder / "notes.txt").read_text("utf-8") != "A year of work."


def test_a_page_from_standard_input_is_no_output(folder: Path) -> None:
    for command in ("clean --audit", "explain --html"):
        arguments = filled(WRITERS[command], input="-", output="pages/page.txt")
        with open(folder / "pages" / "page.txt", "rb") as page:
            run = subprocess.run(
                [*COMMAND, *arguments, "--overwrite"], cwd=folder, stdin=page, capture_output=True, env=ENVIRONMENT
            )
        assert run.returncode == 2
        assert b"is an input" in run.stderr
        assert (folder / "pages" / "page.txt").read_text() == SOUND


@pytest.mark.parametrize("named", NAMED)
def test_two_outputs_are_never_the_same_file(folder: Path, refusal: Refusal, named: Callable[[Path, str], str]) -> None:
    other = named(folder, "notes.txt")
    for command in (
        ("clean", "pages", "-o", "notes.txt", "--rejects", other),
        ("trace", "articles.jsonl", "-o", "notes.txt", "--rejects", other),
        ("trace", "articles.jsonl", "--index", "notes.txt", "-o", other),
    ):
        assert refusal(*command, "--overwrite").startswith("copydesk: each output needs a file of its own")


def test_standard_output_is_an_output_like_others(folder: Path) -> None:
    with open(folder / "notes.txt", "ab") as output:
        command = [*COMMAND, "clean", "pages", "--audit", "notes.txt", "--overwrite"]
        run = subprocess.run(command, cwd=folder, stdout=output, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert run.returncode == 2
    assert b"standard output goes to notes.txt, too" in run.stderr
    assert (folder / "notes.txt").read_text() == "A year of work."


def test_an_output_of_an_earlier_run_may_lie_among_the_pages(folder: Path) -> None:
    for _ in range(2):
        outputs = ["-o", "pages/out.jsonl", "--audit", "pages/audit.jsonl", "--rejects", "pages/rejects.jsonl"]
        assert copydesk(folder, "clean", "pages", *outputs, "--overwrite").returncode == 0
        assert [row["source"] for row in records((folder / "pages" / "out.jsonl").read_bytes())] == ["pages/page.txt"]


def test_devices_may_be_given_twice(folder: Path) -> None:
    run = copydesk(folder, "clean", "pages", "--audit", os.devnull, "--rejects", os.devnull)
    assert run.returncode == 0


def test_the_unfinished_output_of_another_run_is_left_alone(folder: Path) -> None:
    (folder / ".out.jsonl.part").write_text("half a run")
    assert copydesk(folder, "trace", "articles.jsonl", "-o", "out.jsonl").returncode == 0
    assert (folder / ".out.jsonl.part").read_text() == "half a run"
