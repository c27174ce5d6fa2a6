"""Ctrl-C is held back while outputs are opened."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from cleaners.cli import main
from cleaners.commands.exit_codes import INTERRUPTED
from cleaners.running.interrupts import interrupts_held
from cleaners.running.journal import Journal, Settings


def test_an_interrupt_waits_until_it_is_let_through() -> None:
    steps = []
    with interrupts_held() as release:
        signal.raise_signal(signal.SIGINT)
        steps.append("held")
        with pytest.raises(KeyboardInterrupt):
            release()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert steps == ["held"]


def test_an_interrupt_waits_no_longer_than_the_block() -> None:
    with pytest.raises(KeyboardInterrupt), interrupts_held():
        signal.raise_signal(signal.SIGINT)


def test_another_thread_holds_nothing_back() -> None:
    handlers = []

    def hold() -> None:
        with interrupts_held():
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()
    assert handlers == [signal.getsignal(signal.SIGINT)]


def test_ctrl_c_while_outputs_are_opened_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.txt").write_text("A line.")
    begin = Journal.begin

    def interrupted(self: Journal, settings: Settings, *, replaces: bool) -> None:
        signal.raise_signal(signal.SIGINT)
        begin(self, settings, replaces=replaces)

    monkeypatch.setattr(Journal, "begin", interrupted)
    monkeypatch.chdir(tmp_path)
    assert main(["clean", "page.txt", "-o", "out.jsonl"]) == INTERRUPTED
    assert os.listdir() == ["page.txt"]
