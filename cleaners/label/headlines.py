"""Which line above the story of a dump is its headline.

A dump has no markup that tells it, and a page prints dozens of lines of its menus first. So each line that may be the
headline is scored by what it shares with the first sentences of the story, how near it stands, what the page's own
title says, and how it is written; the best one is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from math import log, log1p

from cleaners.data import KEPT, Label
from cleaners.label.passage import OPEN, Passage
from cleaners.words.patterns import lazy_pattern

HEADLINE_WORDS = range(3, 26)

DASHES = ("- ", "– ", "— ")
"""What begins a line that says who is quoted above it."""

TITLE_IS_LONGER_BY = 8
"""Words that the page's own title adds to the headline at most: the section, the name of the site."""

TITLE_WITHIN = 10
"""First lines of a dump, and lines above a headline, among which the page's own title or its trail is looked for."""

SIGNED_WITHIN = 3
"""Lines below a headline among which its byline or its date stands."""

FIRST_WORDS, WORDS = 80, 600
"""Words of the story that a headline is compared with: its beginning, and all that is looked at."""

MOST_SHARED = 8
"""Shared words above which more of them say nothing more."""

STEM = 6
"""Letters by which two words count as the same, whatever their endings."""

FUNCTION_WORD = 3
"""Letters of a word in a script with an alphabet that says nothing about the topic, at most."""

STANDFIRST_WITHIN = 3
"""Lines below a headline among which its standfirst stands."""

ABOUT_IT = 0.3
"""Share of a line's words in the beginning of the story from which on another line below is rather a standfirst."""

LONG = 12
"""Words above which a line is ever less likely a headline."""

LINES, WORDS_BETWEEN, SHARED, SHARED_COUNT, IN_TITLE, SIGNED, PRINTED_AGAIN = -1.0, 0.67, 3.7, 0.3, 3.3, 1.7, 1.0
LENGTH, TOO_LONG, SENTENCE, BULLET, BELOW_ANOTHER, CAPTION = 2.5, -5.7, -3.6, -2.2, -1.2, -2.0
"""Weights of what a line says: a conditional logistic regression over the lines above the stories of 1,800 dumps in
some thirty languages, rounded; that of a caption is set by hand. By four folds of pages it is right on 79 % of the
dumps that hold their headline on a line of its own; the first line of four words or more, or the first that is printed
twice, is on 26 %. What the cleaners make of it is measured by `python -m bench dump-facts`."""

_REVISABLE = frozenset({"scorer", "teaser-list", "printed-twice", "site-behind-headline"})
"""Rules whose verdict on a line may be wrong about a headline, which may be long, printed twice, or a question."""

_NAMED = "story-head"
"""The rule by which a headline is known already: the splitter found the story by it."""

_SIGNATURES = (Label.BYLINE, Label.DATE)
_BULLETS = ("•", "*", "|", "»", "›", "·")
_IDEOGRAPHS = lazy_pattern(r"[\u3040-\u9fff]")


def headline_index(passage: Passage) -> int | None:
    """The index of the first of the printings right above a story of the line that reads most like its headline; None
    if no line can be one."""
    end = passage.head_end()
    named = [index for index in range(end) if passage.verdicts[index].rule == _NAMED]
    lines = named or [index for index in range(end) if _may_be_headline(passage, index)]
    if not lines:
        return None
    head = _Head(passage, lines)
    best = max(lines, key=lambda index: (head.score(index), index))
    printed = [index for index in lines if passage.shapes[index].key == passage.shapes[best].key]
    first = printed.pop()
    while printed and first - printed[-1] <= SIGNED_WITHIN:
        first = printed.pop()
    return first


def _may_be_headline(passage: Passage, index: int) -> bool:
    form, verdict = passage.shapes[index], passage.verdicts[index]
    if form.words not in HEADLINE_WORDS or form.key.startswith(DASHES):
        return False
    if verdict.confidence < OPEN or (_asks(passage, index) and not form.paragraph):
        return True
    return verdict.rule in _REVISABLE and verdict.label not in KEPT


