"""Finds what became of the words of one page from one run to the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cleaners.comparing.run_output import Piece

Aligned = tuple[str, Piece | None, Piece | None]
"""Some words, and the pieces that hold them in the old and in the new run; None where a run does not have the words."""


class Change(NamedTuple):
    """A passage that was treated differently: its text, the pieces that held it in the old and in the new run (None:
    the page did not have it), and whether it moved from one story to another."""

    text: str
    old: Piece | None
    new: Piece | None
    moved: bool = False

    @property
    def words(self) -> int:
        """The number of words of the passage."""
        return len(self.text.split())

    @property
    def gained(self) -> int:
        """How many words the text of an article gained."""
        return self.words if self.new and self.new.kept and not (self.old and self.old.kept) else 0

    @property
    def lost(self) -> int:
        """How many words the text of an article lost."""
        return self.words if self.old and self.old.kept and not (self.new and self.new.kept) else 0


def find_changes(old: Sequence[Piece], new: Sequence[Piece]) -> list[Change]:
    """The passages of a page that have another label or story than before, or that only one run has.

    Pieces with the same text are matched, the first with the first and so on. The rest may be the same words split into
    other blocks, and is compared word by word from both ends. The time is linear in the words. Another rule or another
    confidence for the same label is not a change.

    >>> old, new = [Piece("Read more.", "body", kept=True)], [Piece("Read more.", "related")]
    >>> [(change.text, change.lost) for change in find_changes(old, new)]
    [('Read more.', 2)]
    """
    aligned = list(align(old, new))
    same_story = _stories_that_match(aligned)
    return [
        Change(text, was, now, moved)
        for text, was, now in aligned
        if (moved := _moved(was, now, same_story)) or _label(was) != _label(now)
    ]


def _label(piece: Piece | None) -> str | None:
    return piece.label if piece else None


def _moved(was: Piece | None, now: Piece | None, same_story: Mapping[int, int]) -> bool:
    return bool(was and now and was.taken and now.taken and same_story.get(was.story) != now.story)


def _stories_that_match(aligned: Iterable[Aligned]) -> dict[int, int]:
    """For each old story the new story with most of its words.

    Stories are numbered: without this, one more story at the top of a page would make all others look changed.
    """
    shared: Counter[tuple[int, int]] = Counter()
    for text, was, now in aligned:
        if was and now and was.taken and now.taken:
            shared[was.story, now.story] += len(text.split())
    matches: dict[int, int] = {}
    for (was_story, now_story), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if was_story not in matches and now_story not in matches.values():
            matches[was_story] = now_story
    return matches


def align(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Aligned]:
    """All words of both runs, in pieces and each once: first those that both have, then those that only one has.

    >>> old, new = Piece("Rain fell.", "body"), Piece("Rain fell.", "caption")
    >>> [(text, was.label, now.label) for text, was, now in align([old], [new])]
    [('Rain fell.', 'body', 'caption')]
    """
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for position in reversed(range(len(old))):
        positions[old[position].text].append(position)
    left: list[Piece] = []
    matched: set[int] = set()
    for piece in new:
        if positions[piece.text]:
            position = positions[piece.text].pop()
            matched.add(position)
            yield piece.text, old[position], piece
        else:
            left.append(piece)
    yield from _align_words([piece for position, piece in enumerate(old) if position not in matched], left)


def _align_words(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Aligned]:
    old_words, new_words = _words(old), _words(new)
    head = _common(old_words, new_words)
    tail = _common(old_words[head:][::-1], new_words[head:][::-1])
    old_end, new_end = len(old_words) - tail, len(new_words) - tail
    both = [
        *zip(old_words[:head], new_words[:head], strict=True),
        *zip(old_words[old_end:], new_words[new_end:], strict=True),
    ]
    yield from _joined([(was.word, was.piece, now.piece) for was, now in both])
    yield from _joined([(was.word, was.piece, None) for was in old_words[head:old_end]])
    yield from _joined([(now.word, None, now.piece) for now in new_words[head:new_end]])


class _Word(NamedTuple):
    word: str
    piece: Piece


def _words(pieces: Iterable[Piece]) -> list[_Word]:
    return [_Word(word, piece) for piece in pieces for word in piece.text.split()]


def _common(one: Sequence[_Word], other: Sequence[_Word]) -> int:
    """How many words both start with."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first.word != second.word:
            break
        count += 1
    return count


def _joined(words: Iterable[Aligned]) -> Iterator[Aligned]:
    """Consecutive words of the same two pieces, joined into one passage."""
    for _, group in groupby(words, key=_pieces_of):
        passage = list(group)
        yield " ".join(word for word, _, _ in passage), passage[0][1], passage[0][2]


def _pieces_of(word: Aligned) -> tuple[int, int]:
    """The identities of the two pieces: other pieces may have equal words."""
    return id(word[1]), id(word[2])
