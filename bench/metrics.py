"""The metrics that the field reports on extracted text, each as its source defines it.

A metric compares the gold text of a page with the text that was extracted from it. Words are lower-cased runs of
`\\w` unless the source of a metric says otherwise; all figures lie between 0 and 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

SHINGLE = 4
"""Words in a shingle, as in scrapinghub's benchmark."""

_WORD = re.compile(r"\w+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"\n|(?<=[.!?])\s")


class Score(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class SnippetCounts:
    """How many of the wanted and of the unwanted snippets a text holds, out of how many."""

    found: int
    wanted: int
    leaked: int
    unwanted: int


def words(text: str) -> list[str]:
    """The lower-cased words of a text, in order."""
    return _WORD.findall(text.lower())


def word_score(gold: str, text: str) -> Score:
    """Overlap of the two multisets of words; the order is ignored.

    Source: the word-level F1 of WCXB (Foley 2026, arXiv:2605.21097). Two empty texts agree, one empty text scores 0.
    """
    wanted, got = Counter(words(gold)), Counter(words(text))
    return _score((wanted & got).total(), wanted.total(), got.total())


def word_f1(gold: str, text: str) -> float:
    """F1 of `word_score`, the figure that is averaged over pages."""
    return word_score(gold, text).f1


def shingle_score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Overlap of shingles of four words over the `(gold, text)` pairs of a whole set.

    Precision and recall are averaged over pages, and the F1 is taken of the two averages. A page without gold has no
    recall and a page without text no precision: they are left out of that average. Case counts.
    Source: `evaluate.py` of scrapinghub/article-extraction-benchmark. An empty set scores 0.
    """
    precisions: list[float] = []
    recalls: list[float] = []
    for gold, text in pairs:
        wanted, got = _shingles(gold), _shingles(text)
        common = (wanted & got).total()
        if got:
            precisions.append(common / got.total())
        if wanted:
            recalls.append(common / wanted.total())
    precision, recall = (fmean(values) if values else 0.0 for values in (precisions, recalls))
    return Score(precision, recall, _harmonic(precision, recall))


def rouge_l(gold: str, text: str) -> Score:
    """Length of the longest common subsequence of words, as a share of both texts.

    Source: Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004), section 3.1, with beta = 1. Over the
    whole text, as here, the order of the sentences counts too and every script is read, so that this figure is
    stricter than `rouge_lsum`.
    """
    wanted, got = _as_numbers(words(gold), words(text))
    common = LCSseq.similarity(wanted, got)
    return _score(common, len(wanted), len(got))


def rouge_lsum(gold: str, text: str) -> Score:
    """For each sentence of the gold the union of its longest common subsequences with every sentence of the text, as a
    share of the words of both; a word counts no more often than both texts have it.

    The main figure of dobbersc/fundus-evaluation (`score_rouge_lsum`, the mean of its F1 over pages), which computes it
    by the package rouge-score: lower-cased runs of ASCII letters and digits, no stemming. Source: Lin (2004), section
    3.2, with that package's bound on repeated words. Sentences end here at a line's end, and at `.`, `!` or `?` before
    white space; there an English sentence splitter decides, which knows some abbreviations. A text in another script
    has no words for this metric: two such texts score 0, as they do there.
    """
    wanted, got = ([_ASCII_WORD.findall(line) for line in _SENTENCE_END.split(side.lower())] for side in (gold, text))
    left = [Counter(word for sentence in side for word in sentence) for side in (wanted, got)]
    sizes = [count.total() for count in left]
    hits = 0
    for sentence in wanted:
        for place in sorted(_union_of_subsequences(sentence, got)):
            if all(count[sentence[place]] > 0 for count in left):
                hits += 1
                for count in left:
                    count[sentence[place]] -= 1
    return _score(hits, *sizes) if any(sizes) else Score(0.0, 0.0, 0.0)


def _union_of_subsequences(sentence: Sequence[str], others: Iterable[Sequence[str]]) -> set[int]:
    """The places of a sentence that are part of its longest common subsequence with any of the others."""
    own = set(sentence)
    return {
        place
        for other in others
        if not own.isdisjoint(other)
        for step in LCSseq.opcodes(sentence, other)
        if step.tag == "equal"
        for place in range(step.src_start, step.src_end)
    }


def closest_gold(paragraphs: Sequence[str], optional: Collection[int], text: str) -> str:
    """The gold text that comes closest to an extracted one: optional paragraphs that lower its ROUGE-L are left out.

    fundus-evaluation marks paragraphs that an extraction may hold or lack (`optional` are their indices), and takes
    the best score over all subsets. One pass that tries each paragraph once finds that subset unless optional
    paragraphs share their words, and does not grow exponentially.
    """
    chosen = dict(enumerate(paragraphs))
    best = rouge_l("\n".join(chosen.values()), text).f1
    for index in sorted(optional):
        rest = {key: paragraph for key, paragraph in chosen.items() if key != index}
        score = rouge_l("\n".join(rest.values()), text).f1
        if score > best:
            chosen, best = rest, score
    return "\n".join(chosen.values())


def count_snippets(must_have: Iterable[str], must_not_have: Iterable[str], text: str) -> SnippetCounts:
    """Which snippets stand in a text, with white space folded on both sides."""
    folded = _folded(text)
    wanted = [_folded(snippet) in folded for snippet in must_have]
    unwanted = [_folded(snippet) in folded for snippet in must_not_have]
    return SnippetCounts(sum(wanted), len(wanted), sum(unwanted), len(unwanted))


def snippet_score(counts: Iterable[SnippetCounts]) -> Score:
    """Precision and recall over all snippets of a set: found ones are true, leaked ones false positives.

    Source: `tests/eval_common.py` of adbar/trafilatura.
    """
    pages = list(counts)
    found = sum(page.found for page in pages)
    return _score(found, sum(page.wanted for page in pages), found + sum(page.leaked for page in pages))


def _score(common: int, wanted: int, got: int) -> Score:
    if not wanted and not got:
        return Score(1.0, 1.0, 1.0)
    precision = common / got if got else 0.0
    recall = common / wanted if wanted else 0.0
    return Score(precision, recall, _harmonic(precision, recall))


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words; a shorter text is one shingle of what it has."""
    tokens = _WORD.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in range(max(1, len(tokens) - SHINGLE + 1)))


def _as_numbers(*texts: Sequence[Hashable]) -> list[list[int]]:
    """The sequences with every distinct element replaced by a number, which compares faster than text."""
    numbers: dict[Hashable, int] = {}
    return [[numbers.setdefault(element, len(numbers)) for element in text] for text in texts]


def _folded(text: str) -> str:
    return " ".join(text.split())
