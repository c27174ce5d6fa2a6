"""What is taken from a spider's callback, whatever kind of function it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from scrapy import Request

from scraper.crawl import callbacks
from scraper.crawl.callbacks import IN_A_ROW, outputs_of, paced


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


def test_a_callback_that_gives_very_many_requests_pauses_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, pauses = 0, list[int]()

    async def pause(seconds: float) -> None:
        pauses.append(taken)

    async def outputs() -> AsyncIterator[object]:
        nonlocal taken
        for number in range(2 * IN_A_ROW + 1):
            for output in (Request(f"https://gazette.example/{number}"), "an item"):
                yield output
                taken += 1

    async def collected() -> list[object]:
        return [output async for output in paced(outputs())]

    monkeypatch.setattr(callbacks.asyncio, "sleep", pause)
    assert len(asyncio.run(collected())) == 2 * (2 * IN_A_ROW + 1)
    assert pauses == [2 * (IN_A_ROW - 1), 2 * (2 * IN_A_ROW - 1)]
