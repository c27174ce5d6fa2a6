"""The file of profiles: what is written is read again, edits count, and what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.data import Page, RejectedInput, Rejection
from cleaners.profiles import BadProfile, LearnedLine, LearnedProfile, read_profiles, write_profiles
from cleaners.words.shapes import shape

LINES = (
    LearnedLine("Read “more” \\ of this every day in the Gazette,\x7f \x07 and in the Post.", 9, 4),
    LearnedLine("Home", 10, 0),
)
LEARNED = LearnedProfile("gazette.example", "html", 10, 400, LINES, {"p. < div.story < article.": 9})
PAGE = Page("", url="https://www.gazette.example/a")

SOUND = '[[profile]]\noutlet = "gazette.example"\nkind = "html"\npages = 10\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "profiles.toml"


def test_what_is_written_is_read_again(file: Path) -> None:
    file.write_text("".join(write_profiles([LEARNED])), "utf-8")
    (profile,) = read_profiles(file).put_on(PAGE).profiles
    assert (profile.kind, profile.pages, profile.places) == ("html", 10, LEARNED.places)
    assert profile.lines == {shape(line.text).key: line.pages for line in LINES} == LEARNED.profile.lines


def test_a_person_sees_first_what_a_profile_changes(file: Path) -> None:
    written = "".join(write_profiles([LEARNED]))
    assert written.index("kept in the text of a page") < written.index("Read “more”") < written.index("kept nowhere")
    assert "pages = 10  # of 400 that were read" in written


def test_a_line_that_is_taken_out_or_added_counts(file: Path) -> None:
    written = "".join(write_profiles([LEARNED])).replace('[10, "Home"]', '[3, "▶ Sign up now"]')
    file.write_text(written, "utf-8")
    (profile,) = read_profiles(file).put_on(PAGE).profiles
    assert "home" not in profile.lines
    assert profile.lines["sign up now"] == 3


def test_a_file_as_editors_for_windows_leave_it_is_read(file: Path) -> None:
    file.write_text(SOUND.replace("\n", "\r\n"), "utf-16")
    assert len(read_profiles(file)) == 1


def test_a_page_gets_the_profiles_of_its_outlet_alone(file: Path) -> None:
    folder = SOUND.replace("gazette.example", "dumps/post").replace("html", "text")
    file.write_text(SOUND + folder + SOUND.replace("html", "text"))
    profiles = read_profiles(file)
    pages = [PAGE, Page("", url="https://post.example/"), Page("", source="dumps/post/1.txt"), Page("")]
    found = [page for page in profiles.put_on_all(pages) if isinstance(page, Page)]
    assert [[profile.kind for profile in page.profiles] for page in found] == [["html", "text"], [], ["text"], []]


def test_what_was_rejected_stays_as_it_is(file: Path) -> None:
    file.write_text(SOUND)
    rejected = RejectedInput(PAGE, Rejection("unreadable", "The file cannot be read."))
    assert list(read_profiles(file).put_on_all([rejected])) == [rejected]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no profiles; each is a table"),
        ("[[profile]", "no TOML file"),
        ("profile = 3", "no profiles"),
        ("profile = [3]", "profile 1: not a table"),
        ('[[profile]]\nkind = "html"\npages = 3', "it has no outlet"),
        (SOUND.replace("html", "pdf"), 'kind is "html" or "text"'),
        (SOUND.replace("10", "0"), "pages is a whole number above 0"),
        (SOUND.replace("10", "true"), "pages is a whole number above 0"),
        (SOUND + "line = []", "not known here: line"),
        (SOUND + 'lines = "Home"', "lines: a list of pairs"),
        (SOUND + 'lines = ["Home"]', "lines: each is pages and a text"),
        (SOUND + "lines = [[3, 4]]", "lines: each is pages and a text"),
        (SOUND + 'places = [["p", 3]]', "places: each is pages and a text"),
        (SOUND + SOUND, "several profiles of gazette.example for html"),
    ],
)
def test_what_is_wrong_is_named(file: Path, content: str, says: str) -> None:
    file.write_text(content)
    with pytest.raises(BadProfile) as caught:
        read_profiles(file)
    assert str(caught.value).startswith(str(file))
    assert says in str(caught.value)
