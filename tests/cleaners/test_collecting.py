"""The collector of garbage rests while a page is cleaned, and is left as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from cleaners import clean, pipeline
from cleaners.collecting import no_collecting


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    before = gc.isenabled()
    yield
    gc.enable() if before else gc.disable()


def fail_at_rest() -> None:
    with no_collecting():
        assert not gc.isenabled()
        raise KeyError


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_is_left_as_it_was(collects: bool) -> None:
    gc.enable() if collects else gc.disable()
    with pytest.raises(KeyError):
        fail_at_rest()
    assert gc.isenabled() is collects


def test_nothing_is_collected_while_a_page_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    original = pipeline.html_blocks
    monkeypatch.setattr(pipeline, "html_blocks", lambda tree: seen.append(gc.isenabled()) or original(tree))
    gc.enable()
    clean("<p>The ferry was late.</p>", kind="html")
    assert seen[0] is False
    assert gc.isenabled()
