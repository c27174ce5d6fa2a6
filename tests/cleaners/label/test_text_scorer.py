from collections.abc import Sequence

import numpy as np
import pytest

from cleaners.data import Label
from cleaners.label import text_scorer
from cleaners.label.text_features import SAMPLE, SPACING_COLUMNS, Lines, text_features
from cleaners.label.text_scorer import MARGIN, WINDOW, score_text
from cleaners.models import shipped_models

NETWORK = shipped_models().text
MENU = ["Skip to content", "Home", "Sport", "Business", "Weather", "Subscribe", "Log in"]
STORY = [
    "The harbour bridge opened to traffic on Monday after four years of work, the city council said in a statement.",
    "Some 12,000 cars a day are expected to use it, about half of them on their way to the port and the airport.",
    "“We have waited for this for a very long time,” the mayor told reporters at the opening ceremony.",
    "The work cost 240 million crowns, a third more than was planned when it began in the spring of 2021.",
    "A tunnel for cyclists under the eastern ramp will follow next year, according to the council.",
    "Residents of the old town had asked for it since the ferry was given up, but the money was lacking until now.",
]
FOOTER = ["Read more", "Most read", "Share on social media", "Terms of use", "Privacy policy", "© 2025 Example Media"]


def test_the_story_is_kept_and_the_chrome_is_dropped() -> None:
    verdicts = score_text([*MENU, *STORY, *FOOTER], NETWORK)
    labels = [verdict.label for verdict in verdicts]
    story = labels[len(MENU) : len(MENU) + len(STORY)]
    assert story == [Label.BODY] * len(STORY)
    assert Label.BODY not in labels[: len(MENU)] + labels[-len(FOOTER) :]


def test_every_verdict_says_its_rule_and_how_sure_it_is() -> None:
    verdicts = score_text([*MENU, *STORY], NETWORK)
    assert {verdict.rule for verdict in verdicts} == {"scorer"}
    assert all(0 < verdict.confidence <= 1 for verdict in verdicts)


def test_no_lines_no_verdicts() -> None:
    assert score_text([], NETWORK) == []


@pytest.mark.parametrize("line", [".", "…", "橋", "a", "\U0001f600", "\ud800", "©", "x" * 5000, "١٢٣"])
def test_a_line_of_any_kind_has_a_verdict(line: str) -> None:
    assert len(score_text([line], NETWORK)) == 1
    assert len(score_text([line, "Home", line], NETWORK)) == 3


def test_the_same_lines_get_the_same_verdicts() -> None:
    assert score_text([*MENU, *STORY], NETWORK) == score_text([*MENU, *STORY], NETWORK)


def test_a_long_page_is_scored_window_by_window(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    def counting(lines: Sequence[str], spaces: Sequence[str] | None) -> Lines:
        sizes.append(len(lines))
        return text_features(lines, spaces)

    monkeypatch.setattr(text_scorer, "text_features", counting)
    lines = ["word"] * (2 * WINDOW + 5)
    assert len(score_text(lines, NETWORK)) == len(lines)
    assert sizes == [WINDOW + MARGIN, WINDOW + MARGIN + 5, MARGIN + 5]


def test_of_a_huge_line_only_its_ends_are_looked_at() -> None:
    # Two lines with the same ends and lengths, which differ in between, look the same.
    ends = "The first words of it" + " " * SAMPLE, "and the last words of it."
    huge = [ends[0] + letter * 5_000_000 + " " * SAMPLE + ends[1] for letter in "ab"]
    first, second = (text_features([*STORY, line]) for line in huge)
    assert np.array_equal(first.dense, second.dense)
    assert np.array_equal(first.words, second.words)


def test_features_are_finite_and_one_row_a_line() -> None:
    lines = ["1", "?", *STORY, "-", *MENU, "橋が開通した。", "MENU"]
    page = text_features(lines)
    assert page.dense.shape[0] == len(lines)
    assert np.isfinite(page.dense).all()
    assert len(page.starts) == 2 * len(lines)
    assert (np.diff(page.starts) > 0).all()


def test_a_repeated_line_is_seen_as_such() -> None:
    once, twice = text_features(["Home", *STORY]), text_features(["Home", *STORY, "Home"])
    assert not np.array_equal(once.dense[0], twice.dense[0])


def test_white_space_is_seen_in_the_last_columns_alone() -> None:
    lines = ["Home", *STORY]
    plain, spaced = text_features(lines), text_features(lines, ["\n\n\n    ", *["\n"] * len(STORY)])
    assert np.array_equal(plain.dense[:, :-SPACING_COLUMNS], spaced.dense[:, :-SPACING_COLUMNS])
    assert not np.array_equal(plain.dense[0], spaced.dense[0])


def test_line_ends_of_any_system_are_seen_alike() -> None:
    lines = ["Home", "Sport", "News"]
    unix, windows, mac = (text_features(lines, ["", f"{end}{end} ", f" {end}"]) for end in ("\n", "\r\n", "\r"))
    assert np.array_equal(unix.dense, windows.dense)
    assert np.array_equal(unix.dense, mac.dense)


def test_huge_white_space_is_seen_as_wide_and_no_more() -> None:
    wide = text_features(["Home", "Sport"], ["", "\n" * 1_000_000 + " " * 1_000_000])
    assert np.isfinite(wide.dense).all()
    assert wide.dense.max() < 20
