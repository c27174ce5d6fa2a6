"""Rules on one block: phrases and patterns per language, kept as data.

Each file in `phrases/` holds `[[rule]]` tables:

    name      what the audit shows, behind the file's name: `en/newsletter`
    label     what a block that matches is
    where     whole · start · end · anywhere             for `phrases`: folded text (case, quotes, dashes)
              pattern · start-pattern · end-pattern      for `regex`: the text itself, whole or from or up to an end
    phrases   the phrases, in small letters
    regex     the pattern; `{PHOTO_AGENCY}` and `{PHOTO_LABEL}` stand for those of cleaners/metadata/captions.py
    needs     "digit": the block must hold a digit · a list: it must hold one of these words, folded; `{PHOTO_LABEL}`
              stands for the stems of these labels
    overrules true: it holds however sure the scorer of HTML is that the block is text
    min_words, max_words    how long a block may be that the rule looks at (12 words at most if not said)
    match, no_match         examples, walked by the tests

All languages are asked for every block, since pages mix them. What a rule looks at is bounded (`max_words`,
`SAMPLE` characters of the head, `END` of the end), so that the cost of a page is linear in its length whatever a
pattern does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from cleaners.data import Label, Verdict
from cleaners.metadata.captions import PHOTO_AGENCY, PHOTO_LABEL, PHOTO_LABEL_STEMS
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import SAMPLE, Shape, comparable
from cleaners.words.word_scan import WordScan

CONFIDENCE = {
    "whole": 0.95,
    "pattern": 0.95,
    "start-pattern": 0.9,
    "end-pattern": 0.9,
    "start": 0.85,
    "end": 0.85,
    "anywhere": 0.8,
}
"""How sure a match is, by where it was looked for. The order is also the order in which rules are asked."""


END = 160
"""Characters that an end-pattern looks back over."""

_WORD = lazy_pattern(r"\w+")
_DIGIT = lazy_pattern(r"\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[rule]]` table."""

    name: str
    where: str
    verdict: Verdict
    phrases: tuple[str, ...]
    regex: re.Pattern[str] | None
    needs_digit: bool
    needs: tuple[str, ...]
    min_words: int
    max_words: int
    overrules: bool
    match: tuple[str, ...]
    no_match: tuple[str, ...]

    def matches(self, text: str, shape: Shape) -> bool:
        """Whether the rule holds for a block's folded text."""
        if not (self.looks_at(shape) and self.may_hold(shape.key)):
            return False
        return (
            self.found(text) if self.regex else any(_stands(phrase, self.where, shape.key) for phrase in self.phrases)
        )

    def looks_at(self, shape: Shape) -> bool:
        """Whether a block has the length of those that the rule looks at."""
        return self.min_words <= shape.words <= self.max_words

    def may_hold(self, key: str) -> bool:
        """Whether a block has the digit or one of the words without which the rule need not be tried."""
        if self.needs_digit:
            return _DIGIT.search(key) is not None
        for word in self.needs:
            if word in key:
                return True
        return not self.needs

    def found(self, text: str) -> bool:
        """Whether the rule's pattern stands where it has to stand in a block's folded text."""
        assert self.regex is not None
        if self.where == "pattern":
            return len(text) <= SAMPLE and self.regex.fullmatch(text) is not None
        if self.where == "start-pattern":
            return self.regex.match(text, 0, SAMPLE) is not None
        return self.regex.search(text[-END:]) is not None


def _stands(phrase: str, where: str, key: str) -> bool:
    match where:
        case "whole":
            return key == phrase
        case "start":
            return key.startswith(phrase)
        case "end":
            return key.endswith(phrase)
    return phrase in key


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of all languages, in the order in which they are asked."""
    order = list(CONFIDENCE)
    return tuple(sorted(_read(), key=lambda rule: order.index(rule.where)))


@cache
def overruling() -> frozenset[str]:
    """The names of the rules that hold however sure the scorer of HTML is that a block is text."""
    return frozenset(rule.name for rule in rules() if rule.overrules)


def _read() -> Iterator[Rule]:
    folder = files("cleaners.label").joinpath("phrases")
    for file in sorted(folder.iterdir(), key=lambda file: (file.name != "any.toml", file.name)):
        language = file.name.removesuffix(".toml")
        for table in tomllib.loads(file.read_text("utf-8"))["rule"]:
            yield _rule(language, _Table(**table))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A `[[rule]]` as it stands in a file; the fields are described above. Another field is a TypeError."""

    name: str
    label: str
    where: str
    phrases: Sequence[str] = ()
    regex: str | None = None
    needs: Literal["digit"] | Sequence[str] = ()
    min_words: int = 0
    max_words: int = 12
    overrules: bool = False
    match: Sequence[str]
    no_match: Sequence[str]


