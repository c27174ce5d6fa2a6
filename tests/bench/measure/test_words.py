"""The command that tells word F1 by set and by page, on made sets of a few pages."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.measure import words
from bench.pages.corpora import Sample, write_jsonl
from bench.pages.scores import PageScore, compare, read_scores, write_scores

STORY = (
    "The harbour bridge opened to traffic on Monday after four years of work, the city council said in the morning.",
    "Some 12,000 cars a day are expected to use it, about half of them on their way to the port and the ferries.",
    "The old bridge will be taken down in spring, and its stones will be used for the new market hall.",
)
PAGE = f"<article><h1>Harbour bridge opens</h1><p>{'</p><p>'.join(STORY)}</p></article>"
ERROR_PAGE = "<p>404 Page not found</p>"
SCORE = PageScore("old", "1", False, "html", 0.5, 0.5, 0.9, "aa")


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two files: one with two sets that no weights have seen, and one that is a set of its own."""
    unseen, seen = tmp_path / "unseen.jsonl.xz", tmp_path / "seen.jsonl.xz"
    pages = [("a", "1", PAGE), ("a", "2", ERROR_PAGE), ("b", "1", PAGE)]
    write_jsonl(unseen, [Sample(id, "", html, STORY, set=name) for name, id, html in pages])
    write_jsonl(seen, [Sample("1", "", PAGE, STORY), Sample("snippets only", "", PAGE, must_have=("Monday",))])
    monkeypatch.setattr(words, "FILES", (unseen, seen))
    monkeypatch.setattr(words, "UNSEEN", unseen)
    return [unseen, seen]


