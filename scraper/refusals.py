"""Why a request was not made, or a response not taken: exceptions that carry what `rejected.jsonl` says of them.

Scrapy hands them to the errback of the request and logs no traceback, because they are kinds of its `IgnoreRequest`.
"""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from cleaners.data import Rejection


class Refused(IgnoreRequest):
    """The base of all of them. Its message is the reason, a sentence or two that a person can act on."""

    code = "refused"
    """The short name of the reason, as in `Rejection`."""

    is_settled = False
    """Whether the address need not be tried again: what there is to know about it is known."""

    @property
    def rejection(self) -> Rejection:
        """The reason as it is written to the rejects."""
        return Rejection(self.code, str(self))


class RefusedAddress(Refused):
    """An address that a page may not send the crawl to."""

    code = "refused-address"


class DisallowedByRobots(Refused):
    """The host's robots.txt does not allow this page."""

    code = "robots"


class Unreachable(Refused):
    """The host, or its robots.txt, does not answer."""

    code = "unreachable"


class TooLarge(Refused):
    """The response is longer than the limit, as it came or unpacked."""

    code = "too-large"


class Undecodable(Refused):
    """The response is not compressed in the way that it says."""

    code = "broken-response"


class CutOff(Refused):
    """The response is compressed, and its end is missing."""

    code = "cut-off"


class TooSlow(Refused):
    """Taking the document apart took longer than it may."""

    code = "too-slow"


class TooMuchMemory(Refused):
    """Taking the document apart took more memory than it may."""

    code = "too-much-memory"


class WorkerCrash(Refused):
    """The document ended the process that took it apart."""

    code = "crash"


class EndlessRedirect(Refused):
    """The page leads on and on."""

    code = "redirects"


class LedElsewhere(Refused):
    """An article was asked for, and its address leads to a front page or a section."""

    code = "led-elsewhere"
    is_settled = True


class Duplicate(Refused):
    """The address leads to an article that the crawl has from another one."""

    code = "duplicate"
    is_settled = True


class DeadEnd(Refused):
    """The address leads to one that gave no page in this run. It shares the fate of that."""

    def __init__(self, rejection: Rejection, *, is_settled: bool) -> None:
        super().__init__(rejection.reason)
        self.code = rejection.code
        self.is_settled = is_settled


class Stopping(Refused):
    """The crawl is being stopped: what waited is asked for again by the next run."""

    code = "stopped"
