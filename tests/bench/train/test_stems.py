"""The list of common stems: which stems are on it, and that the list that ships could be one."""

from __future__ import annotations

import pytest

from bench.paths import WEIGHTS
from bench.train.stems import (
    COMMON_STEMS,
    MANY_ARTICLES,
    SHARE,
    SITES,
    Text,
    common_stems,
    frequent_words,
    function_words,
    lowest_share,
)


def test_a_stem_is_common_that_many_articles_of_several_sites_hold() -> None:
    texts = [
        Text(f"site{number}", "en", f"they repaired {'bridges' if number < 5 else 'roads'}") for number in range(9)
    ]
    assert common_stems(texts) == {"they", "repair", "bridge", "roads"}


def test_a_stem_of_one_site_or_of_few_articles_is_not() -> None:
    same_site = [Text("site", "en", "newsletter")] * 5
    seldom = [Text(f"site{number}", "en", f"penguin {'x' * number}") for number in range(SITES)]
    assert common_stems(same_site) == set()
    assert common_stems([*seldom, *[Text("other", "en", "")] * int(SITES / SHARE)]) == set()


def test_few_articles_prove_a_share_less() -> None:
    assert lowest_share(2, 10) < lowest_share(20, 100) < 0.2 < lowest_share(30, 100)
    assert lowest_share(0, 5) == pytest.approx(0)
    assert lowest_share(2, 2) == pytest.approx(2 / 3)


def test_a_language_is_counted_by_itself() -> None:
    german = [Text(f"site{number}", "de", "wegen") for number in range(SITES)]
    assert common_stems([*german, *[Text("other", "en", "")] * 1000]) == {"wegen"}


def test_the_list_that_ships_is_sorted_and_says_nothing_twice() -> None:
    listed = (WEIGHTS / COMMON_STEMS).read_text("utf-8").partition("\n")[2].split()
    assert listed == sorted(set(listed))
    assert function_words() <= set(listed)


def test_a_frequent_word_is_left_out_if_it_is_a_topic_in_another_language() -> None:
    russian = frequent_words([])
    assert {"которы", "είναι", "their"} <= russian
    english = [Text(f"site{number}", "en", "στους") for number in range(MANY_ARTICLES)]
    assert russian - frequent_words(english) == {"στουσ"}
    assert frequent_words(english[1:]) == russian
