"""Articles that share passages, for measuring `trace`: edited annotated texts, and any number of short made ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from random import Random
from typing import NamedTuple

import numpy as np

from bench.pages.corpora import Sample

Paragraphs = tuple[str, ...]

LEAST_WORDS = 150
"""Shorter texts are not edited: half of one is hardly an article."""

PASSAGE = 12
"""Least words of a passage that must be found."""

_GRAM = 12
"""Words of a run by which texts that share passages are recognised."""

_TURNS = 5000
"""Turns of phrase that made articles have in common."""

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’)]*(?=\s)|(?=\n)|$)")


class EditedArticle(NamedTuple):
    """An article made from another: the pieces copied from it, and whether the two are a pair (duplicates)."""

    original: int
    text: str
    planted: tuple[str, ...]
    pair: bool


class MadeArticle(NamedTuple):
    """A made article. `original` is the id of the article that it shares a passage with, None for most."""

    id: str
    text: str
    agency: str | None
    original: str | None


def originals(samples: Iterable[Sample]) -> list[Paragraphs]:
    """The annotated texts that are long enough and share no passage with an earlier one."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for sample in samples:
        words = _words(sample.text or "")
        runs = {tuple(words[start : start + _GRAM]) for start in range(len(words) - _GRAM + 1)}
        if len(words) >= LEAST_WORDS and not runs & seen and sample.paragraphs:
            kept.append(sample.paragraphs)
        seen |= runs
    return kept


def cut(number: int, text: Paragraphs, _: Paragraphs, rng: Random) -> EditedArticle | None:
    """The text cut off after a sentence, with at least half of its words."""
    whole = "\n".join(text)
    least = rng.uniform(0.5, 0.95) * word_count(whole)
    ends = [match.end() for match in _SENTENCE.finditer(whole)]
    end = next((end for end in ends[:-1] if word_count(whole[:end]) >= least), None)
    return EditedArticle(number, whole[:end], (whole[:end],), True) if end else None


def reordered(number: int, text: Paragraphs, _: Paragraphs, rng: Random) -> EditedArticle | None:
    """The paragraphs in another order."""
    if len(text) < 3:
        return None
    shuffled = rng.sample(text, len(text))
    return EditedArticle(number, "\n".join(shuffled), tuple(each for each in text if word_count(each) >= PASSAGE), True)


def replaced(number: int, text: Paragraphs, other: Paragraphs, rng: Random) -> EditedArticle | None:
    """The text with one paragraph replaced by one of another article; at least half of both is still shared."""
    index, new = rng.randrange(len(text)), rng.choice(other)
    parts = ["\n".join(text[:index]), "\n".join(text[index + 1 :])]
    longer = max(word_count("\n".join(text)), word_count("\n".join([*parts, new])))
    if sum(map(word_count, parts)) < 0.5 * longer:
        return None
    edited = "\n".join(part for part in (parts[0], new, parts[1]) if part)
    return EditedArticle(number, edited, tuple(part for part in parts if word_count(part) >= PASSAGE), True)


def quoted(number: int, text: Paragraphs, host: Paragraphs, rng: Random) -> EditedArticle | None:
    """Another article into which one sentence of the text is copied."""
    sentences = [sentence for sentence in _sentences("\n".join(text)) if PASSAGE <= word_count(sentence) <= 60]
    return _hosted(number, rng.choice(sentences), host, rng) if sentences else None


def excerpted(number: int, text: Paragraphs, host: Paragraphs, rng: Random) -> EditedArticle | None:
    """Another article into which some paragraphs are copied, less than two fifths of either."""
    length, start = rng.randint(1, 4), rng.randrange(len(text))
    piece = "\n".join(text[start : start + length])
    if not PASSAGE <= word_count(piece) <= 0.4 * max(word_count("\n".join(text)), word_count("\n".join(host))):
        return None
    return _hosted(number, piece, host, rng)


def reworded(number: int, text: Paragraphs, _: Paragraphs, rng: Random) -> EditedArticle | None:
    """The text with one word in twenty changed, so that few long passages stay whole."""
    words = "\n".join(text).split(" ")
    changed = " ".join("changed" if rng.random() < 0.05 else word for word in words)
    return EditedArticle(number, changed, (), True)


EDITS: dict[str, Callable[[int, Paragraphs, Paragraphs, Random], EditedArticle | None]] = {
    "cut by the end": cut,
    "reordered": reordered,
    "a paragraph replaced": replaced,
    "a sentence lifted": quoted,
    "paragraphs lifted": excerpted,
    "one word in 20 changed": reworded,
}


def edited_articles(kind: str, texts: Sequence[Paragraphs], hosts: Sequence[Paragraphs]) -> Iterator[EditedArticle]:
    """One edited article for each text that the edit fits; `hosts` are the other articles, by index."""
    rng = Random(kind)
    for number, (text, host) in enumerate(zip(texts, hosts, strict=False)):
        if article := EDITS[kind](number, text, host, rng):
            yield article


def made_article(number: int) -> MadeArticle:
    """A short article of some 150 words of a made-up language, the same for each number.

    One in twenty is an earlier article without its end, one in twenty copies a sentence from one, one in ten has the
    newsletter box of its outlet, one in fifty is signed by an agency, and all have turns of phrase in common.
    """
    rng = np.random.default_rng(number)
    sentences, original = _made_sentences(rng), None
    lot = number % 100
    if lot < 10 and number >= 100:
        original = int(rng.integers(number // 100)) * 100 + 50
        earlier = _made_sentences(np.random.default_rng(original))
        sentences = earlier[: -int(rng.integers(1, 5))] if lot < 5 else [*sentences, earlier[3]]
    elif lot < 20:
        sentences.append(_made_sentences(np.random.default_rng(10**12 + int(rng.integers(300))))[0])
    agency = "AP" if lot in (50, 51) else None
    return MadeArticle(f"{number:x}", "\n".join(sentences), agency, None if original is None else f"{original:x}")


def word_count(text: str) -> int:
    """The number of words of a text.

    >>> word_count("It’s 5.30 p.m.")
    6
    """
    return len(_words(text))


def _hosted(number: int, piece: str, host: Paragraphs, rng: Random) -> EditedArticle:
    index = rng.randrange(len(host) + 1)
    return EditedArticle(number, "\n".join([*host[:index], piece, *host[index:]]), (piece,), False)


def _sentences(text: str) -> list[str]:
    return [match.group().strip() for match in _SENTENCE.finditer(text)]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _made_sentences(rng: np.random.Generator) -> list[str]:
    """About ten sentences; the probability of a word falls with its rank, as in languages (Zipf)."""
    vocabulary = _vocabulary()
    lengths = rng.integers(8, 22, size=10)
    ranks = np.floor(np.exp(rng.random(int(lengths.sum())) * np.log(len(vocabulary)))).astype(int)
    words = iter([vocabulary[rank - 1] for rank in ranks.tolist()])
    sentences = [[next(words) for _ in range(length)] for length in lengths.tolist()]
    for sentence in sentences[::3]:
        sentence += _turns()[int(_TURNS ** rng.random()) - 1]
    return [" ".join(sentence).capitalize() + "." for sentence in sentences]


@cache
def _turns() -> list[list[str]]:
    """Turns of phrase of up to ten words that many articles share, such as a declined request for comment."""
    rng = Random("turns")
    return [rng.choices(_vocabulary(), k=rng.randint(3, 10)) for _ in range(_TURNS)]


@cache
def _vocabulary() -> list[str]:
    rng = Random("vocabulary")
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    return ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(50_000)]
