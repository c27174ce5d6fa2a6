"""What a page says twice: versions of one story for phones and for desks, and pull quotes.

Only what is said again in the same words counts. Form letters, laws, training plans and poems repeat their form and
change a few words, or repeat a line that is part of the work; all of that is text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, islice, pairwise
from typing import TypeVar

from cleaners.blocks.elements import HEADINGS
from cleaners.data import KEPT, Block, Box, Label
from cleaners.label.passage import Passage
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import CLOSING, SENTENCE_ENDS, comparable, count_words, shape

REPEATED_WORDS = 30
"""Words at or above which a block alone is searched for in the others."""

REPEATED_SHARE = 0.8
"""Share of its pairs of words that others must hold for a block to be looked at closely."""

TILE = 4
"""Words in a row that others must hold, for each word of a block that they say too."""

PIECE_WORDS = 30
"""Words in a row that each other text has at least, unless it is said as a whole, of a block that several of them hold
together. Paragraphs that only share phrases have fewer."""

MOST_PLACES = 8
"""Places in other texts that are followed from one tile, so that the time stays linear."""

VERSION_PARAGRAPHS = 2
"""Paragraphs one below the other that stand above in the same order, for a second version of the story."""

VERSION_WORDS = 40
"""Words of these paragraphs."""

VERSION_SHARE = 0.4
"""Share of the text that blocks in the same order make up, if they are no paragraphs. A refrain is a smaller part."""

SKIPPED = 3
"""Blocks that one of two versions may have and the other not."""

QUOTE_WORDS = 5
"""Words from which on a pull quote is looked for in the text."""

LINE_WORDS = 8
"""The same of a line that no markup calls a quote."""

SEARCHED = 20_000_000
"""Characters that are searched for quotes on a page at most, so that the time stays linear in its size."""

SOURCE_WORDS = 12
"""Words of the line that names the source of a quote, at most."""

QUOTE_DEPTH = 3
"""Boxes around a quote that may be named so."""

NO_QUOTES = HEADINGS | {"li"}
"""Lines that name something and may be named again."""

_QUOTING = frozenset({"blockquote", "aside"})
_QUOTE_NAME = lazy_pattern(
    r"(?:^|[\s_-])(?:pull-?(?:quote|out)|(?:block|big)?-?quotes?|quotation|callout|zitat|citation|citat[eo]?|cita|exergue"
    r"|destacado|olho)(?:$|[\s_-])",
    re.IGNORECASE,
)


def repeated(texts: Sequence[str], kept: Sequence[bool]) -> list[int]:
    """The indices of kept texts that say again what others say: long texts of which all words stand in other kept
    ones, texts in a row that stand above in the same order, and paragraphs right below the same one. The longest is
    found first; of equal ones the first is not reported.

    >>> text = " ".join(map(str, range(40)))
    >>> repeated([text, "another text", text], kept=[True, True, True])
    [2]
    >>> repeated([text, text.replace(" 7 ", " seven ")], kept=[True, True])
    []
    """
    version = second_version(texts, kept) | _right_below_the_same(texts, kept)
    once = [index for index, keep in enumerate(kept) if keep and index not in version]
    return sorted(version | _long_again(texts, once))


def _right_below_the_same(texts: Sequence[str], kept: Sequence[bool]) -> set[int]:
    """The kept paragraphs that stand right below the same one: a page that prints each for phones and for desks."""
    return {
        index
        for index, (above, text) in enumerate(pairwise(texts), start=1)
        if text == above and kept[index] and kept[index - 1] and shape(text).paragraph
    }


def second_version(texts: Sequence[str], kept: Sequence[bool]) -> set[int]:
    """The indices of the kept texts that belong to a second version of what is kept above: texts in the order of
    others, which make up much of the whole or hold paragraphs.

    >>> sorted(second_version(["One.", "Two.", "Three.", "One.", "Two.", "Three."], [True] * 6))
    [3, 4, 5]
    >>> second_version(["A verse.", "The refrain.", "Another verse.", "The refrain."], [True] * 4)
    set()
    """
    own = [text for text, keep in zip(texts, kept, strict=True) if keep]
    if len(set(own)) == len(own):
        return set()
    everything = sum(map(len, own))
    found: set[int] = set()
    for run in _runs_again(texts):
        twice = [again for above, again in run if kept[above]]
        if _is_version([texts[index] for index in twice], everything):
            found.update(index for index in twice if kept[index])
    return found


def _runs_again(texts: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Rows of texts that stand above in the same order, but for a few texts between them on either side: for each text
    its place above and its own."""
    first: dict[str, int] = {}
    run: list[tuple[int, int]] = []
    for index, text in enumerate(texts):
        if run and index - run[-1][1] > SKIPPED:
            yield run
            run = []
        if run:
            below = run[-1][0] + 1
            places = range(below, min(below + SKIPPED, run[0][1]))
            place = next((place for place in places if texts[place] == text), None)
        else:
            place = first.get(text)
        if place is not None:
            run.append((place, index))
        first.setdefault(text, index)
    if run:
        yield run


