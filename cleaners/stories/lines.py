"""The kept blocks of a story as the lines of its text."""

from __future__ import annotations

from collections.abc import Iterable

from cleaners.data import KEPT, Block, Judged, Label


def story_text(blocks: Iterable[Judged], kept: frozenset[Label] = KEPT) -> str:
    """The kept blocks, one a line, in reading order; neighbours that the page has on one line, a space between them,
    stay on one line."""
    return "\n".join(text for _, text in story_lines(blocks, kept))


def story_lines(blocks: Iterable[Judged], kept: frozenset[Label] = KEPT) -> list[tuple[Label, str]]:
    """The lines of a story's text, each with the label of the block that it begins with."""
    lines: list[tuple[Label, list[str]]] = []
    last: Block | None = None
    for judged in blocks:
        block = judged.block
        if judged.label not in kept:
            continue
        if last is not None and block.line == last.line and block.raw and block.before:
            lines[-1][1].append(block.text)
        else:
            lines.append((judged.label, [block.text]))
        last = block
    return [(label, " ".join(texts)) for label, texts in lines]