def _asks(passage: Passage, index: int) -> bool:
    return passage.blocks[index].text.endswith(("?", "!"))


class _Head:
    """The lines above a story, and the words of the story."""

    def __init__(self, passage: Passage, lines: Sequence[int]) -> None:
        self._passage, self._end = passage, passage.head_end()
        story = list(islice(_story_words(passage, self._end), WORDS))
        self._first, self._all = frozenset(story[:FIRST_WORDS]), frozenset(story)
        self._keys = [f" {form.key} " for form in passage.shapes[: self._end]]
        self._words = {index: list(dict.fromkeys(_topic_words(passage.shapes[index].key))) for index in lines}
        self._shared = {index: self._share(words) for index, words in self._words.items()}
        self._words_above = list(accumulate((form.words for form in passage.shapes[: self._end]), initial=0))
        self._printings = self._count_printings()

    def _count_printings(self) -> list[int]:
        """For each line above the story how often it is printed again between it and the story."""
        counts: Counter[str] = Counter()
        found = []
        for key in reversed(self._keys):
            found.append(counts[key])
            counts[key] += 1
        return found[::-1]

    def _share(self, words: Sequence[str]) -> float:
        """The share of a line's words that the first sentences of the story say, too."""
        return sum(word in self._first for word in words) / max(1, len(words))

    def score(self, index: int) -> float:
        """How much a line reads like the headline: a logit, comparable among the lines of one page."""
        return self._place(index) + self._topic(index) + self._form(index)

    def _place(self, index: int) -> float:
        between = range(index + 1, self._end)
        again = self._printings[index]
        return (
            LINES * log1p(len(between) - again)
            + WORDS_BETWEEN * log1p(self._words_above[-1] - self._words_above[index + 1])
            + PRINTED_AGAIN * (again > 0)
            + SIGNED * any(self._passage.label(below) in _SIGNATURES for below in between[:SIGNED_WITHIN])
            + BELOW_ANOTHER * any(map(self._is_about_it, range(max(0, index - STANDFIRST_WITHIN), index)))
        )

    def _topic(self, index: int) -> float:
        shared = sum(word in self._all for word in self._words[index])
        return (
            SHARED * self._shared[index] + SHARED_COUNT * min(shared, MOST_SHARED) + IN_TITLE * self._is_in_title(index)
        )

    def _form(self, index: int) -> float:
        form = self._passage.shapes[index]
        return (
            LENGTH * log(form.words)
            + TOO_LONG * max(0.0, log(form.words / LONG))
            + SENTENCE * (form.ends_sentence and not _asks(self._passage, index))
            + BULLET * self._passage.blocks[index].text.startswith(_BULLETS)
            + CAPTION * (self._passage.label(index) is Label.CAPTION)
        )

    def _is_about_it(self, index: int) -> bool:
        long_enough = self._passage.shapes[index].words > HEADLINE_WORDS.start
        return long_enough and self._shared.get(index, 0.0) >= ABOUT_IT

    def _is_in_title(self, index: int) -> bool:
        """Whether a line above says it with little more: the page's own title, as many dumps begin, or a trail."""
        key, most = self._keys[index], self._passage.shapes[index].words + TITLE_IS_LONGER_BY
        above = {*range(min(TITLE_WITHIN, index)), *range(max(0, index - TITLE_WITHIN), index)}
        return any(key in self._keys[line] != key and self._passage.shapes[line].words <= most for line in above)


def _story_words(passage: Passage, start: int) -> Iterator[str]:
    for index in range(start, len(passage)):
        if passage.label(index) in KEPT:
            yield from _stems(passage.shapes[index].key)


def _topic_words(key: str) -> Sequence[str]:
    return [word for word in _stems(key) if len(word) > FUNCTION_WORD or not word.isascii()]


def _stems(key: str) -> Iterator[str]:
    """The words of a line without their endings; pairs of characters where no spaces are set."""
    for word in key.split():
        if _IDEOGRAPHS.search(word):
            yield from (word[start : start + 2] for start in range(max(1, len(word) - 1)))
        else:
            yield word[:STEM]