def _is_version(texts: Sequence[str], everything: int) -> bool:
    if len(texts) < VERSION_PARAGRAPHS:
        return False
    if sum(map(len, texts)) >= VERSION_SHARE * everything:
        return True
    paragraphs = [form.words for form in map(shape, texts) if form.paragraph]
    return len(paragraphs) >= VERSION_PARAGRAPHS and sum(paragraphs) >= VERSION_WORDS


def _long_again(texts: Sequence[str], wanted: Sequence[int]) -> set[int]:
    """The indices of long texts of which all words stand in the other ones."""
    counts = {index: count_words(texts[index]) for index in wanted}
    words = {index: _words(texts[index], count) for index, count in counts.items() if count >= REPEATED_WORDS}
    if not _may_hold_alike(words.values()):
        return set()  # as on nearly every page
    # Hashes, because as many tuples keep the garbage collector busy.
    pairs = {index: set(map(hash, pairwise(own))) for index, own in words.items()}
    if not _hold_alike(pairs.values()):
        return set()  # this check is cheap, counting pair by pair is not
    held = Counter(chain.from_iterable(pairs.values()))
    tiles = Counter(chain.from_iterable(set(_tiles(own)) for own in words.values()))
    places = _Places(words)
    found: set[int] = set()
    for index in sorted(pairs, key=lambda index: (len(pairs[index]), index), reverse=True):
        alike = sum(held[pair] > 1 for pair in pairs[index]) >= REPEATED_SHARE * len(pairs[index])
        if alike and _covered(words[index], tiles) and _is_whole_again(index, words, places, found):
            found.add(index)
            held.subtract(pairs[index])
            tiles.subtract(set(_tiles(words[index])))
    return found


def _may_hold_alike(texts: Collection[Sequence[str]]) -> bool:
    """Whether others hold so many words of some text that they may hold nearly all of its pairs: a word that no other
    text holds begins a pair that none holds, unless it is the last one. Pairs take three times as long."""
    vocabularies = [set(words) for words in texts]
    twice = _held_twice(vocabularies)
    return any(
        len(own - twice) - 1 <= (1 - REPEATED_SHARE) * len(words)
        for words, own in zip(texts, vocabularies, strict=True)
    )


def _hold_alike(texts: Collection[set[int]]) -> bool:
    """Whether others hold nearly all pairs of words of some text."""
    twice = _held_twice(texts)
    return any(len(twice & pairs) >= REPEATED_SHARE * len(pairs) for pairs in texts)


_Held = TypeVar("_Held", str, int)


def _held_twice(texts: Iterable[set[_Held]]) -> set[_Held]:
    """What two texts or more hold."""
    known: set[_Held] = set()
    twice: set[_Held] = set()
    for held in texts:
        twice |= known & held
        known |= held
    return twice


def _words(text: str, count: int) -> list[str]:
    """The words of a text that has so many; in scripts without spaces, each two characters in a row."""
    words = text.split()
    return words if count <= len(words) else list(map("".join, pairwise(text)))


def _tiles(words: Sequence[str]) -> list[int]:
    return list(map(hash, zip(*(words[offset:] for offset in range(TILE)), strict=False)))


def _covered(words: Sequence[str], tiles: Counter[int]) -> bool:
    """Whether each word stands in some TILE words in a row that another text holds too."""
    reached = 0
    for start, tile in enumerate(_tiles(words)):
        if start > reached:
            return False
        if tiles[tile] > 1:
            reached = start + TILE
    return reached >= len(words)


class _Places:
    """Where each tile stands in the texts, found when the first text is looked at closely."""

    def __init__(self, words: Mapping[int, Sequence[str]]) -> None:
        self._words = words

    @cached_property
    def _all(self) -> dict[int, list[tuple[int, int]]]:
        places: dict[int, list[tuple[int, int]]] = {}
        for index, own in self._words.items():
            for at, tile in enumerate(_tiles(own)):
                known = places.setdefault(tile, [])
                if len(known) <= MOST_PLACES and (not known or known[-1][0] != index):
                    known.append((index, at))
        return places

    def of(self, tile: int) -> list[tuple[int, int]]:
        return self._all.get(tile, [])


def _is_whole_again(index: int, words: Mapping[int, Sequence[str]], places: _Places, gone: Collection[int]) -> bool:
    """Whether a text consists of a part of another text, or of long parts of a few: of two paragraphs that a page also
    prints as one. Form letters and lists of grants share short phrases."""
    own = words[index]
    tiles = _tiles(own)
    reached = 0
    while reached < len(own):
        end = reached
        for start in range(max(0, reached - TILE + 1), min(reached, len(tiles) - 1) + 1):
            for other, at in places.of(tiles[start]):
                if end < len(own) and other != index and other not in gone:
                    end = max(end, _end_of_piece(own, start, words[other], at, reached))
        if end == reached:
            return False
        reached = end
    return True


