"""Articles that share words, made for `bench.measure.trace`: edited from real texts, and short ones in any number."""

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
"""Shorter texts are not edited: half of one would hardly be an article."""

PASSAGE = 12
"""Words from which on a passage must be found."""

_GRAM = 12
_TURNS = 5000
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’)]*(?=\s)|(?=\n)|$)")


class Edited(NamedTuple):
    """An article made from another: what it has from it, each piece as it stands there, and if they are a pair."""

    original: int
    text: str
    planted: tuple[str, ...]
    pair: bool


class Made(NamedTuple):
    """A made article of the growth measurement. `original` is the id of the one that it has words from."""

    id: str
    text: str
    agency: str | None
    original: str | None


def originals(samples: Iterable[Sample]) -> list[Paragraphs]:
    """The annotated texts that are long enough, those left out that have passages of an earlier one."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for sample in samples:
        words = _words(sample.text or "")
        runs = {tuple(words[place : place + _GRAM]) for place in range(len(words) - _GRAM + 1)}
        if len(words) >= LEAST_WORDS and not runs & seen and sample.paragraphs:
            kept.append(sample.paragraphs)
        seen |= runs
    return kept


def cut(number: int, text: Paragraphs, _: Paragraphs, random: Random) -> Edited | None:
    """The text without its end, cut after a sentence: half of its words or more are left."""
    whole = "\n".join(text)
    least = random.uniform(0.5, 0.95) * count(whole)
    ends = [match.end() for match in _SENTENCE.finditer(whole)]
    end = next((end for end in ends[:-1] if count(whole[:end]) >= least), None)
    return Edited(number, whole[:end], (whole[:end],), True) if end else None


def reordered(number: int, text: Paragraphs, _: Paragraphs, random: Random) -> Edited | None:
    """The paragraphs in another order."""
    if len(text) < 3:
        return None
    shuffled = random.sample(text, len(text))
    return Edited(number, "\n".join(shuffled), tuple(each for each in text if count(each) >= PASSAGE), True)


def replaced(number: int, text: Paragraphs, other: Paragraphs, random: Random) -> Edited | None:
    """One paragraph of another article in the place of one of its own; at least half of both is still shared."""
    place, new = random.randrange(len(text)), random.choice(other)
    parts = ["\n".join(text[:place]), "\n".join(text[place + 1 :])]
    longer = max(count("\n".join(text)), count("\n".join([*parts, new])))
    if sum(map(count, parts)) < 0.5 * longer:
        return None
    edited = "\n".join(part for part in (parts[0], new, parts[1]) if part)
    return Edited(number, edited, tuple(part for part in parts if count(part) >= PASSAGE), True)


def quoted(number: int, text: Paragraphs, host: Paragraphs, random: Random) -> Edited | None:
    """Another article into which one sentence was lifted."""
    sentences = [sentence for sentence in _sentences("\n".join(text)) if PASSAGE <= count(sentence) <= 60]
    return _hosted(number, random.choice(sentences), host, random) if sentences else None


def excerpted(number: int, text: Paragraphs, host: Paragraphs, random: Random) -> Edited | None:
    """Another article into which some paragraphs were lifted, less than two fifths of either."""
    length, start = random.randint(1, 4), random.randrange(len(text))
    piece = "\n".join(text[start : start + length])
    if not PASSAGE <= count(piece) <= 0.4 * max(count("\n".join(text)), count("\n".join(host))):
        return None
    return _hosted(number, piece, host, random)


def reworded(number: int, text: Paragraphs, _: Paragraphs, random: Random) -> Edited | None:
    """One word in twenty changed, so that few long passages stay whole."""
    words = "\n".join(text).split(" ")
    changed = " ".join("changed" if random.random() < 0.05 else word for word in words)
    return Edited(number, changed, (), True)


EDITS: dict[str, Callable[[int, Paragraphs, Paragraphs, Random], Edited | None]] = {
    "cut by the end": cut,
    "reordered": reordered,
    "a paragraph replaced": replaced,
    "a sentence lifted": quoted,
    "paragraphs lifted": excerpted,
    "one word in 20 changed": reworded,
}


def edited(kind: str, texts: Sequence[Paragraphs], hosts: Sequence[Paragraphs]) -> Iterator[Edited]:
    """One edited article for each text that can be edited so, with words of the host at its place."""
    random = Random(kind)
    for number, (text, host) in enumerate(zip(texts, hosts, strict=False)):
        made = EDITS[kind](number, text, host, random)
        if made:
            yield made


def made(number: int) -> Made:
    """A short article, the same each time: some 150 words of made-up language.

    One in twenty is an earlier one without its end, one in twenty lifts a sentence from one, one in ten has the
    newsletter box of its outlet, one in fifty is signed by an agency, and all have turns of phrase in common.
    """
    random = np.random.default_rng(number)
    sentences, original = _made_sentences(random), None
    lot = number % 100
    if lot < 10 and number >= 100:
        original = int(random.integers(number // 100)) * 100 + 50
        earlier = _made_sentences(np.random.default_rng(original))
        sentences = earlier[: -int(random.integers(1, 5))] if lot < 5 else [*sentences, earlier[3]]
    elif lot < 20:
        sentences.append(_made_sentences(np.random.default_rng(10**12 + int(random.integers(300))))[0])
    agency = "AP" if lot in (50, 51) else None
    return Made(f"{number:x}", "\n".join(sentences), agency, None if original is None else f"{original:x}")


def count(text: str) -> int:
    """Words of a text."""
    return len(_words(text))


def _hosted(number: int, piece: str, host: Paragraphs, random: Random) -> Edited:
    place = random.randrange(len(host) + 1)
    return Edited(number, "\n".join([*host[:place], piece, *host[place:]]), (piece,), False)


def _sentences(text: str) -> list[str]:
    return [match.group().strip() for match in _SENTENCE.finditer(text)]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _made_sentences(random: np.random.Generator) -> list[str]:
    """About ten sentences; the chance of a word falls with its rank, as in languages (Zipf)."""
    vocabulary = _vocabulary()
    lengths = random.integers(8, 22, size=10)
    ranks = np.floor(np.exp(random.random(int(lengths.sum())) * np.log(len(vocabulary)))).astype(int)
    words = iter([vocabulary[rank - 1] for rank in ranks.tolist()])
    sentences = [[next(words) for _ in range(length)] for length in lengths.tolist()]
    for sentence in sentences[::3]:
        sentence += _turns()[int(_TURNS ** random.random()) - 1]
    return [" ".join(sentence).capitalize() + "." for sentence in sentences]


@cache
def _turns() -> list[list[str]]:
    """Turns of phrase of up to ten words that many articles have, such as who did not answer a request for comment."""
    random = Random("turns")
    return [random.choices(_vocabulary(), k=random.randint(3, 10)) for _ in range(_TURNS)]


@cache
def _vocabulary() -> list[str]:
    random = Random("vocabulary")
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    return ["".join(random.choices(syllables, k=random.randint(1, 4))) for _ in range(50_000)]
