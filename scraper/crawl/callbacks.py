"""What a spider's callback gives, whatever kind of function it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy.http import Response
from scrapy.utils.asyncgen import as_async_generator
from scrapy.utils.spider import iterate_spider_output
from twisted.python.failure import Failure

from scraper.crawl.failed_tries import fault_of


async def outputs_of(output: Any) -> AsyncIterator[Any]:
    """What a callback gives, whatever kind of function it is: all but None, one after another."""
    if hasattr(output, "__await__"):
        output = await output
    async for result in as_async_generator(iterate_spider_output(output)):
        if result is not None:
            yield result


async def outputs_or_fault(
    callback: Callable[..., Any], result: Response | Failure, arguments: dict[str, Any]
) -> AsyncIterator[Any]:
    """What a callback gives, and at the end the rejection of the page if it has failed."""
    try:
        async for output in outputs_of(callback(result, **arguments)):
            yield output
    except Exception as fault:
        yield fault_of(result, fault)