def _end_of_piece(one: Sequence[str], start: int, other: Sequence[str], at: int, reached: int) -> int:
    """Where the words end that two texts share around these places; 0 if too few of them stand behind what is reached
    and the other text is not said as a whole."""
    end = start + _alike(one, start, other, at)
    if end - reached >= PIECE_WORDS:
        return end
    whole = end - start + min(start, at) in (len(one), len(other))
    return end if whole and _alike_before(one, start, other, at) == min(start, at) else 0


def _alike(one: Sequence[str], start: int, other: Sequence[str], at: int) -> int:
    """How many words are the same in two rows of words from these places on."""
    longest = min(len(one) - start, len(other) - at)
    return next((count for count in range(longest) if one[start + count] != other[at + count]), longest)


def _alike_before(one: Sequence[str], start: int, other: Sequence[str], at: int) -> int:
    """How many are the same right before these places."""
    longest = min(start, at)
    return next((count for count in range(longest) if one[start - 1 - count] != other[at - 1 - count]), longest)


def pull_quote(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """What the markup sets as a quote and the text says too is said once; so is the line that names its source."""
    quotes = {index: box for index in passage.kept() if (box := _quote_box(passage.blocks[index])) is not None}
    if not quotes:
        return
    said = _said_elsewhere(passage, dict.fromkeys(quotes, QUOTE_WORDS))
    for index in said:
        yield index, Label.RELATED, 0.8
        below = index + 1
        if below in quotes and below not in said and quotes[below] is quotes[index] and _names_source(passage, below):
            yield below, Label.RELATED, 0.7


def pull_quote_line(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """The same on a dump, which has no markup: a line that ends as a sentence does and is a sentence or a quotation of
    a longer one. A line that another one says with more words behind it is none."""
    lines = {
        index: LINE_WORDS
        for index, form in enumerate(passage.shapes)
        if form.ends_sentence and form.words >= LINE_WORDS and passage.label(index) is Label.BODY
    }
    yield from ((index, Label.RELATED, 0.8) for index in _said_elsewhere(passage, lines, whole=True))


def said_twice(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A dump of a page that holds its story in two versions."""
    kept = [verdict.label in KEPT for verdict in passage.verdicts]
    yield from ((index, Label.RELATED, 0.85) for index in repeated([block.text for block in passage.blocks], kept))


def _quote_box(block: Block) -> Box | None:
    """The outermost box around a block that is one of a quote."""
    if block.tag in NO_QUOTES:
        return None
    quoting = [box for box in block.boxes(QUOTE_DEPTH) if box.tag in _QUOTING or _names_a_quote(box.names)]
    return quoting[-1] if quoting else None


@lru_cache(maxsize=5_000)
def _names_a_quote(names: str) -> bool:
    return _QUOTE_NAME.search(names) is not None


def _names_source(passage: Passage, index: int) -> bool:
    return not passage.shapes[index].ends_sentence and passage.shapes[index].words <= SOURCE_WORDS


def _said_elsewhere(passage: Passage, fewest: dict[int, int], *, whole: bool = False) -> list[int]:
    """The indices of the lines that are part of a longer kept one; `fewest` gives the words that each must have. A
    `whole` part ends there as a sentence or a quotation does."""
    texts = [comparable(passage.blocks[index].text) for index in passage.kept()]
    everything = "\n".join(texts)
    alone = Counter(map(_bare, texts))
    most = SEARCHED // max(len(everything), 1)
    found = []
    for index, words in islice(fewest.items(), most):
        quote = _bare(comparable(passage.blocks[index].text))
        for part in filter(None, (quote, _without_source(quote))):
            if count_words(part) < words or everything.count(part) <= max(alone[quote], 1):
                continue
            if not whole or _ends(everything, part) > max(alone[quote], 1):
                found.append(index)
                break
    return found


def _ends(everything: str, part: str) -> int:
    """How often a part stands where a sentence, a line or a quotation ends behind it."""
    return len(re.findall(re.escape(part) + _END, everything))


_END = rf"(?=[{re.escape(SENTENCE_ENDS)}\n]|[,;]?[{re.escape(CLOSING)}]|\Z)"


def _bare(text: str) -> str:
    """A line without the marks at its ends."""
    return text.strip(_MARKS)


def _without_source(quote: str) -> str:
    """A quote without the name behind its dash; empty if there is none."""
    head, dash, source = quote.rpartition(" - ")
    return _bare(head) if dash and count_words(source) <= SOURCE_WORDS else ""


_MARKS = " \t" + CLOSING + SENTENCE_ENDS + ",;:-–—„‚‘“«‹「『《〈（(["
