"""The version of Copydesk that is installed."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def installed_version() -> str:
    """The version of Copydesk that makes the records."""
    try:
        return version("copydesk")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"
