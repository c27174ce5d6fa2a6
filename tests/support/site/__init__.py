"""A made news site that tests crawl: `with Site(articles=20) as site: site.url, site.log`.

It runs on the loopback interface in threads of the test's own process, and stops with the `with` block. Everything on
it is made from a seed. `server.py` answers requests and keeps the log, `routes.py` says what stands at which path, and
`stories.py`, `pages.py`, `listings.py` and `faults.py` make what stands there.
"""

from tests.support.site.server import Seen, Site
from tests.support.site.stories import Story

__all__ = ["Seen", "Site", "Story"]
