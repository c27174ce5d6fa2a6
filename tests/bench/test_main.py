"""The one door to the benches: every command is listed, describes itself, and fails in one line."""

from __future__ import annotations

import argparse
import lzma
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bench.__main__ import COMMANDS, main
from bench.pages import samples
from tests.support.paths import ROOT

ENTRIES = {name: entry for room in COMMANDS.values() for name, entry in room.items()}


def test_help_lists_every_command_by_room(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == main([]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert all(f"{room}:" in listed for room in COMMANDS)
    assert {line.split()[0] for line in listed if line.startswith("  ")} == set(ENTRIES)
    assert max(map(len, listed)) <= 100


@pytest.mark.parametrize("name", ENTRIES)
def test_every_command_describes_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m bench {name}")


@pytest.mark.parametrize(("room", "name"), [(room, name) for room, commands in COMMANDS.items() for name in commands])
def test_a_command_is_in_the_room_of_its_module(room: str, name: str) -> None:
    assert ENTRIES[name].module.startswith(f"{room}.")


def test_help_needs_no_torch_and_no_scrapy() -> None:
    code = "import sys; from bench.__main__ import main; main(['--help']); sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["qality"], "There is no command qality. Did you mean quality?"),
        (["zzz"], "There is no command zzz. python -m bench --help lists them."),
        (["worst", "jsonl", "absent.xz"], "There is no absent.xz. docs/retraining.md says how to get the corpora."),
        (["quality", "wcxb", "absent"], "There is no absent/ground-truth. docs/retraining.md"),
    ],
)
def test_what_is_missing_is_reported_in_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    reported = capsys.readouterr().err
    assert reported.startswith(f"python -m bench: {message}")
    assert reported.count("\n") == 1


@pytest.mark.parametrize("content", [b"no archive", lzma.compress(b'{"id": 1}\n'), lzma.compress(b"[]" * 9)[:-9]])
def test_a_broken_corpus_is_reported_in_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pages.jsonl.xz"
    path.write_bytes(content)
    assert main(["samples", "jsonl", str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"python -m bench: {path} cannot be read")


@pytest.mark.parametrize(("package", "extra"), [("torch", "train"), ("goose3", "bench")])
def test_a_missing_dependency_is_reported_in_one_line(
    package: str, extra: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def needs_a_package(options: argparse.Namespace) -> None:
        monkeypatch.setitem(sys.modules, package, None)
        import_module(package)

    monkeypatch.setattr(samples, "run", needs_a_package)
    assert main(["samples"]) == 2
    reported = capsys.readouterr().err
    assert f"samples needs the package {package}. Install it: pip install --editable '.[{extra}]'" in reported


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["words"], 2)])
def test_a_python_without_any_package_gets_no_traceback(arguments: list[str], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "bench", *arguments], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == code
    if code:
        assert "words needs the package " in done.stderr
        assert done.stderr.endswith("Install it: pip install --editable '.[bench]'\n")
    assert done.stderr.count("\n") == bool(code)


def test_a_set_of_pages_is_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pages.jsonl.xz"
    path.write_bytes(lzma.compress(b'{"id": "1", "url": "https://example.org/a", "html": "<p>A", "text": "A"}\n'))
    assert main(["samples", "jsonl", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == "| all | 1 | 1 | 1 | 0 | 0 | 0 | 0 |".split()


def test_the_corpora_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["samples"]) == 0
    assert all(path.name in capsys.readouterr().out for path in samples.OURS[:1])
