"""The texts whose language is asked for, and the table, on the made samples."""

from __future__ import annotations

import pytest

from bench.__main__ import main
from bench.measure.languages import SAMPLES, by_langdetect, by_py3langid, halves, made, ours


def test_each_sample_is_asked_whole_in_halves_and_with_a_quotation() -> None:
    assert SAMPLES.is_file()
    texts = list(made())
    assert [text.group for text in texts].count("half samples") == 2 * [text.group for text in texts].count("samples")


def test_a_text_without_spaces_is_parted_in_the_middle() -> None:
    assert halves("abcdef") == ("abc", "def")


@pytest.mark.parametrize("side", [ours, by_langdetect, by_py3langid])
def test_every_side_knows_german(side: object) -> None:
    assert side(["Die alte Brücke über den Hafen ist am Montag wieder geöffnet worden."]) == "de"  # type: ignore[operator]


def test_langdetect_has_no_language_for_figures() -> None:
    assert by_langdetect(["12 345"]) is None


def test_the_table_has_a_row_for_each_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["languages", "--made"]) == 0
    rows = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines()[2:]]
    assert rows == ["samples", "half samples", "samples that quote", "ms a text"]
