"""A crawl of local servers, for the tests of manners and safety.

`python -m tests.support.fetching JSON` fetches URLs with the settings of the project, a fake DNS and the clock of
`tests.support.made_time`. It prints the outcome of each URL as a line of JSON. `fetch` runs it. `serve` is a server
that records its requests, with the crawl's time of sending.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from tempfile import TemporaryDirectory
from typing import Any

from tests.support.made_time import SENT, jump
from tests.support.paths import ROOT

SITE = "site.example"
"""A host that the made DNS knows to be at 127.0.0.1, and that the spider says the user named."""

PUBLIC = "127.0.0.9"
"""An address that passes for one on the open internet, and at which nobody answers."""


@dataclass
class Server:
    """A server on this machine, and what it was asked."""

    port: int
    log: list[tuple[float, str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def paths(self, host: str = "") -> list[str]:
        """What was asked for, in order; of one host only, if it is given."""
        return [path for _, asked, path in self.log if asked.startswith(host)]

    def times(self, path: str = "/", host: str = "") -> list[float]:
        """When paths that begin so were asked for; robots.txt is left out unless it is asked for."""
        return [
            when
            for when, asked, seen in self.log
            if seen.startswith(path) and asked.startswith(host) and (seen != "/robots.txt" or path == seen)
        ]

    def url(self, path: str, host: str = SITE) -> str:
        return f"http://{host}:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    """Answers, by functions that take the handler: the rest is up to them."""

    protocol_version = "HTTP/1.1"
    pages: dict[str, Callable[[Handler], None]]
    site: Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        path = self.path.partition("?")[0]
        self.site.log.append((float(self.headers.get(SENT) or time.monotonic()), host, self.path))
        self.site.agents.add(self.headers.get("User-Agent", ""))
        try:
            self.pages.get(path, page)(self) if path != "/robots.txt" or path in self.pages else answer(self, 404)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


def answer(handler: Handler, status: int = 200, body: bytes = b"", **headers: str) -> None:
    """Send one whole answer."""
    handler.send_response(status)
    for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def page(handler: Handler) -> None:
    answer(handler, body=b"<p>A page.</p>")


@contextmanager
def serve(pages: dict[str, Callable[[Handler], None]]) -> Iterator[Server]:
    """A server with these answers; other pages are there, and robots.txt is not unless it is given."""
    made = type("Made", (Handler,), {"pages": pages})
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    server.daemon_threads = True
    server.block_on_close = False
    made.site = site = Server(server.server_port)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def busy_once(status: int, wait: str) -> tuple[dict[str, Callable[[Handler], None]], list[float]]:
    """A page that asks for a rest the first time, and when it did so."""
    asked: list[float] = []

    def busy(handler: Handler) -> None:
        if asked:
            answer(handler, body=b"<p>Here I am</p>")
        else:
            asked.append(float(handler.headers.get(SENT) or time.monotonic()))
            answer(handler, status, Retry_After=wait)

    return {"/busy": busy}, asked


def fetch(
    *urls: str, names: dict[str, list[list[str]]] | None = None, named: tuple[str, ...] = (SITE,), **settings: Any
) -> dict[str, dict[str, Any]]:
    """What became of each address: `status`, `url` and `length` of a response, or else `error`, `code` and `says`.

    `names` are the addresses that the made DNS gives for a host, one list an answer; `named` the hosts that the user
    named. Without other settings the crawl does not wait. `log` holds what the crawl printed.
    """
    # Without any delay Scrapy sends what has waited for a robots.txt all at once, whatever the limit for a host.
    quick = {
        "DOWNLOAD_DELAY": 0.01,
        "AUTOTHROTTLE_ENABLED": False,
        "BACKOFF_FIRST": 0.05,
        "TDMREP": False,
        "CONTACT": "mailto:a@b.example",
    }
    task: dict[str, Any] = {"urls": urls, "names": names or {}, "named": named, "settings": {**quick, **settings}}
    with TemporaryDirectory() as data:
        task["settings"]["DATA_DIR"] = data
        run = subprocess.run(
            [sys.executable, "-m", "tests.support.fetching", json.dumps(task)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert run.returncode == 0, run.stderr
    outcomes = [json.loads(line) for line in run.stdout.splitlines()]
    return {**{outcome["asked"]: outcome for outcome in outcomes}, "log": {"text": run.stderr}}


def main(task: dict[str, Any]) -> None:
    """Crawl, and print the outcomes."""
    jump()
    from scrapy import Request, Spider
    from scrapy.crawler import CrawlerProcess
    from scrapy.settings import Settings

    from scraper.requests import callback

    settings = Settings()
    settings.setmodule("scraper.settings")
    loop = {"ASYNCIO_EVENT_LOOP": "tests.support.made_time.JumpingLoop"}
    settings.setdict({"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "FEEDS": {}, **loop}, priority="cmdline")
    settings.setdict(task["settings"], priority="cmdline")

    def tell(asked: str, **outcome: Any) -> None:
        print(json.dumps({"asked": asked, **outcome}), flush=True)

    class Asking(Spider):
        name = "asking"
        named_hosts = frozenset(task["named"])

        async def start(self) -> Any:
            """Ask for one empty page, so that everything else is a link of a page."""
            use_made_dns({SITE: [["127.0.0.1"]], **task["names"]})
            yield Request("data:,", callback=self.follow)

        @callback
        def follow(self, _: Any) -> Iterator[Request]:
            for url in task["urls"]:
                meta = {"hub": True} if "hub" in url else {}
                yield Request(url, self.found, errback=self.failed, meta=meta, cb_kwargs={"asked": url})

        @callback
        def found(self, response: Any, asked: str) -> None:
            tell(asked, status=response.status, url=response.url, length=len(response.body))

        @callback
        def failed(self, failure: Any) -> None:
            error, asked = failure.value, failure.request.cb_kwargs["asked"]
            tell(asked, error=type(error).__name__, code=getattr(error, "code", None), says=str(error))

    process = CrawlerProcess(settings)
    process.crawl(Asking)
    process.start()


def use_made_dns(names: dict[str, list[list[str]]]) -> None:
    """Put a resolver behind the guard that knows a few names: the next list of addresses at each look-up."""
    from twisted.internet.address import IPv4Address, IPv6Address

    from scraper.manners import addresses

    judged = addresses.is_public
    addresses.is_public = lambda address: str(address) == PUBLIC or judged(address)

    class MadeDNS:
        def resolveHostName(self, receiver: Any, host: str, portNumber: int = 0, *_: Any, **__: Any) -> Any:  # noqa: N802, N803
            answers = names.get(host, [[host] if host.replace(".", "").isdecimal() else []])
            receiver.resolutionBegan(None)
            for address in answers.pop(0) if len(answers) > 1 else answers[0]:
                kind = IPv6Address if ":" in address else IPv4Address
                receiver.addressResolved(kind("TCP", address, portNumber))
            receiver.resolutionComplete()

    addresses.guard_reactor()._resolver = MadeDNS()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
