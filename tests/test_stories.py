"""Where a story ends: a closing and an opening, never one of them alone."""

from __future__ import annotations

from cleaners.data import Block, Label, Verdict
from cleaners.stories import assign, split, stories

LONG = (
    "The council met on Monday evening and decided, after a long debate, to repair the old bridge over the river. " * 3
)
DATELINED = "PORT ELLA (AP) — " + LONG


RULES = {"credit": "contributors"}
OTHER = (
    "Ferries sounded their horns as the longest pier of the coast opened to walkers, twice as expensive as planned. "
    * 3
)


def page(*parts: tuple[str, str]) -> tuple[list[Block], list[Verdict]]:
    blocks = [Block(text.strip(), line) for line, (_, text) in enumerate(parts, start=1)]
    return blocks, [Verdict(Label(label), f"made/{RULES.get(label, label)}", 0.9) for label, _ in parts]


def starts(*parts: tuple[str, str]) -> list[int]:
    return split(*page(*parts))


def test_a_dateline_below_captions_opens_a_story() -> None:
    assert starts(("body", LONG), ("caption", "A bridge"), ("body", DATELINED)) == [0, 2]


def test_paragraphs_below_the_contributors_are_another_story() -> None:
    assert starts(("body", LONG), ("credit", "Ana contributed."), ("body", OTHER), ("body", OTHER)) == [0, 2]


def test_paragraphs_about_the_same_thing_go_on_below_a_credit() -> None:
    assert starts(("body", LONG), ("credit", "Ana contributed."), ("body", LONG), ("body", LONG)) == [0]


def test_a_dateline_alone_does_not_split_a_round_up() -> None:
    assert starts(("body", DATELINED), ("body", DATELINED), ("body", DATELINED)) == [0]


def test_a_caption_alone_does_not_split() -> None:
    assert starts(("body", LONG), ("caption", "A bridge"), ("body", LONG), ("body", LONG)) == [0]


def test_subheadings_do_not_split() -> None:
    assert starts(("body", LONG), ("heading", "What next"), ("body", LONG), ("heading", "Cost"), ("body", LONG)) == [0]


def test_a_remark_below_the_contributors_is_no_story() -> None:
    assert starts(("body", LONG), ("credit", "Ana contributed."), ("body", "It was corrected on Monday.")) == [0]


def test_the_head_of_the_next_story_goes_with_it() -> None:
    parts = [("body", LONG), ("credit", "Ana contributed."), ("title", "Pier opens"), ("date", "2026"), ("body", OTHER)]
    assert starts(*parts, ("body", OTHER)) == [0, 2]


def test_three_stories() -> None:
    closing = ("credit", "Ana contributed.")
    assert starts(("body", LONG), closing, ("body", DATELINED), closing, ("body", DATELINED)) == [0, 2, 4]


def test_chrome_below_the_last_story_is_the_page_s_own() -> None:
    blocks, verdicts = page(
        ("body", LONG), ("caption", "A"), ("body", LONG), ("related", "More"), ("caption", "B"), ("related", "More")
    )
    judged = assign(blocks, verdicts, [0, 2])
    assert [block.story for block in judged] == [0, 0, 1, 1, 1, 0]
    assert [len(story.blocks) for story in stories(judged)] == [3, 3]
