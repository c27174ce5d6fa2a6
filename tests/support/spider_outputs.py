"""What a spider's callback yields, whichever kind of function it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any


def outputs(found: AsyncIterator[Any] | Iterable[Any]) -> list[Any]:
    """All that a callback yields."""
    if not isinstance(found, AsyncIterator):
        return list(found)

    async def collect() -> list[Any]:
        return [each async for each in found]

    return asyncio.run(collect())
