"""What a spider's callback gives, whatever kind of function it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.asyncgen import as_async_generator
from scrapy.utils.spider import iterate_spider_output
from twisted.python.failure import Failure

from scraper.crawl.failed_tries import fault_of

IN_A_ROW = 250
"""Requests of one callback that are kept without a pause. It takes some 0.05 seconds, and no host answers so many in
the time with the pause."""

PAUSE = 1.0
"""Seconds between them, in which the crawl does everything else."""


async def outputs_of(output: Any) -> AsyncIterator[Any]:
    """What a callback gives, whatever kind of function it is: all but None, one after another."""
    if hasattr(output, "__await__"):
        output = await output
    async for result in as_async_generator(iterate_spider_output(output)):
        if result is not None:
            yield result


async def paced(outputs: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """What a callback gives, with a pause after each IN_A_ROW requests.

    A feed or a sitemap may name a hundred thousand addresses. To keep them takes the thread that all outlets share.
    """
    requests = 0
    async for output in outputs:
        yield output
        requests += isinstance(output, Request)
        if requests == IN_A_ROW:
            requests = 0
            await asyncio.sleep(PAUSE)


async def outputs_or_fault(
    callback: Callable[..., Any], result: Response | Failure, arguments: dict[str, Any]
) -> AsyncIterator[Any]:
    """What a callback gives, and at the end the rejection of the page if it has failed."""
    try:
        async for output in outputs_of(callback(result, **arguments)):
            yield output
    except Exception as fault:
        yield fault_of(result, fault)
