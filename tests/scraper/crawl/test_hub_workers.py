"""Hubs that are taken apart in processes of their own."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator

import pytest
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from cleaners.data import RejectedInput
from scraper.crawl.failed_tries import fault_of
from scraper.crawl.hub_workers import HubWorkers
from scraper.finding.hubs import read_feed_hub, read_listing, read_page_hub
from scraper.refusals import Refused, TooSlow, WorkerCrash
from scraper.requests import hub_request


@pytest.fixture
def workers() -> Iterator[HubWorkers]:
    crawler: Crawler = get_crawler(
        settings_dict={"CLEANING_PROCESSES": 1, "CLEANING_MEGABYTES": 4096, "HUB_SECONDS": 3}
    )
    found = HubWorkers(crawler)
    yield found
    found.close()


async def call(workers: HubWorkers, function: Callable[..., object], *arguments: object) -> object:
    return await workers.call(function, *arguments)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (read_feed_hub, (b"<p>A page", "http://a.example/", "<a href=/rss.xml>RSS</a>", [])),
        (read_listing, (b"<urlset><url><loc>http://a.example/</loc></url></urlset>", None, "http://a.example/")),
        (read_page_hub, ("<a href='/a'>A</a>", "http://a.example/")),
    ],
)
def test_a_hub_is_read_as_here(
    workers: HubWorkers, function: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    assert asyncio.run(call(workers, function, *arguments)) == function(*arguments)


def test_one_that_takes_too_long_or_ends_its_process_is_refused_and_the_next_is_read(workers: HubWorkers) -> None:
    for function, argument, refused in ((time.sleep, 3600, TooSlow), (os._exit, 3, WorkerCrash)):
        with pytest.raises(refused) as told:
            asyncio.run(call(workers, function, argument))
        assert isinstance(told.value, Refused)
    assert asyncio.run(call(workers, read_listing, b"http://a.example/", None, ""))


def test_what_is_refused_stands_in_the_rejects_with_its_address_and_outlet() -> None:
    request = hub_request("http://a.example/feed", None, None, source="A")  # type: ignore[arg-type]
    found = fault_of(Response(request.url, request=request), TooSlow("Reading it was given up."))
    assert isinstance(found, RejectedInput)
    assert (found.page.url, found.page.source) == ("http://a.example/feed", "A")
    assert (found.rejection.code, found.rejection.reason) == ("too-slow", "Reading it was given up.")
