import random

import pytest

from bench.metrics import (
    closest_gold,
    count_snippets,
    rouge_l,
    rouge_lsum,
    shingle_score,
    snippet_score,
    word_f1,
    word_score,
    words,
)


def test_words_are_lower_cased_runs_of_letters_and_digits_in_any_script() -> None:
    assert words("It’s 5.30, ÉTÉ — новости!") == ["it", "s", "5", "30", "été", "новости"]


def test_word_f1_counts_repeated_words() -> None:
    # gold: the x2, cat, sat (4 words); text: the, cat, purred (3 words); common: the, cat.
    score = word_score("The cat. The sat", "the CAT purred")
    assert score == pytest.approx((2 / 3, 2 / 4, 4 / 7))


@pytest.mark.parametrize(("gold", "text", "f1"), [("", "", 1.0), ("a", "", 0.0), ("", "a", 0.0), ("a", "b", 0.0)])
def test_word_f1_of_empty_texts(gold: str, text: str, f1: float) -> None:
    assert word_f1(gold, text) == f1


def test_word_f1_ignores_order_and_rouge_does_not() -> None:
    assert word_f1("a b c d", "d c b a") == 1.0
    assert rouge_l("a b c d", "d c b a").f1 == pytest.approx(0.25)


def test_shingle_f1_averages_precision_and_recall_before_it_combines_them() -> None:
    # Page 1: gold abcd, bcde; text abcd: precision 1, recall 1/2. Page 2: nothing in common. Page 3: no text.
    pairs = [("a b c d e", "a b c d"), ("a b c d", "w x y z"), ("a b c d", "")]
    precision, recall = (1 + 0) / 2, (0.5 + 0 + 0) / 3
    expected = (precision, recall, 2 * precision * recall / (precision + recall))
    assert shingle_score(pairs) == pytest.approx(expected)


def test_shingle_f1_minds_case_and_takes_a_short_text_whole() -> None:
    assert shingle_score([("One two", "One two")]).f1 == 1.0
    assert shingle_score([("One two", "one two")]).f1 == 0.0
    assert shingle_score([]).f1 == 0.0


def test_rouge_l_is_the_longest_common_subsequence() -> None:
    # Lin 2004, section 3.1: S1 and S2 share the subsequence "police the gunman", S1 and S3 only "the gunman".
    assert rouge_l("police killed the gunman", "police kill the gunman") == pytest.approx((0.75, 0.75, 0.75))
    assert rouge_l("police killed the gunman", "the gunman kill police") == pytest.approx((0.5, 0.5, 0.5))


def test_rouge_l_agrees_with_the_textbook_recurrence() -> None:
    generator = random.Random(5)
    for _ in range(50):
        gold = [generator.choice("abcdef") for _ in range(generator.randint(1, 30))]
        text = [generator.choice("abcdef") for _ in range(generator.randint(1, 30))]
        recall = rouge_l(" ".join(gold), " ".join(text)).recall
        assert recall == pytest.approx(_longest_common_subsequence(gold, text) / len(gold))


def test_rouge_lsum_is_a_union_over_the_sentences_of_the_text() -> None:
    # Lin 2004, section 3.2: w1..w5 against "w1 w2 w6 w7 w8" and "w1 w3 w8 w9 w5": the union is w1 w2 w3 w5, 4 of 5.
    score = rouge_lsum("w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5")
    assert score == pytest.approx((4 / 10, 4 / 5, 2 * 0.4 * 0.8 / 1.2))


def test_rouge_lsum_forgives_another_order_of_sentences_and_rouge_l_does_not() -> None:
    gold, text = "It snowed. The pass is closed!", "The pass is closed! It snowed."
    assert rouge_lsum(gold, text).f1 == 1.0
    assert rouge_l(gold, text).f1 < 1.0


def test_rouge_lsum_counts_a_word_no_more_often_than_both_have_it() -> None:
    # Both sentences of the gold find "rain" in the one of the text: it counts once, of 4 words and of 2.
    assert rouge_lsum("rain fell\nrain stopped", "more rain") == pytest.approx((1 / 2, 1 / 4, 1 / 3))


@pytest.mark.parametrize(("gold", "text"), [("", ""), ("a", ""), ("", "a"), ("новости", "новости")])
def test_rouge_lsum_of_nothing(gold: str, text: str) -> None:
    assert rouge_lsum(gold, text).f1 == 0.0


def _longest_common_subsequence(left: list[str], right: list[str]) -> int:
    row = [0] * (len(right) + 1)
    for element in left:
        above = row
        row = [0]
        for index, other in enumerate(right):
            row.append(above[index] + 1 if element == other else max(above[index + 1], row[-1]))
    return row[-1]


def test_an_optional_paragraph_counts_only_where_the_text_has_it() -> None:
    paragraphs = ["one two three", "an aside", "four five six"]
    assert closest_gold(paragraphs, {1}, "one two three four five six") == "one two three\nfour five six"
    assert closest_gold(paragraphs, {1}, "one two three an aside four five six") == "\n".join(paragraphs)
    assert closest_gold(paragraphs, set(), "one two three") == "\n".join(paragraphs)


def test_snippets_are_found_across_line_breaks() -> None:
    first = count_snippets(["wanted  words", "missing"], ["Share this"], "Some wanted\nwords. Share\tthis")
    assert (first.found, first.wanted, first.leaked, first.unwanted) == (1, 2, 1, 1)
    second = count_snippets(["here"], ["Cookies"], "here")
    # Found 2 of 3, with 1 leak: precision 2/3, recall 2/3.
    assert snippet_score([first, second]) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
