"""Fresh text for each round."""

from __future__ import annotations

from bench.measure.cost import LONG, ROUNDS, freshened

LINES = [
    "Share",
    "A short line stays",
    " ".join(f"word{number}" for number in range(LONG)),
    "a b c d e f g h i j k l m",
]


def test_each_round_has_paragraphs_that_no_other_has() -> None:
    rounds = [freshened(LINES, number) for number in range(ROUNDS + 1)]
    for line in (2, 3):
        assert len({lines[line] for lines in rounds}) == len(rounds)
        assert {tuple(sorted(lines[line].split())) for lines in rounds} == {tuple(sorted(LINES[line].split()))}
        assert {tuple(lines[line].split()[::12]) for lines in rounds} <= {tuple(LINES[line].split()[::12])}
    assert all(lines[:2] == LINES[:2] for lines in rounds)
