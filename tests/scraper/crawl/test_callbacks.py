"""What is taken from a spider's callback, whatever kind of function it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from scraper.crawl.callbacks import outputs_of


def nothing() -> None:
    pass


def one() -> dict[str, int]:
    return {"one": 1}


def several() -> list[str | None]:
    return ["a", None, "b"]


def generator() -> Iterator[str | None]:
    yield from several()


async def coroutine() -> list[str | None]:
    return several()


async def asynchronous() -> AsyncIterator[str | None]:
    for output in several():
        yield output


@pytest.mark.parametrize(
    ("callback", "outputs"),
    [
        (nothing, []),
        (one, [{"one": 1}]),
        *((callback, ["a", "b"]) for callback in (several, generator, coroutine, asynchronous)),
    ],
)
def test_callbacks_may_be_functions_generators_and_coroutines(
    callback: Callable[[], Any], outputs: list[object]
) -> None:
    async def collected() -> list[object]:
        return [output async for output in outputs_of(callback())]

    assert asyncio.run(collected()) == outputs
