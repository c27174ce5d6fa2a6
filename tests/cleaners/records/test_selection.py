from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import clean_page
from cleaners.data import KEPT, Cleaned, Label, Page
from cleaners.records.markdown import article_markdown, escaped, markdown_file
from cleaners.records.selection import Posts, Selection, select
from cleaners.running.batch import CleaningOptions, Tally, clean_to_lines
from tests.support.bad_pages import SOUND

_CLEANED = clean_page(Page(SOUND, source="a.txt"))
ARTICLE = replace(_CLEANED.articles[0], confidence=0.5)
CLEANED = replace(_CLEANED, articles=(ARTICLE,))
WORDS = len(ARTICLE.text.split())


def dated(day: str | None) -> Cleaned:
    return replace(CLEANED, articles=(replace(ARTICLE, date_published=day),))


def test_without_wishes_nothing_changes() -> None:
    assert select(CLEANED, Selection()) == (CLEANED, {})


@pytest.mark.parametrize(
    ("selection", "reason"),
    [
        (Selection(languages=frozenset({"en", "de"})), None),
        (Selection(languages=frozenset({"de"})), "language"),
        (Selection(min_words=WORDS), None),
        (Selection(min_words=WORDS + 1), "too few words"),
        (Selection(kept=frozenset()), "no words left"),
        (Selection(kinds=frozenset({"stub", "article"})), None),
        (Selection(kinds=frozenset({"stub"})), "kind"),
        (Selection(min_confidence=0.5), None),
        (Selection(min_confidence=0.51), "confidence"),
    ],
)
def test_articles_are_left_out_for_a_reason(selection: Selection, reason: str | None) -> None:
    cleaned, left_out = select(CLEANED, selection)
    assert len(cleaned.articles) == (reason is None)
    assert dict(left_out) == ({reason: 1} if reason else {})
    assert cleaned.blocks == CLEANED.blocks


@pytest.mark.parametrize(
    ("published", "wanted"),
    [
        ("2026-01-31", True),
        ("2026-01-31T00:10+02:00", True),
        ("2026-02-01T10:00", True),
        ("2026-01-30T23:59", False),
        ("2026-01", False),
        (None, False),
    ],
)
def test_only_what_is_published_since_a_day(published: str | None, wanted: bool) -> None:
    cleaned, _ = select(dated(published), Selection(since=date(2026, 1, 31)))
    assert bool(cleaned.articles) == wanted


def test_labels_are_kept_and_dropped_as_wished() -> None:
    (article,) = select(CLEANED, Selection(kept=KEPT | {Label.PROMO}))[0].articles
    assert article.text == f"{ARTICLE.text}\nSubscribe to our newsletter"
    assert article.dropped == {label: count for label, count in ARTICLE.dropped.items() if label != "promo"}
    assert "promo" in ARTICLE.dropped
    (article,) = select(CLEANED, Selection(kept=frozenset({Label.PROMO})))[0].articles
    assert article.text == "Subscribe to our newsletter"


def test_words_are_counted_where_they_go() -> None:
    lines = clean_to_lines(Page(SOUND), CleaningOptions(selection=Selection(kept=KEPT | {Label.PROMO})))
    assert lines.tally.words_kept == WORDS + 4
    assert "promo" not in lines.tally.words_dropped
    nothing = clean_to_lines(Page(SOUND), CleaningOptions(selection=Selection(min_words=10_000)))
    assert dict(nothing.tally.facts())["stories left out/too few words"] == 1
    assert nothing.rejected is None
    assert Tally.from_dict(nothing.tally.to_dict()) == nothing.tally


def test_an_article_as_markdown() -> None:
    (text,) = article_markdown(CLEANED)
    assert text.split("\n\n") == [escaped(line) for line in ARTICLE.text.split("\n")]
    record = {**ARTICLE.to_dict(), "title": "# <b>1*2</b>", "summary": None, "url": "https://a.example/\x85\ufeff"}
    facts, rest = markdown_file(record, text).removeprefix("---\n").split("---\n\n", 1)
    assert 'url: "https://a.example/\\u0085\\ufeff"\n' in facts
    assert rest == f"# \\# \\<b\\>1\\*2\\</b\\>\n\n{text}\n"


def test_headings_are_headings_in_markdown() -> None:
    html = "<h1>A bridge</h1><p>" + "The council of the town met for a long time. " * 9
    page = f"<html><body><article>{html}</p><h2>What comes next</h2><p>{'The bridge will be built again. ' * 9}</p>"
    (text,) = article_markdown(clean_page(Page(page), any_page=True))
    assert "\n\n## What comes next\n\n" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2. Second", "2\\. Second"),
        ("1984) was", "1984\\) was"),
        ("1984 was 3. best", "1984 was 3. best"),
        ("- so he said", "\\- so he said"),
        ("=====", "\\====="),
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("[x](javascript:a)", "\\[x\\](javascript:a)"),
        ("AT&amp;T", "AT\\&amp;T"),
        ("one\u2028# two\r\n> three", "one # two \\> three"),
    ],
)
def test_no_markup_comes_of_a_text(text: str, expected: str) -> None:
    assert escaped(text) == expected


@given(st.text(st.sampled_from("ab1. )#-+=*_[]<>&`~|$\\")))
def test_markdown_shows_the_same_characters(text: str) -> None:
    line = iter(escaped(text))
    assert "".join(next(line) if character == "\\" else character for character in line) == text


POST = "The tower is the tallest that we have ever built, and everybody is welcome to climb it on Sunday."
WITH_POST = (
    "<html><body><article><h1>Tower opens to the public</h1>"
    + "".join(f"<p>{line}</p>" for line in SOUND.split("\n") if line)
    + f'<blockquote class="twitter-tweet"><p>{POST}</p></blockquote>'
    + "<p>The town council had voted for the tower two years ago, by a majority of one, after a long debate.</p>"
    + "<blockquote><p>A quotation of the story itself is no embedded post, and stays where it is in any case.</p>"
    + "</blockquote><p>It will be open every day from nine in the morning until the sun has set, the mayor said.</p>"
    + "</article></body></html>"
)


@pytest.mark.parametrize("posts", ["keep", "drop"])
def test_the_words_of_embedded_posts_are_kept_or_dropped(posts: Posts) -> None:
    whole = clean_page(Page(WITH_POST, kind="html"))
    cleaned, _ = select(whole, Selection(posts=posts))
    (article,) = cleaned.articles
    (judged,) = (judged for judged in cleaned.blocks if judged.text == POST)
    assert (POST in article.text) == (POST in (article.markdown or "")) == (judged.label in KEPT) == (posts == "keep")
    assert "A quotation of the story itself" in article.text
    others = [line for line in article.text.split("\n") if line != POST]
    assert others == [line for line in whole.articles[0].text.split("\n") if line != POST]
    assert {each.verdict.rule for each in cleaned.blocks if each.text == POST} <= {f"{posts}-embed", "scorer", "inset"}


def test_a_post_that_changes_its_side_says_why() -> None:
    rules = {
        judged.verdict.rule
        for posts in ("keep", "drop")
        for judged in select(clean_page(Page(WITH_POST, kind="html")), Selection(posts=posts))[0].blocks  # type: ignore[arg-type]
    }
    assert len(rules & {"keep-embed", "drop-embed"}) == 1
