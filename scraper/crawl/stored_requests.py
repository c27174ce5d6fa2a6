"""Requests as JSON and back, so that a frontier can keep them and a person can read it.

Scrapy pickles what it keeps. A frontier that other machines can write to must not be able to run code here, nor send
the crawl where no spider would. So only marked callbacks are called (`scraper.requests.callback`), only addresses of
`SCHEMES` are fetched, each field has its type, and `meta` cannot steer the downloader.
"""

from __future__ import annotations

import codecs
import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider

from cleaners.words.display import one_line, shortened
from scraper.requests import is_callback

SCHEMES = frozenset({"http", "https", "data"})
"""What a stored request may fetch. `data:` touches no network: it stands for pages on disk and for lines of a list."""

STEERING = (
    *("proxy", "bindaddress", "download_", "dont_obey_robotstxt", "allow_offsite", "verbatim_url", "_"),
    *("playwright_", "referrer_policy"),  # name code that is loaded
    *("redirect_", "retry_", "give_up_log_level", "priority_adjust", "autothrottle_"),  # set on the way, not by spiders
)
"""How names in `meta` begin that decide how a request is sent, past robots.txt, limits or the guard of the browser."""

_PLAIN = {"method": "GET", "priority": 0, "dont_filter": False, "encoding": "utf-8"}
_METHODS = frozenset({"GET", "HEAD", "POST"})


class BadRequest(ValueError):
    """A stored request that is none that this spider could have made. `url` is its address, as far as it has one."""

    def __init__(self, why: str, url: str = "") -> None:
        super().__init__(why)
        self.url = url


def to_json(request: Request, spider: Spider) -> str:
    """The request as JSON, without what is as it is by default.

    Raises ValueError if `from_json` would not take it, or if `meta` or `cb_kwargs` hold what JSON cannot.
    """
    fields: dict[str, Any] = {"url": request.url}
    for name in ("callback", "errback"):
        if method := getattr(request, name):
            fields[name] = _method_name(method, spider)
    if request.headers:
        fields["headers"] = [
            [key.decode("latin-1"), [value.decode("latin-1") for value in values]]
            for key, values in request.headers.items()
        ]
    if request.body:
        fields["body"] = request.body.decode("latin-1")
    for name in ("cookies", "meta", "cb_kwargs", "flags"):
        if value := getattr(request, name):
            fields[name] = value
    fields |= {name: value for name, plain in _PLAIN.items() if (value := getattr(request, name)) != plain}
    try:
        stored = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    except TypeError as error:
        raise ValueError(f"{request} cannot be kept: {error}") from None
    try:
        _check(json.loads(stored), spider)
    except BadRequest as error:
        raise ValueError(f"{request} cannot be kept: {error}") from None
    return stored


def from_json(stored: str, spider: Spider) -> Request:
    """The request again. Raises BadRequest for one that this spider could not have made, as after a change of code."""
    try:
        fields = json.loads(stored)
    except (ValueError, RecursionError):
        raise BadRequest("it is no JSON") from None
    _check(fields, spider)
    url = str(fields["url"])
    for name in ("callback", "errback"):
        if method := fields.get(name):
            fields[name] = getattr(spider, method)
    if headers := fields.get("headers"):
        fields["headers"] = {key: [value.encode("latin-1") for value in values] for key, values in headers}
    if body := fields.get("body"):
        fields["body"] = body.encode("latin-1")
    try:
        return Request(**fields)
    except (TypeError, ValueError) as error:
        raise BadRequest(f"Scrapy does not take it: {shortened(one_line(str(error)), 200)}", url) from None


def _check(fields: Any, spider: Spider) -> None:
    """Raise BadRequest for what `to_json` does not write."""
    if not isinstance(fields, dict) or not isinstance(fields.get("url"), str):
        raise BadRequest("it has no address")
    url = fields["url"]
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        raise BadRequest("its address is broken", url) from None
    if scheme not in SCHEMES:
        raise BadRequest("only http, https and data addresses are fetched", url)
    for name, value in fields.items():
        if name not in _FIELDS or not _FIELDS[name](value):
            raise BadRequest(f"its field {_shown(name)} is none that a request has", url)
    _check_methods(fields, spider)
    _check_meta(fields.get("meta", {}), url)


def _check_meta(meta: Mapping[str, Any], url: str) -> None:
    """Raise BadRequest for what would change how a request is sent, or end Scrapy's middlewares by its type."""
    for name, value in meta.items():
        if name.startswith(STEERING):
            raise BadRequest(f"{_shown(name)} in its meta would change how it is sent", url)
        if name in _META and not _META[name](value):
            raise BadRequest(f"{_shown(name)} in its meta has another type", url)


def _check_methods(fields: Mapping[str, Any], spider: Spider) -> None:
    """Raise BadRequest unless callback and errback are marked, and the callback takes the arguments."""
    for name, method in (("callback", fields.get("callback", "parse")), ("errback", fields.get("errback"))):
        if method is not None and not is_callback(getattr(spider, method, None)):
            raise BadRequest(f"the spider {spider.name} has no {name} {_shown(method)}", fields["url"])
    try:
        parse = getattr(spider, fields.get("callback", "parse"))
        inspect.signature(parse).bind(None, **fields.get("cb_kwargs", {}))
    except TypeError as error:
        raise BadRequest(f"its callback does not take its arguments: {_shown(str(error))}", fields["url"]) from None


def _method_name(method: Any, spider: Spider) -> str:
    name = getattr(method, "__name__", "")
    if getattr(method, "__self__", None) is not spider or not name:
        raise ValueError(f"{method} is no method of the spider {spider.name}, so its request cannot be kept")
    return str(name)


def _shown(text: str) -> str:
    return repr(shortened(one_line(text), 100))


# --- What each field may hold ------------------------------------------------------------------------------------


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_latin_1(value: Any) -> bool:
    return isinstance(value, str) and all(ord(character) < 256 for character in value)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _is_whole_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31


def _is_codec(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(codecs.lookup(value))
    except (LookupError, ValueError):
        return False


def _are_headers(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(header, list) and len(header) == 2 and _is_header_text(header[0]) and _are_header_texts(header[1])
        for header in value
    )


def _are_header_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_header_text, value))


def _is_header_text(value: Any) -> bool:
    """Whether a value is text without a line break, which would begin another header."""
    return _is_latin_1(value) and not {"\r", "\n", "\0"} & set(value)


def _are_cookies(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and all(map(_is_mapping, value)))


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_statuses(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_whole_number, value))


_META: dict[str, Callable[[Any], bool]] = {
    "hub": lambda value: isinstance(value, bool),
    "source": _is_text,
    "lastmod": _is_text,
    "max_age": lambda value: isinstance(value, int | float),
    "depth": _is_whole_number,
    "max_retry_times": _is_whole_number,
    "handle_httpstatus_list": _are_statuses,
    "cookiejar": lambda value: isinstance(value, str | int),
}
_FIELDS: dict[str, Callable[[Any], bool]] = {
    "url": _is_text,
    "callback": _is_text,
    "errback": _is_text,
    "headers": _are_headers,
    "body": _is_latin_1,
    "cookies": _are_cookies,
    "meta": _is_mapping,
    "cb_kwargs": _is_mapping,
    "flags": _are_texts,
    "method": lambda value: isinstance(value, str) and value in _METHODS,
    "priority": _is_whole_number,
    "dont_filter": lambda value: isinstance(value, bool),
    "encoding": _is_codec,
}
