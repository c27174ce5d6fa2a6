"""Blocks in a row with their verdicts so far, and the first verdict on a block of a text page by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.data import DROPPED, KEPT, Block, Label, Verdict
from cleaners.label.rules import judge
from cleaners.words.shapes import Shape, shape

OPEN = 0.6
"""A verdict below this confidence is a guess from the block's length, which rules on neighbours may revise."""

HARDLY_DECIDED = 0.5
"""Confidence in dropping a line below which the scorer rather keeps it, but for its threshold: what stands around the
line may decide."""

LINKED = 0.5
"""Share of a line in links from which on it is a link."""

TEASER_WORDS = range(4, 26)
"""Words of a line that may be the headline of another story."""

Revision = tuple[int, Label, float]
"""What a rule on neighbours would revise: the index of a block, its new label, and the confidence in it."""

DOUBTED = "doubted"
"""The rule of a verdict that stays open although the learned scorer would drop the block."""


@dataclass(slots=True)
class Passage:
    """Blocks in a row, their shapes, and the verdicts so far."""

    blocks: Sequence[Block]
    shapes: Sequence[Shape]
    verdicts: list[Verdict]

    def __len__(self) -> int:
        return len(self.blocks)

    def __getitem__(self, part: slice) -> Passage:
        return Passage(self.blocks[part], self.shapes[part], self.verdicts[part])

    def kept(self) -> list[int]:
        """The indices of the blocks that are kept so far."""
        return [index for index, verdict in enumerate(self.verdicts) if verdict.label in KEPT]

    def dropped_in_doubt(self, below: float) -> list[int]:
        """The indices of the blocks that the scorer alone drops, with less confidence than that."""
        return [
            index
            for index, verdict in enumerate(self.verdicts)
            if verdict.confidence < below and verdict.first is None and verdict.label in DROPPED
        ]

    def label(self, index: int) -> Label | None:
        """The label at an index, None outside of the passage."""
        return self.verdicts[index].label if 0 <= index < len(self.verdicts) else None

    def open(self, index: int) -> bool:
        """Whether the verdict at an index is only a guess."""
        return self.verdicts[index].confidence < OPEN

    def open_line(self, index: int) -> bool:
        """Whether the line at an index is not a sentence and has no verdict by a rule."""
        return self.verdicts[index].confidence < OPEN and not self.shapes[index].ends_sentence

    def teaser_like(self, index: int) -> bool:
        """Whether the line at an index may be the headline of another story."""
        return self.open_line(index) and self.shapes[index].words in TEASER_WORDS

    def is_paragraph(self, index: int) -> bool:
        """Whether the block at an index is a paragraph of body text."""
        return self.shapes[index].paragraph and self.label(index) is Label.BODY

    def head_end(self) -> int:
        """Where a story's own words begin: its first paragraph."""
        for index in range(len(self)):
            if self.is_paragraph(index):
                return index
        return self.body_after(0) or 0

    def body_after(self, index: int) -> int | None:
        """The first index from `index` on that is surely body text."""
        for later in range(index, len(self)):
            if self.verdicts[later].label is Label.BODY and not self.open(later):
                return later
        return None


def first_verdict(text: str, form: Shape) -> Verdict:
    """The verdict on a block by itself: by a rule, else a guess from its length and its last character."""
    if by_rule := judge(text, form):
        return by_rule
    if form.paragraph:
        return PARAGRAPH
    if form.ends_sentence:
        return SENTENCE
    return LONG_LINE if form.words >= LONG_LINE_WORDS else SHORT_LINE


LONG_LINE_WORDS = 14
PARAGRAPH = Verdict(Label.BODY, "paragraph", 0.8)
SENTENCE = Verdict(Label.BODY, "sentence", 0.6)
LONG_LINE = Verdict(Label.BODY, "long-line", 0.5)
SHORT_LINE = Verdict(Label.HEADING, "short-line", 0.4)


def read_passage(blocks: Sequence[Block]) -> Passage:
    """A text page's blocks, each with the verdict on it by itself. A text that the page repeats is judged once."""
    shapes = {text: shape(text) for text in {block.text for block in blocks}}
    verdicts = {text: first_verdict(text, form) for text, form in shapes.items()}
    return Passage(blocks, [shapes[block.text] for block in blocks], [verdicts[block.text] for block in blocks])
