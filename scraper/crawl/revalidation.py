"""Asking a server whether a page has changed since the last fetch (RFC 9110, section 13).

A page that has not changed is not cleaned again. A hub that has not changed leads to nothing new, but only if it leads
to articles alone that nothing but a change makes due, and if the same reader read it: what it leads to is not
remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b

from scrapy import Request
from scrapy.http import Response

from cleaners.version import VERSION
from scraper.frontier import Fetch
from scraper.requests import is_due_by_time, is_hub

NOT_MODIFIED = 304


def ask_whether_changed(request: Request, last: Fetch | None, reader: str | None) -> None:
    """Let the server answer that nothing has changed since the last fetch. `reader` is None for what is no hub."""
    if last is None or last.failed or last.reader != reader or not (last.etag or last.last_modified):
        return
    if last.etag:
        request.headers["If-None-Match"] = last.etag
    if last.last_modified:
        request.headers["If-Modified-Since"] = last.last_modified
    request.meta["handle_httpstatus_list"] = [*request.meta.get("handle_httpstatus_list", []), NOT_MODIFIED]


def reader_of(request: Request, queue: str, limits: str) -> str | None:
    """A name for what reads a hub: the version, the crawl, the callback with its arguments, and the outlet's limits.

    Another reader may find something else in the same hub. None for what is no hub.
    """
    if not is_hub(request):
        return None
    parts = [VERSION, queue, getattr(request.callback, "__name__", ""), request.cb_kwargs, limits]
    return blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=8).hexdigest()


def validators(response: Response) -> tuple[str | None, str | None]:
    """What the server said by which it can be asked whether the page has changed: its ETag and its Last-Modified."""
    return _header(response, "ETag"), _header(response, "Last-Modified")


class FoundByHub:
    """Whether a hub can be left unread while it does not change, by the requests that it led to."""

    def __init__(self) -> None:
        self._count = 0
        self._needs_reading = False

    def add(self, request: Request) -> None:
        """Take note of a request that the hub led to."""
        self._count += 1
        self._needs_reading |= is_hub(request) or is_due_by_time(request)

    def only_a_change_matters(self) -> bool:
        """Whether the hub led to articles, and to nothing that can become due while the hub stays as it is."""
        return self._count > 0 and not self._needs_reading


def limits_of(outlets: object) -> Mapping[str, str]:
    """What bounds each outlet of a spider, by its name."""
    found = outlets if isinstance(outlets, tuple) else ()
    return {outlet.name: repr(outlet) for outlet in found}


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
