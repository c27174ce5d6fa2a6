"""A Scrapy project of your own, with one line for Copydesk."""

BOT_NAME = "gazette"
SPIDER_MODULES = ["gazette.spiders"]
USER_AGENT = "gazette (+mailto:you@your.domain)"
ROBOTSTXT_OBEY = True

ADDONS = {"scraper.addon.Copydesk": 300}  # each page that a callback gets becomes items: its stories
