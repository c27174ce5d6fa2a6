"""What a project file gives to commands, and what is said where it cannot."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pytest

from cleaners.cli import _parse, main
from cleaners.commands.project_file import BadProjectFile
from cleaners.data import Label


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def parsed(*given: str) -> argparse.Namespace:
    options = argparse.Namespace()
    _parse(list(given), options)
    return options


CLEAN = """
[clean]
lang = ["en", "de"]
min_words = 100
since = 2026-01-31
any-page = true
keep = "caption"
resume = true
[crawl]
settings = {CONTACT = "mailto:you@your.example", CONCURRENT_REQUESTS = 8}
max-age = 3
arguments = ["hosts=a.example"]
"""


def test_the_file_gives_options_as_the_command_line_does(folder: Path) -> None:
    (folder / "copydesk.toml").write_text(CLEAN)
    options = parsed("clean", "a.html")
    assert (options.lang, options.min_words, options.since) == (["en", "de"], 100, date(2026, 1, 31))
    assert (options.any_page, options.keep, options.resume) == (True, [Label.CAPTION], True)
    assert options.paths == ["a.html"]


def test_the_command_line_counts_instead(folder: Path) -> None:
    (folder / "copydesk.toml").write_text(CLEAN)
    options = parsed("clean", "a.html", "--lang", "fr", "--min-words", "5", "--overwrite")
    assert (options.lang, options.min_words) == (["fr"], 5)
    assert (options.overwrite, options.resume) == (True, False)


def test_settings_of_both_hold(folder: Path) -> None:
    (folder / "copydesk.toml").write_text(CLEAN)
    options = parsed("crawl", "feed", "-s", "CONTACT=mailto:me@your.example")
    contact = ("CONTACT", "mailto:you@your.example")
    assert options.settings == [contact, ("CONCURRENT_REQUESTS", "8"), ("CONTACT", "mailto:me@your.example")]
    assert (options.spider_max_age, options.arguments) == ("3", [("hosts", "a.example")])


def test_a_table_of_pyproject_does_as_well(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[project]\nname = "a"\n[tool.copydesk.clean]\nmin-words = 7\n')
    assert parsed("clean", "a.html").min_words == 7
    (folder / "copydesk.toml").write_text("[clean]\nmin-words = 8\n")
    assert parsed("clean", "a.html").min_words == 8
    assert parsed("explain", "a.html").only == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[clean]\nmin-word = 1", "copydesk.toml, [clean]: there is no option 'min-word'; did you mean min-words?"),
        ("[cleen]\nlang = 'en'", "copydesk.toml: there is no command 'cleen'; did you mean clean?"),
        ("min-words = 1", "copydesk.toml: there is no command 'min-words' (there are clean, "),
        ("clean = 1", "copydesk.toml: clean is to be a table, as in [clean]"),
        ("[clean]\nmin-words = -1", "copydesk.toml, [clean], min-words: not a number above 0: -1"),
        ("[clean]\nmin-words = [1]", "copydesk.toml, [clean], min-words: this is to be a text or a number"),
        ("[clean]\nmin-words = true", "copydesk.toml, [clean], min-words: this is to be a text or a number"),
        ("[clean]\nany-page = 'yes'", "copydesk.toml, [clean], any-page: this is to be true or false"),
        ("[clean]\nlang = [['en']]", "copydesk.toml, [clean], lang: this is to be a text, or a list of texts"),
        ("[clean]\nkeep = 'poem'", "copydesk.toml, [clean], keep: not a label: poem"),
        ("[clean]\nsplit = 'docx'", "copydesk.toml, [clean], split: not one of json, "),
        ("[clean]\nhelp = true", "copydesk.toml, [clean]: there is no option 'help'"),
        ('[[profile]]\noutlet = "A"', "copydesk.toml is a file of profiles, not a project file: "),
        ('[[outlet]]\nname = "A"', "copydesk.toml is an outlets file, not a project file: "),
        ("[clean\n", "copydesk.toml is no TOML: "),
    ],
    ids=lambda text: text.replace("\n", " ")[:24] if "=" in text or text == "[clean\n" else "told",
)
def test_what_a_file_cannot_mean_is_told_in_one_line(
    folder: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "copydesk.toml").write_text(text)
    with pytest.raises(BadProjectFile):
        parsed("clean", "a.html")
    assert main(["clean", "a.html"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"copydesk: {message}")


def test_help_is_there_whatever_the_file_says(folder: Path) -> None:
    (folder / "copydesk.toml").write_text("[clean")
    with pytest.raises(SystemExit) as stopped:
        main(["clean", "--help"])
    assert stopped.value.code == 0