def cells(output: str) -> dict[str, list[str]]:
    """The cells of each row, by the first one; of two tables the last."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in output.splitlines() if line[:1] == "|"]
    return {first: rest for first, *rest in rows}


@pytest.mark.usefixtures("corpora")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_sets_and_the_mean_of_the_unseen_ones(processes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--processes", processes]) == 0
    rows = cells(capsys.readouterr().out)
    assert rows[""] == ["seen", "pages", "no record", "word F1", "by character"]
    assert rows["a"] == ["no", "2", "1", "0.5000", "0.5000"]
    assert rows["b"] == ["no", "1", "0", "1.0000", "1.0000"]
    assert rows["seen"] == ["yes", "1", "0", "1.0000", "1.0000"]
    assert rows["mean of the 2 unseen sets"] == ["", "", "", "0.7500", "0.7500"]
    assert rows["unseen sets: confidence"] == ["share of the texts", "right"]


@pytest.mark.usefixtures("corpora")
def test_dumps_have_a_column_for_each_renderer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--dumps", "--only", "b"]) == 0
    rows = cells(capsys.readouterr().out)
    assert rows[""][3:] == ["get_text()", 'get_text("\\n")', "blocks", "resiliparse", "word F1", "by character"]
    assert rows["b"][:2] == ["no", "1"]
    assert float(rows["b"][-2]) == pytest.approx(sum(map(float, rows["b"][3:7])) / 4, abs=0.0001)


@pytest.mark.usefixtures("corpora")
def test_any_page_and_the_peer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--any-page", "--peer", "--only", "a"]) == 0
    rows = cells(capsys.readouterr().out)
    assert rows[""][-1] == "trafilatura"
    assert rows["a"][:3] == ["no", "2", "0"]
    assert "mean of the 1 unseen sets" not in rows


@pytest.mark.usefixtures("corpora")
@pytest.mark.parametrize(
    ("options", "sets"),
    [
        (["--only", "unseen"], {"a": "2", "b": "1"}),
        (["--only", "b", "--only", "seen"], {"b": "1", "seen": "1"}),
        (["--step", "2"], {"a": "1", "b": "1", "seen": "1"}),
    ],
)
def test_sets_and_pages_are_chosen(
    options: list[str], sets: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["words", *options]) == 0
    rows = cells(capsys.readouterr().out)
    assert {name: rows[name][1] for name in ("a", "b", "seen") if name in rows} == sets


@pytest.mark.usefixtures("corpora")
def test_a_set_that_is_not_there_is_told_before_any_page_is_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--only", "a", "--only", "z"]) == 2
    assert capsys.readouterr() == ("", "python -m bench: There is no set z. There are a, b, seen, unseen.\n")


def test_a_missing_corpus_is_told_before_any_page_is_cleaned(
    corpora: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    corpora[1].unlink()
    monkeypatch.setattr(words, "page_scores", fail)
    assert main(["words"]) == 2
    assert capsys.readouterr().err.startswith(f"python -m bench: There is no {corpora[1]}. docs/retraining.md")


def test_a_file_without_the_chosen_sets_need_not_be_there(corpora: list[Path]) -> None:
    corpora[1].unlink()
    assert main(["words", "--only", "b"]) == 0


@pytest.mark.usefixtures("corpora")
def test_two_versions_by_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "scores.jsonl"
    assert main(["words", "--save", str(saved)]) == 0
    assert main(["words", "--any-page", "--beside", str(saved)]) == 0
    rows = cells(capsys.readouterr().out.partition(f"Beside {saved}:")[2])
    assert len(read_scores(saved)) == 4
    assert rows["b"] == ["1", "1.0000", "1.0000", "+0.0000", "0", "0", "0"]
    assert rows["a"][-1] == "1"


@pytest.mark.usefixtures("corpora")
def test_what_is_there_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "scores.jsonl"
    saved.write_text("precious")
    with pytest.raises(SystemExit) as ended:
        main(["words", "--save", str(saved)])
    assert ended.value.code == 2
    assert f"{saved} exists and is not overwritten" in capsys.readouterr().err
    with pytest.raises(FileExistsError):
        write_scores(saved, [SCORE])
    assert saved.read_text() == "precious"


LINE = json.dumps(asdict(SCORE))


@pytest.mark.usefixtures("corpora")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", " holds no scores of pages."),
        (f"{LINE}\n{LINE[:-9]}", ", line 2, is no score of a page: "),
        (f"{LINE}\n\n{LINE}", ", line 2, is no score of a page: "),
        ("[]", ", line 1, is no score of a page: "),
        ('{"text": "The record of a page", "url": "https://example.org/"}', ", line 1, is no score of a page: "),
        (LINE.replace("0.5", '"0.5"'), ", line 1, is no score of a page: "),
        (LINE.replace("0.5", "NaN"), ", line 1, is no score of a page: f1 must lie"),
        (LINE.replace('"1"', "1"), ", line 1, is no score of a page: set, id, form"),
        ("\udcff", ", line 1, is no score of a page: 'utf-8' codec"),
    ],
)
def test_a_file_of_something_else_is_told_in_one_line(
    content: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_bytes(content.encode(errors="surrogateescape"))
    assert main(["words", "--beside", str(path)]) == 2
    output, error = capsys.readouterr()
    assert output == ""
    assert error.startswith(f"python -m bench: {path}{told}")
    assert error.count("\n") == 1


@pytest.mark.parametrize(("name", "told"), [("absent", "No such file"), ("", "Is a directory")])
def test_a_file_that_cannot_be_opened(name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--beside", str(tmp_path / name)]) == 2
    assert f"cannot be read: {told}" in capsys.readouterr().err


def test_scores_come_back_as_they_were(tmp_path: Path) -> None:
    scores = [replace(SCORE, id="a\u2028b\n", f1=1 / 3), replace(SCORE, confidence=None, peer_f1=0.1)]
    write_scores(tmp_path / "scores.jsonl", scores)
    assert read_scores(tmp_path / "scores.jsonl") == scores


def test_rises_falls_and_texts_that_changed_are_counted() -> None:
    before = [replace(SCORE, id=name) for name in "abcd"] + [replace(SCORE, set="new", seen=True, id="gone")]
    after = [
        replace(SCORE, id="a", f1=0.75, digest="bb"),
        replace(SCORE, id="b", f1=0.125, digest="bb"),
        replace(SCORE, id="c", digest="bb"),
        SCORE,
        replace(SCORE, id="d"),
    ]
    told = "\n".join(compare(before, after, 1))
    assert cells(told)["old"] == ["4", "0.5000", "0.4688", "-0.0312", "1", "1", "3"]
    assert "largest losses:\n-0.3750 to 0.1250  old, html: b\n" in told
    assert "largest gains:\n+0.2500 to 0.7500  old, html: a\n" in told
    assert told.endswith(
        "1 of the scores are there now only, and are not compared.\n"
        "1 of the scores are there before only, and are not compared."
    )


def test_the_mean_of_two_versions_is_that_of_the_unseen_sets() -> None:
    before = [SCORE, replace(SCORE, set="other"), replace(SCORE, set="seen", seen=True)]
    after = [replace(SCORE, f1=1.0), before[1], replace(before[2], f1=0.0)]
    rows = cells("\n".join(compare(before, after, 1)))
    assert rows["mean of the 2 unseen sets"] == ["", "0.5000", "0.7500", "+0.2500", "", "", ""]


def test_versions_without_a_common_page() -> None:
    told = list(compare([SCORE], [replace(SCORE, form="blocks")], 1))
    assert told == [f"1 of the scores are there {where} only, and are not compared." for where in ("now", "before")]
