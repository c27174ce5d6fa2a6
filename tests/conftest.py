"""Fixtures that several files of tests use."""

import signal

from tests.browser import browser

__all__ = ["browser"]

# Commands that the tests stop by Ctrl-C inherit that it is ignored, if the tests themselves run in the background.
signal.signal(signal.SIGINT, signal.default_int_handler)