def _rule(language: str, table: _Table) -> Rule:
    name = f"{language}/{table.name}"
    regex = table.regex and table.regex.replace("{PHOTO_AGENCY}", PHOTO_AGENCY).replace("{PHOTO_LABEL}", PHOTO_LABEL)
    pattern = f"(?:{regex})\\Z" if table.where == "end-pattern" else regex
    return Rule(
        name=name,
        where=table.where,
        verdict=Verdict(Label(table.label), name, CONFIDENCE[table.where]),
        phrases=tuple(map(comparable, table.phrases)),
        regex=lazy_pattern(pattern) if pattern else None,
        needs_digit=table.needs == "digit",
        needs=() if table.needs == "digit" else tuple(_needed(table.needs)),
        min_words=table.min_words,
        max_words=table.max_words,
        overrules=table.overrules,
        match=tuple(table.match),
        no_match=tuple(table.no_match),
    )


def _needed(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from PHOTO_LABEL_STEMS if word == "{PHOTO_LABEL}" else (word,)


def judge(text: str, shape: Shape) -> Verdict | None:
    """The verdict of the first rule that holds for a block, or None where no rule does."""
    if whole := _whole_phrases().get(shape.key):
        return whole
    if shape.words > _longest():
        return None
    sought = _sought()
    words = sought.words.found_in(shape.key)
    for rule in sought.worth_trying(text, shape, words):
        if rule.found(text):
            return rule.verdict
    if not sought.phrases.isdisjoint(words):
        for phrase, rule in _phrases_in(shape.key):
            if _stands(phrase, rule.where, shape.key) and rule.matches(text, shape):
                return rule.verdict
    return None


def may_be(label: Label, text: str, shape: Shape) -> bool:
    """Whether a rule for a label holds for a block. An earlier rule may still take it, as `judge` finds out, which
    is slower."""
    return any(rule.matches(text, shape) for rule in _rules_for(label))


def is_by_rule(name: str, text: str, shape: Shape) -> bool:
    """Whether one rule, by its name, holds for a block."""
    return _rule_by_name(name).matches(text, shape)


@cache
def _rule_by_name(name: str) -> Rule:
    return next(rule for rule in rules() if rule.name == name)


@cache
def _rules_for(label: Label) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.verdict.label is label)


@cache
def _longest() -> int:
    return max(rule.max_words for rule in rules())


@cache
def _whole_phrases() -> dict[str, Verdict]:
    """Phrases that are a block of their own: one look-up instead of a walk over all of them."""
    return {phrase: rule.verdict for rule in reversed(rules()) if rule.where == "whole" for phrase in rule.phrases}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in all blocks: `words` finds in one pass the `phrases` that may stand in a block, and what the
    `needy` rules with a pattern need, which are tried where it is there; `undemanding` are those of them that need no
    word. Of the other patterns few ever match: the sieve, which is all of them in one expression, lets most blocks pass
    at once."""

    words: WordScan
    phrases: frozenset[str]
    sieve: re.Pattern[str]
    sieved: tuple[Rule, ...]
    needs: frozenset[str]
    needy: tuple[Rule, ...]
    undemanding: tuple[Rule, ...]

    def worth_trying(self, text: str, shape: Shape, words: Set[str]) -> Iterator[Rule]:
        """The rules whose patterns may match a block's text of this shape with these words, in the order in which they
        are asked."""
        if self.sieve.match(text, 0, SAMPLE):
            yield from (rule for rule in self.sieved if rule.looks_at(shape))
        for rule in self.undemanding if self.needs.isdisjoint(words) else self.needy:
            if rule.looks_at(shape) and (not words.isdisjoint(rule.needs) if rule.needs else rule.may_hold(shape.key)):
                yield rule


@cache
def _sought() -> Sought:
    patterns = [rule for rule in rules() if rule.regex]
    needy = tuple(rule for rule in patterns if rule.needs or rule.needs_digit or rule.where == "end-pattern")
    sieved = tuple(rule for rule in patterns if rule not in needy)
    sources = (f"(?:{rule.regex.pattern})" + r"\Z" * (rule.where == "pattern") for rule in sieved if rule.regex)
    phrases = frozenset(phrase for rule in rules() if rule.where in _INSIDE for phrase in rule.phrases)
    needs = frozenset(word for rule in needy for word in rule.needs)
    return Sought(
        words=WordScan(sorted(phrases | needs)),
        phrases=phrases,
        sieve=lazy_pattern("|".join(sources) or r"(?!)"),
        sieved=sieved,
        needs=needs,
        needy=needy,
        undemanding=tuple(rule for rule in needy if not rule.needs),
    )


_INSIDE = frozenset({"start", "end", "anywhere"})
"""Where a phrase may stand that is not the whole of a block."""

_BLANKED = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
"""Makes spaces of what is in no word; an ASCII text is split into its words by this in half of the time."""


@cache
def _phrases_by_word() -> dict[str, list[tuple[str, Rule]]]:
    """Phrases inside a block by their first word, so that few are looked for in a block."""
    by_word: dict[str, list[tuple[str, Rule]]] = {}
    for rule in rules():
        if rule.where in _INSIDE:
            for phrase in rule.phrases:
                by_word.setdefault(_WORD.findall(phrase)[0], []).append((phrase, rule))
    return by_word


def _phrases_in(key: str) -> list[tuple[str, Rule]]:
    """The phrases and rules that begin with a word of a folded text."""
    by_word = _phrases_by_word()
    words = key.translate(_BLANKED).split() if key.isascii() else _WORD.findall(key)
    return [] if by_word.keys().isdisjoint(words) else [found for word in words for found in by_word.get(word, ())]
