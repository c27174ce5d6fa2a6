"""Crawls that learn the profiles of outlets as they go."""

from __future__ import annotations

import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from scrapy.settings import BaseSettings

from cleaners.errors import CopydeskError
from cleaners.profiles import NO_PROFILES, profiles_so_far, read_profiles
from scraper.crawl.learning import check_learning, pages_to_learn_from
from tests.support.command import COMMAND, ENVIRONMENT, copydesk
from tests.support.crawling import IN_HASTE, Rows
from tests.support.local_server import Answer, serving
from tests.support.made_outlet import PITCH, STORIES, page

HEADLINES = list(STORIES)
PAGES = 5
SETTINGS = [part for setting in (*IN_HASTE, f"CLEANING_LEARN={PAGES}") for part in ("-s", setting)]


@dataclass
class MadeSite:
    """Pages of stories by number, each its own by what is put before its words. `/last` is answered when `is_learned`
    says so, and `/late/…` when `late` is set. What is not a number states that it is another host's."""

    is_learned: Callable[[], bool] = lambda: True
    late: Event = field(default_factory=Event)

    def __call__(self, path: str) -> Answer:
        *folders, name = path.strip("/").split("/")
        if name == "last":
            _wait_until(self.is_learned)
        elif "late" in folders:
            assert self.late.wait(300)
        elif not name.isdecimal():
            return Answer(b"", 404)
        number = int(name) if name.isdecimal() else 99
        head = "<link rel='canonical' href='https://post.example.net/a'>" if "post" in folders else ""
        text = page(HEADLINES[number % len(HEADLINES)], head=head)
        return Answer(text.replace("<p>", f"<p>Number {number}: ", 1).encode())


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def write_outlets(folder: Path, **outlets: list[str]) -> None:
    tables = (f'[[outlet]]\nname = "{name}"\nurls = {json.dumps(urls)}\n' for name, urls in outlets.items())
    (folder / "outlets.toml").write_text("\n".join(tables))


def command(*more: str) -> list[str]:
    return ["crawl", "sources", "--file", "outlets.toml", "-d", "data", *SETTINGS, *more]


def articles(folder: Path) -> Rows:
    return [json.loads(line) for line in (folder / "data" / "articles.jsonl").read_text("utf-8").splitlines()]


def lines_by_rule(folder: Path) -> Counter[str]:
    """How many lines of the audit have each rule."""
    rows = map(json.loads, (folder / "data" / "audit.jsonl").read_text("utf-8").splitlines())
    return Counter(row["rule"] for row in rows)


def test_later_pages_are_cleaned_with_what_the_first_ones_taught(tmp_path: Path) -> None:
    file = tmp_path / "data" / "profiles.toml"
    with serving(MadeSite(file.exists)) as (site, _):
        write_outlets(tmp_path, gazette=[*(f"{site}/{number}" for number in range(8)), f"{site}/last"])
        run = copydesk(tmp_path, *command("-L", "INFO"))
    assert run.returncode == 0, run.stderr
    found = articles(tmp_path)
    assert len(found) == 9
    has_pitch = [PITCH in row["text"] for row in found]
    assert has_pitch == sorted(has_pitch, reverse=True)
    assert sum(has_pitch) >= PAGES
    assert found[-1]["url"].endswith("/last")
    assert not has_pitch[-1]
    assert lines_by_rule(tmp_path)["profile/on-5-of-5-pages"] == has_pitch.count(False)
    said = run.stderr.decode()
    sentence = "127.0.0.1: learned from 5 pages at 20"
    assert said.count(sentence) == 2  # in the log and in the summary
    assert "1 kept in a text; later pages of it are cleaned with the profile" in said
    assert "  # the first ones of a crawl, until 20" in file.read_text("utf-8")
    replay = ("crawl", "warc", "--file", "data/archive", "-d", "data", "-s", "CLEANING_OUTLETS=data/profiles.toml")
    assert copydesk(tmp_path, *replay).returncode == 0
    last = {row["url"]: row["text"] for row in articles(tmp_path)}
    assert len(last) == 9
    assert not any(PITCH in text for text in last.values())


def test_an_outlet_of_one_page_and_one_with_the_pages_of_another_teach_nothing(tmp_path: Path) -> None:
    with serving(MadeSite()) as (site, _):
        other = site.replace("127.0.0.1", "localhost")
        write_outlets(tmp_path, gazette=[f"{site}/0"], copies=[f"{other}/post/{number}" for number in range(8)])
        run = copydesk(tmp_path, *command())
    assert run.returncode == 0, run.stderr
    assert len(articles(tmp_path)) == 9
    assert all(PITCH in row["text"] for row in articles(tmp_path))
    assert not (tmp_path / "data" / "profiles.toml").exists()
    assert b"learned" not in run.stderr


