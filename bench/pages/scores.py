"""The word F1 of single pages: kept in a file, and two versions beside each other.

A file has one JSON object a line, with the fields of `PageScore`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench.errors import BrokenScoresError
from bench.tables import Cell, table

HTML = "html"
"""The form of a page that is cleaned as it is; the others are the names of RENDERERS."""


@dataclass(frozen=True, slots=True)
class PageScore:
    """What came of one page, or of one dump of it.

    `set` is the set that the page `id` is from, `seen` whether the weights may have learned from that set, and `form`
    HTML or the renderer of the dump. `f1` is the word F1 (0 to 1), `by_character` the same where each character of
    Chinese, Japanese, Korean and Thai is a word. `confidence` is that of the record, None where there is no record, and
    `digest` tells texts apart. `peer_f1` is the word F1 of trafilatura, None where it was not measured.
    """

    set: str
    id: str
    seen: bool
    form: str
    f1: float
    by_character: float
    confidence: float | None
    digest: str
    peer_f1: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What is the same in two versions."""
        return self.set, self.id, self.form


class Change(NamedTuple):
    """The score of a page in two versions."""

    before: PageScore
    after: PageScore

    @property
    def gain(self) -> float:
        """By how much the word F1 rose."""
        return self.after.f1 - self.before.f1


def write_scores(path: Path, scores: Iterable[PageScore]) -> None:
    """Write a file that `read_scores` reads. An existing file is not overwritten: FileExistsError."""
    with path.open("x", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(score)) + "\n" for score in scores)


def read_scores(path: Path) -> list[PageScore]:
    """The scores in a file. Raises BrokenScoresError where it is missing, empty or holds anything else."""
    scores: list[PageScore] = []
    try:
        with path.open(encoding="utf-8") as lines:
            scores.extend(_score(line) for line in lines)
    except OSError as error:
        raise BrokenScoresError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise BrokenScoresError(f"{path}, line {len(scores) + 1}, is no score of a page: {error}") from error
    if not scores:
        raise BrokenScoresError(f"{path} holds no scores of pages.")
    return scores


def _score(line: str) -> PageScore:
    score = PageScore(**json.loads(line))
    if not all(isinstance(name, str) for name in (*score.key, score.digest)):
        raise ValueError("set, id, form and digest must be texts")
    if not 0 <= score.f1 <= 1:
        raise ValueError("f1 must lie between 0 and 1")
    return score


def by_set(scores: Iterable[PageScore]) -> dict[str, list[PageScore]]:
    """The scores of each set, in the order of the first ones."""
    sets: dict[str, list[PageScore]] = {}
    for score in scores:
        sets.setdefault(score.set, []).append(score)
    return sets


def shown(figure: float | None) -> str | None:
    """Four decimals: a change of a rule often moves the fourth."""
    return None if figure is None else f"{figure:.4f}"


def compare(before: Sequence[PageScore], after: Sequence[PageScore], most: int) -> Iterator[str]:
    """A table of the pages that are in both versions, by set, with the mean of the sets that no weights have seen; then
    the pages with the largest losses and gains, at most `most` of each.

    A text has changed where its digest has, and it may do so without a change of the score.
    """
    known = {score.key: score for score in before}
    changes = [Change(known[score.key], score) for score in after if score.key in known]
    if changes:
        yield _changes_by_set(changes)
        yield from _largest(changes, most)
    for count, where in ((len(after) - len(changes), "now"), (len(known) - len(changes), "before")):
        if count:
            yield f"{count:,} of the scores are there {where} only, and are not compared."


def _changes_by_set(changes: Sequence[Change]) -> str:
    rows: list[list[Cell]] = []
    unseen: list[tuple[float, float]] = []
    for name in by_set(change.after for change in changes):
        own = [change for change in changes if change.after.set == name]
        means = fmean(change.before.f1 for change in own), fmean(change.after.f1 for change in own)
        gains = [change.gain for change in own]
        rose, fell = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
        changed = sum(change.before.digest != change.after.digest for change in own)
        rows.append([name, len(own), *_from_to(*means), rose, fell, changed])
        unseen += [means] * (not own[0].after.seen)
    if len(unseen) > 1:
        before, after = map(fmean, zip(*unseen, strict=True))
        rows.append([mean_name(len(unseen)), None, *_from_to(before, after), None, None, None])
    return table(("word F1", "pages", "before", "now", "difference", "rose", "fell", "texts changed"), rows)


def mean_name(sets: int) -> str:
    """The name of the row with the mean over the sets that the weights have not seen."""
    return f"mean of the {sets} unseen sets"


def _from_to(before: float, after: float) -> tuple[Cell, ...]:
    return shown(before), shown(after), f"{after - before:+.4f}"


def _largest(changes: Iterable[Change], most: int) -> Iterator[str]:
    ordered = sorted(changes, key=lambda change: change.gain)
    losses = [change for change in ordered if change.gain < 0][:most]
    gains = [change for change in reversed(ordered) if change.gain > 0][:most]
    for title, part in (("largest losses", losses), ("largest gains", gains)):
        if part:
            yield f"\n{title}:"
        for before, after in part:
            yield f"{after.f1 - before.f1:+.4f} to {after.f1:.4f}  {after.set}, {after.form}: {after.id}"
