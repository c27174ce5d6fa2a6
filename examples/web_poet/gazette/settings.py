"""A Scrapy project with page objects, whose articles Copydesk makes. It needs `pip install 'copydesk[web-poet]'`."""

BOT_NAME = "gazette"
SPIDER_MODULES = ["gazette.spiders"]
USER_AGENT = "gazette (+mailto:you@your.domain)"
ROBOTSTXT_OBEY = True

ADDONS = {"scraper.web_poet.addon.WebPoet": 300}  # callbacks and page objects can ask for an Article
SCRAPY_POET_DISCOVER = ["gazette.pages"]
