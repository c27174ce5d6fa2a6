"""The test bed of stories: what its pages hold, and how outcomes are counted."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from bench.measure.stories import cross_validated, losses, outcome, report
from bench.pages.plain_pages import HEADS, MARKUP, plain_page
from bench.pages.renderers import blocks
from bench.pages.stories import DUMPS, StoryPage
from bench.pages.story_layouts import HTML_LAYOUTS, Style, page_html, signature
from bench.pages.story_sources import StorySource
from bench.train.joins import JoinExample, example
from cleaners.models import shipped_models
from cleaners.stories.model import JoinModel

ONE, TWO = (
    StorySource(
        f"{number}", f"site{number}", "en", f"A headline of {topic} and of {topic}", "Ana Example", "2026-03-01",
        tuple(f"The {topic} of paragraph {place} is long enough for prose about any {topic}." for place in range(8)),
        frozenset(), (f"A picture of the {topic} that nobody else has taken.",),
    )
    for number, topic in enumerate(("bridge", "penguin"))
)  # fmt: skip
STYLE = Style("h1", "h2", "h3", "p", None, 2, False, True, 'div class="post"', True)


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


@pytest.mark.parametrize("markup", MARKUP)
@pytest.mark.parametrize("head", HEADS[:-1])
def test_a_plain_page_holds_both_stories_and_its_head_between_them(head: str, markup: str) -> None:
    dump = blocks(plain_page([ONE, TWO], head, markup, ["A headline of others"], Random("a"))).splitlines()
    end, start = dump.index(ONE.paragraphs[-1]), dump.index(TWO.paragraphs[1])
    first, between = dump[start - 1], dump[end + 1 : start - 1]
    assert first.endswith(TWO.paragraphs[0])
    assert (TWO.title in between) == ("headline" in head)
    assert (first != TWO.paragraphs[0]) == (head in ("dateline", "headline repeated"))
    assert dump[start:].count("A headline of others") == 1
    assert any(line.startswith("By ") for line in between) == ("signature" in head)


def test_pages_are_made_alike_twice() -> None:
    first, second = (page_html([ONE, TWO], STYLE, HTML_LAYOUTS[0], "nothing", Random("a")) for _ in range(2))
    assert first == second
    assert TWO.title not in first


def test_a_page_is_taken_apart_by_weights_of_the_other_half(monkeypatch: pytest.MonkeyPatch) -> None:
    content = "\n".join([*ONE.paragraphs, *TWO.paragraphs])
    made = [StoryPage(content, "text", (ONE.text, TWO.text), (), "made", "nothing", half) for half in (0, 1)]
    monkeypatch.setattr("bench.measure.stories.examples", lambda: [example(page, shipped_models()) for page in made])
    monkeypatch.setattr("bench.measure.stories.KINDS", ("text",))
    monkeypatch.setattr("bench.measure.stories.unseen_vectors", lambda half: shipped_models().stories.vectors)
    fitted = []

    def only_for_half_one(chosen: list[JoinExample]) -> JoinModel:
        fitted.append([one.page.half for one in chosen])
        surely = 50.0 if chosen[0].page.half == 0 else -50.0
        return JoinModel(("above", "below"), np.zeros((2, 1)), np.zeros(1), np.zeros(1), surely, 0.5, 0.5)

    monkeypatch.setattr("bench.measure.stories.fit", only_for_half_one)
    assert [one.found > 1 for one in cross_validated(made)] == [False, True]
    assert fitted == [[1], [0]]


def test_missing_and_extra_stories_count_as_nothing() -> None:
    content = "\n".join(ONE.paragraphs)
    whole = StoryPage(content, "text", (content,), (), "made", "nothing", 0)
    missing = whole._replace(texts=(content, TWO.text))
    assert (outcome(whole).f1, outcome(whole).found) == (1.0, 1)
    assert outcome(missing).f1 == 0.5
    assert "| several stories " in report([outcome(whole), outcome(missing)])


def test_what_story_f1_lacks_is_told_by_cause_and_adds_up() -> None:
    own, other = "\n".join(ONE.paragraphs), "\n".join(TWO.paragraphs)
    half_of_it = "\n".join((*ONE.paragraphs, *TWO.paragraphs[:4]))
    joined = StoryPage(own, "text", (own, other), (), "grafted, blocks", "headline", 0)
    refused = joined._replace(content="Menu", texts=(own, other))
    worse = StoryPage(own, "text", (half_of_it,), (), "alone, blocks", "alone", 0)
    outcomes = [outcome(page) for page in (joined, refused, worse)]
    head, _, grafted, alone = losses(outcomes).splitlines()
    names = [name.strip() for name in head.strip("|").split("|")]
    both, single = (
        dict(zip(names, (cell.strip() for cell in row.strip("|").split("|")), strict=True)) for row in (grafted, alone)
    )
    assert (both["refused"], both["taken apart"], both["all"]) == ("0.500", "0.000", "0.750")
    assert float(both["stories joined"]) + float(both["extraction"]) == pytest.approx(0.25, abs=0.001)
    assert float(both["extraction"]) == pytest.approx((1 - outcomes[0].together) / 2, abs=0.001)
    assert single["extraction"] == single["all"] != "0.000"


def test_a_signature_is_two_lines_or_one_with_a_mark() -> None:
    assert signature(ONE, None) == ["By Ana Example", "Mar 1, 2026"]
    assert signature(ONE, " | ") == ["By Ana Example | Mar 1, 2026"]
