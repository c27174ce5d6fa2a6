"""The table of what stems mean, made of a few sentences."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

from bench.train.stems import Text
from bench.train.vectors import DIMENSIONS, PASSAGE_WORDS, passages_of, strongest, table_of
from cleaners.models import shipped_models
from cleaners.stories.semantics import StemVectors

COMMON = shipped_models().stories.common_stems
OTHERS = [f"pen{one}{two}" for one, two in product("abcdefghij", repeat=2)]


def test_an_article_falls_into_passages_of_whole_paragraphs() -> None:
    long = "penguin " * (PASSAGE_WORDS - 1)
    found = passages_of(f"{long}\nkeeper penguin\nreferee", COMMON)
    assert list(found) == [Counter(pengui=2, keeper=1), Counter(refere=1)]
    assert list(passages_of("", COMMON)) == []


def test_the_strongest_directions_span_what_the_rows_do() -> None:
    rows = [{0: 1.0}, {1: 0.6, 2: 0.8}, {0: 0.8, 3: 0.6}]
    matrix = np.array([[1, 0, 0, 0, 0], [0, 0.6, 0.8, 0, 0], [0.8, 0, 0, 0.6, 0]])
    basis = strongest(rows * DIMENSIONS, 200)
    assert basis.shape == (200, DIMENSIONS)
    assert basis.T @ basis == pytest.approx(np.eye(DIMENSIONS), abs=1e-5)
    assert matrix @ basis[:5] @ basis[:5].T == pytest.approx(matrix, abs=1e-5)


def test_stems_that_keep_company_mean_alike() -> None:
    texts = [
        Text(f"site{number}", "en", words)
        for number, words in enumerate(["striker keeper", "senate ballot"] * 30 + OTHERS * 2)
    ]
    table = StemVectors.from_arrays(table_of(texts, COMMON))
    striker, keeper, senate = (table.vectors[table.rows[stem]] for stem in ("strike", "keeper", "senate"))
    assert striker @ keeper > 0.5 * (striker @ striker)
    assert abs(striker @ senate) < 0.01 * (striker @ striker)
    assert table.vectors[-1].tolist() == [0] * DIMENSIONS


def test_a_stem_of_one_site_is_left_out() -> None:
    texts = [Text(f"site{number}", "en", words) for number, words in enumerate(OTHERS * 2)]
    table = StemVectors.from_arrays(
        table_of([*texts, Text("site", "en", "walrus"), Text("site", "en", "walrus")], COMMON)
    )
    assert sorted(table.rows) == sorted(OTHERS)
