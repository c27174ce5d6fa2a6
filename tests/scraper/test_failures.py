"""Why an address gave no page: each failure has a code and a reason."""

from __future__ import annotations

import pytest
from scrapy.exceptions import IgnoreRequest, NotSupported
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet import error as twisted
from twisted.web.client import ResponseFailed

from cleaners.data import Rejection
from scraper.failures import rejection_of


def status(code: int) -> HttpError:
    return HttpError(Response("https://news.example/", status=code), "Ignoring non-200 response")


class OwnError(Exception):
    """An exception that says itself what it means."""

    rejection = Rejection("refused-address", "The address is a private one.")


class LaterError(twisted.ConnectionLost):
    """What a newer version may raise for a failure that is known."""


class DownloadConnectionRefusedError(Exception):
    """Scrapy's name for it since 2.15: on the lowest version there is only Twisted's."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (status(404), "not-found"),
        (status(410), "not-found"),
        (status(401), "forbidden"),
        (status(403), "forbidden"),
        (status(451), "forbidden"),
        (status(429), "too-many-requests"),
        (status(500), "server-error"),
        (status(503), "server-error"),
        (status(599), "server-error"),
        (status(418), "no-page"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots"),
        (IgnoreRequest("max redirections reached"), "redirects"),
        (IgnoreRequest("Ignored response <200 x> because its body exceeded DOWNLOAD_MAXSIZE (1 B)"), "too-large"),
        (IgnoreRequest("something else"), "left-out"),
        (twisted.TimeoutError(), "timeout"),
        (twisted.TCPTimedOutError(), "timeout"),
        (TimeoutError(), "timeout"),
        (twisted.DNSLookupError(), "unknown-host"),
        (twisted.ConnectionRefusedError(), "unreachable"),
        (DownloadConnectionRefusedError(), "unreachable"),
        (twisted.NoRouteError(), "unreachable"),
        (twisted.ConnectionLost(), "cut-off"),
        (LaterError(), "cut-off"),
        (ResponseFailed([]), "cut-off"),
        (NotSupported("Unsupported URL scheme 'gopher'"), "refused-address"),
        (OwnError(), "refused-address"),
        (ValueError("x" * 10_000), "fetch-failed"),
        (RuntimeError("line\nline"), "fetch-failed"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_every_failure_has_a_code_and_one_line(error: Exception, code: str) -> None:
    rejection = rejection_of(error)
    assert rejection.code == code
    assert rejection.reason.splitlines() == [rejection.reason]
    assert 20 < len(rejection.reason) < 300


def test_every_version_of_scrapy_says_the_same() -> None:
    assert rejection_of(twisted.ConnectionRefusedError()) == rejection_of(DownloadConnectionRefusedError())