def lessons(folder: Path) -> list[bytes]:
    files = list((folder / "data" / ".lessons").glob("*"))
    assert len(files) <= 1
    return files[0].read_bytes().splitlines() if files else []


def test_a_crawl_that_is_killed_goes_on_with_what_it_has_learned(tmp_path: Path) -> None:
    file = tmp_path / "data" / "profiles.toml"
    made = MadeSite(file.exists)
    with serving(made) as (site, _):
        late = [f"{site}/late/{number}" for number in range(3, 9)]
        write_outlets(tmp_path, gazette=[f"{site}/0", f"{site}/1", f"{site}/2", *late, f"{site}/last"])
        crawl = subprocess.Popen([*COMMAND, *command()], cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
        _wait_until(lambda: len(lessons(tmp_path)) == 3 or crawl.poll() is not None)
        crawl.kill()
        crawl.wait()
        assert not file.exists()
        (path,) = (tmp_path / "data" / ".lessons").glob("*")
        path.write_bytes(path.read_bytes() + b'{"kind": "html", "sto')  # as a power cut leaves it
        made.late.set()
        run = copydesk(tmp_path, *command())
        assert run.returncode == 0, run.stderr
        assert Counter(row["url"] for row in articles(tmp_path)) == Counter(
            [f"{site}/0", f"{site}/1", f"{site}/2", *late, f"{site}/last"]
        )
        assert not lessons(tmp_path)
        assert "pages = 5  #" in file.read_text("utf-8")
        (last,) = (row for row in articles(tmp_path) if row["url"].endswith("/last"))
        assert PITCH not in last["text"]

        edited = "".join(line for line in file.read_text("utf-8").splitlines(True) if PITCH not in line)
        file.write_text(edited)
        write_outlets(tmp_path, gazette=[f"{site}/20"])
        run = copydesk(tmp_path, *command())
        assert run.returncode == 0, run.stderr
        assert PITCH in articles(tmp_path)[-1]["text"]
        assert file.read_text("utf-8") == edited
        assert b"learned" not in run.stderr


def test_what_stands_in_the_file_stays_when_another_outlet_is_learned(tmp_path: Path) -> None:
    file = tmp_path / "data" / "profiles.toml"
    file.parent.mkdir()
    before = '# mine\n[[profile]]\noutlet = "gazette.example"\nkind = "html"\npages = 9\nlines = [[9, "Mine"]]'
    file.write_text(before)
    with serving(MadeSite()) as (site, _):
        write_outlets(tmp_path, gazette=[f"{site}/{number}" for number in range(PAGES)])
        run = copydesk(tmp_path, *command())
    assert run.returncode == 0, run.stderr
    assert file.read_text("utf-8").startswith(before)
    assert len(read_profiles(file)) == 2


@pytest.mark.parametrize("given", ["2", "301", "-3", "4.5", "9" * 50])
def test_a_number_of_pages_that_cannot_be_is_told_before_anything_is_fetched(tmp_path: Path, given: str) -> None:
    write_outlets(tmp_path, gazette=["http://127.0.0.1:1/a"])
    run = copydesk(tmp_path, *command("-s", f"CLEANING_LEARN={given}"))
    assert run.returncode == 2
    message = f"copydesk crawl: CLEANING_LEARN: this is to be 0, or 3 to 300 pages of an outlet; not {given!r}\n"
    assert run.stderr.decode() == message
    assert not (tmp_path / "data").exists()


def test_a_file_that_holds_no_profiles_is_told_before_anything_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "profiles.toml").write_text("mine = 1\n")
    write_outlets(tmp_path, gazette=["http://127.0.0.1:1/a"])
    run = copydesk(tmp_path, *command())
    assert run.returncode == 2
    assert run.stderr.decode().startswith("copydesk crawl: data/profiles.toml: no profiles")


@pytest.mark.parametrize("text", ["", "# mine\n"])
def test_a_file_that_holds_no_table_is_one_to_be_added_to(tmp_path: Path, text: str) -> None:
    (tmp_path / "profiles.toml").write_text(text)
    check_learning(BaseSettings({"DATA_DIR": str(tmp_path), "CLEANING_LEARN": 3}))
    assert profiles_so_far(tmp_path / "profiles.toml") == profiles_so_far(tmp_path / "none.toml") == NO_PROFILES


def test_nothing_is_learned_unless_it_is_asked_for() -> None:
    assert pages_to_learn_from(BaseSettings()) == 0
    assert pages_to_learn_from(BaseSettings({"CLEANING_LEARN": 30})) == 30
    with pytest.raises(CopydeskError, match="not 'True'"):
        pages_to_learn_from(BaseSettings({"CLEANING_LEARN": True}))
