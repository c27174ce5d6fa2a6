"""Fixtures that several files of tests use."""

from tests.browser import browser

__all__ = ["browser"]
