"""What is shown of a page, by hand-made pages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

from cleaners.data import Block, Cleaned, Judged, Label, Page, Rejection, Verdict
from cleaners.explaining import explained_row, terminal_page
from cleaners.explaining.folding import SHORTEST_RUN, dropped_runs
from cleaners.explaining.page_terminal import FOLD, SIDE_MARKS, STYLES
from cleaners.explaining.wording import StoryBoundary, boundary_text, reason, side, story_boundaries
from cleaners.words.display import printable
from tests.support.hostile import CONTROLS, MARKUP, article, hostile_pages, html_file

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
TEXT_OF_ALL_SORTS = st.one_of(ANY_TEXT, st.sampled_from(MARKUP + CONTROLS))


def judged(text: str, label: Label = Label.BODY, rule: str = "made", story: int = 0, sure: float = 0.8) -> Judged:
    return Judged(Block(text, line=1), Verdict(label, rule, sure), story, 0.75 if story else 1.0)


def page(*blocks: Judged, rejection: Rejection | None = None) -> Cleaned:
    return Cleaned(Page("", source="a.txt", kind="text"), blocks=blocks, rejection=rejection)


def shown(cleaned: Cleaned, width: int = 100, only: tuple[str, ...] = (), whole: bool = False) -> list[str]:
    console = Console(width=width, color_system=None)
    return [line.plain for line in terminal_page(cleaned, console, only=only, whole=whole)]


def as_html(*pages: Cleaned) -> html.HtmlElement:
    return html.document_fromstring(html_file(*pages).decode())


# What is printable


def test_controls_are_shown_and_all_else_stays() -> None:
    assert printable("\x1b]0;t\x07\t\n\x7f") == r"\x1b]0;t\x07\x09\x0a\x7f"
    assert printable("\x9b1m \u202egnp \u2066 \u2028 \ud800 \uffff") == r"\x9b1m \u202egnp \u2066 \u2028 \ud800 \uffff"
    kept = "Größe “—” مرحبا שלום 東京 👩‍🚒 e\u0301 \u200f \u00ad\u00a0"
    assert printable(kept) == kept


@given(ANY_TEXT)
def test_nothing_printable_drives_anything(text: str) -> None:
    safe = printable(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", safe)
    assert printable(safe) == safe
    safe.encode()


# What is said


def test_labels_go_to_three_sides() -> None:
    assert [side(label) for label in (Label.BODY, Label.CAPTION, Label.PROMO)] == ["kept", "field", "dropped"]
    assert set(STYLES) == set(Label)
    assert set(SIDE_MARKS) == {side(label) for label in Label}


def test_a_reason_names_the_first_verdict_where_it_was_revised() -> None:
    verdict = Verdict(Label.BODY, "long-line", 0.5)
    assert reason(verdict) == "long-line, 50%"
    assert reason(verdict.revised(Label.TITLE, "headline", 0.9)) == "headline, 90%; first body by long-line, 50%"


def test_turns_stand_where_stories_start_and_go_on() -> None:
    stories = [judged("text", story=story) for story in (0, 0, 1, 1, 0)]
    found = list(story_boundaries(stories))
    assert found == [StoryBoundary(0, 0, True, 1.0), StoryBoundary(2, 1, True, 0.75), StoryBoundary(4, 0, False, 1.0)]
    assert [boundary_text(turn, 2) for turn in found] == [
        "story 1 of 2, the page's own",
        "story 2 of 2 starts here, 75% sure",
        "back to story 1 of 2",
    ]
    assert list(story_boundaries(stories[:2])) == []
    assert list(story_boundaries([])) == []


# In a terminal


def test_each_block_has_its_mark_label_text_and_reason() -> None:
    blocks = [
        judged("A story.", rule="paragraph"),
        judged("A picture.", Label.CAPTION),
        judged("Log in", Label.NAVIGATION),
    ]
    assert shown(page(*blocks)) == [
        "a.txt",
        "text page · 1 story · 2 words kept, 2 in fields, 2 dropped",
        "",
        "     1 + body        A story.  ← paragraph, 80%",
        "     1 = caption     A picture.  ← made, 80%",
        "     1 - navigation  Log in  ← made, 80%",
        "",
    ]


def test_lines_are_as_wide_as_asked_for() -> None:
    lines = shown(page(judged("word " * 50), judged("東京" * 40), judged("x" * 300)), width=50)
    assert all(Console().measure(line).maximum <= 50 for line in lines if line)
    assert max(map(len, lines)) > 40


def test_a_long_block_is_folded_unless_all_of_it_is_wanted() -> None:
    words = [f"word{number}" for number in range(FOLD)]
    folded = " ".join(" ".join(shown(page(judged(" ".join(words))), width=10_000)).split())
    count = re.search(r" … (\d+) more words … ", folded)
    assert count
    assert int(count[1]) + len(re.findall(r"word\d+", folded)) == FOLD
    assert words[0] in folded
    assert words[-1] in folded
    assert " ".join(words) in " ".join(shown(page(judged(" ".join(words))), width=10_000, whole=True))
    without_spaces = shown(page(judged("x" * 2 * FOLD)), width=10_000)
    assert len("".join(without_spaces)) < FOLD + 200


def test_stories_are_told_apart() -> None:
    lines = shown(page(judged("One."), judged("Two.", story=1), judged("Log in", Label.NAVIGATION)))
    assert [line for line in lines if "STORY" in line] == [
        "STORY 1 OF 2, THE PAGE'S OWN",
        "STORY 2 OF 2 STARTS HERE, 75% SURE",
        "BACK TO STORY 1 OF 2",
    ]


def test_only_what_is_asked_for_is_shown_and_the_rest_counted() -> None:
    revised = Judged(Block("Three.", 1), Verdict(Label.BODY, "long-line", 0.5).revised(Label.TITLE, "headline", 0.9))
    cleaned = page(judged("One."), judged("Two."), revised, judged("Four."))
    for name in ("title", "headline", "long-line"):
        assert [line.strip() for line in shown(cleaned, only=(name,))][3:-1] == [
            "⋮   2 blocks",
            "1 = title       Three.  ← headline, 90%; first body by long-line, 50%",
            "⋮   1 block",
        ]


LINKS = [judged(f"Link {number}", Label.NAVIGATION, sure=0.5 + number / 10) for number in range(4)]


def test_runs_of_dropped_blocks_are_one_line_each() -> None:
    cleaned = page(*LINKS, judged("One."), *LINKS[:2], judged("Two.", Label.CAPTION), *LINKS[:3])
    assert [line.strip() for line in shown(cleaned)][3:-1] == [
        "⋮ - 4 blocks dropped: navigation 4; 8 words, 1 unsure (--all shows them)",
        "1 + body        One.  ← made, 80%",
        "1 - navigation  Link 0  ← made, 50%",
        "1 - navigation  Link 1  ← made, 60%",
        "1 = caption     Two.  ← made, 80%",
        "⋮ - 3 blocks dropped: navigation 3; 6 words, 1 unsure",
    ]


def test_nothing_is_folded_over_the_start_of_a_story_or_where_nothing_is_kept() -> None:
    links = [judged("Link", Label.NAVIGATION, story=number > 1) for number in range(4)]
    assert dropped_runs([judged("One."), *links], boundaries={3}) == {}
    assert dropped_runs(links) == {}
    assert dropped_runs([judged("One."), *links]) == {1: 5}


@given(st.lists(st.sampled_from(Label), max_size=30), st.sets(st.integers(0, 30)))
def test_runs_hold_dropped_blocks_alone_and_never_overlap(labels: list[Label], boundaries: set[int]) -> None:
    runs = dropped_runs([judged("x", label) for label in labels], boundaries)
    for start, stop in runs.items():
        assert stop - start >= SHORTEST_RUN
        assert {side(label) for label in labels[start:stop]} == {"dropped"}
        assert boundaries.isdisjoint(range(start + 1, stop))
    assert all(stop <= start for stop, start in zip(runs.values(), [*runs][1:], strict=False))


@pytest.mark.parametrize("width", [40, 59])
def test_a_narrow_terminal_has_room_for_the_text(width: int) -> None:
    lines = shown(page(*LINKS, judged("word " * 50), judged("東京" * 40), judged("Sun", Label.CAPTION)), width=width)
    assert all(Console().measure(line).maximum <= width for line in lines if line)
    assert "   1 = caption: Sun  ← made, 80%" in lines


def test_a_rejected_page_says_why() -> None:
    lines = shown(page(rejection=Rejection("not-text", "This is a PDF document.")))
    assert lines == ["a.txt", "text page · no article", "not-text: This is a PDF document.", ""]


@pytest.mark.parametrize("cleaned", hostile_pages(), ids=lambda cleaned: ascii(cleaned.page.source)[:40])
def test_no_page_drives_the_terminal(cleaned: Cleaned) -> None:
    for line in shown(cleaned, width=60):
        assert printable(line) == line


@given(st.lists(TEXT_OF_ALL_SORTS, max_size=5), st.integers(40, 200))
def test_all_words_are_shown(texts: list[str], width: int) -> None:
    told = "".join(shown(page(*map(judged, texts)), width=width, whole=True))
    squeezed = "".join(told.split())
    for text in texts:
        assert "".join(printable(text).split()) in squeezed.replace(" ", "")


# As a file


def test_a_block_in_the_file_says_everything() -> None:
    verdict = Verdict(Label.BODY, "long-line", 0.5).revised(Label.TITLE, "headline", 0.55)
    block = Judged(Block("A headline", line=1200, tag="h1", path="/html/body/h1"), verdict)
    (item,) = as_html(page(block)).xpath("//li")
    assert item.attrib == {
        "class": "block field title",
        "id": "p1-b1",
        "tabindex": "-1",
        "data-label": "title",
        "data-rule": "headline",
        "data-side": "field",
        "data-unsure": "",
        "data-revised": "",
    }
    assert [part.text_content() for part in item.iter("button", "span", "p")] == [
        "title", "headline", "55%", "line 1,200", "first body by long-line, 50%", "/html/body/h1", "A headline"
    ]  # fmt: skip


def test_bands_mark_the_stories_in_the_file() -> None:
    tree = as_html(page(judged("One."), judged("Two.", story=1), judged("Log in", Label.NAVIGATION)))
    assert [item.get("class").split()[0] for item in tree.xpath("//li")] == ["turn", "block"] * 3
    assert tree.xpath("//li[contains(@class, 'turn')]/strong/text()") == [
        "story 1 of 2, the page's own",
        "story 2 of 2 starts here, 75% sure",
        "back to story 1 of 2",
    ]


def test_runs_of_dropped_blocks_are_folded_in_the_file() -> None:
    tree = as_html(page(*LINKS, judged("One."), *LINKS[:2]))
    (fold,) = tree.cssselect("details.fold")
    assert fold.get("open") is None
    (summary,) = fold.cssselect("summary")
    assert summary.text_content() == "4 blocks dropped: navigation 4; 8 words, 1 unsure"
    assert [block.get("id") for block in fold.cssselect(".block")] == ["p1-b1", "p1-b2", "p1-b3", "p1-b4"]
    assert len(tree.cssselect(".block")) == 7


def test_the_record_and_the_reason_stand_above_the_blocks() -> None:
    cleaned = Cleaned(Page("", url="https://news.example/a", source="a.html"), (article("fact"),), (judged("One."),))
    header = as_html(cleaned).xpath("//section/header")[0].text_content()
    assert "a.html" in header
    assert "fact · fact · fact · fact · en" in header
    assert (
        "not-text"
        in as_html(page(rejection=Rejection("not-text", "A PDF."))).xpath("//section/header")[0].text_content()
    )


def test_only_addresses_on_the_web_can_be_followed() -> None:
    web = ["https://news.example/a?b=1&c=%20", "http://news.example"]
    followed = as_html(*(Cleaned(Page("", url=url)) for url in web), *hostile_pages()).xpath("//a/@href")
    assert followed == [*web, "https://news.example/\"><script>document.title='owned'</script>"]


def test_no_page_adds_an_element_to_the_file() -> None:
    harmless = Cleaned(
        Page("", url="javascript:", kind="html", source="x"),
        (article("x"),),
        hostile_pages()[0].blocks,
        Rejection("x", "x"),
    )
    expected = [element.tag for element in as_html(harmless).iter()]
    for cleaned in hostile_pages():
        tags = [element.tag for element in as_html(cleaned).iter()]
        assert ["span" if tag == "a" else tag for tag in tags] == expected
    events = as_html(*hostile_pages()).xpath("//@*[starts-with(name(), 'on')] | //@style | //@src")
    assert events == []


@given(st.lists(TEXT_OF_ALL_SORTS, max_size=5))
def test_any_text_can_be_read_in_the_file(texts: list[str]) -> None:
    tree = as_html(page(*map(judged, texts)))
    assert [part.text_content() for part in tree.xpath("//p[@class='text']")] == list(map(printable, texts))


# For scripts


def test_the_row_holds_all_of_a_page() -> None:
    cleaned = Cleaned(
        Page("", source="a.txt", kind="text"), (article("x"),), (judged("One."),), Rejection("code", "Why.")
    )
    row = explained_row(cleaned)
    assert {key: row[key] for key in ("page", "url", "kind", "articles", "rejection")} == {
        "page": "a.txt",
        "url": None,
        "kind": "text",
        "articles": ["x"],
        "rejection": {"code": "code", "reason": "Why."},
    }
    assert [(block["text"], block["label"]) for block in row["blocks"]] == [("One.", "body")]
