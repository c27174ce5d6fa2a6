"""Crawls that are stopped with Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import threading
from pathlib import Path

from tests.support.command import COMMAND, ENVIRONMENT
from tests.support.fetching import Handler, answer, serve
from tests.support.made_pages import html_page


def test_it_ends_without_waiting_for_what_hangs_and_the_same_command_resumes_it(tmp_path: Path) -> None:
    asked, may_answer = threading.Event(), threading.Event()

    def hanging(handler: Handler) -> None:
        asked.set()
        may_answer.wait(300)
        answer(handler, body=html_page().encode())

    with serve({"/a": hanging}) as site:
        url = site.url("/a", host="127.0.0.1")
        command = [*COMMAND, "crawl", "urls", "-a", f"url={url}", "-s", "DOWNLOAD_TIMEOUT=250"]
        crawl = subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
        try:
            assert asked.wait(120)
            crawl.send_signal(signal.SIGINT)
            _, said = crawl.communicate(timeout=120)
        finally:
            crawl.kill()
        assert crawl.returncode == 130, said
        assert said.endswith("The crawl was stopped. The same command resumes it.\n")
        assert "Traceback" not in said
        may_answer.set()
        again = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert len((tmp_path / "data" / "articles.jsonl").read_text("utf-8").splitlines()) == 1
