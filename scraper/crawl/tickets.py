"""Requests on their way, from the lease to the acknowledgement."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.frontier import Fetch, Lease

TICKET = "copydesk_ticket"
"""The key in a request's `meta` that says which lease it belongs to, through all its redirects and retries."""


@dataclass(eq=False)
class Ticket:
    """A leased request on its way.

    `pages` counts what came of it and is not yet written, `lost` what will not be. `fetch` is set when its callback has
    ended; `also` is the key of the address that a redirect led to, and `was_known` says whether that had been fetched
    before. `reader` names what reads it if it is a hub.
    """

    lease: Lease
    url: str
    source: str | None
    lastmod: str | None
    reader: str | None
    pages: int = 0
    lost: int = 0
    fetch: Fetch | None = None
    also: str | None = None
    was_known: bool = False

    @property
    def is_told(self) -> bool:
        """Whether what became of the address was told by an earlier run."""
        last = self.lease.last
        return last is not None and not last.failed
