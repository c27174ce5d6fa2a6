"""The bench of tracing: the edits do what their names say, and what is found is counted rightly."""

from __future__ import annotations

from random import Random

import pytest

from bench.measure import trace
from bench.measure.trace import find
from bench.pages.corpora import Sample
from bench.pages.made_articles import (
    EDITS,
    EditedArticle,
    edited_articles,
    made_article,
    originals,
    word_count,
)


def paragraphs(name: str) -> tuple[str, ...]:
    """Eight paragraphs of three sentences of fourteen words that no other text has."""
    return tuple(
        " ".join(f"{' '.join(f'{name}{place}{part}{word}' for word in range(14))}." for part in "xyz")
        for place in range(8)
    )


TEXTS, HOSTS = [paragraphs("a"), paragraphs("b"), paragraphs("c")], [paragraphs("h"), paragraphs("i"), paragraphs("j")]


@pytest.mark.parametrize("kind", EDITS)
def test_planted_pieces_stand_in_both_texts(kind: str) -> None:
    versions = list(edited_articles(kind, TEXTS, HOSTS))
    assert [version.original for version in versions] == [0, 1, 2]
    for version in versions:
        whole = "\n".join(TEXTS[version.original])
        assert version.text != whole
        assert all(piece in version.text and piece in whole and word_count(piece) >= 12 for piece in version.planted)


def test_edits_are_made_alike_twice() -> None:
    assert all(list(edited_articles(kind, TEXTS, HOSTS)) == list(edited_articles(kind, TEXTS, HOSTS)) for kind in EDITS)


def test_half_the_text_is_left_of_one_that_was_cut() -> None:
    for lot in range(50):
        version = EDITS["cut by the end"](0, TEXTS[0], (), Random(lot))
        assert version
        assert 0.5 <= word_count(version.text) / word_count("\n".join(TEXTS[0])) < 1


def test_texts_that_share_passages_and_short_ones_are_no_originals() -> None:
    one, other = paragraphs("a"), paragraphs("b")
    texts = [one, (*other, one[0]), ("Short.",), other]
    samples = [Sample(str(number), "https://example.org", "", text) for number, text in enumerate(texts)]
    assert originals(samples) == [one]
    assert originals([*samples[2:], Sample("none", "https://example.org", "")]) == [other]


@pytest.mark.parametrize("kind", EDITS)
def test_pairs_and_passages_are_counted(kind: str) -> None:
    found = find(TEXTS, list(edited_articles(kind, TEXTS, HOSTS)))
    pair = 0 if "lifted" in kind else 3
    assert (found.articles, found.right, found.wanted, found.reported) == (3, pair, pair, pair)
    assert found.passages == found.planted


def test_what_is_not_found_is_counted_too() -> None:
    unlike = EditedArticle(0, "\n".join(HOSTS[0]), (HOSTS[0][0],), True)
    found = find(TEXTS, [unlike])
    assert (found.right, found.wanted, found.reported, found.passages, found.planted) == (0, 1, 0, 0, 1)
    unwanted = find(TEXTS, [EditedArticle(0, "\n".join(TEXTS[0][:7]), (), False)])
    assert (unwanted.right, unwanted.wanted, unwanted.reported) == (0, 0, 1)


def test_made_articles_are_the_same_each_time_and_short() -> None:
    articles = [made_article(number) for number in range(300)]
    assert articles[7] == made_article(7)
    assert len({article.text for article in articles}) > 290
    assert all(60 < word_count(article.text) < 300 for article in articles)


def test_a_made_article_names_the_one_that_it_has_words_from() -> None:
    texts = {article.id: article for article in map(made_article, range(1000))}
    lifted = [article for article in texts.values() if article.original]
    assert len(lifted) == 90
    for article in lifted:
        original = texts[article.original or ""].text.split("\n")
        assert original[3] in article.text.split("\n")


def test_growth_is_told_by_size_with_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "DAY", 20)
    lines = list(trace.growth(120))
    assert len(lines) == 2
    size, *times, found, _, _ = lines[1].strip("| ").split(" | ")
    assert (size, len(times), found) == ("120", 3, "1.0000")
    monkeypatch.setattr(trace, "_named", lambda row: {})
    assert list(trace.growth(120))[1].split(" | ")[4] == "0.0000"
