"""The standard metrics of text extraction, each as its source defines it.

A metric compares the gold text of a page with the extracted text. Words are lower-cased runs of `\\w` unless the source
of a metric says otherwise. All scores lie between 0 and 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from cleaners.words.shapes import WIDE

SHINGLE = 4
"""Words in a shingle, as in scrapinghub's benchmark."""

_WORD = re.compile(r"\w+")
_WORD_OR_CHARACTER = re.compile(rf"[{WIDE}]|[^\W{WIDE}]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"\n|(?<=[.!?])\s")


class Score(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class SnippetCounts:
    """How many of the wanted snippets a text contains (`found`), and of the unwanted ones (`leaked`)."""

    found: int
    wanted: int
    leaked: int
    unwanted: int


def words(text: str) -> list[str]:
    """The lower-cased words of a text, in order.

    >>> words("It’s 5.30, ÉTÉ!")
    ['it', 's', '5', '30', 'été']
    """
    return _WORD.findall(text.lower())


def word_score(gold: str, text: str) -> Score:
    """Overlap of the two multisets of words; the order is ignored.

    Source: the word-level F1 of WCXB (Foley 2026, arXiv:2605.21097). Two empty texts score 1, one empty text scores 0.

    >>> word_score("It rained today", "It rained all day today")
    Score(precision=0.6, recall=1.0, f1=0.7499999999999999)
    """
    return _overlap(words(gold), words(text))


def word_f1(gold: str, text: str) -> float:
    """The F1 of `word_score`, which is averaged over pages.

    >>> word_f1("a b", "b a")
    1.0
    """
    return word_score(gold, text).f1


def words_or_characters(text: str) -> list[str]:
    """The lower-cased words of a text, where each character of Chinese, Japanese, Korean, Thai and their like is one.

    >>> words_or_characters("Das Wort 港町 heißt Hafenstadt")
    ['das', 'wort', '港', '町', 'heißt', 'hafenstadt']
    """
    return _WORD_OR_CHARACTER.findall(text.lower())


def word_or_character_f1(gold: str, text: str) -> float:
    """The F1 of `word_score` by the words of `words_or_characters`: in scripts without spaces a run of `\\w` is a
    whole sentence, and one character too many would count as much as a missing sentence.

    >>> word_or_character_f1("港が再開", "港が再開した"), word_f1("港が再開", "港が再開した")
    (0.8, 0.0)
    """
    return _overlap(words_or_characters(gold), words_or_characters(text)).f1


def _overlap(gold: Iterable[str], text: Iterable[str]) -> Score:
    wanted, got = Counter(gold), Counter(text)
    return _score((wanted & got).total(), wanted.total(), got.total())


def shingle_score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Overlap of shingles (runs of four words) over the `(gold, text)` pairs of a whole set.

    Precision and recall are averaged over pages, and the F1 is taken of the two averages. A page without gold text is
    left out of the recall, a page without extracted text out of the precision. Case counts. An empty set scores 0.
    Source: `evaluate.py` of scrapinghub/article-extraction-benchmark.

    >>> shingle_score([("a b c d e", "a b c d")])
    Score(precision=1.0, recall=0.5, f1=0.6666666666666666)
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

    Source: Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004), section 3.1, with beta = 1. It is
    taken over the whole text, so that the order of sentences counts, and words of every script count. Both make it
    stricter than `rouge_lsum`.

    >>> rouge_l("a b c d", "d c b a").f1
    0.25
    """
    wanted, got = _as_numbers(words(gold), words(text))
    common = LCSseq.similarity(wanted, got)
    return _score(common, len(wanted), len(got))


def rouge_lsum(gold: str, text: str) -> Score:
    """For each gold sentence the union of its longest common subsequences with all sentences of the text, as a share
    of the words of both. A word counts at most as often as each text has it.

    Source: Lin (2004), section 3.2. It is the main metric of dobbersc/fundus-evaluation (`score_rouge_lsum`, the mean
    F1 over pages), which computes it by the package rouge-score: lower-cased runs of ASCII letters and digits, no
    stemming, and the bound on repeated words. Sentences end here at the end of a line and at `.`, `!` or `?` before
    white space; fundus-evaluation uses an English sentence splitter that knows some abbreviations. A text in another
    script has no words for this metric; two such texts score 0, as they do there.

    >>> rouge_lsum("It snowed. The pass is closed!", "The pass is closed! It snowed.").f1
    1.0
    """
    wanted, got = ([_ASCII_WORD.findall(line) for line in _SENTENCE_END.split(side.lower())] for side in (gold, text))
    left = [Counter(word for sentence in side for word in sentence) for side in (wanted, got)]
    sizes = [count.total() for count in left]
    hits = 0
    for sentence in wanted:
        for index in sorted(_union_of_subsequences(sentence, got)):
            if all(count[sentence[index]] > 0 for count in left):
                hits += 1
                for count in left:
                    count[sentence[index]] -= 1
    return _score(hits, *sizes) if any(sizes) else Score(0.0, 0.0, 0.0)


def _union_of_subsequences(sentence: Sequence[str], others: Iterable[Sequence[str]]) -> set[int]:
    """The indices of the words that are in the longest common subsequence of a sentence with any of the others."""
    own = set(sentence)
    return {
        index
        for other in others
        if not own.isdisjoint(other)
        for step in LCSseq.opcodes(sentence, other)
        if step.tag == "equal"
        for index in range(step.src_start, step.src_end)
    }


def closest_gold(paragraphs: Sequence[str], optional: Collection[int], text: str) -> str:
    """The gold text without the optional paragraphs that lower the ROUGE-L of the extracted text.

    fundus-evaluation marks paragraphs that an extraction may have or leave out (`optional` are their indices), and
    takes the best score over all subsets. Trying each paragraph once finds that subset, unless optional paragraphs
    share their words, and avoids exponential time.

    >>> closest_gold(["one two", "an aside"], {1}, "one two")
    'one two'
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
    """Count the snippets that a text contains, with white space folded on both sides.

    >>> count_snippets(["on  Monday", "ferry"], ["Menu"], "It opened on\\nMonday.")
    SnippetCounts(found=1, wanted=2, leaked=0, unwanted=1)
    """
    folded = _folded(text)
    wanted = [_folded(snippet) in folded for snippet in must_have]
    unwanted = [_folded(snippet) in folded for snippet in must_not_have]
    return SnippetCounts(sum(wanted), len(wanted), sum(unwanted), len(unwanted))


def snippet_score(counts: Iterable[SnippetCounts]) -> Score:
    """Precision and recall over all snippets of a set: found ones are true positives, leaked ones false positives.

    Source: `tests/eval_common.py` of adbar/trafilatura.

    >>> snippet_score([SnippetCounts(found=1, wanted=2, leaked=1, unwanted=1)])
    Score(precision=0.5, recall=0.5, f1=0.5)
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
    """All runs of four words; a shorter text is a single shingle."""
    tokens = _WORD.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in range(max(1, len(tokens) - SHINGLE + 1)))


def _as_numbers(*texts: Sequence[Hashable]) -> list[list[int]]:
    """The sequences with every distinct element replaced by a number: numbers are compared faster than text."""
    numbers: dict[Hashable, int] = {}
    return [[numbers.setdefault(element, len(numbers)) for element in text] for text in texts]


def _folded(text: str) -> str:
    return " ".join(text.split())
