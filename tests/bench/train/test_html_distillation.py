"""The student of HTML blocks: what teachers say that have not seen a page, beside the annotation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")

from bench.pages.html import CLASSES, UNKNOWN, HtmlExample  # noqa: E402
from bench.train.html_distillation import ANNOTATION, Teacher, student_loss, taught  # noqa: E402
from bench.train.html_network import TorchHtmlNetwork  # noqa: E402
from cleaners.blocks.html import html_blocks, parse  # noqa: E402
from cleaners.label.html_features import features  # noqa: E402

BODY = CLASSES.index("body")
UNTRAINED = TorchHtmlNetwork(columns=1, rows=np.zeros(4, np.int64))


def page_of(domain: str) -> HtmlExample:
    """A page of two paragraphs, the second of which nobody has labelled."""
    blocks = html_blocks(parse("<p>The bridge opened today.</p><p>It had been closed for a year.</p>"))
    seen = features(blocks)
    numbers = np.ones(2, np.float32)
    return HtmlExample(
        id=domain,
        source="news-world",
        domain=domain,
        fold=0,
        blocks=blocks,
        features=seen,
        hinted=seen,
        classes=np.array([BODY, UNKNOWN]),
        shares=numbers,
        opinion=numbers,
        words=4 * numbers,
        figcaption=np.zeros(2, bool),
        gold="The bridge opened today.\nIt had been closed for a year.",
    )


def says(share: float) -> np.ndarray:
    """What a teacher says that is as sure as this of two paragraphs of text."""
    said = np.zeros((2, len(CLASSES)), np.float16)
    said[:, BODY], said[:, 0] = share, 1 - share
    return said


def test_a_page_is_taught_by_those_who_have_not_seen_its_domain() -> None:
    pages = [page_of("a.example"), page_of("b.example"), page_of("c.example")]
    teachers = [
        Teacher(frozenset({"a.example", "c.example"}), [says(0.25), says(0.5), says(0.25)], UNTRAINED),
        Teacher(frozenset({"c.example"}), [says(0.75), says(1.0), says(0.75)], UNTRAINED),
    ]
    sure = [page.taught[0, BODY] for page in taught(pages, teachers) if page.taught is not None]
    assert sure == [0.75, 0.75, 0.5]  # the second teacher, both, and both who have seen the page for want of others


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_the_best_answer_lies_between_the_annotation_and_the_teachers(share: float) -> None:
    page = replace(page_of("a.example"), taught=says(share).astype(np.float32))
    labelled = ANNOTATION + (1 - ANNOTATION) * share

    def loss(kept: float) -> float:
        scores = torch.from_numpy(np.log(np.maximum(says(kept).astype(np.float32), 1e-4)))
        return float(student_loss(scores, [page]))

    assert loss(labelled) < min(loss(0.0), loss(1.0))


def test_a_page_without_a_teacher_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"a\.example"):
        student_loss(torch.zeros(2, len(CLASSES)), [page_of("a.example")])
