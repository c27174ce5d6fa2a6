"""What holds for every page, whatever is on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaners import KEPT, Page, clean, clean_page
from cleaners.blocks.text import text_blocks
from cleaners.words.folding import fold_space
from tests.support.made_pages import APPENDED, CHROME_ABOVE, CHROME_BELOW, STORY

LINES = st.sampled_from(
    [
        *STORY.body,
        *APPENDED.body,
        APPENDED.dateline + APPENDED.body[0],
        STORY.credit,
        str(STORY.headline),
        *(f"{text} ({credit})" for text, credit in STORY.captions),
        *CHROME_ABOVE["en"],
        *CHROME_BELOW["de"],
        "2026-03-07 18:20",
        "By Ana Example",
        "Kyiv • UNN",
        "",
        "  ",
    ]
)
PAGES = st.one_of(
    st.lists(st.one_of(LINES, st.text(max_size=80)), max_size=40).map("\n".join),
    st.text(max_size=400),
)


@given(PAGES)
def test_the_blocks_put_the_page_together_again(text: str) -> None:
    blocks, after = text_blocks(text)
    assert "".join(block.before + block.raw for block in blocks) + after == text
    assert all(block.text == fold_space(block.raw) == " ".join(block.raw.split()) for block in blocks)


@given(PAGES)
def test_text_is_never_rewritten(text: str) -> None:
    cleaned = clean_page(Page(text, kind="text"))
    for article in cleaned.articles:
        page = fold_space(text)
        for line in article.text.split("\n"):
            _, found, page = page.partition(line)
            assert found, "a kept line stands in the page, below the one before it"


@given(PAGES)
def test_every_block_has_its_verdict_and_every_page_an_answer(text: str) -> None:
    cleaned = clean_page(Page(text, kind="text"))
    assert [block.block for block in cleaned.blocks] == text_blocks(text)[0]
    assert bool(cleaned.articles) != bool(cleaned.rejection)
    for index, article in enumerate(cleaned.articles):
        kept = [block.text for block in cleaned.blocks if block.story == index and block.label in KEPT]
        assert article.text.replace("\n", " ") == " ".join(kept)


@given(PAGES)
def test_cleaning_is_deterministic(text: str) -> None:
    assert clean(text, kind="text") == clean(text, kind="text")


@given(st.lists(LINES, min_size=8, max_size=40, unique=True).map("\n".join))
def test_clean_text_stays_clean(text: str) -> None:
    """Cleaning again what cleaning gave loses no paragraph of it."""
    for article in clean(text, kind="text"):
        again = clean(article.text, kind="text")
        paragraphs = [line for line in article.text.split("\n") if len(line) > 100]
        assert paragraphs == [line for part in again for line in part.text.split("\n") if len(line) > 100]
