"""The cleaners with the weights of a fold, so that the product is measured on pages that its scorer has not seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Protocol
from unittest.mock import patch


class Trained(Protocol):
    """A network that was trained here, and can write its weights down."""

    def export(self, path: Path, threshold: float) -> None:
        """Writes the weights as the cleaners read them."""


@contextmanager
def installed(scorer: ModuleType, network: Trained, threshold: float) -> Iterator[None]:
    """While this lasts, a scorer of the cleaners (its module) uses this network."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "weights.npz"
        network.export(path, threshold)
        with path.open("rb") as weights:
            running = scorer.Network(weights)
    with patch.object(scorer, "_network", lambda: running):
        yield
