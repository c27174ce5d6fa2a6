"""Pictures of ninety news pages with the words below them, labelled by reading their figures: `caption_pairs.jsonl`,
`caption_pairs_held_out.jsonl`, and `caption_pairs_later.jsonl`.

The files hold facts alone: for each page the keys of the captions, and of the addresses at which the picture above each
can be had. A key is a digest of the first letters of a caption, or of a name or number in an address, because sizes and
hosts of one picture differ. `maybe` are captions of videos and galleries beside the story, which count neither way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

LABELS = Path(__file__).with_name("caption_pairs.jsonl")
"""Thirty pages on which most of the rules on captions were mended."""

HELD_OUT = Path(__file__).with_name("caption_pairs_held_out.jsonl")
"""Thirty further ones, labelled before our own output on them was looked at.

They are fifteen each of news-world and news-sites, of sites without a page among the first: `random.Random(20261129)`
shuffles the pages, ordered by id, and the first of each site counts. Words that name a source or a maker alone (of a
chart, of a press picture) are in `maybe`.
"""

LATER = Path(__file__).with_name("caption_pairs_later.jsonl")
"""Thirty more, drawn and labelled in the same way with `random.Random(20261130)` after what the others showed was
mended, of sites without a page among the sixty."""

COMPARED = 14
"""Letters and digits by which a caption is known."""

_WORD = re.compile(r"[^\W_]+")
_SIZE = re.compile(r"\d{1,4}x?\d{0,4}|[a-z]\d{1,4}")
"""What says how large a picture is in its address, and not which one it is."""

SHORTEST_NAME = 7
"""Letters and digits that a name in an address has at least: other words are folders."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page of a set: its id, its pairs of a caption and the addresses of its picture, and what counts neither way."""

    set: str
    page: str
    pairs: tuple[tuple[str, frozenset[str]], ...]
    maybe: frozenset[str]


def labelled_pages(path: Path) -> Iterator[LabelledPage]:
    """The pages of the file, in its order."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            pairs = tuple((caption, frozenset(pictures)) for caption, pictures in row["pairs"])
            yield LabelledPage(row["set"], row["page"], pairs, frozenset(row["maybe"]))


def caption_key(caption: str) -> str:
    """The key of a caption, whatever stands between and behind its first letters.

    >>> caption_key("The harbour, seen from above") == caption_key("The harbour seen from the air")
    True
    """
    return _digest("".join(filter(str.isalnum, caption.casefold()))[:COMPARED])


def picture_keys(address: str) -> frozenset[str]:
    """The keys of a picture's address: two addresses of one picture share one.

    >>> one, other = "https://a.example/w900/bridge-open.jpg", "https://b.example/bridge-open-800x400.jpg?w=300"
    >>> bool(picture_keys(one) & picture_keys(other))
    True
    """
    path = address.partition("//")[2].partition("/")[2].casefold()
    names = {
        "".join(word for word in _WORD.findall(part) if not _SIZE.fullmatch(word)) for part in re.split("[./?=&]", path)
    }
    numbers = {word for word in _WORD.findall(path) if any(map(str.isdigit, word))}
    return frozenset(_digest(name) for name in names | numbers if len(name) >= SHORTEST_NAME)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()
