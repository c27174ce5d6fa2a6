"""Fixtures that several files of tests use."""

import os
import signal

from hypothesis import settings

from tests.support.browser import browser

__all__ = ["browser"]

# Commands that the tests stop by Ctrl-C inherit that it is ignored, if the tests themselves run in the background.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No example is timed: machines are shared. A check of a change tries the same examples each time, so that it fails by
# the change alone; anywhere else they are new ones in each run.
settings.register_profile("copydesk", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("copydesk")
