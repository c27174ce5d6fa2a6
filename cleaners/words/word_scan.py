"""Which of many words stand in a text, found in one pass over it, however many they are.

An Aho-Corasick automaton reads each character of the text once. On the 200 short blocks of a page it takes a sixth of
the time of a regular expression with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from ahocorasick_rs import AhoCorasick, Implementation

from cleaners.words.patterns import lazy_pattern

_HALF_PAIR = lazy_pattern("[\ud800-\udfff]")
_NOTHING: Set[str] = frozenset()


class WordScan:
    """Looks for words: any strings, also inside of longer words, spelled exactly so.

    With `table` the automaton is a table of all its steps: it reads a text in a third of the time, and is for whole
    pages and few words, since that of a thousand words has 8 MB and takes 10 ms to build.

    >>> sorted(WordScan(["photo", "photograph", "image"]).found_in("a photograph of the harbour"))
    ['photo', 'photograph']
    """

    def __init__(self, words: Iterable[str], *, table: bool = False) -> None:
        self._words = tuple(dict.fromkeys(words))
        kind = Implementation.DFA if table else Implementation.ContiguousNFA
        self._automaton = AhoCorasick(self._words, store_patterns=False, implementation=kind)

    def found_in(self, text: str) -> Set[str]:
        """The words that stand in a text."""
        try:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # half of a surrogate pair, of which no word has one
            return self.found_in(_HALF_PAIR.sub("\ufffd", text))
        return {self._words[number] for number, _, _ in found} if found else _NOTHING
