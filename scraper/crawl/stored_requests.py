"""Requests as JSON and back, so that a frontier can keep them and a person can read it.

Scrapy pickles what it keeps; a frontier that other machines can write to must not be able to run code here.
"""

from __future__ import annotations

import json
from typing import Any

from scrapy import Request, Spider

_PLAIN = {"method": "GET", "priority": 0, "dont_filter": False, "encoding": "utf-8"}


def to_json(request: Request, spider: Spider) -> str:
    """The request as JSON, without what is as it is by default.

    Raises ValueError if a callback is no method of the spider, or if `meta` or `cb_kwargs` hold what JSON cannot.
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
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    except TypeError as error:
        raise ValueError(f"{request} cannot be kept: {error}") from None


def from_json(kept: str, spider: Spider) -> Request:
    """The request again. Raises ValueError if it names what is no method of the spider, as after a change of code."""
    fields = json.loads(kept)
    for name in ("callback", "errback"):
        if method := fields.get(name):
            if not callable(getattr(spider, method, None)):
                raise ValueError(f"the spider {spider.name} has no method {method}")
            fields[name] = getattr(spider, method)
    if headers := fields.get("headers"):
        fields["headers"] = {key: [value.encode("latin-1") for value in values] for key, values in headers}
    if body := fields.get("body"):
        fields["body"] = body.encode("latin-1")
    return Request(**fields)


def _method_name(method: Any, spider: Spider) -> str:
    name = getattr(method, "__name__", "")
    if getattr(method, "__self__", None) is not spider or not name:
        raise ValueError(f"{method} is no method of the spider {spider.name}, so its request cannot be kept")
    return str(name)
