"""Made pages, changed in ways that no rule may depend on: the same story has to come out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaners import Article, clean
from tests.support.made_pages import APPENDED, CAPTIONS, CHROME_ABOVE, CHROME_BELOW, STORY, MadeStory, dump

Edit = Callable[[MadeStory, MadeStory], str]


def plain(own: MadeStory, appended: MadeStory) -> str:
    return dump(own, appended)


VARIANTS: dict[str, Edit] = {
    "as it is": plain,
    "captions on top": lambda own, appended: dump(own, appended, captions_on_top=True),
    "captions printed once": lambda own, appended: dump(own, appended, caption_copies=1),
    "headline printed once": lambda own, appended: dump(own, appended, headline_copies=1),
    "German chrome": lambda own, appended: dump(own, appended, chrome="de"),
    "French chrome": lambda own, appended: dump(own, appended, chrome="fr"),
    "Spanish chrome": lambda own, appended: dump(own, appended, chrome="es"),
    "no dateline below": lambda own, appended: dump(own, appended.without_dateline()),
    "no blank lines": lambda own, appended: dump(own, appended, between="\n"),
    "Windows line ends": lambda own, appended: dump(own, appended).replace("\n", "\r\n"),
    "old Mac line ends": lambda own, appended: dump(own, appended).replace("\n", "\r"),
    "indented": lambda own, appended: dump(own, appended).replace("\n\n", "\n\n\t "),
    "no-break spaces": lambda own, appended: dump(own, appended).replace(". ", ".\N{NO-BREAK SPACE}"),
}


@pytest.mark.parametrize("edit", VARIANTS.values(), ids=VARIANTS)
def test_both_stories_come_out(edit: Edit) -> None:
    own, appended = clean(edit(STORY, APPENDED))
    check(own, STORY, title=STORY.headline)
    check(appended, APPENDED, title=None)
    assert appended.story.parent_id == own.id


@pytest.mark.parametrize("edit", VARIANTS.values(), ids=VARIANTS)
def test_order_of_stories_swapped(edit: Edit) -> None:
    own, appended = clean(
        edit(APPENDED.with_headline("Harbour town opens its longest pier after ten years"), STORY.without_headline())
    )
    check(own, APPENDED, title="Harbour town opens its longest pier after ten years")
    check(appended, STORY, title=None)


def check(article: Article, story: MadeStory, title: str | None) -> None:
    body = [story.dateline + story.body[0], *story.body[1:]]
    assert article.text.split("\n") in (
        [*body, story.credit],
        [*story.body, story.credit],
    )
    assert article.title == title
    assert [caption.text for caption in article.captions] == [text for text, _ in story.captions]
    assert [caption.credit for caption in article.captions] == [credit for _, credit in story.captions]
    assert list(article.credits) == story.contributors


def test_single_story_stays_whole() -> None:
    (article,) = clean(dump(STORY, None))
    check(article, STORY, title=STORY.headline)


@pytest.mark.parametrize("language", CHROME_ABOVE)
def test_no_line_of_chrome_is_kept(language: str) -> None:
    own, _ = clean(dump(STORY, APPENDED, chrome=language))
    assert not set(own.text.split("\n")) & {*CHROME_ABOVE[language], *CHROME_BELOW[language]}
    assert sum(own.dropped.values()) >= len(CHROME_ABOVE[language])


def test_made_captions_have_credits() -> None:
    assert all(credit for _, credit in CAPTIONS)
