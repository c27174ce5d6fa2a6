"""All models are trained in order, or none where a corpus is missing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.__main__ import COMMANDS, main
from bench.train import weights_in_order
from bench.train.weights_in_order import STEPS, run


@pytest.mark.parametrize("no_validation", [False, True])
def test_every_step_runs_in_order(no_validation: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Sequence[str]] = []

    def run_step(arguments: Sequence[str]) -> float:
        steps.append(arguments)
        return 61.0

    monkeypatch.setattr(weights_in_order, "OURS", ())
    monkeypatch.setattr(weights_in_order, "_run_step", run_step)
    printed = list(run(Namespace(no_validation=no_validation)))
    assert tuple(step for step, *_ in steps) == STEPS
    assert sum(options == ["--no-validation"] for _, *options in steps) == (5 if no_validation else 0)
    assert "train-joins took 1 min 1 s\n" in printed


def test_the_steps_are_all_commands_that_train() -> None:
    assert {name for name in COMMANDS["train"] if name.startswith("train-")} == set(STEPS)


def test_without_corpora_nothing_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(weights_in_order, "OURS", (tmp_path / "absent.jsonl.xz",))
    assert main(["weights"]) == 0
    printed = capsys.readouterr().out
    assert "absent.jsonl.xz" in printed
    assert printed.count("\n") == 1


def test_a_failing_step_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights_in_order, "OURS", ())
    monkeypatch.setattr(weights_in_order, "STEPS", ("no-such-command", "another"))
    with pytest.raises(SystemExit) as ended:
        list(run(Namespace(no_validation=False)))
    assert ended.value.code == 2
