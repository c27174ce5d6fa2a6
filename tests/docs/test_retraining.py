"""The page on retraining names commands, corpora and weights as they are."""

from __future__ import annotations

import re

from bench.__main__ import COMMANDS
from bench.pages.samples import OURS
from bench.paths import WEIGHTS
from bench.train.weights_in_order import STEPS
from tests.support.paths import ROOT

TEXT = (ROOT / "docs" / "retraining.md").read_text("utf-8")


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"python -m bench ([a-z-]+)", TEXT))
    assert named <= {name for room in COMMANDS.values() for name in room}


def test_the_steps_stand_in_order() -> None:
    assert tuple(re.findall(r"(?m)^\| `(train-[a-z-]+)` \| (?:[a-z])", TEXT)) == STEPS


def test_every_corpus_and_every_file_of_weights_is_named() -> None:
    assert all(f"`{path.name}`" in TEXT for path in OURS)
    assert all(f"`{path.name}`" in TEXT for path in WEIGHTS.iterdir() if path.suffix not in {".md", ".py"})
