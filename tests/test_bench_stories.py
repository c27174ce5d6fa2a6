"""The test bed of stories: what its pages hold, and how outcomes are counted."""

from __future__ import annotations

from random import Random

import pytest

from bench.stories import outcome, report
from bench.story_pages import DUMPS, HTML_LAYOUTS, Material, StoryPage, Style, page_html

ONE, TWO = (
    Material(
        f"{number}", f"site{number}", "en", f"A headline of {topic} and of {topic}", "Ana Example", "2026-03-01",
        tuple(f"The {topic} of paragraph {place} is long enough for prose about any {topic}." for place in range(8)),
        frozenset(), (f"A picture of the {topic} that nobody else has taken.",),
    )
    for number, topic in enumerate(("bridge", "penguin"))
)  # fmt: skip
STYLE = Style("h1", "h2", "h3", 2, False, True, 'div class="post"', True)


@pytest.mark.parametrize("layout", HTML_LAYOUTS)
@pytest.mark.parametrize("renderer", DUMPS.values(), ids=DUMPS)
def test_every_line_of_the_stories_is_on_the_page_in_order(layout: str, renderer: object) -> None:
    assert callable(renderer)
    dump = renderer(page_html([ONE, TWO], STYLE, layout, "headline", Random("a")))
    lines = [line.strip() for line in dump.splitlines() if line.strip()]
    wanted = [ONE.title, *ONE.paragraphs, *ONE.captions * 2, TWO.title, *TWO.paragraphs, *TWO.captions * 2]
    found = [line for line in lines if line in wanted]
    assert found[-len(wanted) :] == wanted  # one renderer prints the title of the document too
    assert found[: -len(wanted)] in ([], [ONE.title])


def test_pages_are_made_alike_twice() -> None:
    first, second = (page_html([ONE, TWO], STYLE, HTML_LAYOUTS[0], "nothing", Random("a")) for _ in range(2))
    assert first == second
    assert TWO.title not in first


def test_missing_and_extra_stories_count_as_nothing() -> None:
    content = "\n".join(ONE.paragraphs)
    whole = StoryPage(content, "text", (content,), (), "made", "nothing", 0)
    missing = whole._replace(texts=(content, TWO.text))
    assert (outcome(whole).f1, outcome(whole).found) == (1.0, 1)
    assert outcome(missing).f1 == 0.5
    assert "| several stories " in report([outcome(whole), outcome(missing)])
