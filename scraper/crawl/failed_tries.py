"""What becomes of a request that gave no page: tried again in later runs, given up, or rejected at once.

A failure that may be over tomorrow is told when it is final. Until then the address is still to come: `copydesk status`
names it, and `rejected.jsonl` does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.python import global_object_name
from twisted.python.failure import Failure

from cleaners.data import Page, RejectedInput, Rejection
from cleaners.errors import describe
from cleaners.reading.files import now
from cleaners.words.display import counted
from scraper.failures import TEMPORARY, rejection_of
from scraper.frontier import Fetch, next_try
from scraper.refusals import Refused
from scraper.requests import source_of


@dataclass(frozen=True, slots=True)
class NotYet(Rejection):
    """The rejection of an address that is tried again. It is shown, and neither written to the rejects nor counted."""


TRIED_AGAIN = "The next runs try it again."
"""What is said of a failure that may be over by then."""


def failed_fetch(fetch: Fetch, code: str, last: Fetch | None, rests: Sequence[float]) -> Fetch:
    """A fetch that failed with a code, with what follows from that and from the last time.

    `rests` are the seconds to wait after each run in a row in which the request failed; after the last of them it is
    given up. A failure that is not temporary is not tried again by itself.
    """
    before = max(last.failures, 1) if last and last.failed and not last.given_up else 0
    failed = replace(fetch, failed=True, failures=before + 1, code=code)
    if code not in TEMPORARY:
        return failed
    retry_at = next_try(failed.failures, rests, fetch.at)
    return replace(failed, retry_at=retry_at, given_up=retry_at is None)


def with_what_follows(rejected: RejectedInput, fetch: Fetch, *, is_hub: bool) -> RejectedInput:
    """The rejection of a failed fetch, which also says what follows from it."""
    code, reason = rejected.rejection.code, rejected.rejection.reason
    if fetch.retry_at is not None:
        kind = Rejection if is_hub else NotYet  # a hub is no article whose fate is told: its failure is told at once
        return replace(rejected, rejection=kind(code, f"{reason} {TRIED_AGAIN}"))
    if fetch.given_up:
        again = "It is given up" if not is_hub else "It is tried again where something leads to it"
        told = f"{reason} It has failed in {counted(fetch.failures, 'run')}. {again}."
        return replace(rejected, rejection=Rejection(code, told))
    return rejected


def failure_of(failure: Failure) -> RejectedInput:
    """The rejection of a request that failed and has no errback of its own."""
    request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it before it calls an errback
    page = Page(b"", url=request.url, source=source_of(request))
    return RejectedInput(page, rejection_of(failure.value or Exception("no reason was given")))


def fault_of(result: Response | Failure, fault: Exception) -> RejectedInput:
    """The rejection of a page on which a callback has failed."""
    request: Request = result.request  # type: ignore[assignment, union-attr]  # Scrapy adds it to a failure, too
    url = result.url if isinstance(result, Response) else request.url
    page = Page(b"", url=url, source=source_of(request), retrieved_at=now())
    if isinstance(fault, Refused):  # such as a hub that took too long
        return RejectedInput(page, fault.rejection)
    kind = global_object_name(type(fault))
    reason = (
        f"The spider failed on this page, which is a bug: please report it with the page. {kind}: {describe(fault)}"
    )
    return RejectedInput(page, Rejection("fault", reason[:400]))
