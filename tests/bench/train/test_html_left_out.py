"""The table of the sets that a network has not learned from."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")

from bench.train import html_left_out  # noqa: E402
from cleaners.models import shipped_models  # noqa: E402

STORY = [
    "The bridge over the river was closed for four years after the flood, and the town had to drive around the hill.",
    "It opened again on Monday morning, and the mayor walked across it with the children of the school beside her.",
    "The work had cost nine million, a third more than planned, since the old piers had to be replaced one by one.",
]
PAGE = f"<title>Bridge opens</title><article><h1>Bridge opens</h1>{''.join(f'<p>{p}</p>' for p in STORY)}</article>"


def test_a_row_for_each_set_and_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    annotated = {"id": "1", "url": "https://a.example/bridge", "text": "\n".join(STORY), "set": "magic"}
    pages = [
        (annotated, PAGE),
        (annotated | {"id": "2", "set": "mercury"}, "<p>Nothing here."),
        (annotated | {"id": "3", "set": "mercury", "coverage": 0.2}, PAGE),
    ]
    monkeypatch.setattr(html_left_out, "contents", lambda source: pages)
    _, _, magic, mercury, every = html_left_out._report(shipped_models()).splitlines()
    assert [cell.strip() for cell in magic.split("|")][1:4] == ["magic", "1", "1.000"]
    assert [cell.strip() for cell in mercury.split("|")][1:4] == ["mercury", "1", "0.000"]
    assert [cell.strip() for cell in every.split("|")][1:4] == ["all", "2", "0.500"]
