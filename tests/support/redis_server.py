"""A Redis server of the tests, on a free port."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

SERVER = shutil.which("redis-server")
needs_redis = pytest.mark.skipif(
    SERVER is None, reason="redis-server is not installed; on Debian: apt install redis-server"
)

PATIENCE = 120.0
"""Seconds to wait for the server to start or to stop."""


class RedisServer:
    """Started in a `with` block, or by `start` and `stop`, also several times over the same data and port."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it has loaded its data."""
        assert SERVER is not None
        command = [SERVER, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        self._process = subprocess.Popen([*command, "--appendonly", "yes"], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready():
            assert self._process.poll() is None, "redis-server has ended"
            assert time.monotonic() < deadline, "redis-server did not start"
            time.sleep(0.02)

    def _is_ready(self) -> bool:
        """Whether the server answers to PING. While it loads its data it answers with an error."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as probe:
            probe.sendall(b"PING\r\n")
            return probe.recv(100).startswith(b"+PONG")
        return False

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
