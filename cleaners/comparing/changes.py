"""What became of the words of one page from one run to the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cleaners.comparing.run_output import Piece

Aligned = tuple[str, Piece | None, Piece | None]
"""Some words, and the pieces that they belong to in the old and in the new run; None where a run has them not."""


class Change(NamedTuple):
    """A passage that went elsewhere: its words, where they were and where they are (None: nowhere on the page), and
    whether they went from one story to another."""

    text: str
    old: Piece | None
    new: Piece | None
    moved: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def gained(self) -> int:
        """How many words the text of an article gained by it."""
        return self.words if self.new and self.new.kept and not (self.old and self.old.kept) else 0

    @property
    def lost(self) -> int:
        """How many words the text of an article lost by it."""
        return self.words if self.old and self.old.kept and not (self.new and self.new.kept) else 0


def find_changes(old: Sequence[Piece], new: Sequence[Piece]) -> list[Change]:
    """The passages of a page that are labelled otherwise than before, belong to another story, or are gone or new.

    Pieces of the same text are the same piece, the first with the first and so on. What is left over may be the same
    words cut otherwise into blocks: these are compared word by word from both ends. It takes time linear in the words.
    A verdict's rule and confidence may differ without a change.
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
    """For each old story the new one that has most of its words, so that one more story at the head of a page does not
    make all the others look changed."""
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
    """All words of both, in pieces, each once: those that both have, then those that only one has."""
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
    yield from _cut_otherwise([piece for position, piece in enumerate(old) if position not in matched], left)


def _cut_otherwise(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Aligned]:
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
    """How many words both begin with."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first.word != second.word:
            break
        count += 1
    return count


def _joined(words: Iterable[Aligned]) -> Iterator[Aligned]:
    """Words in a row that belong to the same pieces, as one passage."""
    for _, group in groupby(words, key=_pieces_of):
        passage = list(group)
        yield " ".join(word for word, _, _ in passage), passage[0][1], passage[0][2]


def _pieces_of(word: Aligned) -> tuple[int, int]:
    """Which two pieces they are, of which others may hold the same words."""
    return id(word[1]), id(word[2])
