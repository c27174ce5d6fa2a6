"""Copydesk as the maker of articles for scrapy-poet: `ADDONS = {"scraper.web_poet.addon.WebPoet": 300}`.

A callback, or a page object, that asks for `zyte_common_items.Article` gets the page's own story. The add-on also sets
scrapy-poet up. It needs the extra `copydesk[web-poet]`, and reads the same settings as `scraper.addon`.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

from scrapy.settings import BaseSettings

from scraper.responses import check_reactor

PROVIDERS = "SCRAPY_POET_PROVIDERS"
PROVIDER = "scraper.web_poet.provider.ArticleProvider"
PLACE = 500
"""The place among providers: before that of scrapy-zyte-api (1100), which asks a paid service for articles."""

NEEDED = ("scrapy_poet", "zyte_common_items")
MISSING = "scraper.web_poet needs an extra that is not installed: pip install 'copydesk[web-poet]'"


class WebPoet:
    """The add-on: it sets scrapy-poet up with a provider of articles."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """End the program with one line if the extra is missing: no spider that needs an article could work."""
        if not all(map(find_spec, NEEDED)):
            sys.exit(MISSING)

    def update_settings(self, settings: BaseSettings) -> None:
        """Add scrapy-poet and the provider. What the project has set itself stays.

        Raises NotConfigured where Scrapy runs without asyncio.
        """
        from scrapy_poet import Addon  # type: ignore[attr-defined]  # scrapy-poet does not say what it exports

        check_reactor(settings, "scraper.web_poet.addon.WebPoet")
        Addon().update_settings(settings)
        providers = settings.getdict(PROVIDERS)
        priority = settings.getpriority(PROVIDERS) or 0  # a lower one would change nothing
        settings.set(PROVIDERS, {PROVIDER: PLACE, **providers}, priority)
