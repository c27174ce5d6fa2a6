"""Settings and fixtures of all tests."""

import os
import signal

from hypothesis import settings

from tests.support.browser import browser

__all__ = ["browser"]

# A process in the background ignores Ctrl-C, and so do its children. The tests stop commands by it, so they undo that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Examples have no deadline because machines are shared. In CI the same examples are tried each time, so that only a
# change of the code can make a test fail. Elsewhere each run tries new ones.
settings.register_profile("copydesk", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("copydesk")
