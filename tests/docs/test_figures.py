"""Figures that stand in more than one place agree: docs/quality.md, the README and the model cards."""

from __future__ import annotations

import re
import tomllib

import pytest

from cleaners.version import VERSION
from tests.support.doc_pages import read
from tests.support.paths import ROOT

QUALITY = "docs/quality.md"


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each row of a page's tables, by the first one."""
    lines = [line for line in read(page).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {first: rest for first, *rest in cells if not re.fullmatch(r"[-:]*", first)}


def starting(page: str, start: str) -> list[str]:
    """The cells of the one row whose first cell begins so."""
    (found,) = [rest for first, rest in rows(page).items() if first.startswith(start)]
    return found


def rounded(figure: str) -> str:
    return f"{float(figure):.3f}"


def test_the_readme_repeats_the_table_of_the_docs() -> None:
    known = rows(QUALITY)
    shown = {first: cells for first, cells in rows("README.md").items() if re.match(r"[\d, ]+\.?\d* ?%?$", cells[-1])}
    assert len(shown) >= 5
    for first, cells in shown.items():
        assert known[first][: len(cells)] == cells


@pytest.mark.parametrize(
    ("row", "of_the_card"),
    [("articles, word F1", "WCXB articles"), ("news of 29 countries", "news-world, word F1"), ("many", "multilingual")],
)
def test_the_card_of_the_html_scorer_agrees(row: str, of_the_card: str) -> None:
    ours, trafilatura = starting(QUALITY, row)[:2]
    _, product, theirs = starting("cleaners/weights/html.md", of_the_card)
    assert rounded(product) == ours
    assert rounded(theirs) == trafilatura


@pytest.mark.parametrize(
    ("row", "of_the_card"), [("plain dumps of the articles", "articles"), ("plain dumps of the news", "news")]
)
def test_the_card_of_the_text_scorer_agrees(row: str, of_the_card: str) -> None:
    products = [
        cells[3] for first, cells in rows("cleaners/weights/text.md").items() if first.startswith(f"{of_the_card}, ")
    ]
    assert len(products) == 4
    assert starting(QUALITY, row)[0] == f"{min(products)} to {max(products)}"


def test_the_card_of_the_joins_agrees() -> None:
    html, dumps, *_before = (100 * float(share) for share in starting("cleaners/weights/joins.md", "grafted"))
    told = " ".join(read(QUALITY).split())
    assert f"on {html:.0f} % of real HTML pages" in told
    assert f"on {dumps:.0f} % of their dumps" in told


LANGUAGE_CODE = 3
"""Letters of a language's code at most; a longer name is that of a table of something else."""


def test_the_languages_of_the_lists_are_counted() -> None:
    told = " ".join(read(QUALITY).split())
    for name, words in {
        "leads": "what leads to another story",
        "comment_heads": "headings of comments",
        "placeholders": "placeholders of videos",
        "pitches": "pitches",
    }.items():
        tables = tomllib.loads((ROOT / "cleaners" / "label" / f"{name}.toml").read_text("utf-8"))
        languages = [table for table in tables if len(table) <= LANGUAGE_CODE]
        assert f"{words} {len(languages)}" in told


def test_the_languages_with_phrase_rules_are_named() -> None:
    (names,) = re.findall(r"Phrase rules on all labels know ([^;]+);", " ".join(read(QUALITY).split()))
    files = {path.stem for path in (ROOT / "cleaners" / "label" / "phrases").glob("*.toml")} - {"any"}
    assert len(re.split(r", | and ", names)) == len(files)


@pytest.mark.parametrize("scorer", ["html", "text"])
def test_the_cards_of_the_scorers_state_the_sizes_of_their_files(scorer: str) -> None:
    (told,) = re.findall(r"^Size: ([\d,]+) bytes", read(f"cleaners/weights/{scorer}.md"), re.MULTILINE)
    assert int(told.replace(",", "")) == (ROOT / "cleaners" / "weights" / f"{scorer}.npz").stat().st_size


def test_the_comparison_is_of_the_versions_that_are_measured() -> None:
    """Where a peer of the comparison has figures too, both are of one version; ours is that of the package."""
    compared = [cells for line, cells in heads("docs/comparison.md") if "datatrove" in line]
    measured = {name for line, cells in heads(QUALITY) for name in cells}
    assert len(compared) == 3
    for names in compared:
        assert names[0] == f"Copydesk {VERSION}"
        assert {name for name in names if name.startswith(("trafilatura", "newspaper4k"))} <= measured


def heads(page: str) -> list[tuple[str, list[str]]]:
    """The first line of each table, and its cells but the first."""
    found = re.findall(r"^(\|.*\|)\n\|[-:|]+\|$", read(page), re.MULTILINE)
    return [(line, [cell.strip() for cell in line.strip("|").split("|")][1:]) for line in found]
