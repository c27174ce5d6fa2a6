"""`copydesk outlets learn`, and `copydesk clean --outlets` with what it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import copydesk, records
from tests.support.made_outlet import PITCH, STORIES, dump, write_outlet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with the pages of one outlet, and one page of another."""
    write_outlet(tmp_path / "gazette")
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "1.txt").write_text(dump(next(iter(STORIES))).replace("Made Gazette", "Made Post"))
    return tmp_path


def test_what_is_learned_is_applied(folder: Path) -> None:
    learned = copydesk(folder, "outlets", "learn", "gazette", "post", "-o", "profiles.toml")
    assert learned.returncode == 0, learned.stderr
    told = learned.stderr.decode().splitlines()
    assert told[0].startswith("gazette, html: ")
    assert told[1].startswith("gazette, text: ")
    assert told[1].endswith("recur on 5 pages, 1 kept in a text")
    assert told[2] == "fewer than 3 pages, no profile: 1 outlet (post)"
    plain = copydesk(folder, "clean", "gazette", "post")
    assert all(PITCH in str(record["text"]) for record in records(plain.stdout))
    run = copydesk(folder, "clean", "gazette", "post", "--outlets", "profiles.toml", "--audit", "audit.jsonl")
    assert run.returncode == 0, run.stderr
    assert [PITCH in str(record["text"]) for record in records(run.stdout)] == [False] * 10 + [True]
    dropped = [row for row in records((folder / "audit.jsonl").read_bytes()) if row["text"] == PITCH]
    assert [row["rule"] for row in dropped[:-1]] == ["profile/on-5-of-5-pages"] * 10
    table = [line.split() for line in run.stderr.decode().splitlines()]
    assert ["applied", "10"] in table


def test_the_same_pages_give_the_same_file(folder: Path) -> None:
    for name in ("a.toml", "b.toml"):
        assert copydesk(folder, "outlets", "learn", "gazette", "-o", name).returncode == 0
    assert (folder / "a.toml").read_bytes() == (folder / "b.toml").read_bytes()


def test_a_profile_that_would_drop_all_text_is_told_and_not_applied(folder: Path) -> None:
    lines = ", ".join(f'[5, "{line}"]' for line in (PITCH, *STORIES["Library moves into the old customs house"]))
    (folder / "p.toml").write_text(f'[[profile]]\noutlet = "gazette"\nkind = "text"\npages = 5\nlines = [{lines}]\n')
    run = copydesk(folder, "clean", "gazette", "--outlets", "p.toml")
    assert "copydesk: gazette/3.txt: its outlet's profile would leave no text: set aside" in run.stderr.decode()
    kept = {record["source"]: PITCH in str(record["text"]) for record in records(run.stdout)}
    assert [name for name, has_pitch in kept.items() if has_pitch and name.endswith(".txt")] == ["gazette/3.txt"]
    table = [line.split() for line in run.stderr.decode().splitlines()]
    assert ["applied", "4"] in table
    assert ["set", "aside", "1"] in table


def test_an_outlet_with_one_page_gives_no_file(folder: Path) -> None:
    run = copydesk(folder, "outlets", "learn", "post", "-o", "profiles.toml")
    assert run.returncode == 1
    assert b"no outlet has 3 pages or more with articles: no file was written" in run.stderr
    assert not (folder / "profiles.toml").exists()


def test_nothing_to_read_is_told(folder: Path) -> None:
    (folder / "empty").mkdir()
    run = copydesk(folder, "outlets", "learn", "empty", "-o", "profiles.toml")
    assert run.returncode == 1
    assert b"there is no page in empty" in run.stderr


def test_a_file_is_replaced_on_request_only(folder: Path) -> None:
    (folder / "profiles.toml").write_text("mine")
    refused = copydesk(folder, "outlets", "learn", "gazette", "-o", "profiles.toml")
    assert (refused.returncode, (folder / "profiles.toml").read_text()) == (2, "mine")
    assert copydesk(folder, "outlets", "learn", "gazette", "-o", "profiles.toml", "--overwrite").returncode == 0


@pytest.mark.parametrize(("content", "says"), [("", b"no profiles"), (None, b"missing.toml")])
def test_profiles_that_cannot_be_read_end_the_run(folder: Path, content: str | None, says: bytes) -> None:
    if content is not None:
        (folder / "missing.toml").write_text(content)
    run = copydesk(folder, "clean", "gazette", "--outlets", "missing.toml")
    assert (run.returncode, run.stdout) == (2, b"")
    assert says in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_an_output_is_never_the_profiles(folder: Path) -> None:
    assert copydesk(folder, "outlets", "learn", "gazette", "-o", "p.jsonl").returncode == 0
    before = (folder / "p.jsonl").read_bytes()
    run = copydesk(folder, "clean", "gazette", "--outlets", "p.jsonl", "-o", "p.jsonl", "--overwrite")
    assert (run.returncode, (folder / "p.jsonl").read_bytes()) == (2, before)


def test_other_profiles_do_not_resume_a_run(folder: Path) -> None:
    assert copydesk(folder, "outlets", "learn", "gazette", "-o", "p.toml").returncode == 0
    clean = ("clean", "gazette", "--outlets", "p.toml", "-o", "out.jsonl", "--resume")
    assert copydesk(folder, *clean).returncode == 0
    assert copydesk(folder, *clean).returncode == 0
    (folder / "p.toml").write_text((folder / "p.toml").read_text().replace("pages = 5", "pages = 6"))
    run = copydesk(folder, *clean)
    assert run.returncode == 2
    assert b"outlets" in run.stderr


def test_explain_shows_what_a_profile_does(folder: Path) -> None:
    assert copydesk(folder, "outlets", "learn", "gazette", "-o", "p.toml").returncode == 0
    plain, profiled = (
        copydesk(folder, "explain", "gazette/0.html", "--json", *options) for options in ((), ("--outlets", "p.toml"))
    )
    rule = b"profile/on-5-of-5-pages"
    assert (rule in plain.stdout, rule in profiled.stdout) == (False, True)
    refused = copydesk(folder, "explain", "--audit", "audit.jsonl", "--outlets", "p.toml")
    assert b"--outlets is for pages that are cleaned here" in refused.stderr
    assert copydesk(folder, "explain", "gazette/0.html", "--outlets", "none.toml").returncode == 2
