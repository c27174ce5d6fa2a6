"""Crawls that apply profiles of outlets: from the setting, and from the outlets file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import copydesk
from tests.support.crawling import crawl
from tests.support.local_server import Answer, serving
from tests.support.made_outlet import PITCH, STORIES, page, write_outlet

HEADLINES = list(STORIES)


def story(path: str) -> Answer:
    """The page of a story by its number; there is no robots.txt."""
    number = path.strip("/")
    if not number.isdecimal():
        return Answer(b"", 404)
    return Answer(page(HEADLINES[int(number)]).encode(), 200, {"Content-Type": "text/html; charset=utf-8"})


def test_an_archive_is_read_again_when_profiles_were_learned_of_it(tmp_path: Path) -> None:
    with serving(story) as (site, _):
        addresses = ",".join(f"{site}/{number}" for number in range(len(STORIES)))
        first, _ = crawl(tmp_path / "crawl", "urls", f"url={addresses}")
    assert all(PITCH in row["text"] for row in first)
    archive = tmp_path / "crawl" / "archive"
    run = copydesk(tmp_path, "outlets", "learn", str(archive), "-o", "profiles.toml")
    assert run.returncode == 0, run.stderr
    setting = f"CLEANING_OUTLETS={tmp_path / 'profiles.toml'}"
    again, _ = crawl(tmp_path / "crawl", "warc", f"file={archive}", settings=[setting])
    changed = again[len(first) :]
    assert sorted(row["replaces"] for row in changed) == sorted(row["id"] for row in first)
    assert not any(PITCH in row["text"] for row in changed)
    unchanged, _ = crawl(tmp_path / "crawl", "warc", f"file={archive}", settings=[setting])
    assert len(unchanged) == len(again)


def test_profiles_may_stand_in_the_outlets_file(tmp_path: Path) -> None:
    with serving(story) as (site, _):
        host = site.removeprefix("http://").partition(":")[0]
        (tmp_path / "outlets.toml").write_text(
            f'[[outlet]]\nname = "Gazette"\nurls = ["{site}/0"]\n\n[[profile]]\noutlet = "{host}"\nkind = "html"\n'
            f'pages = 9\nlines = [[9, "{PITCH}"]]\n'
        )
        (article,), _ = crawl(tmp_path / "crawl", "sources", f"file={tmp_path / 'outlets.toml'}")
    assert article["text"].splitlines() == list(STORIES[HEADLINES[0]])


@pytest.mark.parametrize(
    ("setting", "argument", "says"),
    [("bad.toml", "", "no profiles"), ("missing.toml", "", "missing.toml"), ("", "bad.toml", "kind is")],
)
def test_bad_profiles_are_told_before_anything_is_fetched(
    tmp_path: Path, setting: str, argument: str, says: str
) -> None:
    (tmp_path / "bad.toml").write_text('[[outlet]]\nname = "a"\nurls = "https://a.example/"\n')
    if argument:
        with (tmp_path / "bad.toml").open("a") as file:
            file.write('[[profile]]\noutlet = "a"\npages = 3\n')
    write_outlet(tmp_path / "pages")
    spider = ("sources", "--file", argument) if argument else ("seeds", "--file", "pages")
    settings = ("-s", f"CLEANING_OUTLETS={setting}") if setting else ()
    run = copydesk(tmp_path, "crawl", *spider, "-d", "data", *settings)
    assert run.returncode == 2
    assert says in run.stderr.decode()
    assert not (tmp_path / "data" / "articles.jsonl").exists()
