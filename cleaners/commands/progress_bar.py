"""The bar that `Progress` shows."""

from __future__ import annotations

from tqdm import tqdm


class Bar(tqdm):  # type: ignore[type-arg]
    """A bar of tqdm that leaves it to `Progress` to close it, and has no thread of its own."""

    monitor_interval = 0

    def __del__(self) -> None:
        """Nothing: one that Ctrl-C met while it was being made cannot be closed."""
