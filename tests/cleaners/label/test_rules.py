"""The phrase files: every rule's own examples, and that no rule looks at more than a bounded part of a block."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.label.rules import END, Rule, judge, rules
from cleaners.metadata.captions import PHOTO_LABEL, PHOTO_LABEL_STEMS, read_caption
from cleaners.words.shapes import SAMPLE, shape

LANGUAGES = sorted(file.name.removesuffix(".toml") for file in files("cleaners.label").joinpath("phrases").iterdir())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    assert len(rule.match) >= 2, "a rule needs examples that it matches"
    assert rule.no_match, "a rule needs an example that it must not match"
    for example in rule.match:
        assert rule.matches(example, shape(example)), example
        verdict = judge(example, shape(example))
        assert verdict is not None
        assert verdict.label is rule.verdict.label, f"{example!r} is taken by {verdict.rule}"
    for example in rule.no_match:
        assert not rule.matches(example, shape(example)), example


def test_names_are_unique_and_tell_their_file() -> None:
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)
    assert {name.split("/")[0] for name in names} == set(LANGUAGES)
    assert {"any", "en", "de", "fr", "es"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "any"])
def test_each_language_covers_the_same_ground(language: str) -> None:
    labels = {rule.verdict.label.value for rule in rules() if rule.name.startswith(f"{language}/")}
    assert labels >= {
        "navigation",
        "related",
        "promo",
        "counter",
        "comment",
        "legal",
        "credit",
        "caption",
        "byline",
        "date",
    }


@given(st.text(min_size=1, max_size=3 * SAMPLE), st.text(min_size=1, max_size=8), st.integers(1, 50))
def test_the_middle_of_a_long_block_is_not_looked_at(middle: str, unit: str, times: int) -> None:
    """What lets the cost of a page grow no faster than its length: a rule sees `SAMPLE` characters of a block's head
    and `END` of its end, whatever stands between."""
    head, tail = (unit * SAMPLE)[:SAMPLE], (unit * SAMPLE)[:END]
    filler = "".join(middle.split()) * times
    first, second = head + filler + tail, head + filler[::-1] + tail
    assert judge(first, shape(first)) == judge(second, shape(second))


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.regex], ids=lambda rule: rule.name)
def test_hostile_input_for_each_pattern(rule: Rule) -> None:
    """Strings that make a pattern with nested or overlapping repeats try every way of dividing them: one that does
    not end here would hang the run. At the bounded length that a rule sees, the slowest takes a tenth of a
    millisecond."""
    pieces = [
        *rule.match,
        *(example[:9] for example in rule.match),
        "a ",
        "Aa ",
        "A, ",
        "(",
        "1.",
        "#a ",
        "By A",
        "a-a ",
    ]
    for piece in pieces:
        for last in ("", "!", ")", "\n"):
            text = (piece * SAMPLE)[: SAMPLE - 1] + last
            assert rule.matches(text, shape(text)) in (True, False)


def test_each_label_of_pictures_has_a_stem() -> None:
    """Rules with `needs = "{PHOTO_LABEL}"` look at no block without one of the stems."""
    words = re.sub(r"\(.*?\)|\[.*?\]|[?\\]", "", PHOTO_LABEL).split("|")
    assert len(words) > 30
    assert [word for word in words if not any(stem in word for stem in PHOTO_LABEL_STEMS)] == []


LABELS = (
    "Photos",
    "Pictures",
    "Bildquelle",
    "Crédit photo",
    "Fotografia",
    "Kuva",
    "Nuotr.",
    "Снимка",
    "Φωτό",
    "صورة",
    "圖",
)


@pytest.mark.parametrize("label", LABELS)
def test_the_labels_of_pictures_are_the_same_for_rules_and_credits(label: str) -> None:
    line = f"The quay of Example in the snow. {label}: Jane Doe"
    verdict = judge(line, shape(line))
    assert verdict is not None
    assert verdict.rule == "any/credited-caption"
    assert read_caption(line).credit == "Jane Doe"
    assert any(stem in label.casefold() for stem in PHOTO_LABEL_STEMS)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("(4Seasons)", "4Seasons"),
        ("(c) EXAMPLE/AGENCY", "EXAMPLE/AGENCY"),
        ("TikTok / @example.person", "TikTok / @example.person"),
        ("Photographer: Jane Doe. Set Design: Max Roe.", "Jane Doe. Set Design: Max Roe."),
        ("Sources: Office of Statistics, Example Bank", "Office of Statistics, Example Bank"),
        ("(left) The mayor and her dog", None),
    ],
)
def test_a_line_that_is_a_credit_as_a_whole(line: str, credit: str | None) -> None:
    found = read_caption(line)
    assert (found.credit, bool(found.text)) == (credit, credit is None)
