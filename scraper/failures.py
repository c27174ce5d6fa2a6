"""Why an address gave no page: each reason once, in words that a person can act on."""

from __future__ import annotations

from http import HTTPStatus

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from cleaners.data import Rejection

TEMPORARY = frozenset(
    {
        *("server-error", "too-many-requests", "timeout", "unreachable", "cut-off"),
        *("unknown-host", "fetch-failed", "broken-response", "stopped"),
    }
)
"""Codes of failures that may be over in an hour or a day. Such a request is tried again in later runs."""

_BY_STATUS = {
    401: Rejection("forbidden", "The site asks for a login (401)."),
    402: Rejection("forbidden", "The site asks for payment (402)."),
    403: Rejection("forbidden", "The site refuses this address (403): it is for readers only, or for no crawlers."),
    404: Rejection("not-found", "There is no page at this address (404)."),
    410: Rejection("not-found", "The page was taken away for good (410)."),
    408: Rejection("timeout", "The site waited too long for the request (408)."),
    429: Rejection("too-many-requests", "The site asks for fewer requests (429). Wait, or fetch more slowly."),
    451: Rejection("forbidden", "The page is withheld for legal reasons (451)."),
}

_BY_EXCEPTION = {
    "TimeoutError": Rejection("timeout", "The site took too long to answer."),
    "DownloadTimeoutError": Rejection("timeout", "The site took too long to answer."),
    "TCPTimedOutError": Rejection("timeout", "The site took too long to answer."),
    "DNSLookupError": Rejection("unknown-host", "There is no such host, or its name could not be looked up."),
    "CannotResolveHostError": Rejection("unknown-host", "There is no such host, or its name could not be looked up."),
    "ConnectionRefusedError": Rejection("unreachable", "The site lets nobody connect."),
    "DownloadConnectionRefusedError": Rejection("unreachable", "The site lets nobody connect."),
    "ConnectError": Rejection("unreachable", "The site could not be reached."),
    "CancelledError": Rejection("too-large", "The answer is larger than DOWNLOAD_MAXSIZE, which no page is."),
    "DownloadCancelledError": Rejection("too-large", "The answer is larger than DOWNLOAD_MAXSIZE, which no page is."),
    "ResponseDataLossError": Rejection("cut-off", "The answer broke off, or is not as long as announced."),
    "ResponseFailed": Rejection("cut-off", "The answer broke off."),
    "ConnectionClosed": Rejection("cut-off", "The site closed the connection before it had answered."),
    "DownloadFailedError": Rejection("cut-off", "The site answered with something that is no HTTP."),
    "UnsupportedURLSchemeError": Rejection("refused-address", "Only http and https addresses are fetched."),
    "NotSupported": Rejection("refused-address", "Only http and https addresses are fetched."),
}
"""By the name of the exception or of one that it descends from: Twisted's, and Scrapy's, which are newer."""

_IGNORED = (
    ("robots.txt", Rejection("robots", "The site's robots.txt asks crawlers not to fetch this address.")),
    ("max redirections", Rejection("redirects", "The address leads from redirect to redirect, without an end.")),
    ("exceeded DOWNLOAD_MAXSIZE", Rejection("too-large", "Unpacked, the answer is larger than DOWNLOAD_MAXSIZE.")),
)
"""By a part of what Scrapy says about a request that it leaves out."""


def rejection_of(error: BaseException) -> Rejection:
    """What a failed request means for the one who runs the crawl.

    An exception of the project's own says it itself, in an attribute `rejection`.
    """
    if isinstance(own := getattr(error, "rejection", None), Rejection):
        return own
    if isinstance(error, HttpError):
        return rejection_of_status(error.response.status)
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    for ancestor in type(error).__mro__:
        if known := _BY_EXCEPTION.get(ancestor.__name__):
            return known
    return Rejection("fetch-failed", f"The address could not be fetched: {type(error).__name__}: {_one_line(error)}")


def rejection_of_status(status: int) -> Rejection:
    """What an HTTP status that is no success means."""
    if known := _BY_STATUS.get(status):
        return known
    meaning = f"{status} {HTTPStatus(status).phrase}" if status in HTTPStatus._value2member_map_ else str(status)
    if status >= 500:
        return Rejection("server-error", f"The site has a fault of its own ({meaning}).")
    return Rejection("no-page", f"The site answered {meaning}, which is no page.")


def _ignored(message: str) -> Rejection:
    for part, rejection in _IGNORED:
        if part in message:
            return rejection
    return Rejection("left-out", f"Scrapy left the address out: {_one_line(message)}")


def _one_line(value: object) -> str:
    return " ".join(str(value).split())[:200]
